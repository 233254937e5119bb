import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { homeZone } from '../../platform/clock.js';
import type { RepeatingRule, Weekday } from '../../sessions/series/rule.js';

/** Helsinki in the names of Windows, which every mailbox knows. */
export const graphZone = 'FLE Standard Time';

/** Graph's `dateTimeTimeZone` in the two zones in which Big Room reads: UTC and Helsinki. */
export const graphDateTime = z
  .object({ dateTime: z.string(), timeZone: z.string() })
  .transform(({ dateTime, timeZone }) =>
    Temporal.PlainDateTime.from(dateTime.replace(/Z$/, ''))
      .toZonedDateTime(timeZone === 'UTC' ? 'UTC' : homeZone)
      .withTimeZone(homeZone),
  );

/** A Helsinki time as Graph wants it: local, without an offset. */
export const toGraph = (time: Temporal.ZonedDateTime) => ({
  dateTime: time.withTimeZone(homeZone).toPlainDateTime().toString({ smallestUnit: 'second' }),
  timeZone: graphZone,
});

/** An ISO instant as Helsinki time. */
export const homeTime = (instant: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(homeZone);

/** A wall-clock time of a Helsinki date. A time that a change to summer time leaves out is an hour later. */
export const homeTimeOn = (date: Temporal.PlainDate, time: string): Temporal.ZonedDateTime =>
  date.toZonedDateTime({ timeZone: homeZone, plainTime: Temporal.PlainTime.from(time) });

export const isSameTime = (one: Temporal.ZonedDateTime, other: Temporal.ZonedDateTime): boolean =>
  one.epochMilliseconds === other.epochMilliseconds;

const weekdayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const weekNames = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' } as const;

const nameOf = (weekday: Weekday) => weekdayNames[weekday - 1] ?? 'monday';

/** Graph's `recurrencePattern` (https://learn.microsoft.com/graph/api/resources/recurrencepattern). */
export function patternOf(rule: RepeatingRule) {
  const { interval } = rule;
  switch (rule.every) {
    case 'weekdayOfMonth':
      return {
        type: 'relativeMonthly',
        interval,
        daysOfWeek: [nameOf(rule.weekday)],
        index: weekNames[rule.week],
      } as const;
    case 'dayOfMonth':
      return { type: 'absoluteMonthly', interval, dayOfMonth: rule.day } as const;
    case 'week':
      // Weeks begin on Monday here; with an interval of two it matters.
      return {
        type: 'weekly',
        interval,
        daysOfWeek: rule.weekdays.map(nameOf),
        firstDayOfWeek: 'monday',
      } as const;
    case 'day':
      return { type: 'daily', interval } as const;
  }
}

type Pattern = ReturnType<typeof patternOf>;

/** Graph's `recurrenceRange`: both dates included. */
export function rangeOf(startDate: string, endDate: string | undefined) {
  return endDate === undefined
    ? ({ type: 'noEnd', startDate, recurrenceTimeZone: graphZone } as const)
    : ({ type: 'endDate', startDate, endDate, recurrenceTimeZone: graphZone } as const);
}

/** A recurrence as Graph gives it back, filled up with members that its type does not use. */
export const recurrenceRead = z.object({
  pattern: z.object({
    type: z.string(),
    interval: z.number(),
    dayOfMonth: z.number().optional(),
    daysOfWeek: z.array(z.string()).optional(),
    index: z.string().nullish(),
    firstDayOfWeek: z.string().nullish(),
  }),
  range: z.object({ type: z.string(), startDate: z.string(), endDate: z.string().nullish() }),
});
export type RecurrenceRead = z.infer<typeof recurrenceRead>;

const sorted = (days: readonly string[] = []) =>
  days
    .map((day) => day.toLowerCase())
    .sort()
    .join();

/** Whether the pattern in the calendar is the wanted one, in the members that its type uses. */
export function isSamePattern(current: RecurrenceRead['pattern'], wanted: Pattern): boolean {
  if (current.type !== wanted.type || current.interval !== wanted.interval) return false;
  switch (wanted.type) {
    case 'relativeMonthly':
      return current.index === wanted.index && sorted(current.daysOfWeek) === sorted(wanted.daysOfWeek);
    case 'absoluteMonthly':
      return current.dayOfMonth === wanted.dayOfMonth;
    case 'weekly':
      return (
        current.firstDayOfWeek === wanted.firstDayOfWeek &&
        sorted(current.daysOfWeek) === sorted(wanted.daysOfWeek)
      );
    case 'daily':
      return true;
  }
}

/** The last date of a range, both included; `undefined` where it goes on. */
export const endOf = ({ type, endDate }: RecurrenceRead['range']): string | undefined =>
  type === 'endDate' ? (endDate ?? undefined) : undefined;

/**
 * Whether a date at which the calendar has an occurrence is a hit of the rule. Exchange moves the 31st of a shorter
 * month to its last day, where the rule leaves the month out.
 */
export const isHit = (rule: RepeatingRule, date: Temporal.PlainDate): boolean =>
  rule.every !== 'dayOfMonth' || date.day === rule.day;
