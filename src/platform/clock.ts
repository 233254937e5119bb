import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../shared/dates.js';

export { homeZone };

/** The only source of the present moment; tests give one that they move by hand. */
export interface Clock {
  now(): Temporal.Instant;
  /** Milliseconds since some moment, of a clock that nobody sets; without it, those of {@link now} count. */
  elapsedMs?(): number;
}

export const systemClock: Clock = { now: () => Temporal.Now.instant(), elapsedMs: () => performance.now() };

/** For how long something lasts in this process: differences alone mean something. In milliseconds. */
export function elapsedMs(clock: Clock): number {
  return clock.elapsedMs?.() ?? clock.now().epochMilliseconds;
}

/** Runs something at the first call and then at most once in so many minutes; after a fault the next call tries again. */
export function everyMinutes(
  clock: Clock,
  minutes: number,
  run: () => Promise<unknown>,
): () => Promise<void> {
  let lastAt: Temporal.Instant | undefined;
  return async () => {
    const now = clock.now();
    if (lastAt !== undefined && Temporal.Instant.compare(now, lastAt.add({ minutes })) < 0) return;
    await run();
    lastAt = now;
  };
}

/** The same, once an hour. */
export const everyHour = (clock: Clock, run: () => Promise<unknown>): (() => Promise<void>) =>
  everyMinutes(clock, 60, run);

/** Today's date in Helsinki. */
export function today(clock: Clock): Temporal.PlainDate {
  return clock.now().toZonedDateTimeISO(homeZone).toPlainDate();
}

/** The Helsinki date of a moment given as ISO text. */
export function homeDate(instant: string): Temporal.PlainDate {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(homeZone).toPlainDate();
}

/**
 * A key that sorts newest first: the milliseconds left until the year 5138, 15 digits.
 * Azure Tables lists ascending by key only
 * (https://learn.microsoft.com/azure/storage/tables/table-storage-design-patterns#log-tail-pattern).
 */
export function newestFirst(instant: string): string {
  const end = 99_999_999_999_999;
  return String(end - Temporal.Instant.from(instant).epochMilliseconds).padStart(15, '0');
}
