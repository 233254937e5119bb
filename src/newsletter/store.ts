import type { Change, Versioned } from '../platform/commit.js';
import type { IssueId, StoryId } from '../platform/ids.js';
import type { Issue, IssueAudit, IssueLine, Story } from './types.js';

/** An issue with its stories, as read at once. */
export interface WholeIssue {
  readonly issue: Versioned<Issue>;
  readonly stories: readonly Story[];
}

/** How an issue changes: what it becomes, and which of its stories are written or taken out. */
export interface IssueChange {
  readonly issue: Issue;
  readonly storyCount: number;
  readonly put?: readonly Story[];
  readonly remove?: readonly StoryId[];
  readonly audit?: IssueAudit;
}

/** Where the newsletter is kept. Writing gives changes, to be committed with those of others. */
export interface NewsletterStore {
  /** Issues, newest first. */
  lines(limit: number): Promise<readonly IssueLine[]>;
  /** The issue and its stories in one round trip. */
  find(id: IssueId): Promise<WholeIssue | undefined>;
  audit(id: IssueId, number: number): Promise<IssueAudit | undefined>;
  insert(change: IssueChange): Change[];
  replace(before: Versioned<Issue>, change: IssueChange): Change[];
  /** Writes the issue as it is, so that whoever decided on it in the meantime must decide anew. */
  touch(issue: Versioned<Issue>): Change;
}
