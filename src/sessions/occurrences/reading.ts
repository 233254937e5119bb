import { Temporal } from 'temporal-polyfill';
import { homeDate, today, type Clock } from '../../platform/clock.js';
import type { Versioned } from '../../platform/commit.js';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import { hitsOf, type HolidayBook } from '../series/dates.js';
import { withProposals } from './fair-order.js';
import type { Occurrence, OccurrenceLine, OccurrenceRecord } from './occurrence.js';
import { farthestMove, occurrenceOf, placeOf } from './schedule.js';
import type { Series, SeriesOutline } from '../series/series.js';
import type { OccurrenceStore } from './store.js';

export interface ReadingDeps {
  readonly store: OccurrenceStore;
  readonly clock: Clock;
  readonly holidays: HolidayBook;
}

/** Where series and their records come from: what is stored, or what the index of what waits has of it. */
export interface RecordSource {
  readonly allSeries: () => Promise<readonly { readonly value: SeriesOutline }[]>;
  /** See `OccurrenceStore.records`. */
  readonly records: (
    id: SeriesId,
    from: string,
    to: string,
  ) => Promise<readonly { readonly value: OccurrenceRecord }[]>;
}

/** How far back a rotation remembers who presented, in days: two years. */
export const rotationMemory = 730;

/** How far ahead a rotation looks for who has agreed to present, in days. */
export const rotationRound = 366;

const plus = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();
const earlier = (one: string, other: string): string => (one < other ? one : other);

/**
 * The occurrences of a series that take place, as it is now known, on days between two ISO dates, both included: by
 * start, cancelled ones among them, with the rotation's proposals. Two round trips at most.
 */
export async function occurrencesOf(
  deps: Pick<ReadingDeps, 'clock' | 'holidays'> & { readonly store: Pick<RecordSource, 'records'> },
  series: SeriesOutline,
  from: string,
  to: string,
): Promise<readonly Occurrence[]> {
  const now = deps.clock.now().toString();
  const wide = { from: plus(from, -farthestMove), to: plus(to, farthestMove) };
  // Proposals follow from everything between today and what is looked at, from who presented before, and from who has
  // agreed to present soon after.
  const present = today(deps.clock).toString();
  const since = series.rotation ? earlier(plus(present, -rotationMemory), wide.from) : wide.from;
  const until = series.rotation && to >= present ? plus(to, rotationRound) : wide.to;
  const [records, holidays] = await Promise.all([
    deps.store.records(series.id, since, until),
    deps.holidays.between(wide.from, wide.to),
  ]);
  const byDate = new Map(records.map(({ value }) => [value.date, value]));
  const holidayOn = new Map(holidays.map((holiday) => [holiday.date, holiday]));
  const first = series.rotation ? earlier(plus(present, -farthestMove), wide.from) : wide.from;
  // Proposals follow from all of them; without a rotation only those that were moved can be on other days than their own.
  const isNeeded = ({ date }: { readonly date: string }): boolean =>
    series.rotation !== undefined || byDate.get(date)?.moved !== undefined || isBetween(date, from, to);
  const all = hitsOf(series, first, until)
    .filter(isNeeded)
    .map(({ date, segment }) =>
      occurrenceOf({ series, segment, date, record: byDate.get(date) }, now, (day) => holidayOn.get(day)),
    );
  return withProposals(
    series,
    records.map(({ value }) => value),
    all,
    now,
  )
    .filter((occurrence) => isBetween(dayOf(occurrence), from, to))
    .sort(byStart);
}

/** The day on which it takes place. */
const dayOf = ({ start, date, record }: Occurrence): string =>
  record?.moved ? homeDate(start).toString() : date;

export const byStart = (one: Pick<Occurrence, 'start'>, other: Pick<Occurrence, 'start'>): number =>
  Date.parse(one.start) - Date.parse(other.start);

function isBetween(date: string, from: string, to: string): boolean {
  return date >= from && date <= to;
}

/** Whether a series has ended and nothing of it is under way or still to come, as what was kept for today may be. */
export async function isAllOver(deps: ReadingDeps, series: Series): Promise<boolean> {
  if (series.state.status === 'active') return false;
  const day = today(deps.clock);
  const now = deps.clock.now();
  const left = await occurrencesOf(
    deps,
    series,
    day.subtract({ days: 1 }).toString(),
    day.add({ days: farthestMove }).toString(),
  );
  return !left.some(
    ({ end, state }) => state.status !== 'cancelled' && Temporal.Instant.compare(end, now) > 0,
  );
}

/** An occurrence with what it is made of, to decide about it. */
export interface Found {
  readonly series: Versioned<Series>;
  readonly record: Versioned<OccurrenceRecord> | undefined;
  readonly occurrence: Occurrence;
}

/** A rule changes a few times in the life of a series, not so often. */
const maxHops = 10;

/**
 * The occurrence of an id; where its series has another rule since, the one to which what was agreed went over.
 * @throws AppError `occurrence.notFound` where the series has no such date (any more).
 */
export async function findOccurrence(deps: ReadingDeps, id: OccurrenceId): Promise<Found> {
  let next: OccurrenceId | undefined = id;
  for (let hops = 0; next !== undefined && hops < maxHops; hops++) {
    const place = placeOf(next);
    if (place === undefined) break;
    const [series, record]: readonly [
      Versioned<Series> | undefined,
      Versioned<OccurrenceRecord> | undefined,
    ] = await Promise.all([deps.store.series(place.seriesId), deps.store.record(next)]);
    if (series === undefined) break;
    const occurrence = await occurrenceAt(deps, series.value, place.date, record?.value);
    if (occurrence !== undefined) return { series, record, occurrence };
    next = record?.value.carriedTo;
  }
  throw new AppError('occurrence.notFound', { id });
}

async function occurrenceAt(
  deps: ReadingDeps,
  series: Series,
  date: string,
  record: OccurrenceRecord | undefined,
): Promise<Occurrence | undefined> {
  if (hitsOf(series, date, date).length === 0) return undefined;
  const day = record?.moved ? homeDate(record.moved.start).toString() : date;
  return (await occurrencesOf(deps, series, day, day)).find((one) => one.date === date);
}

/** What lists show of an occurrence. */
export function lineOf({ record: _record, ...line }: Occurrence): OccurrenceLine {
  return line;
}
