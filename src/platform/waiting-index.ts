import { z } from 'zod';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from './clock.js';
import type { Change, Versioned } from './commit.js';
import { isAppError } from './errors.js';
import type { Log } from './log.js';
import type { Partition } from './partition.js';
import { prefixRange, type StoredRow } from './rows.js';
import { put, replace, storedKind } from './stored.js';

/** A line that waits in a group. `place` gives its order there, as in the list of which the group is the beginning. */
export interface WaitingEntry {
  readonly group: string;
  readonly id: string;
  readonly place: string;
  readonly line: unknown;
}

/** The beginning of a list in which things wait for somebody. */
export interface WaitingGroup {
  readonly name: string;
  /**
   * The first entries of the list, in order. A list that is of use only as a whole gives all of them, whatever the limit.
   */
  readonly read: (
    limit: number,
  ) => Promise<{ readonly entries: readonly Omit<WaitingEntry, 'group'>[]; readonly more: boolean }>;
}

/** What the index knows at one moment. */
export interface WaitingLines {
  /** The first lines of a group, at most so many, and whether there are more; `undefined` where its own list must be read. */
  first<Line>(
    group: string,
    limit: number,
  ): { readonly lines: readonly Line[]; readonly more: boolean } | undefined;
  /** Every line of a group; `undefined` where its own list must be read. */
  all<Line>(group: string): readonly Line[] | undefined;
}

type Kept = Omit<WaitingEntry, 'group'>;

interface Snapshot {
  /** When it was read. */
  readonly at: string;
  readonly entries: readonly Kept[];
  /** There are more in the list than are kept here. */
  readonly more: boolean;
}

interface EntryChange {
  readonly id: string;
  /** Absent where it waits no more. */
  readonly entry?: Kept;
  /** Everything in the group may have changed. */
  readonly isOutdated?: true;
}

const prefix = 'waiting|';
const snapshotName = '!snapshot';
const outdatedName = '!outdated';
const snapshotKey = (group: string): string => `${prefix}${group}|${snapshotName}`;
const changeKey = (group: string, id: string): string => `${prefix}${group}|${id}`;

const kept = z.looseObject({ id: z.string(), place: z.string(), line: z.unknown() });
const snapshotRow = storedKind<Snapshot>({
  name: 'waitingSnapshot',
  schema: z.looseObject({
    at: z.string(),
    entries: z.array(kept),
    more: z.boolean(),
  }),
});
const changeRow = storedKind<EntryChange>({
  name: 'waitingChange',
  schema: z.looseObject({
    id: z.string(),
    entry: kept.optional(),
    isOutdated: z.literal(true).optional(),
  }) as unknown as z.ZodType<EntryChange>,
});

/** How many entries a snapshot keeps: more than anybody counts. */
const maxKept = 250;
/** Characters of JSON of a snapshot: a group that has more is answered from its own list. */
const maxCharacters = 300_000;
/** One round trip. */
const maxRows = 1_000;
const maxChangeRows = 64;
/** A commit takes 100 changes, one of which is the snapshot. */
const maxMergedAtOnce = 99;
const maxAge = Temporal.Duration.from({ hours: 1 });

/**
 * The changes that keep the index in step with an aggregate, to be committed with it. Each entry has a row of its own,
 * which only its own aggregate writes: no two writers meet there.
 */
export function waitingChanges(before: readonly WaitingEntry[], after: readonly WaitingEntry[]): Change[] {
  const same = (one: WaitingEntry, other: WaitingEntry): boolean =>
    one.group === other.group && one.id === other.id;
  const left = before.filter((old) => !after.some((entry) => same(old, entry)));
  const changed = after.filter(
    (entry) => JSON.stringify(before.find((old) => same(old, entry))) !== JSON.stringify(entry),
  );
  return [
    ...changed.map(({ group, ...entry }) =>
      put(changeRow, changeKey(group, entry.id), { id: entry.id, entry }),
    ),
    ...left.map(({ group, id }) => put(changeRow, changeKey(group, id), { id })),
  ];
}

/** For a change of more than one transaction could write one by one: the group is answered from its list until it is read again. */
export function outdated(group: string): Change {
  return put(changeRow, changeKey(group, outdatedName), { id: outdatedName, isOutdated: true });
}

interface Deps {
  readonly partition: Partition;
  readonly groups: readonly WaitingGroup[];
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
}

export type WaitingIndex = ReturnType<typeof waitingIndex>;

/**
 * What waits in all groups, in one round trip however much waits. Of each group there is a snapshot of the beginning of
 * its list, and a row for each entry that changed since. Once there are many such rows, or the snapshot is old, it is read
 * from the list again and the rows are deleted; whatever went wrong with the index before is mended by that.
 *
 * A group without a snapshot, as all are when the index is new, is answered from its own list until it has one.
 */
export function waitingIndex({ partition, groups, clock, log }: Deps) {
  let merging: Promise<void> | undefined;

  async function rows(under: string): Promise<{ rows: StoredRow[]; more: boolean }> {
    return partition.raw(prefixRange(under, maxRows));
  }

  /** The snapshot and the changed entries of one group, of its rows in key order. */
  function partsOf(group: string, found: readonly StoredRow[]) {
    const under = changeKey(group, '');
    const own = found.filter(({ key }) => key.startsWith(under));
    const row = own.find(({ key }) => key === snapshotKey(group));
    const value = row && partition.valueOf(snapshotRow, row);
    const changes = own.filter((other) => other !== row);
    const isOutdated = changes.some(({ key }) => key === changeKey(group, outdatedName));
    return { row, snapshot: value, changes, isOutdated };
  }

  /** The entries of a group as they are now, in order, as far as that is known. */
  function current({ entries, more }: Snapshot, changes: readonly StoredRow[]): Kept[] {
    const last = more ? entries.at(-1)?.place : undefined;
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    for (const row of changes) {
      const change = partition.valueOf(changeRow, row);
      if (change?.entry !== undefined) byId.set(change.id, change.entry);
      else if (change !== undefined) byId.delete(change.id);
    }
    return [...byId.values()]
      .filter(({ place }) => !more || (last !== undefined && place <= last))
      .sort((one, other) => (one.place < other.place ? -1 : 1));
  }

  function isOld({ at }: Snapshot): boolean {
    return Temporal.Instant.compare(Temporal.Instant.from(at).add(maxAge), clock.now()) < 0;
  }

  /** Reads the beginning of a group's list again, in the place of what changed since the last time. */
  async function merge(group: WaitingGroup): Promise<void> {
    for (;;) {
      const found = await rows(changeKey(group.name, ''));
      const { row, changes } = partsOf(group.name, found.rows);
      const merged = changes.slice(0, maxMergedAtOnce);
      // Read after the changes, so that it holds them all.
      const list = await group.read(maxKept);
      const isTooLong = JSON.stringify(list.entries).length > maxCharacters;
      const { entries, more } = isTooLong ? { entries: [], more: true } : list;
      const snapshot: Snapshot = { at: clock.now().toString(), entries, more };
      await partition.commit([
        replace(snapshotRow, snapshotKey(group.name), row as Versioned<Snapshot> | undefined, snapshot),
        ...merged.map(({ key, version }): Change => ({ op: 'delete', key, version })),
      ]);
      if (!found.more && changes.length === merged.length) return;
    }
  }

  async function mergeAll(all: readonly WaitingGroup[]): Promise<void> {
    for (const group of all) {
      try {
        await merge(group);
      } catch (error) {
        // A row changed meanwhile, or another instance merged it: the next time will do.
        if (!isAppError(error, 'storage.conflict'))
          log.error('waiting.notMerged', { group: group.name, error });
      }
    }
  }

  /** Merges in the background, one at a time. */
  function startMerging(all: readonly WaitingGroup[]): void {
    if (all.length === 0 || merging !== undefined) return;
    merging = mergeAll(all).finally(() => {
      merging = undefined;
    });
  }

  return {
    /** What waits now: one round trip. Starts a merge in the background where one is due. */
    async read(): Promise<WaitingLines> {
      const found = await rows(prefix);
      const parts = new Map(groups.map(({ name }) => [name, partsOf(name, found.rows)]));
      startMerging(
        groups.filter(({ name }) => {
          const { snapshot, changes, isOutdated } = parts.get(name) ?? {};
          return (
            found.more ||
            snapshot === undefined ||
            isOutdated === true ||
            (changes?.length ?? 0) > maxChangeRows ||
            isOld(snapshot) ||
            (snapshot.more && current(snapshot, changes ?? []).length < snapshot.entries.length * 0.9)
          );
        }),
      );
      /** The entries of a group as they are now; `undefined` where that is not known. */
      function known(group: string): { entries: readonly Kept[]; more: boolean } | undefined {
        const { snapshot, changes, isOutdated } = parts.get(group) ?? {};
        if (found.more || snapshot === undefined || changes === undefined || isOutdated) return undefined;
        return { entries: current(snapshot, changes), more: snapshot.more };
      }
      return {
        first: <Line>(group: string, limit: number) => {
          const { entries, more } = known(group) ?? {};
          if (entries === undefined || (more && entries.length <= limit)) return undefined;
          const lines = entries.slice(0, limit).map(({ line }) => line as Line);
          return { lines, more: more === true || entries.length > limit };
        },
        all: <Line>(group: string) => {
          const { entries, more } = known(group) ?? {};
          return more ? undefined : entries?.map(({ line }) => line as Line);
        },
      };
    },

    /** Makes the snapshots that are missing, as those of a programme from before the index; goes on where it stopped. */
    async prepare(): Promise<void> {
      const found = await rows(prefix);
      startMerging(groups.filter(({ name }) => partsOf(name, found.rows).snapshot === undefined));
      await merging;
    },

    /** Once the merge that is under way has ended. */
    async settled(): Promise<void> {
      await merging;
    },
  };
}
