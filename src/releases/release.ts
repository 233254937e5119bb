import type { PersonRef } from '../platform/actor.js';
import type { MessageId, NewsId, ProjectId, ReleaseId } from '../platform/ids.js';
import type { Language, PublicLanguage } from '../shared/languages.js';
import type { Texts } from '../content/text.js';

/** Where releases go. Only the intranet has a channel yet; the states and the queue are the same for all. */
export type ReleaseChannel = 'intranet' | 'media' | 'web' | 'social';

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

/** A time on which it is to go out, and the message of the outbox that will carry it. */
export interface Plan {
  readonly approval: Approval;
  /** ISO instant. */
  readonly due: string;
  readonly message: MessageId;
}

/** Each state carries only its own data; see CONTEXT.md for the words. Times are ISO instants. */
export type ReleaseState =
  | { readonly status: 'draft'; readonly at: string }
  | {
      readonly status: 'approved';
      readonly approval: Approval;
      /** Its time passed while nobody could publish it: a person decides anew. */
      readonly overdue?: { readonly due: string };
    }
  | ({ readonly status: 'scheduled'; readonly at: string; readonly by: PersonRef } & Plan)
  | ({ readonly status: 'publishing'; readonly at: string } & Plan)
  | ({ readonly status: 'published'; readonly at: string; readonly urls: PublishedUrls } & Plan)
  | ({
      readonly status: 'failed';
      readonly at: string;
      readonly reason: string;
      readonly attempts: number;
    } & Plan)
  | ({
      readonly status: 'uncertain';
      readonly at: string;
      readonly reason: string;
      readonly attempts: number;
    } & Plan)
  | { readonly status: 'cancelled'; readonly at: string; readonly by: PersonRef };

export type PublishedUrls = Partial<Record<PublicLanguage, string>>;

/** A text on its way to one channel, with its own copies of the words. */
export interface Release {
  readonly id: ReleaseId;
  readonly channel: ReleaseChannel;
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

/** What was done to a release. Without `by` Big Room did it itself. `before` is the state that an undo brings back. */
export interface ReleaseAudit {
  readonly number: number;
  readonly at: string;
  readonly by?: PersonRef;
  readonly event:
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
    | {
        readonly action: 'edit' | 'check' | 'takeSource';
        readonly language: Language;
        readonly revision: number;
      }
    | { readonly action: 'parkText'; readonly language: Language; readonly basedOn: number };
  readonly before?: ReleaseState;
}

/** One line of a list or of the calendar. */
export interface ReleaseLine {
  readonly id: ReleaseId;
  readonly channel: ReleaseChannel;
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
