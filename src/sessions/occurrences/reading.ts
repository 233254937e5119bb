import { type Clock, homeDate, today } from '../../platform/clock.js';
import type { OccurrenceId, ProjectId, SeriesId } from '../../platform/ids.js';
import {
  maxMoveDays,
  type Occurrence,
  type OccurrenceLine,
  occurrenceOf,
  type OccurrenceRecord,
  presentedOn,
  seriesAndDateOf,
} from './occurrence.js';
import type { Segment, Series, SeriesOutline } from '../series/series.js';
import { Temporal } from 'temporal-polyfill';
import type { Versioned } from '../../platform/commit.js';
import { AppError } from '../../platform/errors.js';
import type { HolidayBook } from '../../platform/holidays.js';
import { hitsOf } from '../series/dates.js';
import type { OccurrenceStore } from './store.js';

/** A project that presented, or is to, on an ISO date. */
interface Presented {
  readonly projectId: ProjectId;
  readonly date: string;
}

/** The slots of the records up to an ISO date, that date included, oldest first, by the day on which they really were. */
export function presentedBy(records: readonly OccurrenceRecord[], date: string): Presented[] {
  return records
    .flatMap((record) => {
      const { state, slot } = record;
      return slot && state.status !== 'cancelled'
        ? [{ projectId: slot.projectId, date: presentedOn(record) }]
        : [];
    })
    .filter((presented) => presented.date <= date)
    .sort((one, other) => compare(one.date, other.date));
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** The project that has agreed to present in a slot; a proposal is no promise. */
export function agreedProject({ slot }: Pick<Occurrence, 'slot'>): ProjectId | undefined {
  return slot !== undefined && 'projectId' in slot && slot.how !== 'proposed' ? slot.projectId : undefined;
}

/**
 * Who is proposed for a free slot: the one that presented longest ago, one that never did before all others, ties in the
 * order of the list. Those who have agreed to present within the round that begins here are skipped, else a project
 * that volunteered or swapped would come twice while others wait.
 */
function proposalFor(
  projects: readonly ProjectId[],
  last: ReadonlyMap<ProjectId, string>,
  round: readonly Occurrence[],
): ProjectId | undefined {
  const agreed = new Set(round.map(agreedProject));
  const waiting = projects.filter((project) => !agreed.has(project));
  const order = waiting.length > 0 ? waiting : [...projects];
  return order.sort((one, other) => compare(last.get(one) ?? '', last.get(other) ?? ''))[0];
}

/**
 * The occurrences with a proposal for each slot to come that nobody has. A slot that a person left open stays open;
 * cancelled ones count for nobody; a project that gave its slot up has not presented, and so comes back soon.
 *
 * @param occurrences all from today (and from 60 days before, for those that were moved) to a year beyond what is
 *   asked for, so that all answers agree.
 */
export function withProposals(
  { rotation }: Pick<Series, 'rotation'>,
  records: readonly OccurrenceRecord[],
  occurrences: readonly Occurrence[],
  now: string,
): Occurrence[] {
  if (rotation === undefined) return [...occurrences];
  const coming = occurrences
    .filter(({ state, end }) => state.status !== 'cancelled' && end > now)
    .sort((one, other) => compare(one.start, other.start));
  const last = new Map<ProjectId, string>();
  for (const { projectId, date } of presentedBy(records, homeDate(now).toString())) last.set(projectId, date);
  const proposed = new Map<Occurrence, ProjectId>();
  for (const [index, occurrence] of coming.entries()) {
    const isFree = occurrence.slot?.how === 'nobody' && occurrence.record?.slot !== null;
    const round = coming.slice(index + 1, index + rotation.projects.length);
    const projectId = isFree ? proposalFor(rotation.projects, last, round) : agreedProject(occurrence);
    if (projectId === undefined) continue;
    last.set(projectId, homeDate(occurrence.start).toString());
    if (isFree) proposed.set(occurrence, projectId);
  }
  return occurrences.map((occurrence) => {
    const projectId = proposed.get(occurrence);
    return projectId === undefined ? occurrence : { ...occurrence, slot: { projectId, how: 'proposed' } };
  });
}

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
export const rotationHistoryDays = 730;

/** How far ahead a rotation looks for who has agreed to present, in days. */
export const rotationAheadDays = 366;

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
  const wide = { from: plus(from, -maxMoveDays), to: plus(to, maxMoveDays) };
  // Proposals follow from everything between today and what is looked at, from who presented before, and from who has
  // agreed to present soon after.
  const present = today(deps.clock).toString();
  const since = series.rotation ? earlier(plus(present, -rotationHistoryDays), wide.from) : wide.from;
  const until = series.rotation && to >= present ? plus(to, rotationAheadDays) : wide.to;
  const [records, holidays] = await Promise.all([
    deps.store.records(series.id, since, until),
    deps.holidays.between(wide.from, wide.to),
  ]);
  const byDate = new Map(records.map(({ value }) => [value.date, value]));
  const holidayOn = new Map(holidays.map((holiday) => [holiday.date, holiday]));
  const first = series.rotation ? earlier(plus(present, -maxMoveDays), wide.from) : wide.from;
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

/** Whether a series has ended and nothing of it is running or still to come, as what was kept for today may be. */
export async function isAllOver(deps: ReadingDeps, series: Series): Promise<boolean> {
  if (series.state.status === 'active') return false;
  const day = today(deps.clock);
  const now = deps.clock.now();
  const left = await occurrencesOf(
    deps,
    series,
    day.subtract({ days: 1 }).toString(),
    day.add({ days: maxMoveDays }).toString(),
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
    const place = seriesAndDateOf(next);
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
  const day = record ? presentedOn(record) : date;
  return (await occurrencesOf(deps, series, day, day)).find((one) => one.date === date);
}

/** What lists show of an occurrence. */
export function lineOf({ record: _record, ...line }: Occurrence): OccurrenceLine {
  return line;
}

/**
 * The segments that calendars may still show today or later, the oldest first: a session may have been moved beyond the
 * end of its segment. Each is an event of its own, and so a mail.
 */
export function mailedSegments({ segments }: Series, clock: ReadingDeps['clock']): readonly Segment[] {
  const since = today(clock).subtract({ days: maxMoveDays }).toString();
  const current = segments.filter(({ until: last }) => last === undefined || last >= since);
  return current.length > 0 ? current : segments.slice(-1);
}

/**
 * A series as its times are put into words for people: dates that were chosen by hand are those on which its sessions take
 * place as it is now known, without those that were cancelled. Everything else of it is as it is stored, and a rule that
 * repeats too. Where no session is left, the dates stay that were chosen.
 */
export async function withDatesAsTheyAre(
  { store }: { readonly store: Pick<OccurrenceStore, 'records'> },
  series: Series,
): Promise<Series> {
  const chosen = series.segments.flatMap(({ rule }) => (rule.every === 'dates' ? rule.dates : [])).sort();
  const [first, last] = [chosen[0], chosen.at(-1)];
  if (first === undefined || last === undefined) return series;
  const records = await store.records(series.id, first, last);
  const byDate = new Map(records.map(({ value }) => [value.date, value]));
  const segments = series.segments.map((segment): Segment => {
    const { rule, from, until } = segment;
    if (rule.every !== 'dates') return segment;
    const days = rule.dates
      .filter((date) => date >= from && (until === undefined || date <= until))
      .filter((date) => byDate.get(date)?.state.status !== 'cancelled')
      .map((date) => presentedOn({ ...byDate.get(date), date }));
    const dates = [...new Set(days)].sort();
    return dates.length === 0 ? segment : { ...segment, rule: { ...rule, dates } };
  });
  return { ...series, segments };
}
