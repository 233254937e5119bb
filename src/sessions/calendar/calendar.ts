import type { SeriesId } from '../../platform/ids.js';
import type { RepeatingRule } from '../series/rule.js';

/**
 * One segment of a series as a calendar outside is to show it: dates by one rule, and what differs from it. A change
 * of this-and-following ends one segment and begins another, and each is an event series of its own.
 */
export interface CalendarSegment {
  /** Makes the iCalendar UID and Graph's `transactionId`: `<series id>-<segment number>`. */
  readonly uid: string;
  readonly subject: string;
  /** Plain text; the adapter makes HTML of it where it needs to. */
  readonly description: string;
  readonly rule: RepeatingRule;
  /** It has this one date, and never had another: calendars show an event that does not recur. */
  readonly isSingle?: true;
  /** ISO date of the first occurrence, a hit of the rule. */
  readonly firstDate: string;
  /** ISO date of the last day on which the rule may hit; absent while the series goes on. */
  readonly lastDate?: string;
  /** Wall-clock start in Helsinki, `09:00`. */
  readonly time: string;
  readonly minutes: number;
  /** Months (1-12) in which it does not take place, for calendars whose rules can express that. */
  readonly pausedMonths: readonly number[];
  /** Hits of the rule that do not take place (paused, cancelled), ISO dates: past ones, and for the coming year. */
  readonly without: readonly string[];
  /** Hits that take place at another time, under another title or at another address. Times are ISO instants. */
  readonly exceptions: readonly CalendarException[];
}

export interface CalendarException {
  /** The hit of the rule that it replaces, an ISO date. */
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly subject: string;
  /** Where one joins this one, if not where one joins the series. */
  readonly joinUrl?: string;
}

/** A whole series as it should be in the organiser's mailbox. */
export interface CalendarSeries {
  readonly seriesId: SeriesId;
  readonly segments: readonly CalendarSegment[];
  /** Mail addresses of groups and people who are invited; at most 500. */
  readonly attendees: readonly string[];
  /** The series has ended altogether: what is still to come is taken out of the calendar. */
  readonly isEnded: boolean;
}

/** What the calendar keeps of a series to find it again; JSON of the adapter's own shape. */
export type CalendarMemory = Readonly<Record<string, unknown>>;

/** What is stored of the sync of a series: what the calendar keeps of it, and which run has the lease until when (ISO instant). */
export interface CalendarState {
  readonly memory?: CalendarMemory;
  /** Where one joins the meetings that it made and that are still to come. */
  readonly meetings?: readonly string[];
  readonly lease?: { readonly run: string; readonly until: string };
}

/** What a calendar may do during a sync. */
export interface CalendarRun {
  /** Stores the new state, as soon as something was made outside. @throws AppError `storage.conflict`. */
  readonly keep: (memory: CalendarMemory) => Promise<void>;
  /** Whether there is time for another step; without it the calendar is `calendar.unavailable`, and the next run goes on. */
  readonly hasTime: () => boolean;
}

/** A calendar that holds the series for everybody who is invited, with an online meeting. */
export interface Calendar {
  /**
   * Brings the calendar in step with what is wanted, however often it is asked and whatever answers were lost: it
   * reads first and changes only what differs. Nobody gets a new invitation for what does not concern them.
   * @param memory what the last run kept.
   * @returns the address with which one joins, where the calendar made one; and those of all its meetings to come.
   * @throws AppError `calendar.unavailable` (try again, `afterSeconds` in the details where it was named),
   *   `calendar.organiserGone`, `calendar.tooManyAttendees`.
   */
  sync(
    wanted: CalendarSeries,
    memory: CalendarMemory | undefined,
    run: CalendarRun,
  ): Promise<{ readonly joinUrl?: string; readonly meetings?: readonly string[] }>;
}
