import type { Actor, PersonRef } from '../platform/actor.js';
import type { IssueId, NewsId, ProjectId, StoryId } from '../platform/ids.js';
import type { Language, PublicLanguage } from '../shared/languages.js';
import type { NewsUser } from '../news/service.js';
import type { TextStatus, TextContent } from '../content/text.js';
import type { IssueLine, IssueStateName, OwnWords, Waiver, Weight } from './types.js';
import type { Mail } from './mail/mail.js';

/** A story as the outline shows it. */
export interface StoryLine {
  readonly id: StoryId;
  readonly newsId: NewsId;
  readonly weight: Weight;
  readonly authorName: string;
  /** The title that each language's reader gets; the other language's where one is missing. */
  readonly titles: Readonly<Record<PublicLanguage, string>>;
  readonly languages: Readonly<
    Record<PublicLanguage, { readonly status: TextStatus; readonly own: boolean }>
  >;
  readonly link?: string;
  /** ISO date before which the item must not be published, when that is still to come. */
  readonly notBefore?: string;
}

export interface SectionView {
  readonly projectId: ProjectId;
  readonly names: Readonly<Record<Language, string>>;
  readonly stories: readonly StoryLine[];
}

/** An issue in reading order, as the coordinator shapes it. */
export interface IssueView {
  readonly id: IssueId;
  readonly number: number;
  readonly status: IssueStateName;
  readonly deadline: string;
  readonly storyCount: number;
  /** How many stories are not ready, by language. */
  readonly notReady: Readonly<Record<PublicLanguage, number>>;
  /** Which stories and texts are shown: give it to `approve`, so that these and no others are approved. */
  readonly stamp: string;
  /** Whether the coordinator has given an order by hand, or chosen the lead story. */
  readonly arranged: boolean;
  readonly leadChosen: boolean;
  readonly lead?: StoryLine & { readonly projectId: ProjectId };
  readonly sections: readonly SectionView[];
  readonly approved?: { readonly at: string; readonly by: PersonRef; readonly waivers: readonly Waiver[] };
}

/** One language of a story in its editor: the item's words, and those of this issue where there are any. */
export interface StoryLanguage {
  readonly status: TextStatus;
  readonly item?: TextContent & { readonly revision: number };
  readonly own?: OwnWords;
}

export interface StoryView {
  readonly id: StoryId;
  readonly newsId: NewsId;
  readonly projectId: ProjectId;
  readonly weight: Weight;
  readonly languages: Readonly<Record<PublicLanguage, StoryLanguage>>;
}

/** What changed, and the audit number to give to `undo` while nothing else has happened since. */
export interface IssueChanged {
  readonly issueId: IssueId;
  readonly number: number;
  readonly storyId?: StoryId;
  readonly undo?: number;
}

/** What the overview tells of the open issue. */
export interface IssueOverview {
  readonly id: IssueId;
  readonly number: number;
  readonly status: IssueStateName;
  readonly deadline: string;
  readonly storyCount: number;
  readonly notReady: Readonly<Record<PublicLanguage, number>>;
}

/**
 * The newsletter of the programme: one open issue collects accepted items. Each call checks what the actor may do.
 * All throw AppError `permission.denied`, `newsletter.notFound`, `newsletter.storyNotFound`; changes throw
 * `newsletter.notEditable` once the issue is on its way, and `input.invalid` with faults by field. Any change to
 * an approved issue takes its approval back.
 */
export interface NewsletterService extends NewsUser {
  /** The newest 100 issues; the open one, if any, is the first. */
  issues(actor: Actor): Promise<readonly IssueLine[]>;
  issue(actor: Actor, id: IssueId): Promise<IssueView>;
  story(actor: Actor, id: IssueId, story: StoryId): Promise<StoryView>;
  overviewLine(actor: Actor): Promise<IssueOverview | undefined>;
  /** Opens the next issue; gives the open one when there is one. */
  open(actor: Actor): Promise<IssueChanged>;
  /**
   * Places an accepted item in the open issue, which is opened when there is none, and tells its author.
   * @throws AppError `newsletter.alreadyPlaced`, `news.notAccepted`.
   */
  place(actor: Actor, newsId: NewsId): Promise<IssueChanged>;
  remove(actor: Actor, id: IssueId, story: StoryId): Promise<IssueChanged>;
  /** Gives the order by hand: lead story, sections, stories. What is left out goes to the end. */
  arrange(actor: Actor, id: IssueId, order: unknown): Promise<IssueChanged>;
  /** Forgets the order given by hand and the chosen lead story. */
  arrangeAgain(actor: Actor, id: IssueId): Promise<IssueChanged>;
  chooseLead(actor: Actor, id: IssueId, story: StoryId): Promise<IssueChanged>;
  weigh(actor: Actor, id: IssueId, story: StoryId, weight: unknown): Promise<IssueChanged>;
  /**
   * TextContent for this issue only; the item keeps its own.
   * @throws AppError `text.conflict` with `{ theirs: OwnWords | null }` when somebody saved others meanwhile;
   *   `text.personalData`.
   */
  editWords(
    actor: Actor,
    id: IssueId,
    story: StoryId,
    language: unknown,
    input: unknown,
  ): Promise<IssueChanged>;
  /** Back to the item's words. */
  useItemWords(actor: Actor, id: IssueId, story: StoryId, language: unknown): Promise<IssueChanged>;
  setDeadline(actor: Actor, id: IssueId, deadline: unknown): Promise<IssueChanged>;
  /**
   * Pins every text at its revision; afterwards mail is made of these. `approval` is `{ waivers, seen? }`: the
   * reasons for languages that are not ready, and the `stamp` of the issue that was looked at. Without it, what
   * stands is approved.
   * @throws AppError `text.conflict` with `{ stamp }` when other stories or texts stand now than were seen;
   *   `newsletter.empty`; `newsletter.languagesMissing` with `{ missing: Gap[] }` when a story is not
   *   ready in a language and no waiver gives the reason.
   */
  approve(actor: Actor, id: IssueId, approval: unknown): Promise<IssueChanged>;
  unapprove(actor: Actor, id: IssueId): Promise<IssueChanged>;
  /**
   * Takes back the actor's own last step, the one with this audit number.
   * @throws AppError `undo.tooLate` when something happened since, somebody else did it, or the word to an author
   *   about a placing has left.
   */
  undo(actor: Actor, id: IssueId, auditNumber: number): Promise<IssueChanged>;
  /** The mail as it stands, of the pinned words once approved. */
  mail(actor: Actor, id: IssueId, language: PublicLanguage): Promise<Mail>;
}
