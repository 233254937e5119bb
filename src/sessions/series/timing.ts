import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { AppError, type FieldFault } from '../../platform/errors.js';
import { isoDateSchema } from '../../platform/validation.js';
import { timeSchema } from '../../platform/wall-time.js';
import { minutesSchema } from './fields.js';
import { firstDateOf, ruleSchema } from './rule-dates.js';
import { hitsOf } from '../occurrences/schedule.js';
import type { Segment, Series } from './series.js';

/** When a series comes round, as a form says it; `null` takes an end away. */
export const timingShape = {
  rule: ruleSchema.optional(),
  from: isoDateSchema.optional(),
  until: isoDateSchema.nullable().optional(),
  time: timeSchema.optional(),
  minutes: minutesSchema.optional(),
};

export type Timing = z.output<z.ZodObject<typeof timingShape>>;

export function invalid(...fields: FieldFault[]): AppError {
  return new AppError('input.invalid', { fields });
}

/** How far dates are looked for: soon first, which is nearly always enough, then as far as dates go. */
const horizons = [{ years: 2 }, { years: 20 }] as const;

/** The first dates of a series from an ISO date on, at most `count`, pauses left out, each with its segment. */
export function firstHits(series: Pick<Series, 'segments' | 'pausedMonths'>, from: string, count: number) {
  const within = (horizon: Temporal.DurationLike) =>
    hitsOf(series, from, Temporal.PlainDate.from(from).add(horizon).toString()).slice(0, count);
  const soon = within(horizons[0]);
  return soon.length < count ? within(horizons[1]) : soon;
}

/**
 * The segment that begins with the first date of a rule from a day on.
 * @param defaults what the form may leave out.
 * @throws AppError `input.invalid`: `required` where something is neither said nor known, `until` `endBeforeStart`,
 *   `rule` `noDates`.
 */
export function segmentFrom(
  timing: Timing,
  defaults: Partial<Pick<Segment, 'rule' | 'time' | 'minutes'>> & { readonly from: string },
  { number, pausedMonths }: Pick<Segment, 'number'> & Pick<Series, 'pausedMonths'>,
): Segment {
  const { rule = defaults.rule, time = defaults.time, minutes = defaults.minutes } = timing;
  const { from = defaults.from, until } = timing;
  if (rule === undefined || time === undefined || minutes === undefined) {
    const missing = Object.entries({ rule, time, minutes }).filter(([, value]) => value === undefined);
    throw invalid(...missing.map(([field]): FieldFault => ({ field, code: 'required' })));
  }
  if (typeof until === 'string' && until < from) throw invalid({ field: 'until', code: 'endBeforeStart' });
  const first = firstDateOf(rule, from);
  if (first === undefined) throw invalid({ field: 'rule', code: 'noDates' });
  const segment = { number, from: first, rule, time, minutes, ...(typeof until === 'string' && { until }) };
  if (firstHits({ segments: [segment], pausedMonths }, first, 1).length === 0)
    throw invalid({ field: 'rule', code: 'noDates' });
  return segment;
}

/** The segments of a series with none of their dates after a day (ISO date). */
export function cutAfter(segments: readonly Segment[], last: string): Segment[] {
  const cut = segments.map((segment): Segment => {
    if (segment.until !== undefined && segment.until <= last) return segment;
    // Begins later: nothing of it is left, and its `until` stands before its `from`.
    return { ...segment, until: segment.from > last ? dayBefore(segment.from) : last };
  });
  return emptyFirst(cut);
}

/** Segments without any date stand before the others, so that the last one is the one that goes on. */
export function emptyFirst(segments: readonly Segment[]): Segment[] {
  const isEmpty = ({ from, until }: Segment) => until !== undefined && until < from;
  return [...segments.filter(isEmpty), ...segments.filter((segment) => !isEmpty(segment))];
}

export function dayBefore(date: string): string {
  return Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();
}
