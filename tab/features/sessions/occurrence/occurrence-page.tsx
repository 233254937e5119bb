import { Button } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { Occurrence, OccurrenceAudit } from '../../../../src/sessions/occurrences/occurrence.js';
import type { OccurrenceAnswer } from '../../../../src/shared/answers/sessions.js';
import { AuditTrail } from '../../../shared/audit-trail.js';
import { useMay, useText, useProjectName } from '../../../shared/context.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { href } from '../../../shared/route.js';
import { Await, Bones } from '../../../shared/states.js';
import { useRoute } from '../../../shared/use-route.js';
import { Coming } from '../coming/coming.js';
import { Section } from '../parts/section.js';
import { Actions, type Moving } from './actions.js';
import { Agenda } from './agenda.js';
import { goToSection } from './go-to-section.js';
import { Hero } from './hero.js';
import { useLife, type Life } from './life.js';
import { WhatIsMissing } from './what-is-missing.js';
import { Presenter } from './presenter.js';
import { Questions } from './questions.js';
import { Topics } from './topics.js';
import { useOccurrence, type OccurrenceHere } from './use-occurrence.js';
import css from './page.module.css';

const FollowUp = lazy(async () => ({ default: (await import('./follow-up.js')).FollowUp }));
const Attendance = lazy(async () => ({ default: (await import('./follow-up.js')).Attendance }));
const Materials = lazy(async () => ({ default: (await import('./materials.js')).Materials }));
const Notes = lazy(async () => ({ default: (await import('./notes.js')).Notes }));
const Sends = lazy(async () => ({ default: (await import('./occurrence-fan-outs.js')).OccurrenceFanOuts }));

/**
 * One session in one of its three lives: what is to be settled before it, what is needed while it is on, and what came of
 * it. It goes from one to the next by itself.
 */
export function OccurrencePage({ id }: { readonly id: string }) {
  const { t } = useText();
  const here = useOccurrence(id);
  return (
    <div className={css.page}>
      <div className={css.back}>
        <Button as="a" href={href(['sessions'])} appearance="subtle" icon={<ArrowLeft20Regular />}>
          {t('sessions.title')}
        </Button>
      </div>
      <Await loaded={here.loaded} bones={<Bones rows={2} height={220} />}>
        {(answer) => <Here answer={answer} here={here} />}
      </Await>
    </div>
  );
}

function Here({ answer, here }: { readonly answer: OccurrenceAnswer; readonly here: OccurrenceHere }) {
  const { occurrence, now } = answer;
  const { query } = useRoute();
  const { to } = query;
  useEffect(() => {
    if (to !== undefined) goToSection(to);
  }, [to]);
  const life = useLife(occurrence, now);
  useReloadWith(life, here);
  const shown = { answer, here, life };
  return (
    <article className={css.article} data-life={life.name}>
      {query.found === 'byTime' && <FoundByTime />}
      <Hero occurrence={occurrence} life={life} now={now} />
      {life.name === 'now' ? (
        <Now {...shown} />
      ) : (
        <BeforeOrAfter {...shown} moving={to === 'move' ? { date: query.date } : undefined} />
      )}
      <OccurrenceTrail occurrence={occurrence} />
    </article>
  );
}

/** The tab of a meeting guessed which session it is. */
function FoundByTime() {
  const { t } = useText();
  return (
    <p className={css.found} role="note">
      {t('sessions.foundByTime')} <a href={href(['sessions'])}>{t('sessions.foundByTime.all')}</a>
    </p>
  );
}

/** What is stored may say something else in another life: "held", or thanks that were sent by somebody else. */
function useReloadWith({ name, hasBegun }: Life, { reload, agenda }: OccurrenceHere): void {
  const shown = useRef(`${name} ${hasBegun}`);
  useEffect(() => {
    if (shown.current === `${name} ${hasBegun}`) return;
    shown.current = `${name} ${hasBegun}`;
    reload();
    agenda.reload();
  }, [name, hasBegun, reload, agenda]);
}

interface Shown {
  readonly answer: OccurrenceAnswer;
  readonly here: OccurrenceHere;
  readonly life: Life;
}

/** What there is to settle before a session, and what came of it afterwards. */
function BeforeOrAfter({ answer, here, life, moving }: Shown & { readonly moving: Moving | undefined }) {
  const { occurrence } = answer;
  const parts = { occurrence, here };
  return (
    <>
      <Actions answer={answer} here={here} moving={moving} />
      <div className={css.columns}>
        <div className={css.main}>
          {life.name === 'after' && (
            <Suspense fallback={<Bones rows={2} height={120} />}>
              <FollowUp {...parts} />
            </Suspense>
          )}
          <Agenda {...parts} />
          <Questions {...parts} />
        </div>
        <div className={css.side}>
          {life.name === 'before' && <WhatIsMissing {...parts} />}
          {life.name === 'before' && <Coming occurrence={occurrence} />}
          {occurrence.slot !== undefined && <Presenter {...parts} />}
          <Topics {...parts} />
          <FanOuts occurrence={occurrence} />
        </div>
      </div>
    </>
  );
}

/** While a session is on: its agenda and questions, what is written down of it, and all else out of the way. */
function Now({ answer, here, life }: Shown) {
  const { t } = useText();
  const { occurrence, now } = answer;
  const parts = { occurrence, here };
  return (
    <div className={css.columns}>
      <div className={css.main}>
        <Agenda {...parts} now={now} />
        <Questions {...parts} />
        <Suspense fallback={<Bones rows={1} height={160} />}>
          <Notes {...parts} />
        </Suspense>
      </div>
      <div className={css.side}>
        <Section id="at-hand" title={t('sessions.life.atHand')}>
          <Suspense fallback={<Bones rows={2} height={120} />}>
            {life.hasBegun && <Attendance {...parts} isRunning />}
            <Materials {...parts} />
          </Suspense>
        </Section>
        <Disclosure summary={t('sessions.life.more')}>
          <div className={css.side}>
            <Coming occurrence={occurrence} />
            <Actions answer={answer} here={here} moving={undefined} />
            {occurrence.slot !== undefined && <Presenter {...parts} />}
            <Topics {...parts} />
            <FanOuts occurrence={occurrence} />
          </div>
        </Disclosure>
      </div>
    </div>
  );
}

function FanOuts({ occurrence }: { readonly occurrence: Occurrence }) {
  const may = useMay();
  if (!may('send:see')) return null;
  return (
    <Suspense fallback={null}>
      <Sends occurrenceId={occurrence.id} version={occurrence.record?.auditCount ?? 0} />
    </Suspense>
  );
}

/** Who did what and when; what Big Room did itself is signed by it. */
export function OccurrenceTrail({ occurrence }: { readonly occurrence: Occurrence }) {
  const { t } = useText();
  const count = occurrence.record?.auditCount ?? 0;
  if (count === 0) return null;
  return (
    <AuditTrail<OccurrenceAudit['event']>
      title={t('sessions.audit.title')}
      path={`/api/occurrences/${occurrence.id}/audit`}
      version={count}
      describe={(event) => <Description event={event} />}
    />
  );
}

function Description({ event }: Pick<OccurrenceAudit, 'event'>) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  switch (event.action) {
    case 'cancel':
      return event.reason === undefined
        ? t('sessions.audit.cancel')
        : t('sessions.audit.cancelBecause', { reason: event.reason });
    case 'move':
      return t('sessions.audit.move', { from: dates.moment(event.was), to: dates.moment(event.start) });
    case 'carriedOver':
      return event.dropped === undefined
        ? t('sessions.audit.carriedOver', { from: dates.plainDay(event.from) })
        : t('sessions.audit.carriedOverDropped', {
            from: dates.plainDay(event.from),
            dropped: dates.moment(event.dropped),
          });
    case 'turn':
      return event.projectId === undefined
        ? t('sessions.audit.turnOpen')
        : t('sessions.audit.turn', { project: projectName(event.projectId) });
    default:
      return t(`sessions.audit.${event.action}`);
  }
}
