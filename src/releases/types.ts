import type { PersonRef } from '../platform/actor.js';
import type { AuditEntry } from '../platform/aggregate.js';
import type { Holiday } from '../platform/holidays.js';
import type { MessageId, NewsId, ProjectId, ReleaseId } from '../platform/ids.js';
import type { ClockChange } from '../platform/wall-time.js';
import type { Language, PublicLanguage } from '../shared/languages.js';
import type { TextEvent } from '../content/edits.js';
import type { Texts } from '../content/text.js';

export const releaseStates = [
  'draft',
  'approved',
  'scheduled',
  'publishing',
  'published',
  'failed',
  'uncertain',
  'cancelled',
] as const;
export type ReleaseStateName = (typeof releaseStates)[number];

export type Revisions = Partial<Record<Language, number>>;

/** Who found the texts fit to publish, and just which revisions of them. */
export interface Approval {
  readonly at: string;
  readonly by: PersonRef;
  /** The revisions of the public languages that are published; what is not here stays unpublished. */
  readonly revisions: Revisions;
  /** Why it may go out although a language is missing or behind. */
  readonly waiver?: { readonly reason: string };
}

/** A time on which it is to go out, and the message of the outbox that will publish it. */
export interface Plan {
  readonly approval: Approval;
  /** ISO instant. */
  readonly due: string;
  readonly message: MessageId;
}

/** Why a release did not go out, after how many attempts. */
interface PublishFailure {
  readonly reason: string;
  readonly attempts: number;
}

/** Each state has only its own data; see CONTEXT.md for their meaning. Times are ISO instants. */
export type ReleaseState =
  | { readonly status: 'draft'; readonly at: string }
  | {
      readonly status: 'approved';
      readonly approval: Approval;
      /** Its time passed while nobody could publish it: a person decides again. */
      readonly overdue?: { readonly due: string };
    }
  | ({ readonly status: 'scheduled'; readonly at: string; readonly by: PersonRef } & Plan)
  | ({ readonly status: 'publishing'; readonly at: string } & Plan)
  | ({ readonly status: 'published'; readonly at: string; readonly urls: PublishedUrls } & Plan)
  | ({ readonly status: 'failed'; readonly at: string } & PublishFailure & Plan)
  | ({ readonly status: 'uncertain'; readonly at: string } & PublishFailure & Plan)
  | { readonly status: 'cancelled'; readonly at: string; readonly by: PersonRef };

export type PublishedUrls = Partial<Record<PublicLanguage, string>>;

/** A text for one channel, with its own copies of the item's texts. */
export interface Release {
  readonly id: ReleaseId;
  /** The id of the channel where it is published. */
  readonly channel: string;
  /** The item that it was made from, and the revisions of the item's texts that were last taken. */
  readonly source?: { readonly newsId: NewsId; readonly revisions: Revisions };
  readonly projectId?: ProjectId;
  readonly createdAt: string;
  readonly texts: Texts;
  readonly state: ReleaseState;
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
        | 'startPublishing';
    }
  | { readonly action: 'approve'; readonly waiver?: string }
  | { readonly action: 'schedule' | 'publishNow' | 'overdue'; readonly due: string }
  | { readonly action: 'published'; readonly urls: PublishedUrls }
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

/** The revisions that somebody had before their eyes; a language that is not here had no text. */
export type SeenRevisions = { readonly [Seen in PublicLanguage]?: number | undefined };

/** Releases on the days that a page of a calendar shows, in whole weeks from Monday; ISO dates. */
export interface ReleaseCalendar {
  /** Absent where the page begins with the current week. */
  readonly month?: string;
  readonly first: string;
  readonly last: string;
  readonly lines: readonly ReleaseLine[];
  readonly holidays: readonly Holiday[];
}

/** What of the releases waits for people. `more`: there are more than are counted. */
export interface ReleaseOverview {
  /** Due today and not out yet. */
  readonly today: readonly ReleaseLine[];
  readonly overdue: number;
  readonly failed: number;
  readonly uncertain: number;
  readonly more: boolean;
}
