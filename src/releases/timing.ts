import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../platform/clock.js';
import { AppError, type FieldFaultCode } from '../platform/errors.js';
import { parse } from '../platform/validation.js';
import { wallTimeSchema, type WallTime } from '../platform/wall-time.js';

/** How long after its time a release still goes out by itself; later than that a person decides. */
export const greatestLateness = Temporal.Duration.from({ minutes: 60 });

/** How far ahead a release may be planned: a date beyond it is most likely a slip of the finger. */
const greatestLead = { years: 2 } as const;

/** @throws AppError `input.invalid` with faults at `date` and `time`. */
export function parseWallTime(input: unknown): WallTime {
  return parse(wallTimeSchema, input);
}

function dateFault(code: FieldFaultCode, values?: Readonly<Record<string, string>>): AppError {
  return new AppError('input.invalid', { fields: [{ field: 'date', code, ...(values && { values }) }] });
}

/** @throws AppError `release.timePassed`. */
export function assertNotPassed(due: Temporal.Instant, now: Temporal.Instant): void {
  if (Temporal.Instant.compare(due, now) <= 0)
    throw new AppError('release.timePassed', { due: due.toString() });
}

/**
 * Refuses a time that is too far away, or before the date that the item's author asked for.
 * @throws AppError `input.invalid` with the fault at `date`.
 */
export function assertDateFits(due: Temporal.Instant, now: Temporal.Instant, earliestDate?: string): void {
  const at = due.toZonedDateTimeISO(homeZone);
  const last = now.toZonedDateTimeISO(homeZone).add(greatestLead);
  if (Temporal.ZonedDateTime.compare(at, last) > 0) throw dateFault('dateTooFar');
  if (earliestDate !== undefined && Temporal.PlainDate.compare(at.toPlainDate(), earliestDate) < 0) {
    const { day, month, year } = Temporal.PlainDate.from(earliestDate);
    throw dateFault('dateTooEarly', { earliest: `${day}.${month}.${year}` });
  }
}

/** Whether a release that is due then is too late to go out by itself. */
export function isTooLate(due: string, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, Temporal.Instant.from(due).add(greatestLateness)) > 0;
}
