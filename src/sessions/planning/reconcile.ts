import { Temporal } from 'temporal-polyfill';
import { whileConflicting, type Change, type Versioned } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { freshId, type SeriesId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import type { Series } from '../series/series.js';
import type { Planned, PlanStore } from './store.js';
import { wantedFor, type WantingDeps } from './wanted.js';

export interface PlanDeps extends WantingDeps {
  readonly plans: PlanStore;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
}

/** Changes of one message, planned or called back, and of its row; a commit takes a hundred. */
const perMessage = 3;
const maxChanges = 90;

/** One commit of a plan. */
interface Step {
  readonly changes: readonly Change[];
  readonly messages: readonly NewMessage[];
}

function inSteps<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

const isPast = ({ dueAt }: Pick<Planned, 'dueAt'>, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(dueAt, now) <= 0;

/** What is to be called back, and what is to be asked for, so that what is planned is what is wanted. */
function difference(planned: readonly Planned[], wanted: readonly NewMessage[], now: Temporal.Instant) {
  const wantedById = new Map(wanted.map((message) => [message.id, message]));
  const standing = new Map(planned.map((each) => [each.id, each]));
  const isKept = (each: Planned): boolean => {
    const found = wantedById.get(each.id);
    // What is due already leaves as it is, or has left: the time of it is not changed any more.
    return found !== undefined && (found.dueAt === each.dueAt || isPast(each, now));
  };
  return {
    gone: planned.filter((each) => !isKept(each)),
    asked: wanted.filter(({ id }) => {
      const found = standing.get(id);
      return found === undefined || !isKept(found);
    }),
  };
}

/** Calls a message back where it still waits. What is due has left or leaves, and decides itself whether it is of use. */
async function callBack({ outbox }: PlanDeps, each: Planned, now: Temporal.Instant): Promise<Change[]> {
  if (isPast(each, now)) return [];
  try {
    return await outbox.cancel(each.id);
  } catch (error) {
    if (isAppError(error, 'outbox.tooLate')) return [];
    throw error;
  }
}

/**
 * The commits of a plan: first everything is called back, so that a message can be asked for anew at another time.
 * @returns whether there is more to plan once all this stands.
 */
async function* stepsOf(
  deps: PlanDeps,
  series: Versioned<Series>,
  since: string,
): AsyncGenerator<Step, boolean> {
  const { plans, store, clock } = deps;
  const { id } = series.value;
  const now = clock.now();
  const [wanted, planned] = await Promise.all([wantedFor(deps, series.value, since), plans.planned(id)]);
  const { gone, asked } = difference(planned, wanted.messages, now);
  for (const batch of inSteps(gone, maxChanges / perMessage)) {
    const called = await Promise.all(batch.map((each) => callBack(deps, each, now)));
    yield { changes: [...called.flat(), ...batch.map((each) => plans.dropPlanned(id, each))], messages: [] };
  }
  // A turn that stands from now on and a change of the series never pass each other unseen.
  const fixed =
    wanted.changes.length > 0 ? [...wanted.changes, ...store.putSeries(series, series.value, [])] : [];
  const room = Math.max(1, Math.floor((maxChanges - fixed.length) / perMessage));
  const first = asked.slice(0, room);
  const step = (messages: readonly NewMessage[], changes: readonly Change[] = []): Step => ({
    changes: [...changes, ...messages.map((message) => plans.putPlanned(id, message))],
    messages,
  });
  // Committed even when nothing is wanted: whoever began to plan before this, from what stood then, begins anew.
  yield step(first, fixed);
  for (const batch of inSteps(asked.slice(room), maxChanges / perMessage)) yield step(batch);
  return wanted.hasMore;
}

/**
 * Brings what is planned for a series in step with what should be: calls back what is no longer wanted and asks for
 * what is. Doing it twice, or at once in two places, is doing it once; after a crash between any two commits the next
 * run goes on.
 * @param since see {@link wantedFor}.
 */
export async function planSeries(deps: PlanDeps, id: SeriesId, since: string): Promise<void> {
  let hasMore = true;
  while (hasMore) hasMore = await planOnce(deps, id, since);
}

async function planOnce(deps: PlanDeps, id: SeriesId, since: string): Promise<boolean> {
  const { plans, store, outbox } = deps;
  const run = freshId();
  return whileConflicting(async () => {
    let planning = await plans.planning(id);
    const series = await store.series(id);
    if (series === undefined) return false;
    const steps = stepsOf(deps, series, since);
    let isFirst = true;
    for (let next = await steps.next(); ; next = await steps.next()) {
      if (next.done === true) return next.value;
      const { changes, messages } = next.value;
      if (!isFirst) planning = await plans.planning(id);
      if (!isFirst && planning?.value.run !== run) throw new AppError('storage.conflict', { id });
      await outbox.commit([plans.putPlanning(id, planning, { run }), ...changes], messages);
      isFirst = false;
    }
  });
}
