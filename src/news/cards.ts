import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { messageKind, type DeliveryKind, type PayloadOf } from '../delivery/outbox/kind.js';
import type { NewMessage, Outcome } from '../delivery/outbox/message.js';
import { noticeMessage, type MessagePlace, type ShowNotice } from '../delivery/notices.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import type { Person } from '../people/person.js';
import type { PeopleService } from '../people/service.js';
import type { Clock } from '../platform/clock.js';
import { whileConflicting, type Change, type Versioned } from '../platform/commit.js';
import { isAppError } from '../platform/errors.js';
import { deterministicId, type MessageId, type NewsId } from '../platform/ids.js';
import type { Partition } from '../platform/partition.js';
import { prefixRange } from '../platform/rows.js';
import { put, replace, storedId, storedKind } from '../platform/stored.js';
import type { NewsNotice } from './notices.js';
import type { NewsStore } from './store.js';
import type { NewsItem } from './types.js';

/** A card in its author's chat that shows an item and follows it. */
export interface NewsCard extends MessagePlace {
  readonly newsId: NewsId;
  /** What of the item it shows, as {@link shownOf} names it; empty where that is not known. */
  readonly shown: string;
  /** ISO instant since when it is there. */
  readonly at: string;
  /** What its author is asked on it, which it goes on showing; absent on a receipt. */
  readonly question?: string;
  /** ISO instant until which a worker is changing it; past that time, the worker has died. */
  readonly busyUntil?: string;
}

export const newsCardRow = storedKind<NewsCard>({
  name: 'news card',
  schema: z.looseObject({
    newsId: storedId<NewsId>(),
    conversationId: z.string(),
    activityId: z.string(),
    shown: z.string(),
    at: z.string(),
    question: z.string().exactOptional(),
    busyUntil: z.string().exactOptional(),
  }),
});

/** The same for equal values, whichever way a row gave the order of their fields. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A name for what a card shows of an item and follows: its state, and where it is used. */
export function shownOf({ state, uses }: Pick<NewsItem, 'state' | 'uses'>): string {
  return deterministicId('newsShown', JSON.stringify([state, uses], inOrder));
}

/** So many cards of an item are followed, the newest. An author opens the same item now and then from the list. */
const maxCards = 5;
const maxRead = 50;

const prefixOf = (id: NewsId): string => `news-card|${id}|`;
const keyOf = ({ newsId, conversationId, activityId }: Pick<NewsCard, 'newsId' | keyof MessagePlace>) =>
  prefixOf(newsId) + deterministicId('newsCard', conversationId, activityId);

/** The change by which a message shows the item, as it is, from now on. */
export function cardChange(
  { conversationId, activityId }: MessagePlace,
  newsId: NewsId,
  { shown, at, question }: Pick<NewsCard, 'shown' | 'at' | 'question'>,
): Change {
  const card = { newsId, conversationId, activityId, shown, at, ...(question !== undefined && { question }) };
  return put(newsCardRow, keyOf(card), card);
}

export type NewsCards = ReturnType<typeof newsCards>;

/**
 * The messages that show an item, `news-card|<item>|<message>`: kept when one begins to, forgotten when it becomes something else,
 * such as a form in which somebody types.
 */
export function newsCards({ partition, clock }: { readonly partition: Partition; readonly clock: Clock }) {
  /** Newest first. */
  async function of(newsId: NewsId): Promise<Versioned<NewsCard>[]> {
    const { rows } = await partition.range(newsCardRow, prefixRange(prefixOf(newsId), maxRead));
    return rows.sort((one, other) => other.value.at.localeCompare(one.value.at));
  }

  /** Writes over the version that was read; false where somebody else was faster, or the card is one no more. */
  async function write(before: Versioned<NewsCard>, after: NewsCard): Promise<boolean> {
    try {
      await partition.commit([replace(newsCardRow, keyOf(after), before, after)]);
      return true;
    } catch (error) {
      if (isAppError(error, 'storage.conflict')) return false;
      throw error;
    }
  }

  return {
    of,
    any: async (newsId: NewsId): Promise<boolean> => (await of(newsId)).length > 0,

    /** The message there shows the item from now on, and what its author is asked on it. One round trip. */
    keep: (place: MessagePlace, newsId: NewsId, shown: string, question?: string): Promise<void> =>
      partition.commit([
        cardChange(place, newsId, {
          shown,
          at: clock.now().toString(),
          ...(question !== undefined && { question }),
        }),
      ]),

    /** The changes that forget those of these messages that are still kept. */
    forgetting: async (lost: readonly NewsCard[]): Promise<Change[]> => {
      const keys = new Set(lost.map(keyOf));
      const [first] = lost;
      const current = first === undefined ? [] : await of(first.newsId);
      return current.flatMap(({ value, version }) =>
        keys.has(keyOf(value)) ? [{ op: 'delete', key: keyOf(value), version } as const] : [],
      );
    },

    /** The message there shows it no more; harmless where it never did. */
    forget: async (place: MessagePlace, newsId: NewsId): Promise<void> => {
      try {
        await partition.commit([{ op: 'delete', key: keyOf({ ...place, newsId }) }]);
      } catch (error) {
        if (!isAppError(error, 'storage.conflict')) throw error;
      }
    },

    /** Takes a card for changing it, alone, for so many seconds; `undefined` where somebody else has it. */
    take: async (card: Versioned<NewsCard>, seconds: number): Promise<NewsCard | undefined> => {
      const now = clock.now();
      const { busyUntil } = card.value;
      if (busyUntil !== undefined && Temporal.Instant.compare(busyUntil, now) > 0) return undefined;
      const taken = { ...card.value, busyUntil: now.add({ seconds }).toString() };
      return (await write(card, taken)) ? taken : undefined;
    },

    /** Lets go of a card that was taken; it shows this by now. One that was forgotten meanwhile stays so. */
    release: async (taken: NewsCard, shown: string): Promise<void> => {
      const { busyUntil, ...card } = taken;
      const current = await partition.get(newsCardRow, keyOf(card));
      if (current?.value.busyUntil === busyUntil && current !== undefined)
        await write(current, { ...card, shown });
    },
  };
}

/** Brings the cards of an item in step with it; `shown` is what they are to show by {@link shownOf}. */
export const newsCardMessage = messageKind(
  'newsCard',
  z.object({ newsId: storedId<NewsId>(), shown: z.string() }),
);

/** The message that follows from a change, due when its undo is over. */
export function cardMessage(item: NewsItem, dueAt: string): NewMessage {
  const { id, auditCount } = item;
  return {
    id: deterministicId('newsCard', id, String(auditCount)),
    dueAt,
    body: newsCardMessage.body({ newsId: id, shown: shownOf(item) }),
  };
}

interface Deps {
  readonly store: Pick<NewsStore, 'find'>;
  readonly cards: NewsCards;
  readonly people: Pick<PeopleService, 'find'>;
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly show: ShowNotice;
}

const supersededReason = 'superseded';
const superseded: Outcome = { result: 'undeliverable', reason: supersededReason };
/** Longer than a change takes, and shorter than a claim of the outbox. */
const takenSeconds = 40;
const busySeconds = 5;

/**
 * Changes the cards of an item, one at a time each, so that an older state never comes to lie over a newer one. A message whose
 * state is not the item's any more does nothing: each change has a message of its own, and the last one is true. Where no card
 * could be changed that was there, the item goes to its author as a new message.
 */
export function newsCardDelivery({
  store,
  cards,
  people,
  outbox,
  show,
}: Deps): DeliveryKind<PayloadOf<typeof newsCardMessage>> {
  /** @returns what kept the card from being changed; `gone` where it is not there any more: it is kept until its author gets another. */
  async function change(
    person: Person,
    card: Versioned<NewsCard>,
    shown: string,
    claim: AbortSignal | undefined,
  ): Promise<'changed' | 'gone' | Outcome> {
    const { newsId, question } = card.value;
    const taken = await cards.take(card, takenSeconds);
    if (taken === undefined) return { result: 'postponed', reason: 'busy', afterSeconds: busySeconds };
    const notice: NewsNotice = {
      about: 'newsCurrent',
      newsId,
      shown,
      ...(question !== undefined && { question }),
    };
    const outcome = await show(person, notice, claim, taken);
    if (outcome.result === 'sent') {
      await cards.release(taken, shown);
      return 'changed';
    }
    const isRefused = outcome.result === 'failed' || outcome.result === 'undeliverable';
    const isGone = isRefused && outcome.reason !== supersededReason;
    await cards.release(taken, taken.shown);
    if (isGone) return 'gone';
    // To change it twice is to change it once.
    return outcome.result === 'uncertain' ? { ...outcome, result: 'retry' } : outcome;
  }

  /** The message that takes the place of the cards that showed an item. */
  function replacement({ id: to }: Person, newsId: NewsId, shown: string, dueAt: string): NewMessage {
    const notice: NewsNotice = { about: 'newsCurrent', newsId };
    const id = deterministicId<MessageId>('newsCurrent', newsId, shown, to);
    return { id, dueAt, body: noticeMessage.body({ to, notice }) };
  }

  return {
    ...newsCardMessage,
    // A card that is changed twice looks the same.
    afterCrash: 'repeat',
    afterRestore: 'run',
    async handle({ newsId, shown }, { dueAt }, claim) {
      const item = (await store.find(newsId))?.value;
      if (item === undefined || shownOf(item) !== shown) return superseded;
      const [all, person] = await Promise.all([cards.of(newsId), people.find(item.author.id)]);
      if (all.length === 0 || person === undefined) return superseded;
      for (const { value } of all.slice(maxCards)) await cards.forget(value, newsId);
      const results = all.slice(0, maxCards).map((card) => ({ card, isCurrent: card.value.shown === shown }));
      let isSeen = results.some(({ isCurrent }) => isCurrent);
      const lost: NewsCard[] = [];
      for (const { card } of results.filter(({ isCurrent }) => !isCurrent)) {
        const result = await change(person, card, shown, claim);
        if (result === 'changed') isSeen = true;
        else if (result === 'gone') lost.push(card.value);
        else return result;
      }
      if (lost.length === 0) return { result: 'sent' };
      const messages = isSeen ? [] : [replacement(person, newsId, shown, dueAt)];
      // One without the other would leave the author without a word, or with two.
      await whileConflicting(async () => outbox.commit(await cards.forgetting(lost), messages));
      return { result: 'sent' };
    },
  };
}
