/** Weekday of ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * When a series comes round, in Helsinki wall-clock dates. `week` -1 is the last one of the month; a `dayOfMonth` that
 * a month does not have leaves that month out. Intervals are 1 to 12 months, 1 to 26 weeks, 1 to 90 days.
 */
export type Rule =
  | {
      readonly every: 'weekdayOfMonth';
      readonly interval: number;
      readonly weekday: Weekday;
      readonly week: 1 | 2 | 3 | 4 | -1;
    }
  | { readonly every: 'dayOfMonth'; readonly interval: number; readonly day: number }
  | { readonly every: 'week'; readonly interval: number; readonly weekdays: readonly Weekday[] }
  | { readonly every: 'day'; readonly interval: number };
