import type { PersonRef } from '../platform/actor.js';
import type { IssueId, NewsId, ProjectId, ReleaseId } from '../platform/ids.js';
import type { Language, PublicLanguage } from '../shared/languages.js';
import type { Texts } from '../content/text.js';

/** The audiences of the communication plan (kohderyhmät). */
export const audiences = [
  'residents',
  'professionals',
  'middleManagement',
  'topManagement',
  'electedOfficials',
  'ministry',
  'nationalStakeholders',
  'ngos',
  'businesses',
] as const;
export type Audience = (typeof audiences)[number];

export const channels = ['newsletter', 'intranet', 'media', 'web', 'social'] as const;
export type Channel = (typeof channels)[number];

export const newsStates = [
  'submitted',
  'inReview',
  'changesRequested',
  'accepted',
  'rejected',
  'withdrawn',
] as const;
export type NewsStateName = (typeof newsStates)[number];

/** The editorial state; each carries only its own data. Times are ISO instants. */
export type NewsState =
  | { readonly status: 'submitted'; readonly at: string }
  | { readonly status: 'inReview'; readonly at: string; readonly by: PersonRef }
  | {
      readonly status: 'changesRequested';
      readonly at: string;
      readonly by: PersonRef;
      readonly note: string;
    }
  | { readonly status: 'accepted'; readonly at: string; readonly by: PersonRef }
  | { readonly status: 'rejected'; readonly at: string; readonly by: PersonRef; readonly reason: string }
  | { readonly status: 'withdrawn'; readonly at: string };

/** Where an item is used: a relation, not a state of the item. */
export type NewsUse =
  | { readonly in: 'newsletter'; readonly id: IssueId; readonly number: number; readonly at: string }
  | { readonly in: 'release'; readonly id: ReleaseId; readonly channel: string; readonly at: string };

/** A piece of news as a project worker told it and as the coordinator has edited it. */
export interface NewsItem {
  readonly id: NewsId;
  readonly projectId: ProjectId;
  readonly author: PersonRef;
  readonly submittedAt: string;
  /** The language in which the author wrote. */
  readonly originalLanguage: Language;
  readonly state: NewsState;
  readonly texts: Texts;
  readonly audiences: readonly Audience[];
  readonly wishedChannels: readonly Channel[];
  readonly link?: string;
  /** ISO date before which it must not be published. */
  readonly earliestDate?: string;
  readonly uses: readonly NewsUse[];
  /** How many audit entries there are; the newest has this number. */
  readonly auditCount: number;
}

/** One line of a list: what is needed to recognise an item, nothing more. */
export interface NewsLine {
  readonly id: NewsId;
  readonly projectId: ProjectId;
  readonly authorName: string;
  readonly submittedAt: string;
  readonly status: NewsStateName;
  readonly titles: Partial<Record<Language, string>>;
  readonly missing: readonly PublicLanguage[];
  readonly used: boolean;
}

/** What was done to an item, by whom and when. `before` is the state that an undo brings back. */
export interface AuditEntry {
  readonly number: number;
  readonly at: string;
  readonly by: PersonRef;
  readonly event:
    | {
        readonly action:
          | 'submit'
          | 'resubmit'
          | 'withdraw'
          | 'startReview'
          | 'accept'
          | 'reopen'
          | 'editDetails'
          | 'undo';
      }
    | { readonly action: 'requestChanges' | 'reject' | 'note'; readonly text: string }
    | {
        readonly action: 'edit' | 'check';
        readonly language: Language;
        readonly revision: number;
      }
    | { readonly action: 'parkText'; readonly language: Language; readonly basedOn: number }
    | { readonly action: 'place' | 'remove'; readonly where: NewsUse };
  readonly before?: NewsState;
}

/** A filter of the inbox; what is left out matches all. */
export interface NewsFilter {
  readonly state?: NewsStateName;
  readonly projectId?: ProjectId;
  readonly missing?: PublicLanguage;
}
