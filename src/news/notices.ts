import { z } from 'zod';
import { noticeMessage, type NoticeKind } from '../delivery/notices.js';
import type { NewsId, PersonId } from '../platform/ids.js';
import type { NewsCards } from './cards.js';

const newsId = z.string() as unknown as z.ZodType<NewsId>;

/** What an author is notified of: what became of their item, and where it is used. */
const payloads = [
  z.object({ about: z.literal('newsAccepted'), newsId }),
  z.object({ about: z.literal('changesRequested'), newsId, note: z.string() }),
  z.object({ about: z.literal('newsRejected'), newsId, reason: z.string() }),
  z.object({ about: z.literal('newsNote'), newsId, note: z.string(), from: z.string() }),
  z.object({ about: z.literal('newsPlaced'), newsId, issueNumber: z.number() }),
  z.object({ about: z.literal('newsPublished'), newsId, urls: z.record(z.string(), z.string()) }),
  /** How it stands: where the card that followed it is there no more. `shown`: only while the item shows this. */
  z.object({ about: z.literal('newsCurrent'), newsId, shown: z.string().optional() }),
] as const;

export type NewsNotice = Readonly<z.infer<(typeof payloads)[number]>>;

/** The body of the message with a notice to an author. */
export function authorNotice(to: PersonId, notice: NewsNotice) {
  return noticeMessage.body({ to, notice });
}

/** The kinds of the notices that have a card in chat. */
export const newsNoticeNames = payloads.map(({ shape }) => shape.about.value);

/** What a card that follows the item says too; a card alone says it. */
const silent: readonly NewsNotice['about'][] = ['newsAccepted', 'newsPlaced'];
/** Those whose card follows the item from then on. */
const following: readonly NewsNotice['about'][] = [...silent, 'newsCurrent'];

/**
 * Notices to authors. That an item is accepted or placed is said by the card that follows it; where there is none, by a message,
 * which follows it from then on.
 */
export function newsNotices(cards: Pick<NewsCards, 'any' | 'keep'>): readonly NoticeKind[] {
  return payloads.map((payload): NoticeKind<NewsNotice> => ({
    kind: payload.shape.about.value,
    payload,
    stillTrue: async ({ about, newsId }) => !silent.includes(about) || !(await cards.any(newsId)),
    arrived: async ({ about, newsId }, place) => {
      // What exactly it shows is not known here: the next change brings it in step.
      if (following.includes(about)) await cards.keep(place, newsId, '');
    },
    subject: ({ newsId }) => `news:${newsId}`,
  }));
}
