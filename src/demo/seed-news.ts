import type { Temporal } from 'temporal-polyfill';
import { homeZone } from '../platform/clock.js';
import type { NewsId } from '../platform/ids.js';
import type { NewsStateName } from '../news/types.js';
import type { NewsService } from '../news/service.js';
import type { DemoNews, DemoStep } from './item.js';
import { demoPeopleByKey } from './people.js';
import { hoursBefore, type Happening } from './timeline.js';

export type SeededNews = Pick<
  NewsService,
  'submit' | 'get' | 'edit' | 'accept' | 'requestChanges' | 'reject' | 'note' | 'withdraw'
>;

/** The ids of the items told so far, by the key of the demo item. */
export type NewsIds = Map<string, NewsId>;

/** @throws Error when the demo names an item that it does not tell: a fault of the demo. */
export function idOfNews(ids: NewsIds, key: string): NewsId {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The demo has not told ${key}`);
  return id;
}

const ends: Partial<Record<DemoStep['does'], NewsStateName>> = {
  accept: 'accepted',
  requestChanges: 'changesRequested',
  reject: 'rejected',
  withdraw: 'withdrawn',
};

async function step(news: SeededNews, id: NewsId, does: DemoStep): Promise<void> {
  const actor = demoPeopleByKey[does.by];
  const item = await news.get(actor, id);
  if (item.state.status === ends[does.does]) return;
  switch (does.does) {
    case 'edit': {
      await news.edit(actor, id, does.language, does.words, item.texts[does.language]?.revision ?? 0);
      return;
    }
    case 'accept':
    case 'withdraw':
      await news[does.does](actor, id);
      return;
    default:
      await news[does.does](actor, id, does.say);
  }
}

/** Sending in one item, and its way since, as happenings. The id goes into `ids` when it is told. */
export function newsHappenings(
  news: SeededNews,
  ids: NewsIds,
  start: Temporal.Instant,
  { key, author, hoursAgo, submission, earliestInDays, then }: DemoNews,
): Happening[] {
  const today = start.toZonedDateTimeISO(homeZone).toPlainDate();
  const earliest = earliestInDays === undefined ? undefined : today.add({ days: earliestInDays }).toString();
  const submit = async (): Promise<void> => {
    const { item } = await news.submit(demoPeopleByKey[author], {
      ...submission,
      formId: `demo-${key}`,
      ...(earliest !== undefined && { earliestDate: earliest }),
    });
    ids.set(key, item.id);
  };
  return [
    { at: hoursBefore(start, hoursAgo), run: submit },
    ...then.map((does) => ({
      at: hoursBefore(start, hoursAgo - does.hoursLater),
      run: () => step(news, idOfNews(ids, key), does),
    })),
  ];
}
