import type { PersonRef } from '../platform/actor.js';
import type { AuditEntry } from '../platform/aggregate.js';
import type { IssueId, MessageId, NewsId, ProjectId, StoryId } from '../platform/ids.js';
import { deterministicId } from '../platform/ids.js';
import type { PublicLanguage } from '../shared/languages.js';
import type { Deviations } from '../content/deviation.js';

export const issueStates = ['collecting', 'drafting', 'approved', 'sending', 'sent'] as const;
export type IssueStateName = (typeof issueStates)[number];

/** Why a story may go out although a language of it is not ready. */
export interface Waiver {
  readonly storyId: StoryId;
  readonly language: PublicLanguage;
  readonly reason: string;
}

/** The revision of each language of an item that was approved; a language without one is missing, or was left out for a text that says all of it otherwise. */
export type Pins = Readonly<Record<StoryId, Partial<Record<PublicLanguage, number>>>>;

/** What an approval pins. */
export interface Approval {
  readonly approvedAt: string;
  readonly approvedBy: PersonRef;
  /** Who approved it before, where two have to. */
  readonly first?: { readonly at: string; readonly by: PersonRef };
  readonly pins: Pins;
  readonly waivers: readonly Waiver[];
}

/** The first of two approvals. It goes with the state as soon as somebody changes the issue. */
export interface FirstApproval {
  readonly at: string;
  readonly by: PersonRef;
  /** Of what readers would get: an approval of something else does not count. */
  readonly stamp: string;
  /** The reasons count for the second approval too. */
  readonly waivers: readonly Waiver[];
}

/** The issue was sent back to whoever shapes it; until it is approved. */
export interface SentBack {
  readonly at: string;
  readonly by: PersonRef;
  readonly reason: string;
}

/** The state of an issue; each has only its own data. Times are ISO instants. */
export type IssueState =
  | { readonly status: 'collecting' }
  | { readonly status: 'drafting'; readonly firstApproval?: FirstApproval; readonly sentBack?: SentBack }
  | ({ readonly status: 'approved' } & Approval)
  | ({ readonly status: 'sending'; readonly startedAt: string } & Approval)
  | ({
      readonly status: 'sent';
      readonly at: string;
      /** It went out without Big Room: somebody said so. */
      readonly otherwise?: { readonly by: PersonRef };
    } & Approval);

/** What a mail says around its stories in one language; what is left out says itself. */
export interface LetterTexts {
  /** The lead story's title where it is left out. */
  readonly subject?: string;
  /** What inboxes show beside the subject; the beginning of the lead story where it is left out. */
  readonly preheader?: string;
  readonly greeting?: string;
  readonly signOff?: string;
}

export type Letter = Readonly<Partial<Record<PublicLanguage, LetterTexts>>>;

/** What stands above stories: the name of a project, or what somebody wrote for the readers of each language. */
export type Heading =
  | { readonly projectId: ProjectId }
  | { readonly own: Readonly<Record<PublicLanguage, string>> };

/** A section as it was laid by hand; only the first may have no heading. */
export interface LaidSection {
  /** Its own in the issue; that of a project's heading is the project's. */
  readonly id: string;
  readonly heading?: Heading;
  readonly stories: readonly StoryId[];
}

/**
 * The order that the coordinator gave by hand; what it does not name goes to the end of its section, or to the end. With a
 * `layout` that is the order; without one stories stand by project.
 */
export interface Arrangement {
  readonly projects: readonly ProjectId[];
  readonly stories: readonly StoryId[];
  readonly layout?: readonly LaidSection[];
}

/** What of an issue can be shaped, approved and taken back. */
export interface IssueShape {
  readonly state: IssueState;
  /** ISO date in Helsinki by which news should be in. */
  readonly deadline: string;
  /** The lead story when chosen by hand. */
  readonly lead?: StoryId;
  readonly arrangement?: Arrangement;
  readonly letter?: Letter;
  /** Put in order as until version 2, longest first; until somebody changes a length. */
  readonly byWeight?: true;
}

/** One edition of the newsletter (uutiskirjeen numero), as it is stored beside its stories. */
export interface Issue extends IssueShape {
  readonly id: IssueId;
  /** 1 for the first; each issue adds one. */
  readonly number: number;
  readonly openedAt: string;
  /** How many audit entries there are; the newest has this number. */
  readonly auditCount: number;
}

/** An issue with its stories, which change together. */
export interface WholeIssue extends Issue {
  readonly stories: readonly Story[];
}

/** How much room a story deserves: 3 leads, 1 is a short note. */
export type Weight = 1 | 2 | 3;
export const usualWeight: Weight = 2;

/** A news item in an issue. Its texts are the item's, but for what this issue says otherwise. */
export interface Story {
  readonly id: StoryId;
  readonly newsId: NewsId;
  readonly projectId: ProjectId;
  readonly weight: Weight;
  readonly addedAt: string;
  readonly own: Deviations;
  /** The notice to the author that the item was placed; cancelled when the story is taken out in time. */
  readonly notice?: MessageId;
}

/** One line of the list of issues. */
export interface IssueLine {
  readonly id: IssueId;
  readonly number: number;
  readonly status: IssueStateName;
  readonly deadline: string;
  readonly storyCount: number;
  /** When it was sent; ISO instant. */
  readonly sentAt?: string;
}

/** What was done to an issue. */
export type IssueEvent =
  | {
      readonly action:
        | 'open'
        | 'arrange'
        | 'arrangeAgain'
        | 'chooseLead'
        | 'deadline'
        | 'approve'
        | 'approveFirst'
        | 'unapprove'
        | 'sentOtherwise';
    }
  | { readonly action: 'sendBack'; readonly text: string }
  | { readonly action: 'letter'; readonly language: PublicLanguage }
  | {
      readonly action: 'place';
      readonly storyId: StoryId;
      /** What was placed together with it, in this order. */
      readonly others?: readonly StoryId[];
    }
  | { readonly action: 'remove' | 'setWeight'; readonly storyId: StoryId }
  | {
      readonly action: 'editText' | 'useItemText';
      readonly storyId: StoryId;
      readonly language: PublicLanguage;
    }
  | { readonly action: 'textChanged'; readonly newsId: NewsId }
  | { readonly action: 'undo'; readonly of: number };

/** What an undo brings back: the issue as it was shaped, and the story that was changed or taken out. */
export interface IssueBefore {
  readonly shape: IssueShape;
  readonly story?: Story;
  /** The items that a placing accepted on the way: by their stories, the number of the item's audit entry. */
  readonly accepted?: Readonly<Record<StoryId, number>>;
}

export type IssueAuditEntry = AuditEntry<IssueEvent, IssueBefore>;

/** The same number is always the same issue, so that two who open one at once open one. */
export function issueId(number: number): IssueId {
  return deterministicId<IssueId>('issue', String(number));
}

/** The same item in the same issue is always the same story. */
export function storyId(issue: IssueId, news: NewsId): StoryId {
  return deterministicId<StoryId>('story', issue, news);
}

/** The shape alone, for keeping what an undo brings back. */
export function shapeOf({ state, deadline, lead, arrangement, letter, byWeight }: IssueShape): IssueShape {
  return {
    state,
    deadline,
    ...(lead && { lead }),
    ...(arrangement && { arrangement }),
    ...(letter && { letter }),
    ...(byWeight && { byWeight }),
  };
}

export function lineOf({ id, number, state, deadline, stories }: WholeIssue): IssueLine {
  return {
    id,
    number,
    status: state.status,
    deadline,
    storyCount: stories.length,
    ...(state.status === 'sent' && { sentAt: state.at }),
  };
}
