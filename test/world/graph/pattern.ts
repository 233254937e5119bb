import { Temporal } from 'temporal-polyfill';

/** Graph's `patternedRecurrence`, as it is sent and given back. */
export interface Recurrence {
  readonly pattern: {
    readonly type: 'daily' | 'weekly' | 'absoluteMonthly' | 'relativeMonthly';
    readonly interval: number;
    readonly dayOfMonth?: number;
    readonly daysOfWeek?: readonly string[];
    readonly index?: string;
    readonly firstDayOfWeek?: string;
  };
  readonly range: {
    readonly type: 'noEnd' | 'endDate';
    readonly startDate: string;
    readonly endDate?: string;
    readonly recurrenceTimeZone?: string;
  };
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const indexes = ['first', 'second', 'third', 'fourth'];

const monthsBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  (to.year - from.year) * 12 + to.month - from.month;

function isIndexed(date: Temporal.PlainDate, index: string | undefined): boolean {
  if (index === 'last') return date.day + 7 > date.daysInMonth;
  return indexes[Math.floor((date.day - 1) / 7)] === (index ?? 'first');
}

function weekOf(date: Temporal.PlainDate, firstDay: string): Temporal.PlainDate {
  const offset = (date.dayOfWeek - 1 - weekdays.indexOf(firstDay) + 7) % 7;
  return date.subtract({ days: offset });
}

function isHit({ pattern, range }: Recurrence, date: Temporal.PlainDate): boolean {
  const start = Temporal.PlainDate.from(range.startDate);
  const isNamedDay = (pattern.daysOfWeek ?? []).some(
    (name) => name.toLowerCase() === weekdays[date.dayOfWeek - 1],
  );
  switch (pattern.type) {
    case 'daily':
      return start.until(date, { largestUnit: 'days' }).days % pattern.interval === 0;
    case 'weekly': {
      const first = pattern.firstDayOfWeek ?? 'sunday';
      const weeks = weekOf(start, first).until(weekOf(date, first), { largestUnit: 'weeks' }).weeks;
      return isNamedDay && weeks % pattern.interval === 0;
    }
    case 'absoluteMonthly':
      // As Exchange does: the 31st of a shorter month is its last day.
      return (
        monthsBetween(start, date) % pattern.interval === 0 &&
        date.day === Math.min(pattern.dayOfMonth ?? 1, date.daysInMonth)
      );
    case 'relativeMonthly':
      return (
        monthsBetween(start, date) % pattern.interval === 0 && isNamedDay && isIndexed(date, pattern.index)
      );
  }
}

/** Dates found already, as finding them takes long, by the recurrence and the date up to which it was searched. */
const found = new WeakMap<
  Recurrence,
  { readonly until: string; readonly dates: readonly Temporal.PlainDate[] }
>();

/** The dates of a recurrence up to one, both included. */
export function datesOf(recurrence: Recurrence, until: Temporal.PlainDate): readonly Temporal.PlainDate[] {
  const known = found.get(recurrence);
  const last = until.toString();
  if (known !== undefined && known.until >= last)
    return known.dates.filter((date) => Temporal.PlainDate.compare(date, until) <= 0);
  const dates = searched(recurrence, until);
  found.set(recurrence, { until: last, dates });
  return dates;
}

function searched(recurrence: Recurrence, until: Temporal.PlainDate): Temporal.PlainDate[] {
  const { startDate, endDate, type } = recurrence.range;
  const end = type === 'endDate' && endDate !== undefined ? Temporal.PlainDate.from(endDate) : until;
  const last = Temporal.PlainDate.compare(end, until) < 0 ? end : until;
  const start = Temporal.PlainDate.from(startDate);
  const isByMonth = recurrence.pattern.type.endsWith('Monthly');
  const dates = [];
  for (let date = start; Temporal.PlainDate.compare(date, last) <= 0;) {
    if (isHit(recurrence, date)) dates.push(date);
    const isMonthOut = monthsBetween(start, date) % recurrence.pattern.interval !== 0;
    // One hit a month, and none in months between: on to the next month.
    const isDone = isByMonth && (isMonthOut || dates.at(-1) === date);
    date = isDone ? date.with({ day: 1 }).add({ months: 1 }) : date.add({ days: 1 });
  }
  return dates;
}

/** Why Exchange would refuse a recurrence; `undefined` where it would not. */
export function recurrenceFault(recurrence: Recurrence, start: Temporal.PlainDateTime): string | undefined {
  const { startDate, endDate } = recurrence.range;
  if (start.toPlainDate().toString() !== startDate) return 'range.startDate is not the date of start';
  if (endDate !== undefined && endDate < startDate) return 'range.endDate is before range.startDate';
  if (!isHit(recurrence, Temporal.PlainDate.from(startDate))) return 'range.startDate is not a hit';
  return undefined;
}
