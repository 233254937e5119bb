import type { PersonRef } from '../platform/actor.js';
import type { AuditEntry } from '../platform/aggregate.js';
import type { MessageId, NewsId, ProjectId, ReleaseId } from '../platform/ids.js';
import type { ClockChange } from '../platform/wall-time.js';
import type { Language, PublicLanguage } from '../shared/languages.js';
import type { TextEvent } from '../content/edits.js';
import type { Deviations } from '../content/deviation.js';
import type { Texts } from '../content/text.js';

export const releaseStates = [
  'draft',
  'approved',
  'scheduled',
  'publishing',
  'published',
  'takenDown',
  'failed',
  'uncertain',
  'cancelled',
] as const;
export type ReleaseStateName = (typeof releaseStates)[number];

export type Revisions = Partial<Record<Language, number>>;

/** Who let it go out, and which revisions of the item's texts they had before them. */
export interface Approval {
  readonly at: string;
  readonly by: PersonRef;
  /** The revisions in the languages that go out; once it is being published, just these do. */
  readonly revisions: Revisions;
  /** Who approved it before `by` did, where two have to. */
  readonly first?: { readonly at: string; readonly by: PersonRef };
  /** Why it may go out although a language is not ready. */
  readonly waiver?: {
    readonly reason: string;
    /** Which; until it was kept, those that the approval has no revision of. */
    readonly languages?: readonly PublicLanguage[];
  };
}

/**
 * The first of two approvals: what is to be done once another person approves it too. It stands beside the state in which the
 * release goes on being until then, and goes with it.
 */
export interface FirstApproval {
  readonly approval: Approval;
  /** Of what readers would get: an approval of something else does not count. */
  readonly stamp: string;
  readonly move: 'schedule' | 'publishNow' | 'correct' | 'putBack';
  /** ISO instant at which it is to go out; without one as soon as both have approved it. */
  readonly due?: string;
  readonly note?: CorrectionNote;
}

/** The release was sent back to whoever writes it. */
export interface SentBack {
  readonly at: string;
  readonly by: PersonRef;
  readonly reason: string;
}

/** What is asked of the channel: that it shows a release, shows it as it is now, hides it, or shows it again. */
export type Purpose = 'publish' | 'correct' | 'takeDown' | 'putBack';

/** A note to readers beside a corrected page, by language. */
export type CorrectionNote = Readonly<Partial<Record<PublicLanguage, string>>>;

/** A time at which the channel is to be asked, and the message of the outbox that will do so. */
export interface Plan {
  readonly approval: Approval;
  /** ISO instant. */
  readonly due: string;
  readonly message: MessageId;
  /** Left out for a first publication. */
  readonly purpose?: Exclude<Purpose, 'publish'>;
  /** The note of a correction to its readers. */
  readonly note?: CorrectionNote;
}

/** A correction that readers see. */
export interface Correction {
  /** ISO instant. */
  readonly at: string;
  readonly note: CorrectionNote;
}

/** What the channel shows, or has shown until it was taken down. */
export interface Out {
  /** When it was published first; ISO instant. */
  readonly at: string;
  readonly urls: PublishedUrls;
  /** Which contents: the same for the same. */
  readonly stamp: string;
  readonly corrections: readonly Correction[];
  readonly approval: Approval;
}

/** Why a release did not go out, after how many attempts. */
interface PublishFailure {
  readonly reason: string;
  readonly attempts: number;
}

/** States in which a release can wait for the second of two approvals. */
interface Approvable {
  readonly firstApproval?: FirstApproval;
}

/** Each state has only its own data; see CONTEXT.md for their meaning. Times are ISO instants. */
export type ReleaseState =
  | ({ readonly status: 'draft'; readonly at: string } & Approvable)
  | ({
      readonly status: 'approved';
      readonly approval: Approval;
      /** Its time passed while nobody could publish it, or while its text was not ready: a person decides again. */
      readonly overdue?: { readonly due: string; readonly because?: 'text' };
    } & Approvable)
  | ({ readonly status: 'scheduled'; readonly at: string; readonly by: PersonRef } & Plan & Approvable)
  | ({
      readonly status: 'publishing';
      readonly at: string;
      /** Handed in at the channel, where somebody has to approve it before readers see it; since when. */
      readonly awaitsApproval?: { readonly since: string; readonly urls: PublishedUrls };
    } & Plan)
  | ({ readonly status: 'published'; readonly at: string; readonly urls: PublishedUrls } & Plan & Approvable)
  | ({ readonly status: 'failed'; readonly at: string } & PublishFailure & Plan & Approvable)
  | ({ readonly status: 'uncertain'; readonly at: string } & PublishFailure & Plan & Approvable)
  | ({ readonly status: 'takenDown'; readonly at: string; readonly by: PersonRef } & Approvable)
  | { readonly status: 'cancelled'; readonly at: string; readonly by: PersonRef };

export type PublishedUrls = Partial<Record<PublicLanguage, string>>;

/** A release as it was kept until an item stood behind each: with copies of the texts, made from an item or from nothing. */
export interface ReleaseBefore {
  readonly texts: Texts;
  readonly source?: { readonly newsId: NewsId; readonly revisions: Revisions };
  readonly projectId?: ProjectId;
}

/** What lists show of the item behind a release: a copy, brought up to date with the item. */
export interface Shown {
  readonly titles: Partial<Record<Language, string>>;
  /** Public languages that can't go out without a waiver. */
  readonly notReady: readonly PublicLanguage[];
  readonly projectId?: ProjectId;
  /** The item was made for this release. */
  readonly loose?: true;
}

/** An item in one channel: its texts are the item's, but for what this channel says otherwise. */
export interface Release {
  readonly id: ReleaseId;
  /** The id of the channel where it is published. */
  readonly channel: string;
  readonly newsId: NewsId;
  readonly own: Deviations;
  /** Whom readers may ask; the item's author where nobody is named. */
  readonly contact?: string;
  readonly shown: Shown;
  readonly createdAt: string;
  readonly state: ReleaseState;
  /** Absent until the channel has shown it. */
  readonly out?: Out;
  /** Until it is approved again. */
  readonly sentBack?: SentBack;
  /** As an older release of Big Room stored it; gone once it has been read with its item. */
  readonly before?: ReleaseBefore;
  /** How many times it was planned to go out: makes the id of the next message new. */
  readonly plans: number;
  /** How many audit entries there are; the newest has this number. */
  readonly auditCount: number;
}

export type ReleaseEvent =
  | {
      readonly action:
        | 'create'
        | 'unapprove'
        | 'unschedule'
        | 'cancel'
        | 'restore'
        | 'retry'
        | 'undo'
        | 'startPublishing'
        | 'takeDown'
        | 'takenDown'
        | 'withdraw'
        | 'withdrawn'
        | 'editContact';
    }
  | {
      readonly action: 'giveUp';
      /** The channel had done it after all: somebody said so. */
      readonly done?: true;
    }
  | { readonly action: 'approve'; readonly waiver?: string }
  /** The first of two approvals, with what is to be done once there are both. */
  | ({ readonly action: 'approveFirst'; readonly waiver?: string } & Pick<FirstApproval, 'move' | 'due'>)
  | { readonly action: 'sendBack'; readonly text: string }
  | {
      readonly action: 'schedule' | 'publishNow' | 'overdue' | 'correct' | 'putBack';
      readonly due: string;
      readonly waiver?: string;
    }
  | { readonly action: 'editText' | 'useItemText'; readonly language: PublicLanguage }
  | { readonly action: 'published' | 'awaitsApproval'; readonly urls: PublishedUrls }
  | { readonly action: 'failed' | 'uncertain'; readonly reason: string }
  | { readonly action: 'takeSource'; readonly language: Language; readonly revision: number }
  | TextEvent;

/** What happened to a release. Without `by` Big Room did it itself. `before` is the state that an undo brings back. */
export type ReleaseAudit = AuditEntry<ReleaseEvent, ReleaseState>;

/** One line of a list or of the calendar. */
export interface ReleaseLine {
  readonly id: ReleaseId;
  readonly channel: string;
  readonly status: ReleaseStateName;
  readonly titles: Partial<Record<Language, string>>;
  /** Public languages that are not ready: missing, or behind the other. */
  readonly notReady: readonly PublicLanguage[];
  /** When it is to go out or went out. ISO instant. */
  readonly due?: string;
  /** Since when it is in this state. ISO instant. */
  readonly at: string;
  readonly overdue?: true;
  /** Somebody has to approve it where it is published. */
  readonly awaitsApproval?: true;
  /** The channel shows it already: what is planned is a correction. */
  readonly out?: true;
  /** Who approved it first, where it waits for another. */
  readonly firstBy?: PersonRef;
  readonly projectId?: ProjectId;
  readonly fromNews?: true;
}

/** What changed, and the audit number to give to `undo` while nothing else has happened since. */
export interface ReleaseChanged {
  readonly release: Release;
  readonly undo?: number;
}

/** `clockChange` says whether the clocks change at that time, so that another moment or the first of two was taken. */
export interface Scheduled extends ReleaseChanged {
  readonly clockChange: ClockChange;
}

/** What of the releases waits for people. `more`: there are more than are counted. */
export interface ReleaseOverview {
  /** Due today and not out yet. */
  readonly today: readonly ReleaseLine[];
  /** Approved by one, and waiting for the one who asks, too; at most a hundred. */
  readonly toApprove: readonly ReleaseLine[];
  readonly overdue: number;
  readonly failed: number;
  readonly uncertain: number;
  readonly more: boolean;
}
