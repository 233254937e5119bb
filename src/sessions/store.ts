import type { Change, Commit, Versioned } from '../platform/commit.js';
import type { OccurrenceId, SeriesId } from '../platform/ids.js';
import type { CalendarState } from './calendar/calendar.js';
import type { OccurrenceAudit, OccurrenceRecord, OccurrenceUndo } from './occurrences/occurrence.js';
import type { Series, SeriesAudit, SeriesUndo } from './series/series.js';

/** Where series and what is known of their occurrences are kept. A programme has a handful of series. */
export interface SessionStore {
  series(id: SeriesId): Promise<Versioned<Series> | undefined>;
  /** Every series, active or ended. */
  allSeries(): Promise<readonly Versioned<Series>[]>;
  record(id: OccurrenceId): Promise<Versioned<OccurrenceRecord> | undefined>;
  /** The records of a series whose own dates lie between two ISO dates, both included; by date. */
  records(id: SeriesId, from: string, to: string): Promise<readonly Versioned<OccurrenceRecord>[]>;
  /** The newest 200 entries, oldest of them first. */
  seriesAudit(id: SeriesId): Promise<readonly SeriesAudit[]>;
  occurrenceAudit(id: OccurrenceId): Promise<readonly OccurrenceAudit[]>;
  /** What takes back the newest act that can be taken back; another may have followed it. */
  seriesUndo(id: SeriesId): Promise<SeriesUndo | undefined>;
  occurrenceUndo(id: OccurrenceId): Promise<OccurrenceUndo | undefined>;
  /** The series with its new audit entries; `before` is undefined for a new one. */
  putSeries(
    before: Versioned<Series> | undefined,
    after: Series,
    audit: readonly SeriesAudit[],
    undo?: SeriesUndo,
  ): Change[];
  /** The record with its new audit entries; `before` is undefined where nothing was stored yet. */
  putRecord(
    before: Versioned<OccurrenceRecord> | undefined,
    after: OccurrenceRecord,
    audit: readonly OccurrenceAudit[],
    undo?: OccurrenceUndo,
  ): Change[];
  /** What is known of the calendar outside, of a series. */
  calendarState(id: SeriesId): Promise<Versioned<CalendarState> | undefined>;
  /** Holds while nobody else changed it since. */
  putCalendarState(id: SeriesId, before: Versioned<CalendarState> | undefined, after: CalendarState): Change;
  readonly commit: Commit;
}
