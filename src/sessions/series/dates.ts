import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../../platform/clock.js';
import { datesOf, remembering, type Rule } from './rule.js';
import type { Segment, Series, SeriesOutline } from './series.js';
import { closedDaysBetween, type Holiday, holidaysBetween } from '../../platform/holidays.js';

/** Whether the pause leaves a date out: one that somebody chose by hand is meant. */
export function isPaused(
  { rule, pausedMonths }: Pick<Segment, 'rule'> & Pick<Series, 'pausedMonths'>,
  date: string,
): boolean {
  return rule.every !== 'dates' && pausedMonths.includes(Number(date.slice(5, 7)));
}

/** The dates of a series between two ISO dates, both included, pauses left out, each with its segment. */
export function hitsOf(
  { segments, pausedMonths }: Pick<Series, 'segments' | 'pausedMonths'>,
  from: string,
  to: string,
): { readonly date: string; readonly segment: Segment }[] {
  return segments.flatMap((segment) => {
    const first = segment.from > from ? segment.from : from;
    const last = segment.until !== undefined && segment.until < to ? segment.until : to;
    if (first > last) return [];
    return datesOf(segment.rule, { from: first, to: last, anchor: segment.from })
      .filter((date) => !isPaused({ rule: segment.rule, pausedMonths }, date))
      .map((date) => ({ date, segment }));
  });
}

interface Time {
  readonly start: string;
  readonly end: string;
}

/** The dates of a year of some series of each day. */
const maxTimes = 5_000;

const timeOfKey = remembering(maxTimes, (key: string): Time => {
  const [date = '', time = '', minutes = ''] = key.split(' ');
  const start = Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone: homeZone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant();
  return { start: start.toString(), end: start.add({ minutes: Number(minutes) }).toString() };
});

/** When a hit takes place by its rule. ISO instants. */
export function timeOf({ time, minutes }: Pick<Segment, 'time' | 'minutes'>, date: string): Time {
  return timeOfKey(`${date} ${time} ${minutes}`);
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

/** The segments of a series with none of their dates after a day (ISO date). */
export function cutAfter(segments: readonly Segment[], last: string): Segment[] {
  const cut = segments.map((segment): Segment => {
    if (segment.until !== undefined && segment.until <= last) return segment;
    // Begins later: nothing of it is left, and its `until` is before its `from`.
    return { ...segment, until: segment.from > last ? dayBefore(segment.from) : last };
  });
  return withEmptyFirst(cut);
}

/** Segments without any date come before the others, so that the last one is the one that goes on. */
export function withEmptyFirst(segments: readonly Segment[]): Segment[] {
  const isEmpty = ({ from, until }: Segment) => until !== undefined && until < from;
  return [...segments.filter(isEmpty), ...segments.filter((segment) => !isEmpty(segment))];
}

export function dayBefore(date: string): string {
  return Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();
}

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
