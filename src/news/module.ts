import type { Module } from '../module.js';
import type { DeliveryKind, PayloadOf } from '../delivery/outbox/kind.js';
import { newsNotices } from './notices.js';
import { newsRoutes } from './routes.js';
import { wordsOfItem, type WordIndex } from './search.js';
import { newsIndexMessage, type NewsService } from './service.js';
import type { NewsStore } from './store.js';
import { lineOf } from './types.js';
import { newsWaitingGroups } from './waiting.js';

interface IndexDeps {
  readonly store: Pick<NewsStore, 'find' | 'list'>;
  readonly index: Pick<WordIndex, 'update'>;
}

/** Brings the search index up to date with an item. */
export function newsIndexDelivery({ store, index }: IndexDeps) {
  return {
    ...newsIndexMessage,
    afterCrash: 'repeat',
    handle: async ({ newsId }) => {
      await index.update(newsId, async () => {
        const found = await store.find(newsId);
        return found && { line: lineOf(found.value), words: wordsOfItem(found.value) };
      });
      return { result: 'sent' };
    },
  } as const satisfies DeliveryKind<PayloadOf<typeof newsIndexMessage>>;
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
