import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { noticeMessage, type NoticeKind } from '../delivery/notices.js';
import { today, type Clock } from '../platform/clock.js';
import type { NewsId, PersonId, ReleaseId } from '../platform/ids.js';
import { shownOf, type NewsCards } from './cards.js';
import type { NewsItem } from './types.js';
import { urgencyOf } from './urgency.js';

const newsId = z.string() as unknown as z.ZodType<NewsId>;
const releaseId = z.string() as unknown as z.ZodType<ReleaseId>;

/** What an author is notified of: what became of their item, and where it is used. */
const payloads = [
  z.object({ about: z.literal('newsAccepted'), newsId }),
  z.object({ about: z.literal('changesRequested'), newsId, note: z.string() }),
  z.object({ about: z.literal('newsRejected'), newsId, reason: z.string() }),
  z.object({ about: z.literal('newsNote'), newsId, note: z.string(), from: z.string() }),
  z.object({ about: z.literal('newsPlaced'), newsId, issueNumber: z.number() }),
  /** `releaseId`: of the release that was published; those of before do not name it. */
  z.object({
    about: z.literal('newsPublished'),
    newsId,
    urls: z.record(z.string(), z.string()),
    releaseId: releaseId.exactOptional(),
  }),
  /** To the coordinators: it wants to be dealt with soon. */
  z.object({ about: z.literal('newsUrgent'), newsId }),
  /**
   * How it stands: where the card that followed it is there no more. `shown`: only while the item shows this. `question`: on the
   * card with which this was asked.
   */
  z.object({
    about: z.literal('newsCurrent'),
    newsId,
    shown: z.string().optional(),
    question: z.string().optional(),
  }),
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
/** What wants something of its recipient. */
const duties: readonly NewsNotice['about'][] = ['changesRequested', 'newsRejected', 'newsNote', 'newsUrgent'];
/** Those whose card follows the item from then on. */
const following: readonly NewsNotice['about'][] = [...silent, 'newsCurrent'];

/**
 * Whether an item still is what the notice says. A decision may have been taken back, or made otherwise, while the notice waited,
 * as it does up to two months for an author who has not met the bot.
 */
async function isTrueOf(
  { state, uses, ...item }: NewsItem,
  notice: Exclude<NewsNotice, { about: 'newsNote' | 'newsCurrent' }>,
  day: Temporal.PlainDate,
): Promise<boolean> {
  switch (notice.about) {
    case 'newsAccepted':
      return state.status === 'accepted';
    case 'changesRequested':
      return state.status === 'changesRequested' && state.note === notice.note;
    case 'newsRejected':
      return state.status === 'rejected' && state.reason === notice.reason;
    case 'newsPlaced':
      return uses.some((use) => use.in === 'newsletter' && use.number === notice.issueNumber);
    case 'newsPublished':
      return (
        notice.releaseId === undefined ||
        uses.some((use) => use.in === 'release' && use.id === notice.releaseId && use.outAt !== undefined)
      );
    case 'newsUrgent':
      return (await urgencyOf({ ...item, state }, day)) !== undefined;
  }
}

interface KindDeps {
  readonly cards: Pick<NewsCards, 'any' | 'keep'>;
  readonly store: { find(id: NewsId): Promise<{ readonly value: NewsItem } | undefined> };
  readonly clock: Clock;
}

/**
 * Notices to authors. That an item is accepted or placed is said by the card that follows it; where there is none, by a message,
 * which follows it from then on. So does a question, which must not go on asking once it is answered or the item has moved on.
 */
export function newsNotices({ cards, store, clock }: KindDeps): readonly NoticeKind[] {
  async function stillTrue(notice: NewsNotice, way?: 'feed'): Promise<boolean> {
    const { newsId } = notice;
    // What was written stays so; how it stands is read when it is shown.
    if (notice.about === 'newsNote' || notice.about === 'newsCurrent') return true;
    if (way === undefined && silent.includes(notice.about) && (await cards.any(newsId))) return false;
    const item = (await store.find(newsId))?.value;
    return item !== undefined && isTrueOf(item, notice, today(clock));
  }

  /** What the card shows with which something was asked: the item as it is, unless it has moved on in between. */
  async function askedOn({ newsId, note }: NewsNotice & { readonly about: 'changesRequested' }) {
    const item = (await store.find(newsId))?.value;
    const isAsked = item?.state.status === 'changesRequested' && item.state.note === note;
    return [newsId, isAsked ? shownOf(item) : '', note] as const;
  }

  return payloads.map((payload): NoticeKind<NewsNotice> => ({
    kind: payload.shape.about.value,
    payload,
    stillTrue,
    arrived: async (notice, place) => {
      const { about, newsId } = notice;
      if (notice.about === 'changesRequested') return cards.keep(place, ...(await askedOn(notice)));
      // What exactly it shows is not known here: the next change brings it in step.
      if (following.includes(about)) await cards.keep(place, newsId, '');
    },
    isDuty: ({ about }) => duties.includes(about),
    subject: ({ newsId }) => `news:${newsId}`,
  }));
}
