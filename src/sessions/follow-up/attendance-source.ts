/** Who was there, as the meeting's own report says it. Times are ISO instants. */
export interface AttendanceReport {
  readonly count: number;
  readonly people: readonly { readonly name: string; readonly address?: string; readonly seconds: number }[];
  readonly start: string;
  readonly end: string;
}

/** Where attendance is known from; a number by hand is the other way. */
export interface AttendanceSource {
  /**
   * The report of the meeting behind a join address that overlaps most with this time; `undefined` while there is none
   * (it comes some minutes after the end; channel meetings have none).
   * @throws AppError `calendar.unavailable`, `calendar.organiserGone`.
   */
  report(joinUrl: string, start: string, end: string): Promise<AttendanceReport | undefined>;
}
