import { requirePermission } from '../people/permissions.js';
import { find, requireAccess, type NewsDeps } from './changing.js';
import { deciding } from './deciding.js';
import { editing } from './editing.js';
import { search } from './search.js';
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

function reading(deps: NewsDeps): Reading {
  const { store } = deps;
  return {
    get: async (actor, id) => {
      const { value: item } = await find(deps, id);
      requireAccess(actor, item);
      return item;
    },
    list: async (actor, filter, after) => {
      requirePermission(actor, 'news:review');
      return store.list(filter, pageSize, after);
    },
    search: (actor, query, filter) => search(deps, actor, query, filter),
    mine: async (actor, after, limit = pageSize) => {
      requirePermission(actor, 'news:seeOwn');
      return store.mine(actor.id, Math.min(limit, pageSize), after);
    },
    history: async (actor, id, language, after) => {
      requireAccess(actor, (await find(deps, id)).value);
      return store.revisions(id, language, historyPageSize, after);
    },
    waiting: async (actor, indexed) => {
      requirePermission(actor, 'news:seeOwn');
      return waitingNews(deps, actor, indexed);
    },
    revision: (id, language, revision) => store.revision(id, language, revision),
    audit: async (actor, id) => {
      requireAccess(actor, (await find(deps, id)).value);
      return store.audit(id);
    },
  };
}

/** The news of the programme; see {@link NewsService}. */
export function newsService(deps: NewsDeps): NewsService {
  return {
    ...reading(deps),
    ...submitting(deps),
    ...editing(deps),
    ...deciding(deps),
    ...using(deps),
  };
}
