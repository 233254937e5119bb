import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { SeriesKind } from '../../../../src/sessions/series/series.js';
import { languages, type Language } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { ownKey, remembered } from '../../../shared/device-storage.js';
import { kinds } from '../../../shared/kind-mark.js';
import { faultAt, problemText } from '../../../shared/problem.js';
import { href } from '../../../shared/route.js';
import { SessionsPage } from '../../../shared/sessions-page.js';
import { useDeviceCopy } from '../../../shared/use-device-copy.js';
import { useFault } from '../../../shared/use-fault.js';
import { go } from '../../../shared/use-route.js';
import { createSeries } from '../api.js';
import { Section } from '../parts/section.js';
import { timingFor, timingInput, type Timing } from './form.js';
import { PauseFields, Preview, TimingFields } from './timing-fields.js';
import css from './series.module.css';

interface Form {
  readonly formId: string;
  readonly kind: SeriesKind;
  readonly names: Readonly<Record<Language, string>>;
  readonly timing: Timing;
  readonly pausedMonths: readonly number[];
  readonly joinUrl: string;
}

const emptyForm = (): Form => ({
  formId: crypto.randomUUID(),
  kind: 'hankeradio',
  names: { fi: '', sv: '', en: '' },
  timing: timingFor('hankeradio'),
  pausedMonths: [7],
  joinUrl: '',
});

function readForm(key: string): Form {
  try {
    return { ...emptyForm(), ...(JSON.parse(remembered(key) ?? '{}') as Partial<Form>) };
  } catch {
    return emptyForm();
  }
}

/** What is asked to begin a series: what it is, when it comes round; the rest has defaults and can be set after. */
export function NewSeries() {
  const { api, session, texts, notify } = useShell();
  const { t } = useText();
  const key = ownKey('newSeries', session.person.id);
  const [form, setForm] = useState(() => readForm(key));
  const [isBusy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const copy = useDeviceCopy(key);
  useEffect(() => {
    if (isDone) copy.forget();
    else copy.keep(JSON.stringify(form));
  }, [copy, form, isDone]);
  const { kind, names, timing, joinUrl } = form;
  // Dates that one chooses are meant, in July too.
  const pausedMonths = timing.rule.every === 'dates' ? [] : form.pausedMonths;
  const element = useRef<HTMLFormElement>(null);
  const { fault, setFault, onChange } = useFault(element);
  const isNamed = languages.some((language) => names[language].trim() !== '');
  const create = async (): Promise<void> => {
    setBusy(true);
    try {
      const { series } = await createSeries(api, {
        formId: form.formId,
        kind,
        // One's own kind has no name to fall back on: each that is missing is said at its field.
        ...((isNamed || kind === 'own') && { names }),
        ...timingInput(timing),
        pausedMonths,
        ...(joinUrl.trim() !== '' && { joinUrl: joinUrl.trim() }),
        isDraft: true,
      });
      setDone(true);
      notify(t('sessions.done.create'));
      go(href(['sessions', 'series', series.id]));
    } catch (error) {
      copy.learn(error);
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <SessionsPage place="series" title={t('sessions.series.new')} lead={t('sessions.series.newLead')}>
      <form
        ref={element}
        className={css.split}
        noValidate
        onChange={onChange}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void create();
        }}
      >
        <div className={css.fields}>
          <What form={form} fault={fault} onChange={setForm} />
          <Section id="when" title={t('sessions.series.when')}>
            <TimingFields
              timing={timing}
              fault={fault}
              onChange={(next) => setForm({ ...form, timing: next })}
            />
            {timing.rule.every !== 'dates' && (
              <PauseFields
                months={pausedMonths}
                fault={fault}
                onChange={(months) => setForm({ ...form, pausedMonths: months })}
              />
            )}
          </Section>
          <Section id="join" title={t('sessions.series.where')}>
            <Field
              label={t('sessions.field.joinUrl')}
              hint={t('sessions.field.joinHint')}
              {...faultAt(texts, fault, 'joinUrl')}
            >
              <Input
                type="url"
                placeholder="https://"
                value={joinUrl}
                onChange={(_, { value }) => setForm({ ...form, joinUrl: value })}
              />
            </Field>
          </Section>
          {fault !== undefined && (
            <p role="alert" className={css.fault}>
              {problemText(texts, fault)}
            </p>
          )}
          <div className={css.buttons}>
            <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
              {t('sessions.series.create')}
            </Button>
            <Button as="a" href={href(['sessions', 'series'])}>
              {t('shared.cancel')}
            </Button>
          </div>
        </div>
        <Preview input={{ kind, ...timingInput(timing), pausedMonths }} />
      </form>
    </SessionsPage>
  );
}

/** What kind of session it is, and what it is called where that is not the name of the kind. */
function What(props: {
  readonly form: Form;
  readonly fault: unknown;
  readonly onChange: (form: Form) => void;
}) {
  const { form, fault, onChange } = props;
  const { kind, names } = form;
  const { texts } = useShell();
  const { t } = useText();
  return (
    <Section id="what" title={t('sessions.series.what')}>
      <Field label={t('sessions.series.kind')} {...faultAt(texts, fault, 'kind')}>
        <Select
          value={kind}
          onChange={(_, { value }) => {
            const next = kinds.find((one) => one === value) ?? kind;
            onChange({ ...form, kind: next, timing: timingFor(next) });
          }}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`session.kind.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {languages.map((language) => (
        <Field
          key={language}
          label={t('sessions.field.name', { language })}
          required={kind === 'own' && language !== 'en'}
          {...faultAt(texts, fault, `names.${language}`)}
        >
          <Input
            lang={language}
            value={names[language]}
            onChange={(_, { value }) => onChange({ ...form, names: { ...names, [language]: value } })}
          />
        </Field>
      ))}
      {kind !== 'own' && (
        <p className={css.quiet}>{t('sessions.series.nameHint', { name: t(`session.kind.${kind}`) })}</p>
      )}
      <p className={css.quiet}>{t('sessions.series.nameLanguages')}</p>
    </Section>
  );
}
