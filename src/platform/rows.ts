import type { Change } from './commit.js';

/** A stored row: JSON under a key, with the version (ETag) that it had when it was read. */
export interface StoredRow<Value = unknown> {
  readonly key: string;
  readonly value: Value;
  readonly version: string;
}

export interface Range {
  /** First key, inclusive. */
  readonly from: string;
  /** Last key, exclusive. */
  readonly to: string;
  readonly limit: number;
}

/**
 * The one port under all stores: a partition of rows in key order. Azure Tables behind it in service and in trial
 * mode, memory in tests. Keys hold no `/ \ # ?` or control characters and at most 512 characters; a value is at
 * most 450,000 characters of JSON, the values of one commit 1,300,000 together. Keys are sorted by their
 * characters' codes.
 */
export interface Rows {
  /** The row, or `undefined`: also where such a key could never be stored. */
  get<Value>(partition: string, key: string): Promise<StoredRow<Value> | undefined>;
  /**
   * Rows of a range in key order; `more` when the limit cut it, which reading one row beyond the limit shows. One
   * round trip for each 1,000 rows read.
   */
  range<Value>(partition: string, range: Range): Promise<{ rows: StoredRow<Value>[]; more: boolean }>;
  /** See {@link Commit}. */
  commit(partition: string, changes: readonly Change[]): Promise<void>;
}

/**
 * The range of the keys that begin with a prefix, whatever characters they go on with; `after` continues behind a key.
 */
export function prefixRange(prefix: string, limit: number, after?: string): Range {
  return { from: after === undefined ? prefix : `${after} `, to: behind(prefix), limit };
}

/** The first text behind all that begin with the prefix: its last character is replaced by the next one. */
function behind(prefix: string): string {
  const last = /.$/su.exec(prefix)?.[0] ?? '';
  const next = (last.codePointAt(0) ?? 0) + 1;
  // Halves of a pair are no characters of their own.
  return prefix.slice(0, prefix.length - last.length) + String.fromCodePoint(next === 0xd800 ? 0xe000 : next);
}
