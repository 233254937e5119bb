import { z } from 'zod';
import type { Change, Versioned } from '../../platform/commit.js';
import { freshId, type SeriesId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { replace, storedKind, type StoredKind } from '../../platform/stored.js';
import type {
  Calendar,
  CalendarException,
  CalendarMemory,
  CalendarRun,
  CalendarSegment,
  CalendarSeries,
  CalendarState,
} from './calendar.js';
import { Temporal } from 'temporal-polyfill';
import { AppError, isAppError } from '../../platform/errors.js';
import { isDeepStrictEqual } from 'node:util';
import { today } from '../../platform/clock.js';
import type { DeliveryKind, PayloadOf } from '../../delivery/outbox/kind.js';
import type { Outcome } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { isAllOver, type ReadingDeps } from '../occurrences/reading.js';
import { changeSeries, findSeries, meetingMessage } from '../series/change.js';
import type { OccurrenceStore } from '../occurrences/store.js';
import type { Series } from '../series/series.js';
import { calendarRequest } from '../messages.js';
import { asCalendar } from './as-calendar.js';
import type { IcsSegment } from './ics/ics.js';

export const calendarStateRow: StoredKind<CalendarState> = storedKind({
  name: 'calendarState',
  schema: z.looseObject({
    memory: z.looseObject({}).optional(),
    meetings: z.array(z.string()).optional(),
    lease: z.looseObject({ run: z.string(), until: z.string() }).optional(),
  }) as unknown as z.ZodType<CalendarState>,
  // Version 1 called the lease `turn`.
  upgrades: [({ turn, ...state }) => ({ ...state, ...(turn !== undefined && { lease: turn }) })],
});

const key = (id: SeriesId): string => `calendar|${id}`;

/** What is known of the calendar outside, of each series, in `calendar|<series>`. */
export function calendarStateStore(partition: Partition) {
  return {
    calendarState: (id: SeriesId): Promise<Versioned<CalendarState> | undefined> =>
      partition.get(calendarStateRow, key(id)),
    /** Holds while nobody else changed it since. */
    putCalendarState: (
      id: SeriesId,
      before: Versioned<CalendarState> | undefined,
      after: CalendarState,
    ): Change => replace(calendarStateRow, key(id), before, after),
  };
}

type CalendarStateStore = ReturnType<typeof calendarStateStore>;

/** How long one run may begin new steps: well below the minute for which its message is claimed. */
const workSeconds = 45;
/** Longer than that and the last step: a run that still has the lease then has died. */
const leaseSeconds = 90;

/** One run's lease on the sync of a series, with what the calendar remembered when it began. */
interface Lease extends CalendarRun {
  readonly memory: CalendarMemory | undefined;
  /** Stores which meetings there are, and asks to set who gets into them where these are others than before. */
  readonly keepMeetings: (meetings: readonly string[]) => Promise<void>;
}

type LeaseDeps = Pick<SyncDeps, 'store' | 'outbox' | 'clock'>;

/** The state while the run still has the lease. @throws AppError `storage.conflict` where another has it. */
async function ownState({ store }: LeaseDeps, id: SeriesId, run: string): Promise<Versioned<CalendarState>> {
  const state = await store.calendarState(id);
  if (state?.value.lease?.run !== run) throw new AppError('storage.conflict', { id });
  return state;
}

async function begin(deps: LeaseDeps, id: SeriesId, run: string): Promise<CalendarMemory | undefined> {
  const { store, outbox, clock } = deps;
  const now = clock.now();
  const before = await store.calendarState(id);
  const lease = before?.value.lease;
  if (lease !== undefined && Temporal.Instant.compare(lease.until, now) > 0)
    throw new AppError('calendar.unavailable', { id, reason: 'syncRunning' });
  const until = now.add({ seconds: leaseSeconds }).toString();
  await outbox.commit([store.putCalendarState(id, before, { ...before?.value, lease: { run, until } })]);
  return before?.value.memory;
}

async function finish(deps: LeaseDeps, id: SeriesId, run: string): Promise<void> {
  const { store, outbox } = deps;
  const state = await ownState(deps, id, run);
  const { lease: _, ...after } = state.value;
  await outbox.commit([store.putCalendarState(id, state, after)]);
}

/**
 * Lets one run at a time sync a series: two at once would each undo what the other does. A run that dies loses its lease
 * after a while; what it still stores then is refused.
 * @throws AppError `calendar.unavailable` where another run has the lease, `storage.conflict` where another took it.
 */
async function withLease(
  deps: LeaseDeps,
  id: SeriesId,
  work: (lease: Lease) => Promise<void>,
): Promise<void> {
  const run = freshId();
  const end = deps.clock.now().add({ seconds: workSeconds });
  const memory = await begin(deps, id, run);
  try {
    await work({
      memory,
      keep: async (next) => {
        const state = await ownState(deps, id, run);
        await deps.outbox.commit([deps.store.putCalendarState(id, state, { ...state.value, memory: next })]);
      },
      keepMeetings: async (meetings) => {
        const state = await ownState(deps, id, run);
        if (isDeepStrictEqual(state.value.meetings ?? [], meetings)) return;
        const at = deps.clock.now().toString();
        await deps.outbox.commit(
          [deps.store.putCalendarState(id, state, { ...state.value, meetings })],
          [meetingMessage(id, ['meetings', run, ...meetings], at)],
        );
      },
      hasTime: () => Temporal.Instant.compare(deps.clock.now(), end) < 0,
    });
  } catch (error) {
    // The first fault is the one to report; a lease that can't be given back runs out.
    await finish(deps, id, run).catch(() => undefined);
    throw error;
  }
  await finish(deps, id, run);
}

interface SyncDeps extends ReadingDeps {
  readonly store: OccurrenceStore & CalendarStateStore;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  /** Without one, feeds and mails do the work. */
  readonly calendar?: Calendar | undefined;
}

/** The organiser's calendar is one for all: everything in it is in both of the programme's languages. */
function both(finnish: string, swedish: string | undefined, between: string): string {
  if (swedish === undefined || swedish === '' || swedish === finnish) return finnish;
  return finnish === '' ? swedish : `${finnish}${between}${swedish}`;
}

const paragraph = '\n\n';

/** Without topics: Exchange would send everybody an update of the meeting for each. */
function segmentInBoth(
  { talks: _talks, ...finnish }: IcsSegment,
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

/** The series as it should be in the organiser's mailbox. */
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
async function keepJoinUrl(deps: SyncDeps, id: SeriesId, joinUrl: string): Promise<void> {
  const at = deps.clock.now().toString();
  await changeSeries(deps, id, { at, dueAt: at }, (series) => {
    const isPersons = series.joinUrl !== undefined && series.joinUrlBy !== 'calendar';
    if (isPersons || series.joinUrl === joinUrl) return undefined;
    const after: Series = { ...series, joinUrl, joinUrlBy: 'calendar' };
    return { series: after, event: { action: 'joinUrl' }, canUndo: false };
  });
}

/** Syncs until the calendar shows what is stored when the run ends, whatever was changed meanwhile. */
async function sync(deps: SyncDeps, calendar: Calendar, id: SeriesId): Promise<void> {
  const wantedNow = async () => calendarSeriesOf(deps, (await findSeries(deps.store, id)).value);
  await withLease(deps, id, async ({ memory, keep, keepMeetings, hasTime }) => {
    let kept = memory;
    const run: CalendarRun = {
      keep: async (next) => {
        await keep(next);
        kept = next;
      },
      hasTime,
    };
    let synced: CalendarSeries | undefined;
    let wanted = await wantedNow();
    while (!isDeepStrictEqual(wanted, synced)) {
      const { joinUrl, meetings = [] } = await calendar.sync(wanted, kept, run);
      await keepMeetings(meetings);
      if (joinUrl !== undefined) await keepJoinUrl(deps, id, joinUrl);
      synced = wanted;
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

/** Brings the calendar outside in step with a series. It reads first, so that a repeat changes nothing. */
export function calendarSync(deps: SyncDeps): DeliveryKind<PayloadOf<typeof calendarRequest>> {
  return {
    ...calendarRequest,
    afterCrash: 'repeat',
    // It reads what is in the calendar before it writes.
    afterRestore: 'run',
    handle: async ({ seriesId }) => {
      if (deps.calendar === undefined) return { result: 'sent' };
      try {
        await sync(deps, deps.calendar, seriesId);
        return { result: 'sent' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}
