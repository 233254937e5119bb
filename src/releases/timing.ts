import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../platform/clock.js';
import { AppError, type FieldFaultCode } from '../platform/errors.js';
import type { ReleaseMonth } from './types.js';

/** How long after its time a release still goes out by itself; later than that a person decides. */
const maxLateness = Temporal.Duration.from({ minutes: 60 });

/** How far ahead a release may be planned: a date beyond it is most likely a slip of the finger. */
const maxLead = { years: 2 } as const;

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
  const last = now.toZonedDateTimeISO(homeZone).add(maxLead);
  if (Temporal.ZonedDateTime.compare(at, last) > 0) throw dateFault('dateTooFar');
  if (earliestDate !== undefined && Temporal.PlainDate.compare(at.toPlainDate(), earliestDate) < 0) {
    const { day, month, year } = Temporal.PlainDate.from(earliestDate);
    throw dateFault('dateTooEarly', { earliest: `${day}.${month}.${year}` });
  }
}

/** Whether a release that is due then is too late to go out by itself. */
export function isTooLate(due: string, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, Temporal.Instant.from(due).add(maxLateness)) > 0;
}

/** The days on a month's page of a calendar: whole weeks, Monday first. */
export function monthPage(month: Temporal.PlainYearMonth): Pick<ReleaseMonth, 'first' | 'last'> {
  const start = month.toPlainDate({ day: 1 });
  const end = month.toPlainDate({ day: month.daysInMonth });
  return {
    first: start.subtract({ days: start.dayOfWeek - 1 }).toString(),
    last: end.add({ days: 7 - end.dayOfWeek }).toString(),
  };
}
