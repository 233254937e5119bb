import type { MessageId, ProjectId, SeriesId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import type { ChatAddress, Helper, Programme } from '../../people/person.js';
import type { PersonRef } from '../../platform/actor.js';
import type { MeetingAccess } from '../../shared/series-meetings.js';
import type { Rule } from './rule.js';

export const seriesKinds = ['hankeradio', 'bigRoom', 'training', 'own'] as const;
export type SeriesKind = (typeof seriesKinds)[number];

/** A text in each of the three languages. */
export type Named = Readonly<Record<Language, string>>;

/**
 * A stretch of a series with one rule, time and length. A change of this-and-following ends one and begins the next;
 * the segments of a series follow each other without overlapping. One that a change took over wholly, or took back, stays
 * before the others with an `until` before its `from`: it has no dates, and calendars still learn that it is over.
 */
export interface Segment {
  /** 1 for the first; never given twice. */
  readonly number: number;
  /** ISO date from which it holds: a hit of its rule, and the day from which intervals count. */
  readonly from: string;
  /** ISO date of the last day that still belongs to it; absent while it goes on. */
  readonly until?: string;
  readonly rule: Rule;
  /** Wall-clock start in Helsinki, `09:00`. */
  readonly time: string;
  readonly minutes: number;
}

/** Who belongs to a series inside the organisation: everybody of the programme, or those of some projects. */
export type SeriesPeople =
  | { readonly of: 'programme' }
  | { readonly of: 'projects'; readonly projects: readonly ProjectId[] };

/** A conversation of several that is reminded too. */
export interface RemindedChannel {
  readonly name: string;
  readonly language: Language;
  readonly chat: ChatAddress & { readonly conversationId: string };
}

export interface ReminderSettings {
  /** Minutes before the start, longest first: 10080 is a week, 1440 a day. At most 5. */
  readonly offsets: readonly number[];
  readonly ways: readonly ('person' | 'channel' | 'mail')[];
  /** Wall-clock times between which nobody is reminded; a reminder due then comes at their end if that is still before the start, else before they begin. */
  readonly quiet?: { readonly from: string; readonly to: string };
  readonly channels: readonly RemindedChannel[];
}

/** What one person wants to be reminded of, in one series. */
export interface SeriesChoice {
  readonly isOff?: true;
  /** Some of the series' offsets, in minutes; all of them where it is absent. */
  readonly offsets?: readonly number[];
  /** ISO date until which (not including it) nothing comes. */
  readonly snoozedUntil?: string;
}

/** Projects present one after the other; `undefined` where a series has no rotation. */
export interface RotationSettings {
  /** The projects that take part, in the order in which ties are settled. */
  readonly projects: readonly ProjectId[];
  /** Days before the session at which the presenter is asked, and by which the answer is wanted. */
  readonly askDays: number;
  readonly deadlineDays: number;
}

export interface AgendaItem {
  /** Makes it the same item in a template and after a move. */
  readonly id: string;
  readonly title: Partial<Named>;
  readonly minutes?: number;
}

/**
 * `draft`: known to those who look after series, and to nothing else: it has no sessions, gives nobody a slot, and nothing of it
 * leaves, until it is published.
 */
type SeriesState =
  | { readonly status: 'draft' }
  | { readonly status: 'active' }
  | { readonly status: 'ended'; readonly at: string };

/** A recurring session: Hankeradio, Big Room, training, or one of the programme's own. */
export interface Series {
  readonly id: SeriesId;
  readonly kind: SeriesKind;
  readonly names: Named;
  readonly descriptions: Partial<Named>;
  readonly state: SeriesState;
  /** At least one; the last is the one that goes on. */
  readonly segments: readonly Segment[];
  /** Months (1-12) in which it does not take place. */
  readonly pausedMonths: readonly number[];
  readonly people: SeriesPeople;
  /** Whether stakeholders outside the organisation (contacts) are invited. */
  readonly isOpenToContacts: boolean;
  /** Mail addresses of groups invited through the calendar, as mail goes there; at most 500. */
  readonly groups: readonly string[];
  /** Where one joins: set by the coordinator, or by the calendar that made the meeting. */
  readonly joinUrl?: string;
  /** The link is that of the calendar's meeting, and no person's choice. */
  readonly joinUrlBy?: 'calendar';
  /** Who gets into its online meetings; absent in a series of an older release, see `meetingOf`. */
  readonly meeting?: MeetingAccess;
  readonly rotation?: RotationSettings;
  /** The template of an occurrence's agenda. */
  readonly agenda: readonly AgendaItem[];
  readonly reminders: ReminderSettings;
  /** Whom people outside ask about it; where there is none, whom they ask about the programme. */
  readonly helper?: Helper;
  /** Makes the address of the calendar feed unguessable. */
  readonly feedKey: string;
  /** Gives the public page another address than the first one, once the addresses were renewed. */
  readonly pageKey?: string;
  /** iCalendar SEQUENCE: higher with each change that those who are invited may see in their calendar; see `nextSequence`. */
  readonly sequence: number;
  /** The sequence with which people got what it is again, after an undo of a change of which nobody was notified. */
  readonly sameAs?: number;
  /** ISO instant of the newest change that they see. */
  readonly changedAt: string;
  readonly createdAt: string;
  readonly auditCount: number;
}

/** Whom people outside ask about a series. */
export const helperOf = (
  { helper }: Pick<Series, 'helper'>,
  programme: Pick<Programme, 'helper'>,
): Helper | undefined => helper ?? programme.helper;

/** The fields of a series that decide when it takes place and what lists show of it. */
export type SeriesOutline = Pick<
  Series,
  'id' | 'kind' | 'names' | 'state' | 'segments' | 'pausedMonths' | 'rotation' | 'joinUrl'
>;

/** The version of a series that people have. */
export type SeriesVersion = Pick<Series, 'sequence' | 'changedAt'>;

/** What was agreed for one date of a series goes over to another. ISO dates. */
export interface Carried {
  readonly from: string;
  readonly to: string;
}

/** What was done to a series. Without `by` Big Room did it itself. */
export interface SeriesAudit {
  readonly number: number;
  readonly at: string;
  readonly by?: PersonRef;
  readonly event:
    | {
        readonly action:
          | 'create'
          | 'edit'
          | 'timing'
          | 'publish'
          | 'end'
          | 'undo'
          | 'remindHere'
          | 'joinUrl'
          | 'renewFeed';
      }
    | {
        readonly action: 'changeFrom';
        readonly from: string;
        /** Own dates (ISO) of what was agreed, before and after. */
        readonly carried: readonly Carried[];
        /** Moves to another time that did not go over: the date before, and where it had been moved. */
        readonly dropped: readonly { readonly date: string; readonly start: string; readonly end: string }[];
      };
}

/** How those who are invited are notified of a change. */
export interface ChangeNotification {
  readonly messages: readonly MessageId[];
  /** The series' sequence with which they are notified. */
  readonly sequence: number;
  /** ISO instant of the series' change before. */
  readonly changedBefore: string;
  /** The sequence with which people got that one; older releases counted one by one, and left it out. */
  readonly sequenceBefore?: number;
}

/** What an undo of an action needs. */
export interface Undoable<Before> {
  readonly before: Before;
  /** An undo cancels it; where some of it has left, they are notified of the undo too. */
  readonly notification?: ChangeNotification;
  /** Messages to people, which an undo cancels; it is refused once one of them has left. */
  readonly messages?: readonly MessageId[];
}

/** The row of the newest action that can be undone: there is one at a time, and each replaces the one before. */
export interface UndoRow<Entry, Before> extends Undoable<Before> {
  /** The audit entry of the action. */
  readonly entry: Entry;
}

export type SeriesUndo = UndoRow<SeriesAudit, Series>;
