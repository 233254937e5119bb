import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { homeZone } from './clock.js';
import { isoDateSchema } from './validation.js';

/** A date and a time as people read them in Helsinki: `2026-12-01` and `09:00`. */
export interface WallTime {
  readonly date: string;
  readonly time: string;
}

/**
 * How the wall clock met the time: `gap` when the clocks skip it in spring (it is then moved on by the hour that
 * is skipped), `overlap` when it comes twice in autumn (then the first is meant).
 */
export type ClockChange = 'plain' | 'gap' | 'overlap';

/** A time of the day as `09:00` and in no other way; else the fault `notATime`. */
export const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'notATime' });

export const wallTimeSchema = z.strictObject({ date: isoDateSchema, time: timeSchema });

/** The moment of a wall-clock time in Helsinki, and whether the clocks change at that time. */
export function momentOf({ date, time }: WallTime): { instant: Temporal.Instant; clockChange: ClockChange } {
  const wanted = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const first = wanted.toZonedDateTime(homeZone, { disambiguation: 'earlier' });
  const second = wanted.toZonedDateTime(homeZone, { disambiguation: 'later' });
  const chosen = wanted.toZonedDateTime(homeZone, { disambiguation: 'compatible' });
  const instant = chosen.toInstant();
  if (first.epochMilliseconds === second.epochMilliseconds) return { instant, clockChange: 'plain' };
  return { instant, clockChange: chosen.toPlainDateTime().equals(wanted) ? 'overlap' : 'gap' };
}
