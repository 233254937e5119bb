import type { Actor, PersonRef } from '../platform/actor.js';
import type { Holiday } from '../platform/holidays.js';
import type { OccurrenceId, ProjectId, QuestionId, SeriesId, TopicId } from '../platform/ids.js';
import type { Language } from '../shared/languages.js';
import type { NewsId } from '../platform/ids.js';
import type { ClockChange } from '../platform/wall-time.js';
import type { Occurrence, OccurrenceAudit, OccurrenceLine } from './occurrences/occurrence.js';
import type { AgendaItem, Series, SeriesAudit } from './series/series.js';

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

/** A topic that somebody proposed for a series. */
export interface Topic {
  readonly id: TopicId;
  readonly seriesId: SeriesId;
  readonly text: string;
  readonly why?: string;
  readonly language: Language;
  readonly by: PersonRef;
  readonly at: string;
  readonly votes: number;
  /** Whether the one who asks has voted for it. */
  readonly isVoted: boolean;
  readonly state:
    | { readonly status: 'proposed' | 'done' | 'declined' }
    | { readonly status: 'planned'; readonly occurrenceId: OccurrenceId };
}

/** A question to those who present. `carriedTo`: it was not answered in time and goes to a later occurrence. */
export interface Question {
  readonly id: QuestionId;
  readonly occurrenceId: OccurrenceId;
  readonly text: string;
  readonly by: PersonRef;
  readonly at: string;
  readonly state:
    | { readonly status: 'open' }
    | { readonly status: 'answered'; readonly at: string; readonly by: PersonRef; readonly answer: string }
    | { readonly status: 'carriedOver'; readonly to: OccurrenceId; readonly at: string };
}

/** Topics, questions and the agenda. */
export interface TopicService {
  /** `{ seriesId, text, why?, language, formId }`; the same form twice is one topic. @throws `input.invalid`, `text.personalData`. */
  propose(actor: Actor, input: unknown): Promise<Topic>;
  /** Open ones by votes, then age; those of one series, or of all. At most 100. */
  topics(actor: Actor, seriesId?: SeriesId): Promise<readonly Topic[]>;
  vote(actor: Actor, id: TopicId, isFor: boolean): Promise<Topic>;
  /** Puts it on the agenda of an occurrence; `null` takes it off again; `done` and `declined` end it. */
  settle(
    actor: Actor,
    id: TopicId,
    as: { readonly occurrenceId: OccurrenceId | null } | 'done' | 'declined',
  ): Promise<Topic>;

  /** Before or during: `{ text, formId }`. The presenters are told. */
  ask(actor: Actor, id: OccurrenceId, input: unknown): Promise<Question>;
  questions(actor: Actor, id: OccurrenceId): Promise<readonly Question[]>;
  /** By the presenters' project or the coordinator; who asked is told. @throws `question.moveNotAllowed`, `presenter.notYours`. */
  answerQuestion(
    actor: Actor,
    id: QuestionId,
    occurrenceId: OccurrenceId,
    answer: unknown,
  ): Promise<Question>;
  /** To the next occurrence of the series. @throws `question.moveNotAllowed`, `occurrence.notFound` where none follows. */
  carryOver(actor: Actor, id: QuestionId, occurrenceId: OccurrenceId): Promise<Question>;

  /** The items, then the topics planned for it that are not among them (each under the topic's id). */
  agenda(actor: Actor, id: OccurrenceId): Promise<readonly AgendaItem[]>;
  setAgenda(actor: Actor, id: OccurrenceId, items: unknown): Promise<OccurrenceMoved>;
}

/** Answers to the two questions afterwards: how useful (1-5), and what to do better. */
export interface PulseView {
  readonly count: number;
  /** How many gave each number, 1 first. */
  readonly useful: readonly [number, number, number, number, number];
  readonly better: readonly { readonly text: string; readonly at: string }[];
}

/** After an occurrence: who was there, what was shown and said, thanks, pulse, and news made of it. */
export interface FollowUpService {
  setMaterials(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
  /** `{ text, basedOn }`. @throws `text.conflict` with `{ theirs }` when another revision stands. */
  setNotes(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
  /** A number by hand. */
  setAttendance(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
  /** Asks the meeting's report again, and takes its number. @throws `attendance.noSource`, `attendance.notYet`, `calendar.unavailable`. */
  fetchAttendance(actor: Actor, id: OccurrenceId): Promise<OccurrenceMoved>;
  /** Thanks everybody with materials and recording; once for each press of the button, however often it arrives (`{ round }`). */
  thank(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
  /** One answer a person; a second one takes the place of the first. */
  pulse(actor: Actor, id: OccurrenceId, input: unknown): Promise<void>;
  pulseOf(actor: Actor, id: OccurrenceId): Promise<PulseView>;
  /** What the news form is filled in with: of the talk, the notes and the materials. */
  newsDraft(actor: Actor, id: OccurrenceId): Promise<NewsDraft>;
  /** The news items that were made of it. */
  newsOf(actor: Actor, id: OccurrenceId): Promise<readonly NewsId[]>;
  /** A news item that the actor may see was made of it. */
  linkNews(actor: Actor, id: OccurrenceId, newsId: NewsId): Promise<void>;
}

export interface NewsDraft {
  readonly projectId?: ProjectId;
  readonly language: Language;
  readonly title: string;
  readonly body: string;
  readonly link?: string;
}

/** What one person wants to be reminded of, in one series. */
export interface SeriesChoice {
  readonly isOff?: true;
  /** Some of the series' offsets, in minutes; all of them where it is absent. */
  readonly offsets?: readonly number[];
  /** ISO date until which (not including it) nothing comes. */
  readonly snoozedUntil?: string;
}

/** Choices of one's own, and who can't come. */
export interface PreferenceService {
  choices(actor: Actor): Promise<Readonly<Record<string, SeriesChoice>>>;
  choose(actor: Actor, id: SeriesId, choice: unknown): Promise<SeriesChoice>;
  /** "I can't come" to this one, or "I can after all". */
  cannotCome(actor: Actor, id: OccurrenceId, cannot: boolean): Promise<void>;
  /** How many said that they can't come, and whether the one who asks did. */
  absences(actor: Actor, id: OccurrenceId): Promise<{ readonly count: number; readonly isMine: boolean }>;
}
