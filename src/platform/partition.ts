import type { Change, Versioned } from './commit.js';
import type { Log } from './log.js';
import type { Page } from './pages.js';
import { canStand } from './row-limits.js';
import { prefixRange, type Range, type Rows, type StoredRow } from './rows.js';
import type { StoredKind } from './stored.js';

/** A row that was read, with its key. */
export interface Row<Value> extends Versioned<Value> {
  readonly key: string;
}

/**
 * The rows of one partition, read as values: each kind of row is checked and upgraded when it is read. A row that can't be
 * read is reported and left out, so that one bad row stops nothing else.
 */
export interface Partition {
  readonly name: string;
  get<Value>(kind: StoredKind<Value>, key: string): Promise<Versioned<Value> | undefined>;
  /** As `get`, for those who must not take a row that can't be read for none. @throws Error for such a row. */
  getReadable<Value>(kind: StoredKind<Value>, key: string): Promise<Versioned<Value> | undefined>;
  /** Rows of a range in key order; `more` when the limit cut it. One round trip for each 1,000 rows. */
  range<Value>(kind: StoredKind<Value>, range: Range): Promise<{ rows: Row<Value>[]; more: boolean }>;
  /** Values whose keys begin with a prefix, in key order, at most so many. */
  all<Value>(kind: StoredKind<Value>, prefix: string, limit: number): Promise<Value[]>;
  /** A page of a list under a prefix; `after` is the `next` of the page before, anything else begins at the start. */
  page<Value>(kind: StoredKind<Value>, prefix: string, limit: number, after?: string): Promise<Page<Value>>;
  /** Rows as they are stored, for those that hold several kinds side by side. */
  raw(range: Range): Promise<{ rows: StoredRow[]; more: boolean }>;
  /** The value of a raw row; `undefined` (and a report) where it can't be read. */
  valueOf<Value>(kind: StoredKind<Value>, row: StoredRow): Value | undefined;
  /** See `Commit`. */
  commit(changes: readonly Change[]): Promise<void>;
}

export function partitionOf(rows: Rows, name: string, log: Pick<Log, 'error'>): Partition {
  function valueOf<Value>(kind: StoredKind<Value>, row: StoredRow): Value | undefined {
    try {
      return kind.read(row.value);
    } catch (error) {
      log.error('row.unreadable', { kind: kind.name, key: row.key, partition: name, error });
      return undefined;
    }
  }

  async function range<Value>(kind: StoredKind<Value>, wanted: Range) {
    const found = await rows.range(name, wanted);
    const read = found.rows.flatMap((row): Row<Value>[] => {
      const value = valueOf(kind, row);
      return value === undefined ? [] : [{ key: row.key, value, version: row.version }];
    });
    return { rows: read, more: found.more };
  }

  return {
    name,
    range,
    valueOf,
    get: async (kind, key) => {
      const row = await rows.get(name, key);
      const value = row && valueOf(kind, row);
      return row && value !== undefined ? { value, version: row.version } : undefined;
    },
    getReadable: async (kind, key) => {
      const row = await rows.get(name, key);
      return row && { value: kind.read(row.value), version: row.version };
    },
    all: async (kind, prefix, limit) =>
      (await range(kind, prefixRange(prefix, limit))).rows.map(({ value }) => value),
    page: async (kind, prefix, limit, after) => {
      const isOwnKey = after !== undefined && after.startsWith(prefix) && canStand(after);
      // By the stored rows, so that one that can't be read does not end the list.
      const found = await rows.range(name, prefixRange(prefix, limit, isOwnKey ? after : undefined));
      const last = found.rows.at(-1);
      const lines = found.rows.flatMap((row) => valueOf(kind, row) ?? []);
      return { lines, ...(found.more && last !== undefined && { next: last.key }) };
    },
    raw: (wanted) => rows.range(name, wanted),
    commit: (changes) => rows.commit(name, changes),
  };
}
