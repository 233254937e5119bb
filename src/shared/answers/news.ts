import type { NewsAction } from '../../news/policy.js';
import type { PersonRef } from '../../platform/actor.js';
import type { DeskNow } from '../../news/presence.js';
import type { ViewCounts } from '../../news/views.js';
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

/** Answer of GET /api/news/:id/audit: newest first, 50 a page. `undo` is the number of the newest where one may undo it. */
export type NewsAuditAnswer = Page<Omit<NewsAuditEntry, 'before'>> & { readonly undo?: number };

/** Answer of GET /api/inbox/views. */
export type NewsViewsAnswer = ViewCounts;

/** Answer of GET /api/inbox/now. */
export type DeskAnswer = DeskNow;

/** Answer of GET /api/inbox/reviewers: who may take care of an item. */
export interface ReviewersAnswer {
  readonly people: readonly Reviewer[];
}

/** Somebody who may take care of an item; `away`: who acts for them, and until which day (ISO date). */
export interface Reviewer extends PersonRef {
  readonly away?: { readonly substitute: string; readonly until: string };
}

/** Answer of GET /api/news/:id/messages: what author and reviewers wrote to each other, newest first, 50 a page. */
export type NewsMessagesAnswer = Page<NewsMessage>;
