import type { IssueId, ReleaseId, StoryId } from '../../platform/ids.js';
import type { IssueStateName } from '../../newsletter/types.js';
import type { PublishedUrls, ReleaseStateName } from '../../releases/types.js';

/** An item in an issue of the newsletter. */
export interface NewsletterOutlet {
  readonly issueId: IssueId;
  readonly storyId: StoryId;
  readonly number: number;
  readonly status: IssueStateName;
  /** ISO date. */
  readonly deadline: string;
}

/** An item in one channel. */
export interface ReleaseOutlet {
  readonly id: ReleaseId;
  readonly channel: string;
  readonly status: ReleaseStateName;
  /** When it is to go out or came out; ISO instant. */
  readonly due?: string;
  /** Its time passed and it did not go out. */
  readonly isOverdue: boolean;
  /** What is out is not what would go out now. */
  readonly movedOn: boolean;
  readonly isOut: boolean;
  /** Somebody has to approve it where it is published. */
  readonly awaitsApproval?: true;
  readonly urls?: PublishedUrls;
}

/** Answer of GET /api/news/:id/outlets: where an item is read, or is going to be. */
export interface OutletsAnswer {
  /** The issues that have it, newest first. */
  readonly newsletter: readonly NewsletterOutlet[];
  /** The issue that would take it now; without a number the next one is opened with it. */
  readonly open?: { readonly number: number };
  readonly releases: readonly ReleaseOutlet[];
}
