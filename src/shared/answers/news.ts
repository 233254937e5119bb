import type { NewsAction } from '../../news/policy.js';
import type { Page } from '../../platform/pages.js';
import type { NewsAuditEntry, NewsItem, NewsLine, NewsMessage } from '../../news/types.js';

/** Answer of GET /api/news: a page of the inbox. `more`: a search found more than it shows. */
export interface NewsListAnswer {
  readonly lines: readonly NewsLine[];
  readonly next?: string;
  readonly more?: boolean;
}

/** Answer of GET /api/news/:id and of everything that changes an item. `undo` goes to POST .../undo. */
export interface NewsItemAnswer {
  readonly item: NewsItem;
  readonly actions: readonly NewsAction[];
  readonly undo?: number;
}

/** Answer of GET /api/news/:id/audit: newest first, 50 a page. */
export type NewsAuditAnswer = Page<Omit<NewsAuditEntry, 'before'>>;

/** Answer of GET /api/news/:id/messages: what author and reviewers wrote to each other, newest first, 50 a page. */
export type NewsMessagesAnswer = Page<NewsMessage>;
