import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../src/clock.js';

/** A clock that stands still until a test moves it. */
export interface HandClock extends Clock {
  forward(by: Temporal.DurationLike): void;
  /** The present moment as ISO text, or one so much later. */
  iso(later?: Temporal.DurationLike): string;
}

export function handClock(start = '2026-11-03T08:00:00Z'): HandClock {
  let instant = Temporal.Instant.from(start);
  return {
    now: () => instant,
    forward: (by) => {
      instant = instant.add(by);
    },
    iso: (later = { seconds: 0 }) => instant.add(later).toString(),
  };
}
