import { today, type Clock } from '../../platform/clock.js';
import type { ProjectId, SeriesId } from '../../platform/ids.js';
import type { WaitingEntry, WaitingGroup, WaitingLines } from '../../platform/waiting-index.js';
import { seriesWaiting, sessionsGroup } from '../series/store.js';
import type { SeriesOutline } from '../series/series.js';
import { presentedOn } from './fair-order.js';
import type { OccurrenceRecord } from './occurrence.js';
import { rotationMemory, rotationRound, type RecordSource } from './reading.js';
import { farthestMove } from './schedule.js';
import type { OccurrenceStore } from './store.js';

type Line =
  | { readonly series: SeriesOutline }
  | { readonly record: OccurrenceRecord }
  /** The records were read up to a day (ISO date), that day included. */
  | { readonly until: string };

/** How far ahead of today the overview looks, in days. */
export const overviewDays = 100;
/** A snapshot is of use for so many days. */
const lifeDays = 31;
/** An occurrence that began the evening before may be under way still. */
const firstDay = -1 - farthestMove;

/** What the index of what waits holds of a record: when it takes place and who presents what, nothing else. */
export function recordWaiting(record: OccurrenceRecord): WaitingEntry {
  const { agenda: _agenda, topics: _topics, materials: _materials, recordingUrl: _url, ...rest } = record;
  const { notes: _notes, attendance: _attendance, thanked: _thanked, ...others } = rest;
  const { announced: _announced, carriedTo: _to, swap: _swap, ...line } = others;
  return { group: sessionsGroup, id: line.id, place: line.id, line: { record: line } };
}

/** The newest record of each project that presented: that is all that the rotation asks of those long ago. */
function newestOfEach(records: readonly OccurrenceRecord[]): OccurrenceRecord[] {
  const newest = new Map<ProjectId, OccurrenceRecord>();
  for (const record of records) {
    const { slot, state } = record;
    if (!slot || state.status === 'cancelled') continue;
    const known = newest.get(slot.projectId);
    if (known === undefined || presentedOn(known) <= presentedOn(record)) newest.set(slot.projectId, record);
  }
  return [...newest.values()];
}

interface Deps {
  readonly store: Pick<OccurrenceStore, 'allSeries' | 'records'>;
  readonly clock: Clock;
}

/** The series that may have a session from now on, and their records of the weeks that the overview looks at. */
export function sessionWaitingGroup({ store, clock }: Deps): WaitingGroup {
  return {
    name: sessionsGroup,
    read: async () => {
      const day = today(clock);
      const plus = (days: number): string => day.add({ days }).toString();
      const recent = plus(firstDay);
      const until = plus(overviewDays + rotationRound + lifeDays);
      const series = (await store.allSeries())
        .map(({ value }) => value)
        .filter(({ segments }) => segments.some((each) => each.until === undefined || each.until >= recent));
      const recordsOf = async (id: SeriesId, since: string): Promise<OccurrenceRecord[]> => {
        const records = (await store.records(id, since, until)).map(({ value }) => value);
        const old = records.filter(({ date }) => date < recent);
        return [...newestOfEach(old), ...records.slice(old.length)];
      };
      const records = await Promise.all(
        series.map(({ id, rotation }) => recordsOf(id, rotation ? plus(-rotationMemory) : recent)),
      );
      const entries = [...series.map(seriesWaiting), ...records.flat().map(recordWaiting)];
      const line: Line = { until };
      return { entries: [{ id: 'until', place: 'until', line }, ...entries], more: false };
    },
  };
}

/** Series and records as the index has them; `undefined` where it does not reach far enough. */
export function indexedSource(indexed: WaitingLines, clock: Clock): RecordSource | undefined {
  const lines = indexed.all<Line>(sessionsGroup) ?? [];
  const [until] = lines.flatMap((line) => ('until' in line ? [line.until] : []));
  const needed = today(clock)
    .add({ days: overviewDays + rotationRound })
    .toString();
  if (until === undefined || until < needed) return undefined;
  const series = lines.flatMap((line) => ('series' in line ? [{ value: line.series }] : []));
  const records = lines
    .flatMap((line) => ('record' in line ? [{ value: line.record }] : []))
    .sort((one, other) => (one.value.date < other.value.date ? -1 : 1));
  return {
    allSeries: () => Promise.resolve(series),
    records: (id, from, to) =>
      Promise.resolve(
        records.filter(({ value }) => value.seriesId === id && value.date >= from && value.date <= to),
      ),
  };
}
