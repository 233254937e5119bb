import type { Deviations } from '../../content/deviation.js';
import type { Page } from '../../platform/pages.js';
import type { IssueAuditEntry } from '../../newsletter/types.js';
import type { Mail } from '../../newsletter/mail/mail.js';
import type { IssueView, StoryView } from '../../newsletter/view.js';
import type { IssueLine } from '../../newsletter/types.js';
import type { ErrorCode } from '../../platform/errors.js';
import type { IssueId, NewsId, StoryId } from '../../platform/ids.js';

/** Answer of GET /api/newsletter: newest first, so an open issue is the first. */
export interface IssueListAnswer {
  readonly issues: readonly IssueLine[];
}

/** Answer of GET /api/newsletter/:id and of everything that changes an issue. `undo` goes to POST .../undo. */
export interface IssueAnswer {
  readonly issue: IssueView;
  readonly storyId?: StoryId;
  /** What the story says otherwise, where that was changed. */
  readonly own?: Deviations;
  readonly undo?: number;
}

/** Answer of POST /api/newsletter/stories/several. `undo` takes back all that was placed. */
export interface PlacedSeveralAnswer {
  readonly placed: readonly NewsId[];
  /** The issue in which they are; absent where nothing could be placed. */
  readonly issueId?: IssueId;
  readonly undo?: number;
  readonly failed: readonly {
    readonly newsId: NewsId;
    readonly code: ErrorCode;
    readonly details: Readonly<Record<string, unknown>>;
  }[];
}

/** Answer of GET /api/newsletter/:id/stories/:story. */
export interface StoryAnswer {
  readonly story: StoryView;
}

/** Answer of GET /api/newsletter/:id/preview. */
export interface MailAnswer {
  readonly mail: Mail;
  /** What its files are called, without `.html` or `.txt`. */
  readonly fileName: string;
}

/** Answer of GET /api/newsletter/:id/audit: newest first, 50 a page. */
export type IssueAuditAnswer = Page<Omit<IssueAuditEntry, 'before'>>;
