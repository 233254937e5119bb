import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { today } from '../../platform/clock.js';
import { isAppError } from '../../platform/errors.js';
import type { SeriesId } from '../../platform/ids.js';
import type { DeliveryKind, PayloadOf } from '../../delivery/outbox/kind.js';
import type { Outcome } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { isAllOver, type ReadingDeps } from '../occurrences/reading.js';
import { changeSeries, findSeries } from '../series/change.js';
import type { OccurrenceStore } from '../occurrences/store.js';
import type { Series } from '../series/series.js';
import { asCalendar } from './as-calendar.js';
import type {
  Calendar,
  CalendarException,
  CalendarRun,
  CalendarSegment,
  CalendarSeries,
} from './calendar.js';
import { withLease } from './lease.js';
import type { CalendarStateStore } from './state.js';
import { calendarRequest } from '../messages.js';

export interface FollowingDeps extends ReadingDeps {
  readonly store: OccurrenceStore & CalendarStateStore;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  /** Without one, feeds and mails do the work. */
  readonly calendar?: Calendar | undefined;
}

/** The organiser's calendar is one for all: it says everything in both of the programme's languages. */
function both(finnish: string, swedish: string | undefined, between: string): string {
  if (swedish === undefined || swedish === '' || swedish === finnish) return finnish;
  return finnish === '' ? swedish : `${finnish}${between}${swedish}`;
}

const paragraph = '\n\n';

function segmentInBoth(
  finnish: CalendarSegment,
  swedish: CalendarSegment | undefined,
  { now, date }: { readonly now: Temporal.Instant; readonly date: string },
): CalendarSegment {
  const subjectIn = (at: string): string | undefined =>
    swedish?.exceptions.find((exception) => exception.date === at)?.subject;
  const isComing = ({ end, date: hit }: CalendarException): boolean =>
    hit >= date || Temporal.Instant.compare(end, now) > 0;
  return {
    ...finnish,
    subject: both(finnish.subject, swedish?.subject, ' / '),
    description: both(finnish.description, swedish?.description, paragraph),
    without: finnish.without.filter((hit) => hit >= date),
    exceptions: finnish.exceptions.filter(isComing).map((exception) => ({
      ...exception,
      subject: both(exception.subject, subjectIn(exception.date), ' / '),
    })),
  };
}

/** The series as it is to stand in the organiser's mailbox. */
async function calendarSeriesOf(deps: ReadingDeps, series: Series): Promise<CalendarSeries> {
  const [finnish, swedish] = await Promise.all([
    asCalendar(deps, series, 'fi'),
    asCalendar(deps, series, 'sv'),
  ]);
  const present = { now: deps.clock.now(), date: today(deps.clock).toString() };
  const segments = finnish.segments
    // One of which nothing is left is no event series.
    .filter(({ firstDate, lastDate }) => lastDate === undefined || lastDate >= firstDate)
    .map((segment) =>
      segmentInBoth(
        segment,
        swedish.segments.find(({ uid }) => uid === segment.uid),
        present,
      ),
    );
  return { seriesId: series.id, segments, attendees: series.groups, isEnded: await isAllOver(deps, series) };
}

/** Keeps the address of the calendar's meeting, unless a person chose another. */
async function keepJoinUrl(deps: FollowingDeps, id: SeriesId, joinUrl: string): Promise<void> {
  const at = deps.clock.now().toString();
  await changeSeries(deps, id, { at, dueAt: at }, (series) => {
    const isPersons = series.joinUrl !== undefined && series.joinUrlBy !== 'calendar';
    if (isPersons || series.joinUrl === joinUrl) return undefined;
    const after: Series = { ...series, joinUrl, joinUrlBy: 'calendar' };
    return { series: after, event: { action: 'joinUrl' }, canUndo: false };
  });
}

/** Follows until the calendar shows what stands when the run ends, whatever was changed meanwhile. */
async function follow(deps: FollowingDeps, calendar: Calendar, id: SeriesId): Promise<void> {
  const wantedNow = async () => calendarSeriesOf(deps, (await findSeries(deps.store, id)).value);
  await withLease(deps, id, async ({ memory, keep, hasTime }) => {
    let kept = memory;
    const run: CalendarRun = {
      keep: async (next) => {
        await keep(next);
        kept = next;
      },
      hasTime,
    };
    let followed: CalendarSeries | undefined;
    let wanted = await wantedNow();
    while (!isDeepStrictEqual(wanted, followed)) {
      const { joinUrl } = await calendar.follow(wanted, kept, run);
      if (joinUrl !== undefined) await keepJoinUrl(deps, id, joinUrl);
      followed = wanted;
      wanted = await wantedNow();
    }
  });
}

function outcomeOf(error: unknown): Outcome {
  if (isAppError(error, 'calendar.unavailable')) {
    const { afterSeconds } = error.details;
    return {
      result: 'retry',
      reason: error.code,
      ...(typeof afterSeconds === 'number' && { afterSeconds }),
    };
  }
  // Somebody has to look: another organiser, fewer groups.
  if (isAppError(error, 'calendar.organiserGone') || isAppError(error, 'calendar.tooManyAttendees'))
    return { result: 'failed', reason: error.code };
  throw error;
}

/** Brings the calendar outside in step with a series; it looks first, so that once more changes nothing. */
export function calendarFollower(deps: FollowingDeps): DeliveryKind<PayloadOf<typeof calendarRequest>> {
  return {
    ...calendarRequest,
    afterCrash: 'repeat',
    handle: async ({ seriesId }) => {
      if (deps.calendar === undefined) return { result: 'sent' };
      try {
        await follow(deps, deps.calendar, seriesId);
        return { result: 'sent' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}
