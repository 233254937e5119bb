import type { Change, Versioned } from '../../platform/commit.js';
import type { OccurrenceId } from '../../platform/ids.js';
import type { ActionContext } from '../../platform/aggregate.js';
import { type OccurrenceAudit, occurrenceId, type OccurrenceRecord } from './occurrence.js';
import type { Carried } from '../series/series.js';
import type { OccurrenceStore } from './store.js';
import { invalid } from '../series/input.js';

/** Others who keep something under the id of an occurrence (questions, topics), which goes with what was agreed. */
export interface DateFollower {
  /** The changes that bring it along, at most 30; `pairs`: each id with the one that replaces it. */
  move(pairs: ReadonlyMap<OccurrenceId, OccurrenceId>): Promise<readonly Change[]>;
  /** The changes with which what belongs to the talk of each of two occurrences goes to the other, at most 60. */
  exchange?(one: OccurrenceId, other: OccurrenceId): Promise<readonly Change[]>;
}

/** The changes with which what belongs to two talks follows them, when their slots are swapped or swapped back. */
export async function exchangeChanges(
  followers: readonly DateFollower[],
  one: OccurrenceId,
  other: OccurrenceId,
): Promise<Change[]> {
  const each = followers.map(async (follower) => (await follower.exchange?.(one, other)) ?? []);
  return (await Promise.all(each)).flat();
}

/** Each takes up to two of the hundred changes of a transaction, which also holds the series, its messages and the followers' changes. */
const maxCarried = 25;

/** What of a record belongs to its date alone, and stays behind when what was agreed goes over to another date. */
function agreedOf(record: OccurrenceRecord) {
  const { id: _id, seriesId: _series, date: _date, auditCount: _count, ...rest } = record;
  const { moved: _moved, isKeptOnHoliday: _kept, announced: _announced, carriedTo: _to, ...agreed } = rest;
  return agreed;
}

/** Whether anything was agreed that is to be kept when the date goes. */
function hasAgreed(record: OccurrenceRecord): boolean {
  const { state, ...rest } = agreedOf(record);
  return state.status !== 'planned' || Object.keys(rest).length > 0;
}

/**
 * Where everything that was agreed goes: it stays where all those dates remain; else what was agreed for the third date
 * goes to the third new date, and so on.
 * @param before the dates that there were from the change on, in order; `after` the dates that there will be.
 * @throws AppError `input.invalid` with `noDates` at `until` where the new dates are too few.
 */
export function carriedInOrder(
  records: readonly OccurrenceRecord[],
  before: readonly string[],
  after: readonly string[],
): Carried[] {
  const agreed = records.filter(hasAgreed).map(({ date }) => date);
  const ofSeries = agreed.filter((date) => before.includes(date));
  if (ofSeries.every((date) => after.includes(date)))
    return ofSeries.map((date) => ({ from: date, to: date }));
  // A record may have a date within a pause, where it is not shown: it keeps its date.
  const free = after.filter((date) => !agreed.includes(date) || ofSeries.includes(date));
  return ofSeries.map((from) => {
    const to = free[before.indexOf(from)];
    if (to === undefined) throw invalid({ field: 'until', code: 'noDates' });
    return { from, to };
  });
}

/**
 * Where everything goes when a change is undone: what it moved goes back, and what was agreed since stays on its
 * date or goes to the next free one.
 */
export function carriedHome(
  carried: readonly Carried[],
  records: readonly OccurrenceRecord[],
  dates: readonly string[],
): Carried[] {
  const home = carried.map(({ from, to }): Carried => ({ from: to, to: from }));
  const taken = new Set(home.map(({ to }) => to));
  const later = records.filter(
    (record) => hasAgreed(record) && !home.some(({ from }) => from === record.date),
  );
  const since = later.map(({ date }): Carried => {
    const to = dates.find((candidate) => candidate >= date && !taken.has(candidate));
    if (to === undefined) throw invalid({ field: 'until', code: 'noDates' });
    taken.add(to);
    return { from: date, to };
  });
  return [...home, ...since];
}

/** The ids under which what was agreed was known, with those under which it is from now on. */
export function carriedIds(
  carried: readonly Carried[],
  records: readonly OccurrenceRecord[],
): Map<OccurrenceId, OccurrenceId> {
  const seriesId = records[0]?.seriesId;
  if (seriesId === undefined) return new Map();
  return new Map(
    carried
      .filter(({ from, to }) => from !== to)
      .map(({ from, to }) => [occurrenceId(seriesId, from), occurrenceId(seriesId, to)]),
  );
}

/** Moves to another time that a change leaves behind: those of the records whose dates it touches. */
export function droppedMoves(records: readonly OccurrenceRecord[]) {
  return records.flatMap(({ date, moved }) => (moved ? [{ date, start: moved.start, end: moved.end }] : []));
}

interface CarryOverInput {
  readonly store: Pick<OccurrenceStore, 'putCarried'>;
  /** Every record from the change on. */
  readonly records: readonly Versioned<OccurrenceRecord>[];
  readonly context: ActionContext;
  /** Moves that come back, by the date that they then have. */
  readonly moves?: ReadonlyMap<string, NonNullable<OccurrenceRecord['moved']>>;
}

/** The record that a date gets: what was agreed for another, under its own name. */
function arrived(
  source: OccurrenceRecord,
  to: string,
  {
    current,
    ids,
    move,
  }: {
    current: OccurrenceRecord | undefined;
    ids: ReadonlyMap<OccurrenceId, OccurrenceId>;
    move: OccurrenceRecord['moved'];
  },
): OccurrenceRecord {
  const { swap, ...agreed } = agreedOf(source);
  return {
    ...agreed,
    id: occurrenceId(source.seriesId, to),
    seriesId: source.seriesId,
    date: to,
    auditCount: (current?.auditCount ?? 0) + 1,
    ...(swap && { swap: { ...swap, with: ids.get(swap.with) ?? swap.with } }),
    ...(move && { moved: move }),
  };
}

/** A record from which everything was moved: it keeps the count of its audit entries, and the new date. */
function left(record: OccurrenceRecord, ids: ReadonlyMap<OccurrenceId, OccurrenceId>): OccurrenceRecord {
  const { id, seriesId, date, auditCount } = record;
  const to = ids.get(id);
  return {
    id,
    seriesId,
    date,
    state: { status: 'planned' },
    auditCount,
    ...(to !== undefined && { carriedTo: to }),
  };
}

/**
 * The changes that bring what was agreed to its new dates. Nothing is lost: a date from which something
 * went and to which nothing comes keeps a pointer, so that its old address still leads to the session.
 * @throws AppError `input.invalid` with `tooMany` at `from`, where one transaction can't hold it.
 */
export function carryOver(
  { store, records, context, moves = new Map() }: CarryOverInput,
  carried: readonly Carried[],
): Change[] {
  const byDate = new Map(records.map((record) => [record.value.date, record]));
  const ids = carriedIds(
    carried,
    records.map(({ value }) => value),
  );
  const changes = new Map<string, Change[]>();
  const leaving = records.filter(
    ({ value }) => value.moved !== undefined || carried.some(({ from }) => from === value.date),
  );
  for (const before of leaving)
    changes.set(before.value.date, store.putCarried(before, left(before.value, ids), []));
  const dates = new Set([...carried.map(({ to }) => to), ...moves.keys()]);
  for (const to of dates) {
    const from = carried.find((each) => each.to === to)?.from ?? to;
    const current = byDate.get(to);
    const source = byDate.get(from)?.value ?? current?.value;
    if (source === undefined) continue;
    const record = arrived(source, to, { current: current?.value, ids, move: moves.get(to) });
    const dropped = source.moved?.start;
    const isSame = from === to && dropped === undefined && !moves.has(to);
    if (isSame) changes.delete(to);
    else changes.set(to, store.putCarried(current, record, [entryOf(record, from, context, dropped)]));
  }
  if (changes.size > maxCarried)
    throw invalid({ field: 'from', code: 'tooMany', values: { length: changes.size, limit: maxCarried } });
  return [...changes.values()].flat();
}

function entryOf(
  { auditCount }: OccurrenceRecord,
  from: string,
  { at, by }: ActionContext,
  dropped: string | undefined,
): OccurrenceAudit {
  const event = { action: 'carriedOver', from, ...(dropped !== undefined && { dropped }) } as const;
  return { number: auditCount, at, ...(by && { by }), event };
}
