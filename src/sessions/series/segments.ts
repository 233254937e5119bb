import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../../platform/clock.js';
import { datesOf, remembering } from './rule-dates.js';
import type { Segment, Series } from './series.js';

/** The dates on which a series comes round between two ISO dates, both included, pauses left out, each with its segment. */
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
      .filter((date) => !pausedMonths.includes(Number(date.slice(5, 7))))
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
  return emptyFirst(cut);
}

/** Segments without any date come before the others, so that the last one is the one that goes on. */
export function emptyFirst(segments: readonly Segment[]): Segment[] {
  const isEmpty = ({ from, until }: Segment) => until !== undefined && until < from;
  return [...segments.filter(isEmpty), ...segments.filter((segment) => !isEmpty(segment))];
}

export function dayBefore(date: string): string {
  return Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();
}
