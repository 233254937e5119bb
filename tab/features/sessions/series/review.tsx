import { Button } from '@fluentui/react-components';
import {
  CheckmarkCircle20Regular,
  Delete20Regular,
  Info20Regular,
  Send20Regular,
  Warning20Regular,
} from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import type { InvitationPreview, SeriesReview } from '../../../../src/sessions/publishing/service.js';
import type { PreviewDate } from '../../../../src/sessions/series/service.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { useShell, useText } from '../../../shared/context.js';
import { todayInHelsinki } from '../../../shared/dates.js';
import { problemText } from '../../../shared/problem.js';
import { href } from '../../../shared/route.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { go } from '../../../shared/use-route.js';
import { previewSeries } from '../api.js';
import { Section } from '../parts/section.js';
import type { SeriesHere } from './use-series.js';
import css from './review.module.css';

/** The last step before a series is published: whom it reaches, what they get, and what one may have overlooked. */
export function Review(props: {
  readonly series: Series;
  readonly here: SeriesHere;
  /** Something in the form is not stored yet, and would not be published. */
  readonly isUnsaved: boolean;
}) {
  const { series, here, isUnsaved } = props;
  const { api, ask, fail, notify, texts } = useShell();
  const { t } = useText();
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const loaded = useLoad(`${here.api.path} review ${String(series.auditCount)}`, here.api.review);
  const [segment] = series.segments;
  const timing = segment && {
    kind: series.kind,
    rule: segment.rule,
    time: segment.time,
    minutes: segment.minutes,
    from: segment.from < todayInHelsinki() ? todayInHelsinki() : segment.from,
    ...(segment.until !== undefined && { until: segment.until }),
    pausedMonths: series.pausedMonths,
  };
  const dates = useLoad(`dates ${JSON.stringify(timing)}`, () => previewSeries(api, timing));
  const publish = async ({ invited }: SeriesReview): Promise<void> => {
    const answer = await ask({
      title: t('sessions.publish.title'),
      text: t('sessions.publish.text', {
        members: invited.members,
        people: invited.contacts + invited.groups,
      }),
      verb: t('sessions.publish.verb'),
    });
    if (answer === undefined) return;
    setBusy(true);
    try {
      await here.make(() => here.api.publish({ auditCount: series.auditCount }), t('sessions.done.publish'));
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const remove = async (): Promise<void> => {
    const answer = await ask({
      title: t('sessions.draft.remove.title'),
      text: t('sessions.draft.remove.text'),
      verb: t('sessions.draft.remove'),
      isDanger: true,
    });
    if (answer === undefined) return;
    try {
      await here.api.remove();
      notify(t('sessions.done.removeDraft'));
      go(href(['sessions', 'series']));
    } catch (error) {
      fail(error);
    }
  };
  return (
    <Section id="review" title={t('sessions.review.title')} hint={t('sessions.review.hint')}>
      <Await loaded={loaded} bones={<Bones rows={4} height={44} />}>
        {(review) => (
          <>
            <ul className={css.checks}>
              <Check isFine>{t('sessions.review.members', { count: review.invited.members })}</Check>
              <Contacts series={series} review={review} />
              <JoinLink review={review} />
              {review.duplicates.map((duplicate) => (
                <DuplicateCheck key={duplicate.id} duplicate={duplicate} />
              ))}
              {dates.state === 'ready' && <ClosedDays dates={dates.value.dates} />}
            </ul>
            {review.invitations !== undefined && <Invitation invitations={review.invitations} />}
            {fault !== undefined && (
              <p role="alert" className={css.fault}>
                {problemText(texts, fault)}
              </p>
            )}
            {isUnsaved && (
              <p className={css.fault} role="status">
                {t('sessions.review.unsaved')}
              </p>
            )}
            <div className={css.buttons}>
              <Button
                appearance="primary"
                icon={<Send20Regular />}
                disabledFocusable={isBusy || isUnsaved}
                onClick={() => void publish(review)}
              >
                {t('sessions.publish.verb')}
              </Button>
              <Button appearance="subtle" icon={<Delete20Regular />} onClick={() => void remove()}>
                {t('sessions.draft.remove')}
              </Button>
            </div>
          </>
        )}
      </Await>
    </Section>
  );
}

/** One thing that was looked at: fine, or worth a second look. */
function Check({ isFine = false, children }: { readonly isFine?: boolean; readonly children: ReactNode }) {
  return (
    <li data-fine={isFine}>
      {isFine ? <CheckmarkCircle20Regular aria-hidden="true" /> : <Warning20Regular aria-hidden="true" />}
      <span>{children}</span>
    </li>
  );
}

function Contacts({ series, review }: { readonly series: Series; readonly review: SeriesReview }) {
  const { t } = useText();
  const { contacts, groups } = review.invited;
  return (
    <>
      {groups > 0 && <Check isFine>{t('sessions.review.groups', { count: groups })}</Check>}
      {series.isOpenToContacts ? (
        <li data-fine="true">
          <Info20Regular aria-hidden="true" />
          <span>
            {contacts > 0
              ? t('sessions.review.contacts', { count: contacts })
              : t('sessions.review.contactsLater')}{' '}
            <a href={href(['contacts'], { series: series.id })}>{t('sessions.people.openContacts')}</a>
          </span>
        </li>
      ) : (
        <Check isFine>{t('sessions.review.noContacts')}</Check>
      )}
    </>
  );
}

function JoinLink({ review }: { readonly review: SeriesReview }) {
  const { t } = useText();
  if (review.hasJoinUrl) return <Check isFine>{t('sessions.review.joinUrl')}</Check>;
  return <Check>{t('sessions.review.noJoinUrl')}</Check>;
}

function DuplicateCheck({ duplicate }: { readonly duplicate: SeriesReview['duplicates'][number] }) {
  const { t, dates, language } = useText();
  const { id, names, hasSameName, clash } = duplicate;
  return (
    <Check>
      {t('sessions.review.duplicate', {
        why: hasSameName ? (clash === undefined ? 'name' : 'both') : 'time',
        when: clash === undefined ? '' : dates.moment(clash),
      })}{' '}
      <a href={href(['sessions', 'series', id])}>{names[language]}</a>
    </Check>
  );
}

function ClosedDays({ dates: all }: { readonly dates: readonly PreviewDate[] }) {
  const { t, dates, language } = useText();
  const hits = all.filter(({ holiday, isPaused }) => holiday !== undefined && isPaused !== true);
  if (hits.length === 0) return <Check isFine>{t('sessions.review.noClosed')}</Check>;
  return (
    <>
      {hits.map(({ date, start, holiday, proposal }) => (
        <Check key={date}>
          {t('sessions.review.closed', {
            when: dates.day(start),
            holiday: holiday?.names[language] ?? '',
            hasProposal: proposal === undefined ? 'no' : 'yes',
            proposal: proposal === undefined ? '' : dates.plainDay(proposal),
          })}
        </Check>
      ))}
    </>
  );
}

/** The mail that contacts get, in the language that is looked at. */
function Invitation({ invitations }: { readonly invitations: readonly InvitationPreview[] }) {
  const { t } = useText();
  const [chosen, setChosen] = useState(invitations[0]?.language);
  const shown = invitations.find(({ language }) => language === chosen) ?? invitations[0];
  if (shown === undefined) return null;
  return (
    <div className={css.invitation}>
      <div className={css.invitationHead}>
        <h3>{t('sessions.review.invitation')}</h3>
        <div role="group" aria-label={t('sessions.review.language')} className={css.buttons}>
          {invitations.map(({ language }) => (
            <Button
              key={language}
              size="small"
              aria-pressed={language === shown.language}
              appearance={language === shown.language ? 'primary' : 'secondary'}
              onClick={() => setChosen(language)}
            >
              {t(`language.own.${language}`)}
            </Button>
          ))}
        </div>
      </div>
      <p className={css.subject} lang={shown.language}>
        {shown.subject}
      </p>
      <iframe
        className={css.mail}
        title={t('sessions.review.invitation')}
        sandbox=""
        srcDoc={shown.html}
        lang={shown.language}
      />
    </div>
  );
}
