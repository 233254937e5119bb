import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../../platform/clock.js';
import { datesOf, remembering, type Rule } from './rule.js';
import type { Segment, Series, SeriesOutline } from './series.js';
import type { HolidayBook } from '../../platform/holidays.js';

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

/** How many weeks ahead another date is looked for: further away the next session comes first. */
const farthestWeeks = 4;

/**
 * Another date for a session that falls on a day off: the same weekday a week later; where offices are closed
 * then too, or it is a date of the series itself, the nearest working day after it.
 *
 * New Year's Eve is no day off, but is not proposed.
 * @param date an ISO date that the rule hits.
 * @param isFree whether nothing else that the caller knows of takes the date.
 * @returns an ISO date; `undefined` where the date is no day off, or no date is fit within four weeks.
 */
export async function proposalFor(
  holidays: HolidayBook,
  date: string,
  rule: Rule,
  isFree: (date: string) => boolean,
): Promise<string | undefined> {
  const day = Temporal.PlainDate.from(date);
  const last = day.add({ weeks: farthestWeeks });
  const [off, closed] = await Promise.all([
    holidays.between(date, date),
    holidays.closedBetween(date, last.toString()),
  ]);
  if (off.length === 0) return undefined;
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
