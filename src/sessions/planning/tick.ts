import { Temporal } from 'temporal-polyfill';
import { homeDate, homeZone, today, type Clock } from '../../platform/clock.js';
import { deterministicId, type MessageId, type SeriesId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { calendarMessage, planMessage } from '../occurrences/effects.js';
import { occurrencesOf, type ReadingDeps } from '../occurrences/reading.js';
import { farthestMove } from '../occurrences/schedule.js';
import { changeSeries } from '../series/series-changing.js';
import type { Series } from '../series/series.js';
import { firstHits } from '../series/timing.js';

/** An hour that every day has, also those on which the clocks turn. */
const hour = Temporal.PlainTime.from('01:00');
/** Each message takes two of the hundred changes of a commit. */
const maxMessages = 45;

/** The tick of a Helsinki day: asked for twice it is one. */
function tickOf(date: Temporal.PlainDate): NewMessage {
  const due = date.toZonedDateTime({ timeZone: homeZone, plainTime: hour }).toInstant();
  const id = deterministicId<MessageId>('sessionPlan', 'day', date.toString());
  return { id, dueAt: due.toString(), body: { kind: 'sessionPlan' } };
}

/** Sees to it that today has its tick, from which those of all days to come follow. */
export async function ensureTick(outbox: Pick<Outbox, 'commit'>, clock: Clock): Promise<void> {
  await outbox.commit([], [tickOf(today(clock))]);
}

interface TickDeps extends ReadingDeps {
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
}

/** Whether nothing of a series that goes on is under way or still to come. */
async function hasNothingLeft(deps: TickDeps, series: Series): Promise<boolean> {
  const day = today(deps.clock);
  if (firstHits(series, day.toString(), 1).length > 0) return false;
  const [from, to] = [day.subtract({ days: 1 }), day.add({ days: farthestMove })];
  const now = deps.clock.now();
  const left = await occurrencesOf(deps, series, from.toString(), to.toString());
  return !left.some(({ end }) => Temporal.Instant.compare(end, now) > 0);
}

/**
 * A series whose last session is over has ended; nobody needs to say so. Decided on what stands when it is stored: a
 * coordinator may be giving it new dates at this moment.
 */
async function endFinished(deps: TickDeps, id: SeriesId): Promise<void> {
  const at = deps.clock.now().toString();
  await changeSeries(deps, id, { at, dueAt: at }, async (series) => {
    if (series.state.status === 'ended' || !(await hasNothingLeft(deps, series))) return undefined;
    return {
      series: { ...series, state: { status: 'ended', at } },
      event: { action: 'end' },
      canUndo: false,
    };
  });
}

/** What the day asks of a series, and whether it could be looked at. */
async function dayOf(
  deps: TickDeps,
  id: SeriesId,
  dueAt: string,
): Promise<{ readonly messages: readonly NewMessage[]; readonly fault?: unknown }> {
  const now = deps.clock.now().toString();
  const messages = [
    planMessage(id, ['day', homeDate(dueAt).toString()], dueAt),
    calendarMessage(id, ['month', today(deps.clock).toString().slice(0, 7)], now),
  ];
  try {
    await endFinished(deps, id);
    return { messages };
  } catch (fault) {
    // One that can't be read must not cost the others their day, nor itself its plan.
    return { messages, fault };
  }
}

/**
 * The work of a day: tomorrow's tick first, so that the chain holds whatever happens; then each series is planned anew, and
 * once a month its calendar follows. After days of outage one tick does it for all of them.
 * @param dueAt ISO instant at which the tick was due.
 */
export async function tick(deps: TickDeps, dueAt: string): Promise<void> {
  const { store, outbox, clock } = deps;
  await outbox.commit([], [tickOf(today(clock).add({ days: 1 }))]);
  const active = (await store.allSeries()).filter(({ value }) => value.state.status === 'active');
  const days = await Promise.all(active.map(({ value }) => dayOf(deps, value.id, dueAt)));
  const messages = days.flatMap((each) => each.messages);
  for (let from = 0; from < messages.length; from += maxMessages)
    await outbox.commit([], messages.slice(from, from + maxMessages));
  // Tried anew: what was asked for already is not asked for twice.
  const faulty = days.find(({ fault }) => fault !== undefined);
  if (faulty !== undefined) throw faulty.fault;
}
