/** A list as far as it has been fetched; `next` is the way to more. */
interface Fetched<Line> {
  readonly lines: readonly Line[];
  readonly next?: string;
}

/**
 * A list whose first page was fetched anew: what stands further down stays, and nothing stands twice. Where the list
 * has grown by more than a page meanwhile it begins anew, since between the two something would be missing.
 */
export function withFreshStart<Line>(
  current: Fetched<Line>,
  fresh: Fetched<Line>,
  keyOf: (line: Line) => string,
): Fetched<Line> {
  const keys = new Set(fresh.lines.map(keyOf));
  const rest = current.lines.filter((line) => !keys.has(keyOf(line)));
  const isJoined = rest.length < current.lines.length;
  if (!isJoined || current.lines.length <= fresh.lines.length) return fresh;
  return { lines: [...fresh.lines, ...rest], ...(current.next !== undefined && { next: current.next }) };
}
