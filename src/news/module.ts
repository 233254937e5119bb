import type { Module } from '../module.js';
import type { DeliveryKind, PayloadOf } from '../delivery/outbox/kind.js';
import type { Clock } from '../platform/clock.js';
import type { Commit } from '../platform/commit.js';
import { isAppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import type { NewsCards } from './cards.js';
import { newsNotices } from './notices.js';
import { newsRoutes } from './routes.js';
import { newsIndexMessage, wordsOfItem, type WordIndex } from './search.js';
import type { NewsService } from './service.js';
import type { NewsStore } from './store.js';
import { lineOf } from './line.js';
import { inboxRoutes, type InboxDeps } from './inbox-routes.js';
import { viewGroups } from './views.js';
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

interface ReindexDeps extends IndexDeps {
  readonly store: Pick<NewsStore, 'find' | 'list' | 'relist'>;
  readonly commit: Commit;
}

/** Writes the lines of an item as they are made today; one that changes meanwhile has its own written with the change. */
async function relistItem({ store, commit }: ReindexDeps, id: NewsId): Promise<void> {
  const found = await store.find(id);
  if (found === undefined) return;
  try {
    await commit(store.relist(found));
  } catch (error) {
    if (!isAppError(error, 'storage.conflict')) throw error;
  }
}

/**
 * Writes the lines and the search index anew of all items, where the present rules are others than those by which they were
 * written. One round trip once all have been; when it is stopped in between, the next start goes on after the last whole page.
 */
export async function reindexNews(deps: ReindexDeps): Promise<void> {
  const { store, index } = deps;
  const progress = await index.indexingProgress();
  if (progress === 'done') return;
  let { after } = progress;
  do {
    const { lines, next } = await store.list({}, pageSize, after);
    for (const { id } of lines) {
      await relistItem(deps, id);
      await indexItem(deps, id);
    }
    await index.keepIndexingProgress(next === undefined ? 'done' : { after: next });
    after = next;
  } while (after !== undefined);
}

/** What news registers. */
export function newsModule({
  news,
  inbox,
  cards,
  clock,
  ...deps
}: IndexDeps & {
  readonly news: NewsService;
  readonly inbox: Omit<InboxDeps, 'news' | 'store'>;
  readonly cards: NewsCards;
  readonly clock: Clock;
}): Module {
  return {
    routes: [...newsRoutes(news), ...inboxRoutes({ ...inbox, news, store: deps.store })],
    deliveries: [newsIndexDelivery(deps)],
    notices: newsNotices({ cards, clock, store: deps.store }),
    waiting: {
      groups: [...newsWaitingGroups(deps.store), ...viewGroups(deps.store)],
      lines: async (person, indexed) => [{ name: 'news', value: await news.waiting(person, indexed) }],
    },
  };
}
