import type { Actor } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import { requirePermission } from '../people/permissions.js';
import { find, isFoundOtherwise, actionContextOf, type NewsDeps } from './changing.js';
import { draftOf, record, reindex } from './draft.js';
import type { AuditEntry, NewsItem, NewsUse } from './types.js';
import type { NewsService, Used } from './service.js';

const readsAtOnce = 16;

const isSameUse = (one: Pick<NewsUse, 'in' | 'id'>, other: Pick<NewsUse, 'in' | 'id'>): boolean =>
  one.in === other.in && one.id === other.id;

/** Items as they stand; a large issue must not ask the storage for all of its items at the same moment. */
async function many({ store }: NewsDeps, ids: readonly NewsId[]): Promise<NewsItem[]> {
  const found: NewsItem[] = [];
  for (let start = 0; start < ids.length; start += readsAtOnce) {
    const items = await Promise.all(ids.slice(start, start + readsAtOnce).map((id) => store.find(id)));
    for (const item of items) if (item !== undefined) found.push(item.value);
  }
  return found;
}

/** The item with other uses, and what is to be committed for that. */
function withUses(
  deps: NewsDeps,
  actor: Actor,
  before: Awaited<ReturnType<typeof find>>,
  uses: readonly NewsUse[],
  did: AuditEntry['event'],
): Used {
  const actionContext = actionContextOf(deps, actor);
  const recorded = record(draftOf({ ...before.value, uses }), actionContext, did);
  const draft = isFoundOtherwise(before.value, recorded.item) ? reindex(recorded, actionContext) : recorded;
  const { item, audit, messages } = draft;
  return { item, changes: deps.store.replace(before, item, { audit }), messages };
}

type Using = Pick<NewsService, 'many' | 'use' | 'unuse'>;

/** What other domain folders ask of the news: items to show, and the relation to where they are used. */
export function using(deps: NewsDeps): Using {
  return {
    many: (ids) => many(deps, ids),

    use: async (actor, id, use) => {
      requirePermission(actor, 'news:review');
      const before = await find(deps, id);
      const item = before.value;
      if (item.state.status !== 'accepted')
        throw new AppError('news.notAccepted', { id, state: item.state.status });
      if (item.uses.some((standing) => isSameUse(standing, use))) return { item, changes: [], messages: [] };
      return withUses(deps, actor, before, [...item.uses, use], { action: 'place', where: use });
    },

    unuse: async (actor, id, use) => {
      const before = await deps.store.find(id);
      const where = before?.value.uses.find((standing) => isSameUse(standing, use));
      if (before === undefined || where === undefined) return { changes: [], messages: [] };
      const uses = before.value.uses.filter((standing) => standing !== where);
      return withUses(deps, actor, before, uses, { action: 'remove', where });
    },
  };
}
