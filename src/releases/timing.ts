import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { homeZone } from '../clock.js';
import { AppError, type FieldFaultCode } from '../errors.js';
import { parse } from '../validation.js';

/** How long after its time a release still goes out by itself; later than that a person decides. */
export const greatestLateness = Temporal.Duration.from({ minutes: 60 });

/** How far ahead a release may be planned: a date beyond it is most likely a slip of the finger. */
const greatestLead = { years: 2 } as const;

/** A date and a time as people read them in Helsinki: `2026-12-01` and `09:00`. */
export interface WallTime {
  readonly date: string;
  readonly time: string;
}

/**
 * How the wall clock met the time: `gap` when the clocks skip it in spring (it is then moved on by the hour that
 * is skipped), `overlap` when it comes twice in autumn (then the first is meant).
 */
export type ClockTurn = 'plain' | 'gap' | 'overlap';

const wallTimeSchema = z.strictObject({
  date: z
    .string()
    .refine(
      (text) => parsesAs(text, /^\d{4}-\d{2}-\d{2}$/, (date) => Temporal.PlainDate.from(date)),
      'notADate',
    ),
  time: z
    .string()
    .refine((text) => parsesAs(text, /^\d{2}:\d{2}$/, (time) => Temporal.PlainTime.from(time)), 'wrongType'),
});

function parsesAs(text: string, shape: RegExp, read: (text: string) => unknown): boolean {
  if (!shape.test(text)) return false;
  try {
    read(text);
    return true;
  } catch {
    return false;
  }
}

/** @throws AppError `input.invalid` with faults at `date` and `time`. */
export function parseWallTime(input: unknown): WallTime {
  return parse(wallTimeSchema, input);
}

/** The moment of a wall-clock time in Helsinki, and whether the clocks turn there. */
export function momentOf({ date, time }: WallTime): { due: Temporal.Instant; turn: ClockTurn } {
  const wanted = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const first = wanted.toZonedDateTime(homeZone, { disambiguation: 'earlier' });
  const second = wanted.toZonedDateTime(homeZone, { disambiguation: 'later' });
  const chosen = wanted.toZonedDateTime(homeZone, { disambiguation: 'compatible' });
  if (first.epochMilliseconds === second.epochMilliseconds) return { due: chosen.toInstant(), turn: 'plain' };
  const exists = chosen.toPlainDateTime().equals(wanted);
  return { due: chosen.toInstant(), turn: exists ? 'overlap' : 'gap' };
}

function dateFault(code: FieldFaultCode, values?: Readonly<Record<string, string>>): AppError {
  return new AppError('input.invalid', { fields: [{ field: 'date', code, ...(values && { values }) }] });
}

/** @throws AppError `release.timePassed`. */
export function refusePassedTime(due: Temporal.Instant, now: Temporal.Instant): void {
  if (Temporal.Instant.compare(due, now) <= 0)
    throw new AppError('release.timePassed', { due: due.toString() });
}

/**
 * Refuses a time that is too far away, or before the date that the item's author asked for.
 * @throws AppError `input.invalid` with the fault at `date`.
 */
export function refuseUnfitDate(due: Temporal.Instant, now: Temporal.Instant, earliestDate?: string): void {
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
