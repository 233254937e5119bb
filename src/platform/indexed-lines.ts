import type { Change } from './commit.js';
import { put, type StoredKind } from './stored.js';

/** A line of a list and the keys under which it is indexed, one for each list that shows it. */
export interface IndexedLine<Line> {
  readonly line: Line;
  readonly keys: readonly string[];
}

/** The changes that index a line where it belongs now; none when it is as before. */
export function indexLine<Line>(
  kind: StoredKind<Line>,
  before: IndexedLine<Line> | undefined,
  after: IndexedLine<Line>,
): Change[] {
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(after)) return [];
  const left = (before?.keys ?? []).filter((key) => !after.keys.includes(key));
  return [
    ...after.keys.map((key) => put(kind, key, after.line)),
    ...left.map((key): Change => ({ op: 'delete', key })),
  ];
}
