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
export interface Outcome {
  readonly done: number;
  readonly failed: readonly { readonly id: string; readonly error: unknown }[];
}

/** Does the same with each: what fails with one does not keep the others. */
export async function withEach(
  ids: readonly string[],
  act: (id: string) => Promise<unknown>,
): Promise<Outcome> {
  const failed: { id: string; error: unknown }[] = [];
  for (const id of ids) {
    try {
      await act(id);
    } catch (error) {
      failed.push({ id, error });
    }
  }
  return { done: ids.length - failed.length, failed };
}
