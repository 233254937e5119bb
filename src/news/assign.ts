import { isBy, type PersonRef } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import type { PersonId } from '../platform/ids.js';
import type { Person } from '../people/person.js';
import { mayTakeCare } from './policy.js';
import type { NewsItem } from './types.js';

/** Those who may take care of an item, by name. */
export function reviewersOf(people: readonly Person[]): PersonRef[] {
  return people
    .filter(mayTakeCare)
    .map(({ id, name }) => ({ id, name }))
    .sort((one, other) => one.name.localeCompare(other.name, 'fi'));
}

/**
 * Whom an item is given to.
 * @param to nobody where it is null
 * @throws AppError `input.invalid` for somebody who does not review.
 */
export function assigneeOf(people: readonly Person[], to: PersonId | null): PersonRef | undefined {
  if (to === null) return undefined;
  const found = reviewersOf(people).find(({ id }) => id === to);
  if (found === undefined)
    throw new AppError('input.invalid', { fields: [{ field: 'to', code: 'unknownChoice' }] });
  return found;
}

/** The item with somebody who takes care of it, or nobody. */
export function assigned({ assignee: _before, ...item }: NewsItem, to: PersonRef | undefined): NewsItem {
  return { ...item, ...(to !== undefined && { assignee: to }) };
}

/** The item after a change: when it was, and when its author did something last. */
export function withActivity(
  before: NewsItem,
  after: NewsItem,
  { at, by }: { readonly at: string; readonly by?: PersonRef },
): NewsItem {
  if (before === after) return after;
  return { ...after, changedAt: at, ...(isBy(by, after.author.id) && { authorAt: at }) };
}
