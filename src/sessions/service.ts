import type { Actor } from '../platform/actor.js';
import type { Holiday } from '../platform/holidays.js';
import type { OccurrenceId, ProjectId, SeriesId } from '../platform/ids.js';
import type { ClockChange } from '../platform/wall-time.js';
import type { Occurrence, OccurrenceAudit, OccurrenceLine } from './occurrences/occurrence.js';
import type { Series, SeriesAudit } from './series/series.js';

/** What changed, and the audit number to give to `undo` while nothing else has happened since. */
export interface SeriesMoved {
  readonly series: Series;
  readonly undo?: number;
}

export interface OccurrenceMoved {
  readonly occurrence: Occurrence;
  readonly undo?: number;
}

/** All of an occurrence. `proposal`: an ISO date to which it could move instead of its public holiday. */
export interface OccurrenceView {
  readonly occurrence: Occurrence;
  readonly audit: readonly OccurrenceAudit[];
  readonly proposal?: string;
}

/** A date that a rule would give, with what is to be thought of. */
export interface PreviewDate {
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly holiday?: Holiday;
  /** ISO date to which it could move instead. */
  readonly proposal?: string;
  /** In a month of the pause: it does not take place. */
  readonly isPaused?: true;
  /** The clocks turn in the night before or on the day. */
  readonly clockChanges?: true;
}

/** The year as a ribbon: everything that takes place, and the days off. */
export interface SessionYear {
  readonly year: number;
  readonly series: readonly {
    readonly id: SeriesId;
    readonly kind: Series['kind'];
    readonly names: Series['names'];
  }[];
  readonly occurrences: readonly OccurrenceLine[];
  readonly holidays: readonly Holiday[];
}

/** What of the sessions waits for the one who asks. */
export interface SessionOverview {
  readonly next: readonly OccurrenceLine[];
  /** Slots within the next two weeks (14 days) that nobody has: open, or proposed to a project that nobody has asked; for those who may edit. */
  readonly open: readonly OccurrenceLine[];
  /** On a public holiday and undecided, in the coming two months, with an ISO date to which it could move; for those who may edit. */
  readonly onHoliday: readonly (OccurrenceLine & { readonly proposal?: string })[];
  /** Turns of one's own projects that have no topic yet. */
  readonly unanswered: readonly OccurrenceLine[];
}

/**
 * Series and their occurrences. Each call checks what the actor may do (`session:see`, `session:edit`).
 * All throw AppError `permission.denied`, `series.notFound`, `occurrence.notFound`.
 */
export interface SeriesService {
  /** All series, active ones first, by kind and name. */
  list(actor: Actor): Promise<readonly Series[]>;
  get(
    actor: Actor,
    id: SeriesId,
  ): Promise<{ readonly series: Series; readonly audit: readonly SeriesAudit[] }>;
  /**
   * The next twelve dates that such a series would have; `input` as for {@link create}, whatever of it is there.
   * @throws AppError `input.invalid` with faults at `rule`, `from`, `until`, `time`, `minutes`.
   */
  preview(actor: Actor, input: unknown): Promise<readonly PreviewDate[]>;
  /** `input` has a `formId`: the same form sent twice is one series. @throws AppError `input.invalid`. */
  create(actor: Actor, input: unknown): Promise<SeriesMoved>;
  /** Names, people, reminders, rotation, pause, agenda, join link: whatever of it is in `input`. @throws `input.invalid`, `series.ended`. */
  edit(actor: Actor, id: SeriesId, input: unknown): Promise<SeriesMoved>;
  /**
   * This and following: from a date on another rule, time or length (`{ from, rule, time, minutes, until? }`). What was
   * agreed for later occurrences (turns, topics, agenda) goes over to the new dates in order.
   * @throws AppError `input.invalid`, `series.ended`.
   */
  changeFrom(actor: Actor, id: SeriesId, input: unknown): Promise<SeriesMoved>;
  /** No more after this date (`{ last }`, ISO date; today unless given). */
  end(actor: Actor, id: SeriesId, input: unknown): Promise<SeriesMoved>;
  undo(actor: Actor, id: SeriesId, auditNumber: number): Promise<SeriesMoved>;
  /** A channel or group chat is reminded of the series from now on, or no more. */
  remindChannel(
    actor: Actor,
    id: SeriesId,
    channel: Series['reminders']['channels'][number],
    isOn: boolean,
  ): Promise<SeriesMoved>;

  year(actor: Actor, year: number): Promise<SessionYear>;
  /** What comes next, of one series or of all, at most 24; those under way included. */
  upcoming(actor: Actor, most: number, seriesId?: SeriesId): Promise<readonly OccurrenceLine[]>;
  overviewLine(actor: Actor): Promise<SessionOverview>;
  occurrence(actor: Actor, id: OccurrenceId): Promise<OccurrenceView>;

  /** To another Helsinki time (`{ date, time, minutes? }`), at most 60 days from its own date. @throws `occurrence.timePassed`, `occurrence.moveNotAllowed`, `input.invalid`. */
  move(
    actor: Actor,
    id: OccurrenceId,
    input: unknown,
  ): Promise<OccurrenceMoved & { readonly clockChange: ClockChange }>;
  /** `{ reason? }`. */
  cancel(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
  restore(actor: Actor, id: OccurrenceId): Promise<OccurrenceMoved>;
  keepOnHoliday(actor: Actor, id: OccurrenceId): Promise<OccurrenceMoved>;
  confirm(actor: Actor, id: OccurrenceId, isConfirmed: boolean): Promise<OccurrenceMoved>;
  /** Name and join link of this one only; `null` takes the series' again. */
  editOccurrence(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
  /** One's own newest act, also by who may only take part. @throws `undo.tooLate`. */
  undoOccurrence(actor: Actor, id: OccurrenceId, auditNumber: number): Promise<OccurrenceMoved>;
}

/** A slot of a series with turns: who presents, or is proposed to. */
export interface Slot {
  readonly occurrence: OccurrenceLine;
  /** Other upcoming slots with which this one could be swapped. */
  readonly swappable: readonly OccurrenceId[];
}

export interface RotationView {
  readonly slots: readonly Slot[];
  /** When each project last presented, longest ago first; absent date: never yet. */
  readonly history: readonly {
    readonly projectId: ProjectId;
    readonly last?: string;
    readonly times: number;
  }[];
}

/** Turns at presenting. `session:take` for one's own projects, `session:edit` for all. */
export interface RotationService {
  /** The next twelve slots. */
  rotation(actor: Actor, id: SeriesId): Promise<RotationView>;
  /** The coordinator gives a slot to a project, or leaves it open (`null`). */
  assign(actor: Actor, id: OccurrenceId, projectId: ProjectId | null): Promise<OccurrenceMoved>;
  /** A project takes a slot that nobody has (or that is only proposed to another). @throws `presenter.taken`, `presenter.notYours`. */
  volunteer(actor: Actor, id: OccurrenceId, projectId: ProjectId): Promise<OccurrenceMoved>;
  /** "We can't": the slot becomes open, and the coordinator is told. */
  giveUp(actor: Actor, id: OccurrenceId): Promise<OccurrenceMoved>;
  /**
   * The coordinator swaps at once; a presenter asks the other project, whose people answer. To take a swap back, swap again.
   * @param seen whose turn `id` was on the screen: the same press arriving twice swaps once.
   * @throws AppError `swap.notPossible`, `presenter.notYours`.
   */
  swap(
    actor: Actor,
    id: OccurrenceId,
    withId: OccurrenceId,
    seen?: ProjectId,
  ): Promise<OccurrenceMoved & { readonly isAsked: boolean }>;
  /**
   * By the project that was asked; the one that asked may take it back. `id` is the slot of the one that asked, `withId`
   * the one for which it asked: an answer to an ask that another has replaced is none.
   * @throws `swap.notPossible`, `presenter.notYours`.
   */
  answerSwap(
    actor: Actor,
    id: OccurrenceId,
    withId: OccurrenceId,
    isAccepted: boolean,
  ): Promise<OccurrenceMoved>;
  /**
   * Topic, speaker, material (`{ topic, speaker, material?, language, basedOn? }`): confirms the occurrence. With the
   * `at` of the talk on which it is based (empty: none) a colleague's answer given since is not written over.
   * @throws `presenter.notYours`, `input.invalid`, `text.personalData`, `text.conflict` with `{ theirs }`.
   */
  answer(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
}
