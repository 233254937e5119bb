import { Temporal } from 'temporal-polyfill';
import type { makeDomain } from '../compose.js';
import { type Clock, homeZone } from '../platform/clock.js';
import type { NewsId } from '../platform/ids.js';

/** A clock that stays where it was set, so that each event of the demo's past happens at its own time. */
export interface PastClock extends Clock {
  set(moment: Temporal.Instant): void;
}

export function pastClock(start: Temporal.Instant): PastClock {
  let moment = start;
  return {
    now: () => moment,
    set: (next) => {
      moment = next;
    },
  };
}

const dayMs = 24 * 60 * 60 * 1000;
const opens = 8;
const openHours = 8;

/** The weekend is squeezed into Friday 16.00 to 17.00: `share` is how much of it has passed, 0 to 1. */
function beforeWeekend(date: Temporal.PlainDate, share: number): Temporal.Instant {
  const friday = date.subtract({ days: date.dayOfWeek - 5 });
  const closing = friday.toZonedDateTime({ timeZone: homeZone, plainTime: { hour: opens + openHours } });
  return closing.add({ seconds: Math.floor(share * 3600) }).toInstant();
}

/**
 * Moves a moment of the demo's past into office hours of Helsinki, so that nobody seems to work at night. It keeps
 * the order of moments; those of the day of `start` stay as they are, since a later hour may not have come yet.
 */
export function workingTime(moment: Temporal.Instant, start: Temporal.Instant): Temporal.Instant {
  const local = moment.toZonedDateTimeISO(homeZone);
  const midnight = start.toZonedDateTimeISO(homeZone).startOfDay();
  if (Temporal.Instant.compare(moment, midnight.toInstant()) >= 0) return moment;
  const sinceMidnight = moment.epochMilliseconds - local.startOfDay().epochMilliseconds;
  const share = Math.min(sinceMidnight / dayMs, 1);
  const date = local.toPlainDate();
  if (date.dayOfWeek > 5) return beforeWeekend(date, (date.dayOfWeek - 6 + share) / 2);
  const morning = date.toZonedDateTime({ timeZone: homeZone, plainTime: { hour: opens } });
  return morning.add({ seconds: Math.floor(share * openHours * 3600) }).toInstant();
}

/** The ids of the items that are seeded so far, by the key of the demo item. */
export type NewsIds = Map<string, NewsId>;

/** What the events of the demo work with: services like those of the programme, but with a clock set to the past. */
export interface SeedContext extends Pick<
  ReturnType<typeof makeDomain>,
  | 'news'
  | 'newsletter'
  | 'releases'
  | 'publisher'
  | 'series'
  | 'rotation'
  | 'topics'
  | 'followUp'
  | 'contacts'
> {
  readonly clock: PastClock;
  readonly newsIds: NewsIds;
  /** The first start of trial mode, from which the hours of the demo are counted. */
  readonly start: Temporal.Instant;
}

/** Something that happened in the demo's past. */
export interface SeedEvent {
  readonly at: Temporal.Instant;
  readonly run: () => Promise<void>;
}

/** The moment so many hours before the first start, in office hours where that is possible. */
export function hoursBefore(start: Temporal.Instant, hours: number): Temporal.Instant {
  return workingTime(start.subtract({ seconds: Math.round(hours * 3600) }), start);
}

/** Runs all events in order, each at its own time. */
export async function replay(events: readonly SeedEvent[], clock: PastClock): Promise<void> {
  const inOrder = [...events].sort((one, other) => Temporal.Instant.compare(one.at, other.at));
  for (const { at, run } of inOrder) {
    clock.set(at);
    await run();
  }
}
