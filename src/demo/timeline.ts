import { Temporal } from 'temporal-polyfill';
import type { PastClock } from './past-clock.js';
import { workingTime } from './working-time.js';

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
