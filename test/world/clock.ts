import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../src/platform/clock.js';

/** A clock that does not move until a test moves it. */
export interface HandClock extends Clock {
  forward(by: Temporal.DurationLike): void;
  /** The present moment as ISO text, or one so much later. */
  iso(by?: Temporal.DurationLike): string;
}

export function handClock(start = '2026-11-03T08:00:00Z'): HandClock {
  let instant = Temporal.Instant.from(start);
  // A day is 24 hours here: in UTC no day is longer or shorter.
  const later = (by: Temporal.DurationLike) => instant.toZonedDateTimeISO('UTC').add(by).toInstant();
  return {
    now: () => instant,
    forward: (by) => {
      instant = later(by);
    },
    iso: (by = { seconds: 0 }) => later(by).toString(),
  };
}
