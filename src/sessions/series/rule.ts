import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { isIsoDate, isoDateSchema, wholeNumber } from '../../platform/validation.js';

/** Weekday of ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * The dates of a series as a rule that repeats, in Helsinki wall-clock dates. `week` -1 is the last one of the month; a
 * `dayOfMonth` that a month does not have leaves that month out. Intervals are 1 to 12 months, 1 to 26 weeks, 1 to 90 days.
 */
export type RepeatingRule =
  | {
      readonly every: 'weekdayOfMonth';
      readonly interval: number;
      readonly weekday: Weekday;
      readonly week: 1 | 2 | 3 | 4 | -1;
    }
  | { readonly every: 'dayOfMonth'; readonly interval: number; readonly day: number }
  | { readonly every: 'week'; readonly interval: number; readonly weekdays: readonly Weekday[] }
  | { readonly every: 'day'; readonly interval: number };

/** Dates that somebody chose by hand, one or several: ISO dates in order, each once, within two years. */
export interface ChosenDates {
  readonly every: 'dates';
  readonly dates: readonly string[];
}

/** When a series takes place: by a rule that repeats, or on chosen dates. */
export type Rule = RepeatingRule | ChosenDates;

/** Weekdays of RFC 5545 3.3.10 by ISO number: Monday is the first. */
const weekdayNames = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** How far past its start a window of dates reaches: 20 years, further than any programme. */
const maxSpan = { years: 20 } as const;

const maxWeeks = 26;

const choice = { error: 'unknownChoice' } as const;
const upTo = (most: number) => wholeNumber(1, most);

const weekdaySchema = z.literal([1, 2, 3, 4, 5, 6, 7], choice);
const weekSchema = z.literal([1, 2, 3, 4, -1], choice);

const weekdaysSchema = z
  .array(weekdaySchema)
  .min(1, { error: 'required' })
  .max(weekdayNames.length, { error: 'tooMany' })
  .transform((weekdays): Weekday[] => [...new Set(weekdays)].sort((one, other) => one - other));

/** The most dates that are chosen by hand: a course that comes more often has a rule. */
const maxChosen = 50;
/** Calendars get them as one event: its days in between are listed as left out, so that there are not too many of them. */
const maxChosenDays = 731;

const chosenSchema = z
  .array(isoDateSchema)
  .min(1, { error: 'required' })
  .max(maxChosen, { error: 'tooMany' })
  .superRefine((dates, context) => {
    const first = [...dates].sort()[0];
    for (const [index, date] of dates.entries()) {
      if (dates.indexOf(date) !== index)
        context.addIssue({ code: 'custom', message: 'standsAlready', path: [index] });
      else if (
        first !== undefined &&
        isIsoDate(first) &&
        isIsoDate(date) &&
        daysBetween(first, date) > maxChosenDays
      )
        context.addIssue({ code: 'custom', message: 'dateTooFar', path: [index] });
    }
  })
  .transform((dates): string[] => [...dates].sort());

const daysBetween = (first: string, last: string): number =>
  Temporal.PlainDate.from(first).until(last, { largestUnit: 'days' }).days;

/**
 * A rule as it comes from outside. Weekdays may come in any order and twice; they are kept once and in order.
 * A number outside its bounds is the fault `notInRange`, and a day or a week that there is not `unknownChoice`.
 */
export const ruleSchema: z.ZodType<Rule> = z.discriminatedUnion(
  'every',
  [
    z.strictObject({
      every: z.literal('weekdayOfMonth'),
      interval: upTo(12),
      weekday: weekdaySchema,
      week: weekSchema,
    }),
    z.strictObject({ every: z.literal('dayOfMonth'), interval: upTo(12), day: upTo(31) }),
    z.strictObject({ every: z.literal('week'), interval: upTo(maxWeeks), weekdays: weekdaysSchema }),
    z.strictObject({ every: z.literal('day'), interval: upTo(90) }),
    z.strictObject({ every: z.literal('dates'), dates: chosenSchema }),
  ],
  {
    error: ({ input }) => {
      if (typeof input !== 'object' || input === null) return undefined;
      return 'every' in input ? 'unknownChoice' : 'required';
    },
  },
);

/**
 * The rule as the value of an RRULE (RFC 5545 3.3.10), such as `FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1`; without an end. Only
 * in forms that Outlook imports (MS-OXCICAL 2.1.3.2.2), which knows no `BYDAY=1TU`.
 */
export function rruleOf(rule: RepeatingRule): string {
  const name = (weekday: Weekday) => weekdayNames[weekday - 1] ?? '';
  const interval = rule.interval === 1 ? '' : `;INTERVAL=${rule.interval}`;
  switch (rule.every) {
    case 'weekdayOfMonth':
      return `FREQ=MONTHLY${interval};BYDAY=${name(rule.weekday)};BYSETPOS=${rule.week}`;
    case 'dayOfMonth':
      return `FREQ=MONTHLY${interval};BYMONTHDAY=${rule.day}`;
    case 'week':
      return `FREQ=WEEKLY${interval};BYDAY=${rule.weekdays.map(name).join(',')};WKST=MO`;
    case 'day':
      return `FREQ=DAILY${interval}`;
  }
}

const weekdayOf = (date: string): Weekday => Temporal.PlainDate.from(date).dayOfWeek as Weekday;

const divisor = (one: number, other: number): number => (other === 0 ? one : divisor(other, one % other));

/**
 * A weekly rule that hits all chosen dates, and as few others as weeks allow: programs for calendars import no list of dates
 * (MS-OXCICAL knows RDATE only for a date that was moved), but a rule of which dates are left out.
 */
export function weeklyRuleOf({ dates }: ChosenDates): Extract<RepeatingRule, { every: 'week' }> {
  const [first = ''] = dates;
  const monday = Temporal.PlainDate.from(first).subtract({ days: weekdayOf(first) - 1 });
  const weeks = dates.map((date) => Math.floor(daysBetween(monday.toString(), date) / 7));
  const common = weeks.reduce(divisor, 0);
  const interval = Array.from({ length: maxWeeks }, (_, index) => maxWeeks - index).find(
    (each) => common % each === 0,
  );
  const weekdays = [...new Set(dates.map(weekdayOf))].sort((one, other) => one - other);
  return { every: 'week', interval: common === 0 ? 1 : (interval ?? 1), weekdays };
}

/** A span of ISO dates, both included. */
interface Span {
  readonly from: string;
  readonly to: string;
  /** ISO date of the segment's first occurrence: intervals count from it, and nothing comes before it. */
  readonly anchor: string;
}

function readDate(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}

const later = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) > 0 ? one : other;
const earlier = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) < 0 ? one : other;

/** Dates have no clock: midnight in UTC, where no day is shorter than another. */
const midnight = (date: Temporal.PlainDate) => date.toZonedDateTime('UTC');

/**
 * A function of its key alone that remembers its newest answers, at most so many. A promise that fails is forgotten.
 * @param isKept which answers are small enough to be remembered.
 */
export function remembering<Key, Value>(
  max: number,
  work: (key: Key) => Value,
  isKept: (value: Value) => boolean = () => true,
): (key: Key) => Value {
  const answers = new Map<Key, Value>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const value = work(key);
    if (!isKept(value)) return value;
    const [oldest] = answers.keys();
    if (answers.size >= max && oldest !== undefined) answers.delete(oldest);
    answers.set(key, value);
    if (value instanceof Promise) value.catch(() => answers.delete(key));
    return value;
  };
}

/** Everybody who opens the overview asks for the same dates: some megabytes of them are remembered at most. */
const maxSpans = 200;
const maxDates = 1_000;

const datesOfText = remembering(
  maxSpans,
  (text: string): readonly string[] => {
    const { rule, span } = JSON.parse(text) as { readonly rule: RepeatingRule; readonly span: Span };
    const [from, to, anchor] = [readDate(span.from), readDate(span.to), readDate(span.anchor)];
    if (!from || !to || !anchor || !ruleSchema.safeParse(rule).success) return [];
    const start = later(from, anchor);
    const end = earlier(to, start.add(maxSpan));
    if (Temporal.PlainDate.compare(start, end) > 0) return [];
    const recurrence = new RRuleTemporal({
      rruleString: `RRULE:${rruleOf(rule)}`,
      dtstart: midnight(anchor),
      temporal: Temporal,
    });
    return recurrence.between(midnight(start), midnight(end), true).map((at) => at.toPlainDate().toString());
  },
  (dates) => dates.length <= maxDates,
);

/**
 * The dates on which a rule hits between two dates, both included, as ISO text in order.
 * The span is cut at 20 years. A rule out of its bounds and a date that there is not give no dates.
 */
export function datesOf(rule: Rule, span: Span): readonly string[] {
  if (rule.every === 'dates') {
    const { from, to, anchor } = span;
    return rule.dates.filter((date) => date >= from && date >= anchor && date <= to);
  }
  return datesOfText(JSON.stringify({ rule, span }));
}

/**
 * The first date of a series that may begin at the earliest on a date: the next one that the rule could hit if it
 * came every time. So "every second Tuesday" from a Wednesday on begins on the next Tuesday.
 */
export function firstDateOf(rule: Rule, from: string): string | undefined {
  const start = readDate(from);
  if (!start) return undefined;
  if (rule.every === 'dates') return rule.dates.find((date) => date >= from);
  // The longest way is that to the 31st: past February, or past November.
  const to = start.add({ months: 3 }).toString();
  return datesOf({ ...rule, interval: 1 }, { from, to, anchor: from })[0];
}

/**
 * The next hits from a date on, at most `count` of them.
 * @param anchor from where intervals count; without it the series begins with its first date from `from` on.
 */
export function nextDates(
  rule: Rule,
  from: string,
  count: number,
  anchor = firstDateOf(rule, from),
): string[] {
  const start = readDate(from);
  if (!start || anchor === undefined) return [];
  const within = (years: number) =>
    datesOf(rule, { from, to: start.add({ years }).toString(), anchor }).slice(0, Math.max(count, 0));
  const soon = within(1);
  return soon.length < count ? within(maxSpan.years) : soon;
}

/**
 * How many whole years ahead the dates that are left out are written, and so how far a rule goes on that has such
 * dates. Whatever is sent later says it anew.
 */
export const yearsAhead = 3;
