import type { Revision } from '../content/text.js';
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

const maxEntries = 200;

/** The newest entries of an audit trail whose rows stand newest first, in the order in which they were made. */
export async function trailOf<Entry extends { readonly number: number }>(
  rows: Rows,
  partition: string,
  prefix: string,
): Promise<Entry[]> {
  const found = await rows.range<Entry>(partition, prefixRange(prefix, maxEntries));
  return found.rows.map((row) => row.value).sort((one, other) => one.number - other.number);
}

/** Where the entries of an aggregate's audit trail and the revisions of its texts stand. */
export interface RecordKeys {
  readonly audit: (number: number) => string;
  readonly text: (language: Revision['language']) => string;
}

/** Inserts the audit entries and revisions; parked words stand beside the revision that won. */
export function insertRecords(
  { audit, revisions = [] }: { audit: readonly { number: number }[]; revisions?: readonly Revision[] },
  keys: RecordKeys,
): Change[] {
  const lastAudit = audit.at(-1)?.number ?? 0;
  const revisionKey = ({ language, revision, parked }: Revision): string => {
    const key = keys.text(language) + revisionPlace(revision);
    return parked === true ? `${key}|parked|${String(lastAudit)}` : key;
  };
  return [
    ...audit.map((entry): Change => ({ op: 'insert', key: keys.audit(entry.number), value: entry })),
    ...revisions.map((revision): Change => ({ op: 'insert', key: revisionKey(revision), value: revision })),
  ];
}
