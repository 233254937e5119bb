import type { Module } from '../module.js';
import type { DeliveryKind, PayloadOf } from '../delivery/outbox/kind.js';
import type { Clock } from '../platform/clock.js';
import type { NewsId } from '../platform/ids.js';
import type { NewsCards } from './cards.js';
import { newsNotices } from './notices.js';
import { newsRoutes } from './routes.js';
import { wordsOfItem, type WordIndex } from './search.js';
import { newsIndexMessage, type NewsService } from './service.js';
import type { NewsStore } from './store.js';
import { lineOf } from './types.js';
import { newsWaitingGroups } from './waiting.js';

interface IndexDeps {
  readonly store: Pick<NewsStore, 'find' | 'list'>;
  readonly index: WordIndex;
}

function indexItem({ store, index }: IndexDeps, newsId: NewsId): Promise<void> {
  return index.update(newsId, async () => {
    const found = await store.find(newsId);
    return found && { line: lineOf(found.value), words: wordsOfItem(found.value) };
  });
}

/** Brings the search index up to date with an item. */
export function newsIndexDelivery(deps: IndexDeps) {
  return {
    ...newsIndexMessage,
    afterCrash: 'repeat',
    // The index is made of what is stored.
    afterRestore: 'run',
    handle: async ({ newsId }) => {
      await indexItem(deps, newsId);
      return { result: 'sent' };
    },
  } as const satisfies DeliveryKind<PayloadOf<typeof newsIndexMessage>>;
}

const pageSize = 30;

/**
 * Indexes the items anew whose words are others by the present rules. One round trip once all have been; when it is
 * stopped in between, the next start goes on after the last whole page.
 */
export async function reindexNews({ store, index }: IndexDeps): Promise<void> {
  const progress = await index.indexingProgress();
  if (progress === 'done') return;
  let { after } = progress;
  do {
    const { lines, next } = await store.list({}, pageSize, after);
    for (const { id } of lines) {
      const [item, words] = await Promise.all([store.find(id), index.wordsOf(id)]);
      const isSame = item !== undefined && wordsOfItem(item.value).join(' ') === words.join(' ');
      if (!isSame) await indexItem({ store, index }, id);
    }
    await index.keepIndexingProgress(next === undefined ? 'done' : { after: next });
    after = next;
  } while (after !== undefined);
}

/** What news registers. */
export function newsModule({
  news,
  cards,
  clock,
  ...deps
}: IndexDeps & {
  readonly news: NewsService;
  readonly cards: NewsCards;
  readonly clock: Clock;
}): Module {
  return {
    routes: newsRoutes(news),
    deliveries: [newsIndexDelivery(deps)],
    notices: newsNotices({ cards, clock, store: deps.store }),
    waiting: {
      groups: newsWaitingGroups(deps.store),
      lines: async (person, indexed) => [{ name: 'news', value: await news.waiting(person, indexed) }],
    },
  };
}
