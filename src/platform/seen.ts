import { z } from 'zod';
import { isSame, merge, type Collision, type Fields } from '../shared/merge.js';
import { AppError, type FieldFault } from './errors.js';
import { parse } from './validation.js';

/** Fields as the writer's form was filled with, that is, as a GET answered them; `null` for what was not there. */
export type Seen = Fields;

const seenSchema = z.looseObject({ seen: z.record(z.string(), z.unknown()) });

/** A body, and apart from it what its writer had seen. @throws AppError `input.invalid` at `seen` where that is missing. */
export function withoutSeen(body: unknown): { readonly body: Fields; readonly seen: Seen } {
  const { seen, ...rest } = parse(seenSchema, body ?? {});
  return { body: rest, seen };
}

/** How much of another's value is shown at the field, in characters. */
const maxShown = 120;

/** What is there now, for the text at the field: the text itself, that there is nothing, or that it can't be put into a line. */
function shownOf(theirs: unknown): { readonly now: 'text' | 'nothing' | 'other'; readonly theirs: string } {
  if (theirs === null || theirs === '') return { now: 'nothing', theirs: '' };
  if (typeof theirs !== 'string' && typeof theirs !== 'number') return { now: 'other', theirs: '' };
  const text = String(theirs).replaceAll(/\s+/g, ' ').trim();
  return { now: 'text', theirs: text.length > maxShown ? `${text.slice(0, maxShown - 1).trimEnd()}…` : text };
}

/** The error of a change that would write over what its writer has not seen. */
export function editConflict(collisions: readonly Collision[]): AppError {
  const fields = collisions.map(({ path, theirs }): FieldFault => ({
    field: path,
    code: 'changedMeanwhile',
    values: shownOf(theirs),
  }));
  return new AppError('edit.conflict', {
    fields,
    theirs: Object.fromEntries(collisions.map(({ path, theirs }) => [path, theirs])),
  });
}

/** @throws AppError `input.invalid` at `seen.<field>` for a field of the change that is not among what was seen. */
function requireAll(seen: Seen, mine: Fields): void {
  const fields = Object.keys(mine)
    .filter((key) => mine[key] !== undefined && !Object.hasOwn(seen, key))
    .map((key): FieldFault => ({ field: `seen.${key}`, code: 'required' }));
  if (fields.length > 0) throw new AppError('input.invalid', { fields });
}

/**
 * The fields of a change over what is current: what its writer did not change stays as somebody else has it by now. All
 * three as a GET answers them. Call it where the change is decided, so that one that comes second is merged anew.
 * @param seen left out by callers that saw nothing of it, such as the demo: then `mine` is taken as it is.
 * @throws AppError `edit.conflict` with `{ fields, theirs }` where both changed the same to something else; `theirs` are
 *   the current values by path. `input.invalid` at `seen.<field>`.
 */
export function mergedWith(seen: Seen | undefined, mine: Fields, current: Fields): Fields {
  if (seen === undefined) return mine;
  requireAll(seen, mine);
  const { merged, collisions } = merge({ seen, mine, current });
  if (collisions.length > 0) throw editConflict(collisions);
  return merged;
}

/**
 * Refuses a change of values that are replaced as a whole, where they are no longer as its writer saw them. That somebody
 * else made the same change is none.
 * @throws AppError as {@link mergedWith} does.
 */
export function requireSeen(seen: Seen | undefined, mine: Fields, current: Fields): void {
  if (seen === undefined) return;
  requireAll(seen, mine);
  const collisions = Object.keys(mine)
    .filter((key) => !isSame(seen[key], current[key]) && !isSame(mine[key], current[key]))
    .map((path) => ({ path, theirs: current[path] ?? null }));
  if (collisions.length > 0) throw editConflict(collisions);
}

/** Refuses a change that was decided on by values that are others by now. @throws AppError as {@link mergedWith} does. */
export function requireUnchanged(seen: Seen | undefined, current: Fields): void {
  if (seen === undefined) return;
  requireAll(seen, current);
  const collisions = Object.keys(current)
    .filter((key) => !isSame(seen[key], current[key]))
    .map((path) => ({ path, theirs: current[path] ?? null }));
  if (collisions.length > 0) throw editConflict(collisions);
}
