import type { Page } from './pages.js';
import type { Change, Versioned } from './commit.js';
import { canStand } from './row-limits.js';
import { prefixRange, type Rows, type StoredRow } from './rows.js';

/** A row without its key, as services know it. */
export function versioned<Value>({ value, version }: StoredRow<Value>): Versioned<Value> {
  return { value, version };
}

/** Inserts a value where nothing stood, else replaces just the version that was read. */
export function put<Value>(key: string, before: Versioned<Value> | undefined, value: Value): Change {
  return before === undefined
    ? { op: 'insert', key, value }
    : { op: 'replace', key, value, version: before.version };
}

/** A line of a list and the keys under which it stands, one for each list that shows it. */
export interface Indexed<Line> {
  readonly line: Line;
  readonly keys: readonly string[];
}

/** The changes that put a line where it belongs now; none when it says and stands as before. */
export function indexLine<Line>(before: Indexed<Line> | undefined, after: Indexed<Line>): Change[] {
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(after)) return [];
  const gone = (before?.keys ?? []).filter((key) => !after.keys.includes(key));
  return [
    ...after.keys.map((key): Change => ({ op: 'put', key, value: after.line })),
    ...gone.map((key): Change => ({ op: 'delete', key })),
  ];
}

/** A page of a list that stands under a prefix; `after` is the `next` of the page before. */
export async function pageOf<Line>(
  rows: Rows,
  partition: string,
  prefix: string,
  limit: number,
  after?: string,
): Promise<Page<Line>> {
  // It comes from outside: anything else begins anew.
  const isOwnKey = after !== undefined && after.startsWith(prefix) && canStand(after);
  const found = await rows.range<Line>(partition, prefixRange(prefix, limit, isOwnKey ? after : undefined));
  const last = found.rows.at(-1);
  return {
    lines: found.rows.map((row) => row.value),
    ...(found.more && last !== undefined && { next: last.key }),
  };
}

/** The place of a revision or of an audit entry in its history: newest first. */
export function revisionPlace(number: number): string {
  return String(999_999 - number).padStart(6, '0');
}
