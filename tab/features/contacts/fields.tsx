import { Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import type { ContactView } from '../../../src/shared/answers/contacts.js';
import { consentDay } from '../../../src/shared/consent-day.js';
import { useMay, useShell, useText } from '../../shared/context.js';
import { GroupField } from '../../shared/group-field.js';
import { faultAt, fieldProblem } from '../../shared/problem.js';
import { href } from '../../shared/route.js';
import { openness, seriesToOffer, type SeriesOption, type ConsentDraft } from './draft.js';
import css from './contacts.module.css';

/** To which series they are invited. */
export function SeriesFields(props: {
  readonly series: readonly SeriesOption[];
  readonly chosen: readonly string[];
  readonly fault: unknown;
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const { chosen, onChange } = props;
  const { texts } = useShell();
  const { t, language } = useText();
  const mayEdit = useMay()('session:edit');
  const offered = seriesToOffer(props.series, chosen);
  if (offered.length === 0) {
    return (
      <Field label={t('contacts.field.series')}>
        <p className={css.none}>
          {t('contacts.series.noneOpen')}{' '}
          {mayEdit && <a href={href(['sessions', 'series'])}>{t('contacts.series.open')}</a>}
        </p>
      </Field>
    );
  }
  return (
    <GroupField label={t('contacts.field.series')} {...faultAt(texts, props.fault, 'series')}>
      <div className={css.checks}>
        {offered.map((series) => (
          <Checkbox
            key={series.id}
            checked={chosen.includes(series.id)}
            label={
              openness(series) === 'open'
                ? series.names[language]
                : t(`contacts.series.${openness(series) === 'draft' ? 'draft' : 'closed'}`, {
                    name: series.names[language],
                  })
            }
            onChange={(_, { checked }) =>
              onChange(checked === true ? [...chosen, series.id] : chosen.filter((one) => one !== series.id))
            }
          />
        ))}
      </div>
    </GroupField>
  );
}

/** The words that they read: with which they agreed, or were asked. */
function wordingOf(consent: ContactView['consent']): string | undefined {
  if (consent.given) return consent.wording;
  return consent.why === 'unsubscribed' ? consent.was.wording : consent.asked?.wording;
}

/** Whether somebody agreed to get mails: as it stands, or the other way round; with how, where they agreed now. */
export function ConsentFields(props: {
  /** As it stands; undefined for somebody who is not there yet. */
  readonly consent: ContactView['consent'] | undefined;
  readonly draft: ConsentDraft;
  readonly fault: unknown;
  /** Several at once are spoken of as they. */
  readonly isSeveral?: boolean;
  readonly onChange: (draft: ConsentDraft) => void;
}) {
  const { consent, draft, onChange, isSeveral = false } = props;
  const { texts } = useShell();
  const { t, dates } = useText();
  const isGiven = consent?.given === true;
  const current = consent === undefined ? 'notAsked' : consent.given ? 'given' : consent.why;
  const wording = consent === undefined ? undefined : wordingOf(consent);
  const currentText = (stored: ContactView['consent'] | undefined): string => {
    if (stored?.given === false && stored.why === 'notAsked' && stored.asked !== undefined)
      return t('contacts.consent.asked', { date: dates.day(stored.asked.at) });
    if (stored?.given !== true)
      return t(`contacts.consent.${stored?.why ?? 'notAsked'}`, {
        date: stored === undefined ? '' : dates.day(stored.at),
      });
    const day = consentDay(stored);
    if (day === undefined) return t('contacts.consent.given.recorded', { date: dates.day(stored.at) });
    const date = 'date' in day ? dates.plainDay(day.date) : dates.day(day.instant);
    return t('contacts.consent.given', { date });
  };
  const whose = isSeveral ? 'several' : 'one';
  return (
    <div className={css.consent}>
      <Field
        label={t('contacts.consent.label')}
        hint={t(isSeveral ? 'contacts.consent.hint.several' : 'contacts.consent.hint')}
        {...(fieldProblem(texts, props.fault, 'consent') !== undefined &&
          faultAt(texts, props.fault, 'consent'))}
      >
        <RadioGroup
          value={draft.isOther ? 'other' : 'current'}
          onChange={(_, { value }) => onChange({ ...draft, isOther: value === 'other' })}
        >
          <Radio
            value="current"
            label={isSeveral ? t('contacts.consent.notAsked.several') : currentText(consent)}
          />
          {/* Who stopped the mails brings them back alone. */}
          {current !== 'unsubscribed' && (
            <Radio
              value="other"
              label={t(isGiven ? 'contacts.consent.withdraw' : `contacts.consent.give.${whose}`)}
            />
          )}
        </RadioGroup>
      </Field>
      {consent?.given === true && (
        <p className={css.quiet}>{t('contacts.consent.by', { how: consent.how, name: consent.by.name })}</p>
      )}
      {wording !== undefined && (
        <p className={css.quiet}>
          {t(isGiven ? 'contacts.consent.wording' : 'contacts.consent.askedWording', { wording })}
        </p>
      )}
      {current === 'unsubscribed' && <p className={css.quiet}>{t('contacts.consent.unsubscribed.more')}</p>}
      {draft.isOther && !isGiven && current !== 'unsubscribed' && (
        <Field
          label={t('contacts.consent.how')}
          hint={t('contacts.consent.how.hint')}
          required
          {...faultAt(texts, props.fault, 'consent.how')}
        >
          <Input value={draft.how} onChange={(_, { value }) => onChange({ ...draft, how: value })} />
        </Field>
      )}
    </div>
  );
}
