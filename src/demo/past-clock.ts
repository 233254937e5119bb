import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../platform/clock.js';

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
