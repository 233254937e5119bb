import {
  deterministicId,
  type MessageId,
  type OccurrenceId,
  type ProjectId,
  type SeriesId,
  type TopicId,
} from '../../platform/ids.js';
import type { Holiday } from '../../platform/holidays.js';
import type { Language } from '../../shared/languages.js';
import type { Translated } from '../../shared/translated.js';
import type { PersonRef } from '../../platform/actor.js';
import type { AgendaItem, Named, Segment, SeriesKind, SeriesOutline, UndoRow } from '../series/series.js';
import { homeDate } from '../../platform/clock.js';
import { timeOf } from '../series/dates.js';

export const occurrenceStates = ['planned', 'confirmed', 'held', 'cancelled'] as const;
export type OccurrenceStateName = (typeof occurrenceStates)[number];

/**
 * `confirmed`: its presenter and topic are known, or the coordinator confirmed it. `held`: its end has passed;
 * nobody sets it. Moved is not a state: a moved one is planned or confirmed at another time.
 */
type OccurrenceState =
  | { readonly status: 'planned' }
  | { readonly status: 'confirmed'; readonly at: string; readonly by: PersonRef }
  | { readonly status: 'held' }
  | ({
      readonly status: 'cancelled';
      readonly at: string;
      readonly by: PersonRef;
      readonly reason?: string;
      /** What it was before; a restore brings it back. */
      readonly was: 'planned' | 'confirmed';
    } & Translated<{ readonly reason: string }>);

/** Which project presents. A proposal of the rotation is not stored; what is stored is agreed. */
export interface Slot {
  readonly projectId: ProjectId;
  readonly how: 'turn' | 'volunteer' | 'swap' | 'chosen';
  /** ISO instant. */
  readonly at: string;
  /** Who of the project presents, where the coordinator has chosen somebody. */
  readonly person?: PersonRef;
}

/** Why nobody has a slot that was agreed or that all projects are asked for. */
export interface Opening {
  /** The project that had it. */
  readonly projectId?: ProjectId;
  /** When all projects were asked for a volunteer; ISO instant. */
  readonly askedAt?: string;
}

/** What the presenters will present, as they entered it, and what a coordinator made of it in the other language. */
export interface Talk extends Translated<{ readonly topic: string; readonly presenter?: string }> {
  readonly topic: string;
  readonly presenter: string;
  /** Address of slides or other material. */
  readonly material?: string;
  readonly language: Language;
  readonly by: PersonRef;
  readonly at: string;
}

/** A project asks another to swap slots; the other answers. It holds while both slots are still theirs. */
export interface SwapAsk {
  readonly with: OccurrenceId;
  /** Who presents here, and there. */
  readonly projectId: ProjectId;
  readonly theirProjectId: ProjectId;
  readonly by: PersonRef;
  readonly at: string;
}

/** A link to what was shown. */
export interface Material extends Translated<{ readonly title: string }> {
  /** Makes it the same one when two people change the list. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/** How many were there: from the meeting's report, or a number by hand. */
export type Attendance =
  | { readonly from: 'hand'; readonly count: number; readonly by: PersonRef; readonly at: string }
  | {
      readonly from: 'meeting';
      readonly count: number;
      readonly people: readonly { readonly name: string; readonly minutes: number }[];
      readonly at: string;
    };

/** Notes in one language, with a version of their own. Markdown as in texts, no HTML. */
export interface NotesText {
  readonly text: string;
  readonly revision: number;
  readonly by: PersonRef;
  readonly at: string;
}

/** Notes of what was said, as they were first written, and in the other languages. */
export interface Notes extends NotesText, Translated<NotesText> {}

/** When and whether an occurrence takes place: what somebody who was going to come must know. */
export interface TakesPlace {
  /** ISO instant. */
  readonly start: string;
  readonly takesPlace: boolean;
}

/** A message that notifies of a change, and what its recipients know until it leaves. */
export interface Announced {
  readonly message: MessageId;
  readonly was: TakesPlace;
}

/** What whoever moved a session or brought it back says to those who are invited, as long as it begins at `start` (ISO instant). */
export interface ChangeMessage extends Translated<{ readonly message: string }> {
  readonly message: string;
  readonly start: string;
}

/** The message that goes with the newest change of its time; none where another change came after it. */
export function changeMessageOf({
  record,
  start,
  state,
}: Pick<Occurrence, 'record' | 'start' | 'state'>): ChangeMessage | undefined {
  const said = record?.changeMessage;
  return said?.start === start && state.status !== 'cancelled' ? said : undefined;
}

/** Whom thanks go to, the widest first: all who were invited, those of them who were there, those who presented. */
export const thankedGroups = ['invited', 'there', 'presenters'] as const;
export type ThankedGroup = (typeof thankedGroups)[number];

/** What is stored of an occurrence once anything about it differs from its series. Times are ISO instants. */
export interface OccurrenceRecord {
  readonly id: OccurrenceId;
  readonly seriesId: SeriesId;
  /** ISO date on which the rule put it: its identity, RFC 5545 RECURRENCE-ID. */
  readonly date: string;
  readonly state: Exclude<OccurrenceState, { status: 'held' }>;
  /** Where it was moved. */
  readonly moved?: { readonly start: string; readonly end: string };
  readonly changeMessage?: ChangeMessage;
  readonly names?: Named;
  readonly joinUrl?: string;
  /** A person decided to keep it although it is on a day off. */
  readonly isKeptOnHoliday?: true;
  /** `null`: a person left the slot open, so that the rotation proposes nobody. */
  readonly slot?: Slot | null;
  /** What is known of a slot that nobody has. */
  readonly opening?: Opening;
  readonly talk?: Talk;
  readonly swap?: SwapAsk;
  readonly agenda?: readonly AgendaItem[];
  /** Topics from the proposals that are on its agenda. */
  readonly topics?: readonly TopicId[];
  readonly materials?: readonly Material[];
  readonly recordingUrl?: string;
  readonly notes?: Notes;
  readonly attendance?: Attendance;
  /** How many times thanks were sent. */
  readonly thanked?: number;
  /** To whom each round of thanks went, the first one first; a round that is not named (of older releases) to all. */
  readonly thankedTo?: readonly ThankedGroup[];
  /** The newest change of its time of which those who were going to come are notified. */
  readonly announced?: Announced;
  /** Its series has another rule since: what was agreed for this date went over to that one. */
  readonly carriedTo?: OccurrenceId;
  readonly auditCount: number;
}

/** An occurrence, computed from its series and its record. Times are ISO instants. */
export interface Occurrence {
  readonly id: OccurrenceId;
  readonly seriesId: SeriesId;
  readonly kind: SeriesKind;
  readonly date: string;
  /** Number of the segment that it belongs to. */
  readonly segment: number;
  readonly state: OccurrenceState;
  readonly start: string;
  readonly end: string;
  /** When the rule would have had it, where it was moved. */
  readonly movedFrom?: string;
  readonly names: Named;
  readonly joinUrl?: string;
  /** The day off on which it now is, unless a person decided to keep it. */
  readonly holiday?: Holiday;
  /** Absent where the series has no rotation. */
  readonly slot?:
    | Slot
    | { readonly projectId: ProjectId; readonly how: 'proposed' }
    | { readonly how: 'nobody' };
  readonly talk?: Talk;
  readonly record?: OccurrenceRecord;
}

/** One line of an occurrence for lists, the ribbon and cards. */
export type OccurrenceLine = Omit<Occurrence, 'record'>;

export interface OccurrenceAudit {
  readonly number: number;
  readonly at: string;
  readonly by?: PersonRef;
  readonly event:
    | {
        readonly action:
          | 'confirm'
          | 'unconfirm'
          | 'restore'
          | 'keepOnHoliday'
          | 'edit'
          | 'undo'
          | 'answer'
          | 'agenda'
          | 'materials'
          | 'notes'
          | 'attendance'
          | 'thanks'
          | 'swapAsked'
          | 'volunteersAsked'
          | 'swapDeclined';
      }
    | { readonly action: 'cancel'; readonly reason?: string }
    | { readonly action: 'move'; readonly start: string; readonly was: string }
    /** A change of its series brought here what was agreed for another date; `dropped`: the start to which that was moved. */
    | { readonly action: 'carriedOver'; readonly from: string; readonly dropped?: string }
    /** `with`: the occurrence whose slot was swapped with this one; an undo brings both back. */
    | {
        readonly action: 'turn';
        readonly projectId?: ProjectId;
        readonly how?: Slot['how'];
        readonly with?: OccurrenceId;
      };
}

export type OccurrenceUndo = UndoRow<OccurrenceAudit, OccurrenceRecord>;

/** The project that presents, or is proposed to. */
export function projectOf({ slot }: Pick<Occurrence, 'slot'>): ProjectId | undefined {
  return slot !== undefined && 'projectId' in slot ? slot.projectId : undefined;
}

/** Who of the project was chosen to present; `undefined` where that is the project's own choice. */
export function chosenPerson({ slot }: Pick<Occurrence, 'slot'>): PersonRef | undefined {
  return slot !== undefined && 'person' in slot ? slot.person : undefined;
}

/** An occurrence may be moved so many days from its own date, and no farther: a window of dates finds all that matter. */
export const maxMoveDays = 60;

/** The id of a material that comes without one: the same link is the same material. */
export const materialId = (url: string): string => deterministicId('material', url);

const idPattern = /^(?<series>[0-9a-f]{26})-(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/;

export function occurrenceId(seriesId: SeriesId, date: string): OccurrenceId {
  return `${seriesId}-${date.replaceAll('-', '')}` as OccurrenceId;
}

/** The series and the date that an occurrence's id names; `undefined` for text that is no such id. */
export function seriesAndDateOf(
  id: string,
): { readonly seriesId: SeriesId; readonly date: string } | undefined {
  const { series, year, month, day } = idPattern.exec(id)?.groups ?? {};
  if (series === undefined) return undefined;
  return { seriesId: series as SeriesId, date: [year, month, day].join('-') };
}

/** What an occurrence is made of: its hit, and its record where there is one. */
interface SeriesDate {
  readonly series: SeriesOutline;
  readonly segment: Segment;
  readonly date: string;
  readonly record: OccurrenceRecord | undefined;
}

/** The occurrence as it is at a moment. `holiday` gives the day off of an ISO date. */
export function occurrenceOf(
  { series, segment, date, record }: SeriesDate,
  now: string,
  holiday: (date: string) => Holiday | undefined,
): Occurrence {
  const byRule = timeOf(segment, date);
  const { start, end } = record?.moved ?? byRule;
  const joinUrl = record?.joinUrl ?? series.joinUrl;
  // By its rule it is on its own date, and looking at the clock takes longer than all else here.
  const on = record?.moved ? homeDate(start).toString() : date;
  const off = record?.isKeptOnHoliday === true ? undefined : holiday(on);
  return {
    id: occurrenceId(series.id, date),
    seriesId: series.id,
    kind: series.kind,
    date,
    segment: segment.number,
    state: stateAt(record?.state ?? { status: 'planned' }, end, now),
    start,
    end,
    names: record?.names ?? series.names,
    ...(record?.moved && { movedFrom: byRule.start }),
    ...(joinUrl !== undefined && { joinUrl }),
    ...(off && { holiday: off }),
    ...(series.rotation && { slot: record?.slot ?? { how: 'nobody' } }),
    ...(record?.talk && { talk: record.talk }),
    ...(record && { record }),
  };
}

function stateAt(is: OccurrenceRecord['state'], end: string, now: string): OccurrenceState {
  const isOver = Date.parse(end) <= Date.parse(now);
  return isOver && is.status !== 'cancelled' ? { status: 'held' } : is;
}

/** The day (ISO date) on which a session really was, or is to be. */
export function presentedOn({ moved, date }: Pick<OccurrenceRecord, 'moved' | 'date'>): string {
  return moved ? homeDate(moved.start).toString() : date;
}

/** Whether anything of a session is left to see once it was held: in the archive, and on its public page. */
export const hasSomethingToSee = ({
  recordingUrl,
  materials = [],
}: Pick<OccurrenceRecord, 'recordingUrl' | 'materials'>): boolean =>
  recordingUrl !== undefined || materials.length > 0;
