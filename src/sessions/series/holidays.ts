import { Temporal } from 'temporal-polyfill';
import { closedDaysBetween, holidaysBetween, type Holiday } from '../../platform/holidays.js';
import { datesOf, remembering } from './rule-dates.js';
import type { Rule } from './rule.js';
import { hitsOf } from './segments.js';
import type { SeriesOutline } from './waiting.js';

/** More years than anybody looks at. */
const maxYears = 40;

const closedDaysOfYear = remembering(maxYears, (year: number) =>
  closedDaysBetween(`${year}-01-01`, `${year}-12-31`),
);

/** How many weeks ahead another date is looked for: further away the next session comes first. */
const farthestWeeks = 4;

/**
 * Another date for a session that falls on a public holiday: the same weekday a week later; where offices are closed
 * then too, or it is a date of the series itself, the nearest working day after the holiday.
 *
 * Midsummer Eve, Christmas Eve and New Year's Eve are no public holidays, but are not proposed.
 * @param date an ISO date that the rule hits.
 * @param isFree whether nothing else that the caller knows of takes the date.
 * @returns an ISO date; `undefined` where the date is no public holiday, or no date is fit within four weeks.
 */
export async function proposalFor(
  date: string,
  rule: Rule,
  isFree: (date: string) => boolean,
): Promise<string | undefined> {
  const day = Temporal.PlainDate.from(date);
  const last = day.add({ weeks: farthestWeeks });
  const years = await Promise.all([...new Set([day.year, last.year])].map(closedDaysOfYear));
  const closed = new Map(years.flatMap((each) => [...each]));
  if (closed.get(date) !== 'public') return undefined;
  const hits = datesOf(rule, { from: date, to: last.toString(), anchor: date });
  const isFit = (candidate: Temporal.PlainDate): boolean => {
    const text = candidate.toString();
    return !closed.has(text) && !hits.includes(text) && isFree(text);
  };
  const weekLater = day.add({ weeks: 1 });
  if (isFit(weekLater)) return weekLater.toString();
  const following = Array.from({ length: farthestWeeks * 7 }, (_, index) => day.add({ days: index + 1 }));
  return following.find((candidate) => candidate.dayOfWeek <= 5 && isFit(candidate))?.toString();
}

/** How far ahead it is known which dates are taken, in days. */
const takenDays = 100;

/** Whether no session of any active series is on a date, by the rules; to know of a date to which one could move. */
export function freeDates(all: readonly SeriesOutline[], from: string): (date: string) => boolean {
  const to = Temporal.PlainDate.from(from).add({ days: takenDays }).toString();
  const active = all.filter(({ state }) => state.status === 'active');
  const taken = new Set(active.flatMap((one) => hitsOf(one, from, to).map(({ date }) => date)));
  return (date) => !taken.has(date);
}

/** The public holidays of Finland, each year worked out once. */
export function holidayBook() {
  const yearOf = remembering(maxYears, (year: number) => holidaysBetween(`${year}-01-01`, `${year}-12-31`));
  return {
    /** The public holidays between two ISO dates, both included. */
    between: async (first: string, last: string): Promise<readonly Holiday[]> => {
      const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
      const wanted = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => yearOf(from + index));
      return (await Promise.all(wanted)).flat().filter(({ date }) => date >= first && date <= last);
    },
  };
}

export type HolidayBook = ReturnType<typeof holidayBook>;
