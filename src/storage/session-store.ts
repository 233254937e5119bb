import type { Change, Versioned } from '../commit.js';
import type { OccurrenceId, SeriesId } from '../ids.js';
import type { CalendarState } from '../sessions/calendar/calendar.js';
import type { OccurrenceAudit, OccurrenceRecord } from '../sessions/occurrence.js';
import { placeOf } from '../sessions/schedule.js';
import type { Series, SeriesAudit } from '../sessions/series.js';
import type { SessionStore } from '../sessions/store.js';
import { prefixRange, type Rows, type StoredRow } from './rows.js';
import { insertRecords, revisionPlace, trailOf } from './shared-rows.js';

const mostSeries = 200;
/** A daily series has fewer in all the time that anybody asks for at once. */
const mostRecords = 1_000;

const seriesPrefix = 'series|';
const seriesKey = (id: SeriesId): string => `${seriesPrefix}${id}`;
const recordKey = (id: SeriesId, date: string): string => `occurrence|${id}|${date}`;
const seriesAuditPrefix = (id: SeriesId): string => `series-audit|${id}|`;
const recordAuditPrefix = (id: OccurrenceId): string => `occurrence-audit|${id}|`;
const calendarKey = (id: SeriesId): string => `calendar|${id}`;

const versioned = <Value>({ value, version }: StoredRow<Value>): Versioned<Value> => ({ value, version });

function put<Value>(key: string, before: Versioned<Value> | undefined, value: Value): Change {
  return before === undefined
    ? { op: 'insert', key, value }
    : { op: 'replace', key, value, version: before.version };
}

/**
 * Series in `series|<id>`, records of occurrences in `occurrence|<series>|<date>`, what was done to them in
 * `series-audit|` and `occurrence-audit|`, and what is known of the calendar outside in `calendar|<series>`.
 */
export function sessionStore(rows: Rows, partition: string): SessionStore {
  const one = async <Value>(key: string): Promise<Versioned<Value> | undefined> => {
    const row = await rows.get<Value>(partition, key);
    return row && versioned(row);
  };
  return {
    series: (id) => one<Series>(seriesKey(id)),
    allSeries: async () =>
      (await rows.range<Series>(partition, prefixRange(seriesPrefix, mostSeries))).rows.map(versioned),
    record: (id) => {
      const place = placeOf(id);
      return place === undefined ? Promise.resolve(undefined) : one(recordKey(place.seriesId, place.date));
    },
    records: async (id, from, to) => {
      const range = { from: recordKey(id, from), to: `${recordKey(id, to)} `, limit: mostRecords };
      return (await rows.range<OccurrenceRecord>(partition, range)).rows.map(versioned);
    },
    seriesAudit: (id) => trailOf<SeriesAudit>(rows, partition, seriesAuditPrefix(id)),
    occurrenceAudit: (id) => trailOf<OccurrenceAudit>(rows, partition, recordAuditPrefix(id)),
    putSeries: (before, after, audit) => [
      put(seriesKey(after.id), before, after),
      ...auditChanges(audit, seriesAuditPrefix(after.id)),
    ],
    putRecord: (before, after, audit) => [
      put(recordKey(after.seriesId, after.date), before, after),
      ...auditChanges(audit, recordAuditPrefix(after.id)),
    ],
    calendarState: (id) => one<CalendarState>(calendarKey(id)),
    putCalendarState: (id, before, after) => put(calendarKey(id), before, after),
    commit: (changes) => rows.commit(partition, changes),
  };
}

function auditChanges(audit: readonly { readonly number: number }[], prefix: string): Change[] {
  return insertRecords(
    { audit: [...audit] },
    { audit: (number) => prefix + revisionPlace(number), text: (language) => language },
  );
}
