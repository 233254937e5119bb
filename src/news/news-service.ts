import { demand } from '../people/permissions.js';
import { find, demandSight, type NewsParts } from './changing.js';
import { deciding } from './deciding.js';
import { editing } from './editing.js';
import { search } from './searching.js';
import type { NewsService } from './service.js';
import { submitting } from './submitting.js';
import { using } from './using.js';
import { waitingNews } from './waiting.js';

const pageSize = 30;
const historyPageSize = 20;

type Reading = Pick<
  NewsService,
  'get' | 'list' | 'search' | 'mine' | 'history' | 'revision' | 'audit' | 'waiting'
>;

function reading(parts: NewsParts): Reading {
  const { store } = parts;
  return {
    get: async (actor, id) => {
      const { value: item } = await find(parts, id);
      demandSight(actor, item);
      return item;
    },
    list: async (actor, filter, after) => {
      demand(actor, 'news:review');
      return store.list(filter, pageSize, after);
    },
    search: (actor, query, filter) => search(parts, actor, query, filter),
    mine: async (actor, after, limit = pageSize) => {
      demand(actor, 'news:seeOwn');
      return store.mine(actor.id, Math.min(limit, pageSize), after);
    },
    history: async (actor, id, language, after) => {
      demandSight(actor, (await find(parts, id)).value);
      return store.revisions(id, language, historyPageSize, after);
    },
    waiting: async (actor) => {
      demand(actor, 'news:seeOwn');
      return waitingNews(parts, actor);
    },
    revision: (id, language, revision) => store.revision(id, language, revision),
    audit: async (actor, id) => {
      demandSight(actor, (await find(parts, id)).value);
      return store.audit(id);
    },
  };
}

/** The news of the programme; see {@link NewsService}. */
export function newsService(parts: NewsParts): NewsService {
  return {
    ...reading(parts),
    ...submitting(parts),
    ...editing(parts),
    ...deciding(parts),
    ...using(parts),
  };
}
