import { Temporal } from 'temporal-polyfill';
import { homeDate, homeZone, today, type Clock } from '../../clock.js';
import { deterministicId, type MessageId } from '../../ids.js';
import type { NewMessage } from '../../outbox/message.js';
import type { Outbox } from '../../outbox/outbox.js';
import { calendarMessage, planMessage } from '../effects.js';
import { occurrencesOf, type ReadingParts } from '../reading.js';
import { farthestMove } from '../schedule.js';
import { changeSeries } from '../series-changing.js';
import type { Series } from '../series.js';
import { firstHits } from '../timing.js';

/** An hour that every day has, also those on which the clocks turn. */
const hour = Temporal.PlainTime.from('01:00');
/** Each message takes two of the hundred changes of a commit. */
const mostMessages = 45;

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

interface TickParts extends ReadingParts {
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
}

/** A series whose last session is over has ended; nobody needs to say so. */
async function endFinished(parts: TickParts, series: Series): Promise<boolean> {
  const day = today(parts.clock);
  if (firstHits(series, day.toString(), 1).length > 0) return false;
  const [from, to] = [day.subtract({ days: 1 }), day.add({ days: farthestMove })];
  const now = parts.clock.now();
  const left = await occurrencesOf(parts, series, from.toString(), to.toString());
  if (left.some(({ end }) => Temporal.Instant.compare(end, now) > 0)) return false;
  const at = now.toString();
  await changeSeries(parts, series.id, { at, dueAt: at }, (current) => {
    if (current.is.state === 'ended') return undefined;
    return { series: { ...current, is: { state: 'ended', at } }, did: { action: 'end' }, canUndo: false };
  });
  return true;
}

/**
 * The work of a day: tomorrow's tick first, so that the chain holds whatever happens; then each series is planned anew, and
 * once a month its calendar follows. After days of outage one tick does it for all of them.
 * @param dueAt ISO instant at which the tick was due.
 */
export async function tick(parts: TickParts, dueAt: string): Promise<void> {
  const { store, outbox, clock } = parts;
  const day = today(clock);
  const now = clock.now().toString();
  await outbox.commit([], [tickOf(day.add({ days: 1 }))]);
  const active = (await store.allSeries())
    .map(({ value }) => value)
    .filter(({ is }) => is.state === 'active');
  const going = await Promise.all(active.map(async (series) => !(await endFinished(parts, series))));
  const date = homeDate(dueAt).toString();
  const messages = active
    .filter((_, index) => going[index])
    .flatMap(({ id }) => [
      planMessage(id, ['day', date], dueAt),
      calendarMessage(id, ['month', day.toString().slice(0, 7)], now),
    ]);
  for (let from = 0; from < messages.length; from += mostMessages)
    await outbox.commit([], messages.slice(from, from + mostMessages));
}
