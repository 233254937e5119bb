import { z } from 'zod';
import type { Module } from '../module.js';
import { storedId } from '../platform/stored.js';
import type { NewsId } from '../platform/ids.js';
import type { DeliveryKind } from '../delivery/outbox/kind.js';
import { newsNotices } from './notices.js';
import { newsRoutes } from './routes.js';
import { wordsOfItem } from './search.js';
import type { NewsService } from './service.js';
import type { NewsStore } from './store.js';
import { lineOf } from './types.js';
import { newsWaitingGroups } from './waiting.js';
import type { WordIndex } from './word-index.js';

interface IndexDeps {
  readonly store: Pick<NewsStore, 'find' | 'list'>;
  readonly index: Pick<WordIndex, 'update'>;
}

/** Brings the search index up to date with an item. */
export function newsIndexDelivery({ store, index }: IndexDeps) {
  return {
    kind: 'newsIndex',
    payload: z.object({ newsId: storedId<NewsId>() }),
    afterCrash: 'repeat',
    handle: async ({ newsId }) => {
      await index.update(newsId, async () => {
        const found = await store.find(newsId);
        return found && { line: lineOf(found.value), words: wordsOfItem(found.value) };
      });
      return { result: 'sent' };
    },
  } as const satisfies DeliveryKind<{ readonly newsId: NewsId }>;
}

/** What news registers. */
export function newsModule({ news, ...deps }: IndexDeps & { readonly news: NewsService }): Module {
  return {
    routes: newsRoutes(news),
    deliveries: [newsIndexDelivery(deps)],
    notices: newsNotices,
    waiting: {
      groups: newsWaitingGroups(deps.store),
      lines: async (person, indexed) => [{ name: 'news', value: await news.waiting(person, indexed) }],
    },
  };
}
