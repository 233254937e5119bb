import { AppError } from '../errors.js';
import { demand } from '../people/permissions.js';
import { find, occasionOf, type NewsParts } from './changing.js';
import { draftOf, record } from './draft.js';
import type { NewsItem, NewsUse } from './news.js';
import type { NewsService } from './service.js';

const isSameUse = (one: Pick<NewsUse, 'in' | 'id'>, other: Pick<NewsUse, 'in' | 'id'>): boolean =>
  one.in === other.in && one.id === other.id;

type Using = Pick<NewsService, 'many' | 'use' | 'unuse'>;

/** What other domain folders ask of the news: items to show, and the relation to where they are used. */
export function using(parts: NewsParts): Using {
  return {
    many: async (ids) => {
      const found = await Promise.all(ids.map((id) => parts.store.find(id)));
      return found.flatMap((item): NewsItem[] => (item === undefined ? [] : [item.value]));
    },

    use: async (actor, id, use) => {
      demand(actor, 'news:review');
      const before = await find(parts, id);
      const item = before.value;
      if (item.is.state !== 'accepted') throw new AppError('news.notAccepted', { id, state: item.is.state });
      if (item.uses.some((standing) => isSameUse(standing, use))) return { item, changes: [] };
      const used = draftOf({ ...item, uses: [...item.uses, use] });
      const draft = record(used, occasionOf(parts, actor), { action: 'place', where: use });
      return {
        item: draft.item,
        changes: parts.store.replace(before, draft.item, { audit: draft.audit }),
      };
    },

    unuse: async (actor, id, use) => {
      const before = await parts.store.find(id);
      const where = before?.value.uses.find((standing) => isSameUse(standing, use));
      if (before === undefined || where === undefined) return { changes: [] };
      const uses = before.value.uses.filter((standing) => standing !== where);
      const draft = record(draftOf({ ...before.value, uses }), occasionOf(parts, actor), {
        action: 'remove',
        where,
      });
      return {
        item: draft.item,
        changes: parts.store.replace(before, draft.item, { audit: draft.audit }),
      };
    },
  };
}
