/** The selection with one more or one less. */
export function toggledIn(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The selection with all rows between two; only the last one where the first is not in the list any more. */
export function rangeTo(
  selected: ReadonlySet<string>,
  ids: readonly string[],
  from: string,
  to: string,
): ReadonlySet<string> {
  const ends = [ids.indexOf(from), ids.indexOf(to)];
  if (ends.includes(-1)) return new Set([...selected, to]);
  return new Set([...selected, ...ids.slice(Math.min(...ends), Math.max(...ends) + 1)]);
}

/** What became of several items, one after the other. */
export interface Outcome<Each, Result> {
  /** What came of those with which it went well. */
  readonly done: readonly Result[];
  readonly failed: readonly { readonly each: Each; readonly error: unknown }[];
}

/** Does the same with each: what fails with one does not keep the others. */
export async function withEach<Each, Result>(
  all: readonly Each[],
  act: (each: Each) => Promise<Result>,
): Promise<Outcome<Each, Result>> {
  const done: Result[] = [];
  const failed: { each: Each; error: unknown }[] = [];
  for (const each of all) {
    try {
      done.push(await act(each));
    } catch (error) {
      failed.push({ each, error });
    }
  }
  return { done, failed };
}
