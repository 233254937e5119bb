import { z } from 'zod';
import { noticeMessage, type NoticeKind } from '../delivery/notices.js';
import type { NewsId, PersonId } from '../platform/ids.js';

const newsId = z.string() as unknown as z.ZodType<NewsId>;

/** What an author is notified of: what became of their item, and where it is used. */
const payloads = [
  z.object({ about: z.literal('newsAccepted'), newsId }),
  z.object({ about: z.literal('changesRequested'), newsId, note: z.string() }),
  z.object({ about: z.literal('newsRejected'), newsId, reason: z.string() }),
  z.object({ about: z.literal('newsNote'), newsId, note: z.string(), from: z.string() }),
  z.object({ about: z.literal('newsPlaced'), newsId, issueNumber: z.number() }),
  z.object({ about: z.literal('newsPublished'), newsId, urls: z.record(z.string(), z.string()) }),
] as const;

export type NewsNotice = Readonly<z.infer<(typeof payloads)[number]>>;

/** The body of the message with a notice to an author. */
export function authorNotice(to: PersonId, notice: NewsNotice) {
  return noticeMessage.body({ to, notice });
}

export const newsNotices: readonly NoticeKind[] = payloads.map((payload): NoticeKind<NewsNotice> => ({
  kind: payload.shape.about.value,
  payload,
  subject: ({ newsId }) => `news:${newsId}`,
}));
