import type { Holiday } from '../../platform/holidays.js';
import type { NewsDay } from '../../news/days.js';
import type { IssueLine } from '../../newsletter/types.js';
import type { ReleaseLine } from '../../releases/types.js';
import type { OccurrenceLine } from '../../sessions/occurrences/occurrence.js';

/** A release in the calendar. */
export interface CalendarRelease extends ReleaseLine {
  /** The ISO date before which its author asked not to publish it, where the one who asks may know of it. */
  readonly earliestDate?: string;
}

/**
 * Answer of GET /api/calendar: what happens on whole weeks from Monday, of that which the one who asks may see. A source
 * that they may not see is empty.
 */
export interface CalendarAnswer {
  /** ISO date, a Monday. */
  readonly first: string;
  /** ISO date, a Sunday. */
  readonly last: string;
  readonly releases: readonly CalendarRelease[];
  /** Issues of the newsletter whose deadline it is. */
  readonly issues: readonly IssueLine[];
  /** Items that must not be published before a day. */
  readonly embargoes: readonly NewsDay[];
  readonly sessions: readonly OccurrenceLine[];
  readonly holidays: readonly Holiday[];
}
