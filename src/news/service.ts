import type { Actor } from '../platform/actor.js';
import type { Page } from '../platform/pages.js';
import type { Change } from '../platform/commit.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { NewsId, ProjectId } from '../platform/ids.js';
import type { Language, PublicLanguage } from '../shared/languages.js';
import type { Revision, TextContent } from '../content/text.js';
import type { Move } from './workflow.js';
import type { WaitingLines } from '../platform/waiting-index.js';
import type { WaitingNews } from './waiting.js';
import type { AuditEntry, Audience, Channel, NewsFilter, NewsItem, NewsLine, NewsUse } from './types.js';

/** What an item carries beside its words. */
export interface NewsDetails {
  readonly projectId: ProjectId;
  readonly audiences: readonly Audience[];
  readonly wishedChannels: readonly Channel[];
  readonly link?: string;
  /** ISO date before which it must not be published. */
  readonly earliestDate?: string;
}

/** What a worker fills in. `words.lead` answers "why does it matter to the reader?", `words.body` "what happened?". */
export interface Submission extends NewsDetails {
  /** Made when the form was drawn: the same form sent three times is one item. */
  readonly formId: string;
  readonly language: Language;
  readonly words: TextContent;
}

/** `created`: this call stored it. `same`: what is stored is what was sent; false when an old form carries new words. */
export interface SubmitResult {
  readonly item: NewsItem;
  readonly created: boolean;
  readonly same: boolean;
}

/** What a person may do with an item: its moves, and what leaves the state as it is. */
export type NewsAction = Move | 'edit' | 'note' | 'place';

/** What changed, and the audit number to give to `undo` while nothing else has happened since. */
export interface Moved {
  readonly item: NewsItem;
  readonly undo?: number;
}

/** An item whose uses change, with what is to be committed for it; the messages let the search follow. */
export interface Used {
  readonly item: NewsItem;
  readonly changes: readonly Change[];
  readonly messages: readonly NewMessage[];
}

/**
 * The news of the programme. Each call checks what the actor may do.
 * All throw AppError `permission.denied`, `news.notFound`; moves throw `news.moveNotAllowed` and `news.inUse`
 * with the state that stands; texts throw `input.invalid` with faults by field and `text.personalData`.
 */
export interface NewsService {
  submit(actor: Actor, submission: unknown): Promise<SubmitResult>;
  /**
   * An author's new words and details for an own item that is not yet accepted; sends a `changesRequested` one in
   * again. The same words and details as stand change nothing else.
   */
  revise(actor: Actor, id: NewsId, submission: unknown, basedOn: number): Promise<Moved>;
  get(actor: Actor, id: NewsId): Promise<NewsItem>;
  /** The inbox, newest first, 30 a page. */
  list(actor: Actor, filter: NewsFilter, after?: string): Promise<Page<NewsLine>>;
  /** Items in which every word of the query begins some word; newest first. `more`: the query is too wide to list all. */
  search(
    actor: Actor,
    query: string,
    filter: NewsFilter,
  ): Promise<{ lines: readonly NewsLine[]; more: boolean }>;
  /** The actor's own items, newest first. */
  mine(actor: Actor, after?: string, limit?: number): Promise<Page<NewsLine>>;
  /**
   * New words in one language, written over revision `basedOn` (0 where there was no text).
   * @throws AppError `text.conflict` with `{ theirs: Text, parked: number }` when another revision stands: the
   *   words that came late are kept in the history as parked.
   */
  edit(actor: Actor, id: NewsId, language: Language, words: unknown, basedOn: number): Promise<Moved>;
  /** Somebody looked at this language beside the other and found it in step. */
  check(actor: Actor, id: NewsId, language: PublicLanguage): Promise<Moved>;
  startReview(actor: Actor, id: NewsId): Promise<Moved>;
  accept(actor: Actor, id: NewsId): Promise<Moved>;
  requestChanges(actor: Actor, id: NewsId, note: string): Promise<Moved>;
  reject(actor: Actor, id: NewsId, reason: string): Promise<Moved>;
  /** A word to the author that changes nothing. */
  note(actor: Actor, id: NewsId, note: string): Promise<Moved>;
  withdraw(actor: Actor, id: NewsId): Promise<Moved>;
  /** The author has made the changes that were asked for. */
  resubmit(actor: Actor, id: NewsId): Promise<Moved>;
  /** Project, audiences, channels, link and date, by the coordinator or the author. */
  editDetails(actor: Actor, id: NewsId, details: unknown): Promise<Moved>;
  reopen(actor: Actor, id: NewsId): Promise<Moved>;
  /** Takes back the move with this audit number. @throws AppError `undo.tooLate` when something happened since. */
  undo(actor: Actor, id: NewsId, auditNumber: number): Promise<Moved>;
  /** Revisions of one language, newest first, 20 a page. */
  history(actor: Actor, id: NewsId, language: Language, after?: string): Promise<Page<Revision>>;
  /** One revision's words, for pinned texts. */
  revision(id: NewsId, language: Language, revision: number): Promise<Revision | undefined>;
  audit(actor: Actor, id: NewsId): Promise<readonly AuditEntry[]>;
  /** What waits for the actor. */
  waiting(actor: Actor, indexed?: WaitingLines): Promise<WaitingNews>;
  /** What the actor may do with the item as it stands. */
  actions(actor: Actor, item: NewsItem): readonly NewsAction[];

  /** For other domain folders: items as they stand, in the order asked; unknown ids are left out. */
  many(ids: readonly NewsId[]): Promise<readonly NewsItem[]>;
  /**
   * For other domain folders: what relates an accepted item to where it is used, or ends that relation; its changes
   * and messages are to be committed with one's own.
   * @throws AppError `news.notAccepted` when it is not accepted.
   */
  use(actor: Actor, id: NewsId, use: NewsUse): Promise<Used>;
  unuse(
    actor: Actor,
    id: NewsId,
    use: Pick<NewsUse, 'in' | 'id'>,
  ): Promise<Omit<Used, 'item'> & Partial<Pick<Used, 'item'>>>;
}

/** Who uses items and wants to know when their words or details change; its changes are committed with the edit. */
export interface NewsUser {
  textChanged(item: NewsItem, actor: Actor): Promise<Change[]>;
}
