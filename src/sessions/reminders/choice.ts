/** What one person wants to be reminded of, in one series. */
export interface SeriesChoice {
  readonly isOff?: true;
  /** Some of the series' offsets, in minutes; all of them where it is absent. */
  readonly offsets?: readonly number[];
  /** ISO date until which (not including it) nothing comes. */
  readonly snoozedUntil?: string;
}
