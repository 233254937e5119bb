import { z } from 'zod';
import { whileConflicting, type Change, type Versioned } from '../../platform/commit.js';
import type { OccurrenceId, ProjectId, SeriesId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { put, storedId, storedKind } from '../../platform/stored.js';
import type { Series } from '../series/series.js';
import { hasSomethingToSee, presentedOn, type OccurrenceRecord } from './occurrence.js';

type Kept = Pick<OccurrenceRecord, 'moved' | 'names' | 'recordingUrl' | 'materials'>;

/** What the archive needs of a record; who wrote what is not kept here. */
export interface ArchiveEntry extends Kept {
  readonly id: OccurrenceId;
  readonly seriesId: SeriesId;
  /** ISO date on which the rule put it. */
  readonly date: string;
  readonly projectId?: ProjectId;
  readonly talk?: Omit<NonNullable<OccurrenceRecord['talk']>, 'by' | 'at'>;
}

const entryRow = storedKind<ArchiveEntry>({
  name: 'sessionArchive',
  schema: z.looseObject({
    id: storedId<OccurrenceId>(),
    seriesId: storedId<SeriesId>(),
    date: z.string(),
    moved: z.looseObject({ start: z.string(), end: z.string() }).optional(),
    projectId: storedId<ProjectId>().optional(),
    talk: z.looseObject({ topic: z.string(), presenter: z.string() }).optional(),
    recordingUrl: z.string().optional(),
    materials: z.array(z.looseObject({ title: z.string(), url: z.string() })).optional(),
  }) as unknown as z.ZodType<ArchiveEntry>,
});

/** Whether the records of before the index are in it: a row of its own, so that each start asks one row. */
const preparedRow = storedKind<{ readonly series: readonly string[]; readonly isDone?: true | undefined }>({
  name: 'sessionArchivePrepared',
  schema: z.looseObject({ series: z.array(z.string()), isDone: z.literal(true).optional() }),
});

const prefix = 'session-archive|';
const preparedKey = 'session-archive-prepared';

/** A day (ISO date) in a key that sorts the newest first. */
const dayKey = (day: string): string =>
  `${prefix}${String(99_999_999 - Number(day.replaceAll('-', ''))).padStart(8, '0')}`;
const keyOf = (record: OccurrenceRecord): string => `${dayKey(presentedOn(record))}|${record.id}`;

function entryOf(record: OccurrenceRecord): ArchiveEntry | undefined {
  if (!hasSomethingToSee(record) || record.state.status === 'cancelled') return undefined;
  const { id, seriesId, date, moved, names, recordingUrl, materials, slot } = record;
  const { by: _by, at: _at, ...talk } = record.talk ?? {};
  return {
    id,
    seriesId,
    date,
    ...(moved && { moved }),
    ...(names && { names }),
    ...(recordingUrl !== undefined && { recordingUrl }),
    ...(materials && { materials }),
    ...(slot && { projectId: slot.projectId }),
    ...(record.talk && { talk: talk as NonNullable<ArchiveEntry['talk']> }),
  };
}

/**
 * The changes that keep the archive in step with a record; none when nothing of it is shown there. The row stands under the
 * day on which the session is, also before it is held: whoever reads leaves out what is still to come.
 */
export function archiveChanges(before: OccurrenceRecord | undefined, after: OccurrenceRecord): Change[] {
  const was = before && entryOf(before);
  const is = entryOf(after);
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const oldKey = before && was && keyOf(before);
  const key = is && keyOf(after);
  const { id, seriesId, date } = after;
  return [
    ...(is !== undefined && key !== undefined ? [put(entryRow, key, is)] : []),
    // An empty one in its place, since it may not be in the index yet, and what is not there can't be deleted.
    ...(oldKey !== undefined && oldKey !== key ? [put(entryRow, oldKey, { id, seriesId, date })] : []),
  ];
}

/**
 * Entries of sessions on a day (ISO date) or earlier, the newest day first, at most so many; `after`: the key behind which
 * to go on. Each with its key. One round trip for each thousand.
 */
export const archiveEntries =
  (partition: Partition) =>
  async (
    until: string,
    limit: number,
    after?: string,
  ): Promise<{
    readonly entries: readonly { readonly key: string; readonly entry: ArchiveEntry }[];
    readonly more: boolean;
    /** The last row that was read. */
    readonly last?: string;
  }> => {
    const first = dayKey(until);
    // Whatever somebody gives as a key: nothing before the first day, and nothing behind the archive.
    const isOwnKey = after !== undefined && /^session-archive\|\d{8}\|[0-9a-f]{26}-\d{8}$/.test(after);
    const from = isOwnKey && after > first ? `${after} ` : first;
    const { rows, more } = await partition.raw({ from, to: `${prefix}~`, limit });
    const last = rows.at(-1)?.key;
    return {
      entries: rows.flatMap((row) => {
        const entry = partition.valueOf(entryRow, row);
        return entry === undefined || !hasSomethingToSee(entry) ? [] : [{ key: row.key, entry }];
      }),
      more,
      ...(last !== undefined && { last }),
    };
  };

interface Records {
  readonly allSeries: () => Promise<readonly Versioned<Series>[]>;
  readonly records: (
    id: SeriesId,
    from: string,
    to: string,
  ) => Promise<readonly Versioned<OccurrenceRecord>[]>;
  readonly record: (id: OccurrenceId) => Promise<Versioned<OccurrenceRecord> | undefined>;
  /** Writes a record as it is, so that whoever changes it meanwhile and this never pass each other unseen. */
  readonly touch: (found: Versioned<OccurrenceRecord>) => Change;
}

/**
 * Puts the records of before this index into it, series by series. One round trip once all are; when it is stopped in between,
 * the next start goes on after the last whole series. A record that is written meanwhile puts itself in.
 */
export async function prepareArchive(partition: Partition, store: Records): Promise<void> {
  const progress = (await partition.get(preparedRow, preparedKey))?.value ?? { series: [] };
  if (progress.isDone) return;
  let done = progress.series;
  for (const { value: series } of await store.allSeries()) {
    if (done.includes(series.id)) continue;
    for (const { value } of await store.records(series.id, '0000-01-01', '9999-12-31')) {
      if (entryOf(value) === undefined) continue;
      await whileConflicting(async () => {
        const found = await store.record(value.id);
        const changes = found === undefined ? [] : archiveChanges(undefined, found.value);
        if (found !== undefined && changes.length > 0)
          await partition.commit([store.touch(found), ...changes]);
      });
    }
    done = [...done, series.id];
    await partition.commit([put(preparedRow, preparedKey, { series: done })]);
  }
  await partition.commit([put(preparedRow, preparedKey, { series: done, isDone: true })]);
}
