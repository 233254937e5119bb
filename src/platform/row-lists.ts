import type { Change } from './commit.js';

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

/** The place of a revision or of an audit entry in its history: newest first. */
export function revisionPlace(number: number): string {
  return String(999_999 - number).padStart(6, '0');
}
