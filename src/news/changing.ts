import { refOf, type Actor } from '../platform/actor.js';
import type { Clock } from '../platform/clock.js';
import { whileConflicting, type Versioned } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { requirePermission } from '../people/permissions.js';
import type { Programme } from '../people/person.js';
import { draftOf, reindex, type Draft, type ActionContext } from './draft.js';
import { lineOf } from './line.js';
import type { NewsItem } from './types.js';
import type { Moved, NewsUser } from './service.js';
import type { NewsStore, WordIndex } from './store.js';

/** What the news service is made of. */
export interface NewsDeps {
  readonly store: NewsStore;
  readonly index: WordIndex;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly clock: Clock;
  readonly programme: () => Promise<Programme>;
  /** Who uses items; asked when the words of a used item change. */
  readonly users: () => readonly NewsUser[];
  /** How long a word to the author waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
}

/** Whoever reviews may see any item; an author sees their own. */
export function requireAccess(actor: Actor, item: NewsItem): void {
  if (item.author.id !== actor.id) requirePermission(actor, 'news:review');
}

export function actionContextOf({ clock, undoSeconds }: NewsDeps, actor: Actor): ActionContext {
  const now = clock.now();
  return { by: refOf(actor), at: now.toString(), noticeAt: now.add({ seconds: undoSeconds }).toString() };
}

export async function find({ store }: NewsDeps, id: NewsId): Promise<Versioned<NewsItem>> {
  const found = await store.find(id);
  if (found === undefined) throw new AppError('news.notFound', { id });
  return found;
}

/** Whether the search index must follow: the words or anything by which a list is filtered has changed. */
export function isFoundOtherwise(before: NewsItem, after: NewsItem): boolean {
  const differs = JSON.stringify(lineOf(before)) !== JSON.stringify(lineOf(after));
  return differs || before.texts !== after.texts;
}

/**
 * Reads an item, decides, and stores what was decided; reads and decides anew when somebody else was faster.
 * An undecided item (the same draft given back) stores nothing.
 */
export async function change(
  deps: NewsDeps,
  actor: Actor,
  id: NewsId,
  decide: (item: NewsItem, actionContext: ActionContext) => Draft | Promise<Draft>,
): Promise<NewsItem> {
  return whileConflicting(async () => {
    const before = await find(deps, id);
    const actionContext = actionContextOf(deps, actor);
    const decided = await decide(before.value, actionContext);
    if (decided.item === before.value) return before.value;
    const draft = isFoundOtherwise(before.value, decided.item) ? reindex(decided, actionContext) : decided;
    const { item, audit, revisions, messages, changes } = draft;
    const replaced = deps.store.replace(before, item, { audit, revisions });
    await deps.outbox.commit([...replaced, ...changes], messages);
    return item;
  });
}

/** As {@link change}, for what can be undone: gives the audit number to undo. */
export async function move(
  deps: NewsDeps,
  actor: Actor,
  id: NewsId,
  decide: (draft: Draft, actionContext: ActionContext) => Draft,
): Promise<Moved> {
  const item = await change(deps, actor, id, (current, actionContext) =>
    decide(draftOf(current), actionContext),
  );
  return { item, undo: item.auditCount };
}
