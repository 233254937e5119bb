import { Temporal } from 'temporal-polyfill';
import { type Clock, homeZone } from '../platform/clock.js';

/** A clock that stands where it was put: what the demo tells of the past happens at its own time. */
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

/** Friday 16.00 to 17.00 stands for the whole weekend: `share` is how much of it has gone, 0 to 1. */
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

/** Something that happened in the demo's past. Running it again where it was done already changes nothing. */
export interface Happening {
  readonly at: Temporal.Instant;
  readonly run: () => Promise<void>;
}

/** The moment so many hours before the first start, in office hours where that is possible. */
export function hoursBefore(start: Temporal.Instant, hours: number): Temporal.Instant {
  return workingTime(start.subtract({ seconds: Math.round(hours * 3600) }), start);
}

/** Lets everything happen one after the other, each at its own time. */
export async function tell(happenings: readonly Happening[], clock: PastClock): Promise<void> {
  const inOrder = [...happenings].sort((one, other) => Temporal.Instant.compare(one.at, other.at));
  for (const { at, run } of inOrder) {
    clock.set(at);
    await run();
  }
}
