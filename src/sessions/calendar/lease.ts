import { Temporal } from 'temporal-polyfill';
import { AppError } from '../../platform/errors.js';
import { freshId, type SeriesId } from '../../platform/ids.js';
import type { Versioned } from '../../platform/commit.js';
import type { CalendarMemory, CalendarRun, CalendarState } from './calendar.js';
import type { FollowingDeps } from './sync.js';

/** How long one run may begin new steps: well below the minute for which its message is claimed. */
const workSeconds = 45;
/** Beyond that and the last step: then whoever had the turn has died. */
const leaseSeconds = 90;

/** One run's turn to follow a series, with what the calendar remembered when it began. */
export interface Lease extends CalendarRun {
  readonly memory: CalendarMemory | undefined;
}

type LeaseDeps = Pick<FollowingDeps, 'store' | 'outbox' | 'clock'>;

/** The state while the turn is still the run's own. @throws AppError `storage.conflict` where another has it. */
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
    throw new AppError('calendar.unavailable', { id, reason: 'followedAlready' });
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
 * Lets one run at a time follow a series: two at once would each undo what the other did. Who dies with the turn loses it
 * after a while; what they still keep then is refused.
 * @throws AppError `calendar.unavailable` where another run has the turn, `storage.conflict` where another took it.
 */
export async function withLease(
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
      hasTime: () => Temporal.Instant.compare(deps.clock.now(), end) < 0,
    });
  } catch (error) {
    // The first fault is the one to tell; a turn that can't be given back runs out.
    await finish(deps, id, run).catch(() => undefined);
    throw error;
  }
  await finish(deps, id, run);
}
