import { AppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import { demand } from '../people/permissions.js';
import { find, isFoundOtherwise, occasionOf, type NewsParts } from './changing.js';
import { draftOf, record, reindex } from './draft.js';
import type { AuditEntry, NewsItem, NewsUse } from './news.js';
import type { Actor, NewsService, Used } from './service.js';

const readsAtOnce = 16;

const isSameUse = (one: Pick<NewsUse, 'in' | 'id'>, other: Pick<NewsUse, 'in' | 'id'>): boolean =>
  one.in === other.in && one.id === other.id;

/** Items as they stand; a large issue must not ask the storage for all of its items at the same moment. */
async function many({ store }: NewsParts, ids: readonly NewsId[]): Promise<NewsItem[]> {
  const found: NewsItem[] = [];
  for (let start = 0; start < ids.length; start += readsAtOnce) {
    const items = await Promise.all(ids.slice(start, start + readsAtOnce).map((id) => store.find(id)));
    for (const item of items) if (item !== undefined) found.push(item.value);
  }
  return found;
}

/** The item with other uses, and what is to be committed for that. */
function withUses(
  parts: NewsParts,
  actor: Actor,
  before: Awaited<ReturnType<typeof find>>,
  uses: readonly NewsUse[],
  did: AuditEntry['did'],
): Used {
  const occasion = occasionOf(parts, actor);
  const recorded = record(draftOf({ ...before.value, uses }), occasion, did);
  const draft = isFoundOtherwise(before.value, recorded.item) ? reindex(recorded, occasion) : recorded;
  const { item, audit, messages } = draft;
  return { item, changes: parts.store.replace(before, item, { audit }), messages };
}

type Using = Pick<NewsService, 'many' | 'use' | 'unuse'>;

/** What other domain folders ask of the news: items to show, and the relation to where they are used. */
export function using(parts: NewsParts): Using {
  return {
    many: (ids) => many(parts, ids),

    use: async (actor, id, use) => {
      demand(actor, 'news:review');
      const before = await find(parts, id);
      const item = before.value;
      if (item.is.state !== 'accepted') throw new AppError('news.notAccepted', { id, state: item.is.state });
      if (item.uses.some((standing) => isSameUse(standing, use))) return { item, changes: [], messages: [] };
      return withUses(parts, actor, before, [...item.uses, use], { action: 'place', where: use });
    },

    unuse: async (actor, id, use) => {
      const before = await parts.store.find(id);
      const where = before?.value.uses.find((standing) => isSameUse(standing, use));
      if (before === undefined || where === undefined) return { changes: [], messages: [] };
      const uses = before.value.uses.filter((standing) => standing !== where);
      return withUses(parts, actor, before, uses, { action: 'remove', where });
    },
  };
}
