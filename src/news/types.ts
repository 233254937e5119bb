import type { AuditEntry } from '../platform/aggregate.js';
import type { PersonRef } from '../platform/actor.js';
import type { IssueId, NewsId, PersonId, ProjectId, ReleaseId } from '../platform/ids.js';
import type { Language, PublicLanguage } from '../shared/languages.js';
import type { TextEvent } from '../content/edits.js';
import type { ReadyMarks, TextContent, Texts } from '../content/text.js';
import type { NewsView } from './views.js';

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

/** The states as people see them: accepted news that can be read somewhere is published. */
export const shownNewsStates = [...newsStates, 'published'] as const;
export type ShownNewsState = (typeof shownNewsStates)[number];

/** The state of the item of a line as people see it. */
export function shownStateOf({ status, outAt }: Pick<NewsLine, 'status' | 'outAt'>): ShownNewsState {
  return status === 'accepted' && outAt !== undefined ? 'published' : status;
}

/** The editorial state; each has only its own data. Times are ISO instants. */
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
  | {
      readonly in: 'newsletter';
      readonly id: IssueId;
      readonly number: number;
      readonly at: string;
      readonly outAt?: string;
    }
  | {
      readonly in: 'release';
      readonly id: ReleaseId;
      readonly channel: string;
      readonly at: string;
      /** Where it can be read by now, by language; absent while it is not out. */
      readonly urls?: Partial<Record<PublicLanguage, string>>;
      /** When it was published; ISO instant. */
      readonly outAt?: string;
      /** It is where it is to be published, and somebody there has to approve it. */
      readonly awaitsApproval?: true;
    };

/** What an item has beside its texts. */
export interface NewsDetails {
  readonly projectId: ProjectId;
  readonly audiences: readonly Audience[];
  readonly wishedChannels: readonly Channel[];
  readonly link?: string;
  /** ISO date before which it must not be published. */
  readonly earliestDate?: string;
}

/** `question`: to change something; `answer`: to a question; `message`: anything else. */
export const messageKinds = ['question', 'answer', 'message'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** One message between the author of an item and the communications team. */
export interface NewsMessage {
  /** Of the audit entry with which it was stored: newer ones have greater numbers. */
  readonly number: number;
  /** ISO instant. */
  readonly at: string;
  readonly by: PersonRef;
  readonly kind: MessageKind;
  readonly text: string;
}

/** The newest message about an item, as the item knows it. */
export interface LastMessage extends Omit<NewsMessage, 'number' | 'text'> {
  /** The author has dealt with it: by an answer in the form, or by sending the text again. */
  readonly isAnswered?: true;
}

/** A piece of news as a project worker wrote it and as the coordinator has edited it. */
export interface NewsItem extends NewsDetails {
  readonly id: NewsId;
  readonly author: PersonRef;
  readonly submittedAt: string;
  /** The language in which the author wrote. */
  readonly originalLanguage: Language;
  readonly state: NewsState;
  readonly texts: Texts;
  /**
   * In which languages its public text is owed, as the programme had it when the item changed last; all where nothing is set.
   */
  readonly languages?: readonly PublicLanguage[];
  readonly uses: readonly NewsUse[];
  /** Made for a release or a story that had nothing behind it, by whoever wrote that. */
  readonly made?: true;
  /** The colleague who takes care of it. */
  readonly assignee?: PersonRef;
  /** Where somebody who reviews has it from: a mail, a meeting, who told it. */
  readonly source?: string;
  /** When its author changed something last, after it was submitted. */
  readonly authorAt?: string;
  /** The last change of any kind. */
  readonly changedAt?: string;
  /** Its author asked to have it dealt with soon. */
  readonly isUrgent?: true;
  /** The most urgent thing of which the coordinators were notified: `asked` for, or its earliest date. Absent while it is not urgent. */
  readonly urgentFor?: string;
  readonly lastMessage?: LastMessage;
  /** How many audit entries there are; the newest has this number. */
  readonly auditCount: number;
}

/** What a worker fills in. The lead answers "why does it matter to the reader?", the body "what happened?". */
export interface Submission {
  /** Made when the form was drawn: the same form sent three times is one item. */
  readonly formId: string;
  readonly language: Language;
  readonly text: TextContent;
  readonly isUrgent: boolean;
  readonly details: NewsDetails;
  readonly source?: string;
}

/** One line of a list: what is needed to recognise an item, nothing more. */
export interface NewsLine {
  readonly id: NewsId;
  readonly projectId: ProjectId;
  readonly authorName: string;
  readonly submittedAt: string;
  readonly status: NewsStateName;
  readonly titles: Partial<Record<Language, string>>;
  /** The public languages in which its text is not ready. */
  readonly missing: readonly PublicLanguage[];
  readonly used: boolean;
  /** When it was last published somewhere; ISO instant. Absent too in lines that an older release has written. */
  readonly outAt?: string;
  /** Absent, as all that follows, in lines that an older release has written and nobody has changed since. */
  readonly view?: NewsView;
  /** Its author wrote last, after it was decided on, and nobody has dealt with that. */
  readonly awaitsReply?: true;
  /** When it came up in its view last. */
  readonly movedAt?: string;
  /** It was submitted again after changes had been asked for. */
  readonly isResubmitted?: true;
  /** The beginning of what its author was asked, while there is no answer. */
  readonly asked?: string;
  readonly audiences?: readonly Audience[];
  readonly wishedChannels?: readonly Channel[];
  readonly earliestDate?: string;
  readonly assignee?: PersonRef;
  /** Of its texts: who accepts it without opening it approves these and no others. */
  readonly revisions?: Readonly<Partial<Record<Language, number>>>;
  /** The newest message about it, and whether the author wrote it or has dealt with it. */
  readonly lastMessage?: {
    readonly at: string;
    readonly kind: MessageKind;
    readonly isAuthors: boolean;
    readonly isAnswered: boolean;
  };
}

/** What was done to an item. */
export type NewsEvent =
  | {
      readonly action: 'submit' | 'make' | 'withdraw' | 'startReview' | 'reopen' | 'editDetails' | 'undo';
    }
  /** With the marks of its texts before, where it said that what the author wrote is ready. */
  | { readonly action: 'accept'; readonly marks?: ReadyMarks }
  /** With the author's answer to what was asked, where there is one. */
  | { readonly action: 'resubmit'; readonly text?: string }
  | { readonly action: 'requestChanges' | 'reject' | 'note' | 'message'; readonly text: string }
  /** Nobody is assigned any more where `to` is absent; `from` had it before. */
  | { readonly action: 'assign'; readonly to?: PersonRef; readonly from?: PersonRef }
  | TextEvent
  | { readonly action: 'place' | 'remove'; readonly where: NewsUse };

/** What was done to an item, by whom and when. `before` is the state that an undo brings back. */
export type NewsAuditEntry = AuditEntry<NewsEvent, NewsState>;

/** A filter of the inbox; what is left out matches all. */
export interface NewsFilter {
  readonly state?: NewsStateName;
  readonly projectId?: ProjectId;
  readonly missing?: PublicLanguage;
  readonly view?: NewsView;
  /** Who takes care of it; only together with a view. */
  readonly assigneeId?: PersonId;
}
