import { Button } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useEffect } from 'react';
import type { Occurrence, OccurrenceAudit } from '../../../../src/sessions/occurrences/occurrence.js';
import type { OccurrenceAnswer } from '../../../../src/shared/answers/sessions.js';
import { AuditTrail } from '../../../shared/audit-trail.js';
import { useMay, useText, useProjectName } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { Await, Bones } from '../../../shared/states.js';
import { useRoute } from '../../../shared/use-route.js';
import { Coming } from '../coming/coming.js';
import { Actions } from './actions.js';
import { Agenda } from './agenda.js';
import { Hero } from './hero.js';
import { Presenter } from './presenter.js';
import { Questions } from './questions.js';
import { Topics } from './topics.js';
import { useOccurrence, type OccurrenceHere } from './use-occurrence.js';
import css from './page.module.css';

const FollowUp = lazy(async () => ({ default: (await import('./follow-up.js')).FollowUp }));
const Sends = lazy(async () => ({ default: (await import('./occurrence-fan-outs.js')).OccurrenceFanOuts }));

/** One session as one could project it on a wall: what, when, who; then its agenda, its questions and what came of it. */
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
  const may = useMay();
  const { occurrence } = answer;
  const { query } = useRoute();
  const { to } = query;
  useEffect(() => {
    if (to === undefined) return;
    const section = document.getElementById(to);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }, [to]);
  const isOver = occurrence.state.status === 'held';
  return (
    <article className={css.article}>
      <Hero occurrence={occurrence} />
      <Actions answer={answer} here={here} startsMoving={to === 'move'} />
      <div className={css.columns}>
        <div className={css.main}>
          {isOver && (
            <Suspense fallback={<Bones rows={2} height={120} />}>
              <FollowUp occurrence={occurrence} here={here} />
            </Suspense>
          )}
          <Agenda occurrence={occurrence} here={here} />
          <Questions occurrence={occurrence} here={here} />
        </div>
        <div className={css.side}>
          <Coming occurrence={occurrence} />
          {occurrence.slot !== undefined && <Presenter occurrence={occurrence} here={here} />}
          <Topics occurrence={occurrence} here={here} />
          {may('send:see') && (
            <Suspense fallback={null}>
              <Sends occurrenceId={occurrence.id} version={occurrence.record?.auditCount ?? 0} />
            </Suspense>
          )}
        </div>
      </div>
      <OccurrenceTrail occurrence={occurrence} />
    </article>
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
