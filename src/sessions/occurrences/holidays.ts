import { Temporal } from 'temporal-polyfill';
import { closedDaysBetween } from '../../platform/holidays.js';
import { isHit } from '../series/rule-dates.js';
import type { Rule } from '../series/rule.js';

/** How many weeks ahead another date is looked for: further away it is the next session's turn. */
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
  const closed = await closedDaysBetween(date, day.add({ weeks: farthestWeeks }).toString());
  if (closed.get(date) !== 'public') return undefined;
  const isFit = (candidate: Temporal.PlainDate): boolean => {
    const text = candidate.toString();
    return !closed.has(text) && !isHit(rule, text, date) && isFree(text);
  };
  const weekLater = day.add({ weeks: 1 });
  if (isFit(weekLater)) return weekLater.toString();
  const following = Array.from({ length: farthestWeeks * 7 }, (_, index) => day.add({ days: index + 1 }));
  return following.find((candidate) => candidate.dayOfWeek <= 5 && isFit(candidate))?.toString();
}
