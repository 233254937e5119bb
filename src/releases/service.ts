import type { Actor } from '../platform/actor.js';
import type { Page } from '../platform/pages.js';
import type { Holiday } from '../platform/holidays.js';
import type { ReleaseId } from '../platform/ids.js';
import type { Language, PublicLanguage } from '../shared/languages.js';
import type { Revision, Text } from '../content/text.js';
import type { ClockChange } from '../platform/wall-time.js';
import type { Move } from './workflow.js';
import type { Release, ReleaseAudit, ReleaseLine } from './release.js';

/** What changed, and the audit number to give to `undo` while nothing else has happened since. */
export interface Moved {
  readonly release: Release;
  readonly undo?: number;
}

/** The revisions that somebody had before their eyes; a language that is not here had no text. */
export type SeenRevisions = { readonly [Seen in PublicLanguage]?: number | undefined };

/** `turn` tells when the clocks turn at that time, so that another moment or the first of two was taken. */
export interface Scheduled extends Moved {
  readonly clockChange: ClockChange;
}

/** A release with all that its page shows. */
export interface ReleaseView {
  readonly release: Release;
  /** The moves open to the actor. */
  readonly moves: readonly Move[];
  readonly audit: readonly ReleaseAudit[];
  /** Texts of the item that are newer than those last taken from it. */
  readonly newer: Partial<Record<PublicLanguage, Text>>;
  /** ISO date before which the item must not be published. */
  readonly earliestDate?: string;
}

/** Releases on the days that a month's page of a calendar shows, Monday to Sunday; ISO dates. */
export interface ReleaseMonth {
  readonly month: string;
  readonly first: string;
  readonly last: string;
  readonly lines: readonly ReleaseLine[];
  readonly holidays: readonly Holiday[];
}

/** What of the releases waits for people. `more`: there are more than are counted. */
export interface ReleaseOverview {
  readonly today: readonly ReleaseLine[];
  readonly overdue: number;
  readonly failed: number;
  readonly uncertain: number;
  readonly more: boolean;
}

/**
 * The releases of the programme. Each call checks what the actor may do.
 * All throw AppError `permission.denied`, `release.notFound`; moves throw `release.moveNotAllowed` with the state
 * that stands, and `outbox.tooLate` when it is leaving just now.
 */
export interface ReleaseService {
  /**
   * `origin` is `{ newsId }` of an accepted item, or `{ formId }` for one from nothing: the same form sent twice is
   * one release. `created` is false where it stood already; a cancelled one becomes a draft again.
   * @throws AppError `news.notFound`, `news.notAccepted`, `input.invalid`.
   */
  create(actor: Actor, origin: unknown): Promise<{ readonly release: Release; readonly created: boolean }>;
  get(actor: Actor, id: ReleaseId): Promise<ReleaseView>;
  /** Not done yet: those that need a person, then by time, then approved, then drafts; 50 a page. */
  queue(actor: Actor, after?: string): Promise<Page<ReleaseLine>>;
  /** Published and cancelled, newest first, 30 a page. */
  archive(actor: Actor, after?: string): Promise<Page<ReleaseLine>>;
  /** @throws AppError `input.invalid` when it is not a month such as `2026-12`. */
  month(actor: Actor, month: string): Promise<ReleaseMonth>;
  overviewLine(actor: Actor): Promise<ReleaseOverview>;
  /** Revisions of one language, newest first, 20 a page. */
  history(actor: Actor, id: ReleaseId, language: Language, after?: string): Promise<Page<Revision>>;

  /**
   * New words in one language, written over revision `basedOn` (0 where there was no text). Takes an approval back.
   * @throws AppError `text.conflict` with `{ theirs: Text, parked: number }` when another revision stands: the
   *   words that came late are kept in the history as parked; `input.invalid`, `text.personalData`,
   *   `release.notEditable`.
   */
  edit(
    actor: Actor,
    id: ReleaseId,
    language: PublicLanguage,
    words: unknown,
    basedOn: number,
  ): Promise<Moved>;
  /** Somebody looked at this language beside the other and found it in step. */
  check(actor: Actor, id: ReleaseId, language: PublicLanguage): Promise<Moved>;
  /** Takes over the item's text as it stands; the words that it replaces stay in the history. */
  takeSource(actor: Actor, id: ReleaseId, language: PublicLanguage): Promise<Moved>;

  /**
   * Pins the revisions that may be published: those in `seen` where it is given, else whatever stands.
   * @throws AppError `text.conflict` with `{ standing }`, the revision of each language, when it is not what was seen.
   * @throws AppError `release.languagesMissing` with `{ languages }` that are not ready, unless there is a waiver
   *   and at least one language has a text.
   */
  approve(actor: Actor, id: ReleaseId, waiver?: string, seen?: SeenRevisions): Promise<Moved>;
  unapprove(actor: Actor, id: ReleaseId): Promise<Moved>;
  /**
   * Plans it for a wall-clock time in Helsinki; one that has a time already is moved.
   * @throws AppError `release.notApproved`, `release.timePassed`, `input.invalid` with faults at `date`, `time`.
   */
  schedule(actor: Actor, id: ReleaseId, wallTime: unknown): Promise<Scheduled>;
  /** Out as soon as an undo is no longer possible. @throws AppError as {@link schedule} does. */
  publishNow(actor: Actor, id: ReleaseId): Promise<Moved>;
  unschedule(actor: Actor, id: ReleaseId): Promise<Moved>;
  cancel(actor: Actor, id: ReleaseId): Promise<Moved>;
  /** Makes a cancelled one a draft again. */
  restore(actor: Actor, id: ReleaseId): Promise<Moved>;
  /**
   * Sends what failed, is uncertain or waits for its next attempt on its way once more, at once and with a plan of its
   * own. Harmless when it is leaving just now. The channel knows what it has already: that ends in published, too.
   */
  retry(actor: Actor, id: ReleaseId): Promise<Moved>;
  /** Takes back one's own move with this audit number. @throws AppError `undo.tooLate` when something happened since. */
  undo(actor: Actor, id: ReleaseId, auditNumber: number): Promise<Moved>;
}
