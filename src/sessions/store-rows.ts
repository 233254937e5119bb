import type { Change, Versioned } from '../platform/commit.js';
import type { OccurrenceId, SeriesId } from '../platform/ids.js';
import type { CalendarState } from './calendar/calendar.js';
import type { OccurrenceAudit, OccurrenceRecord, OccurrenceUndo } from './occurrences/occurrence.js';
import { placeOf } from './occurrences/schedule.js';
import type { Series, SeriesAudit, SeriesUndo } from './series/series.js';
import type { SessionStore } from './store.js';
import { prefixRange, type Rows } from '../platform/rows.js';
import { insertRecords, put, revisionPlace, trailOf, versioned } from '../platform/row-lists.js';

/** Everything that is asked for is read, a round trip for each page. */
const pageRows = 1_000;
/** More than twenty years of a daily series: beyond it something else is wrong. */
const maxPages = 20;

const seriesPrefix = 'series|';
const seriesKey = (id: SeriesId): string => `${seriesPrefix}${id}`;
const recordKey = (id: SeriesId, date: string): string => `occurrence|${id}|${date}`;
const seriesAuditPrefix = (id: SeriesId): string => `series-audit|${id}|`;
const recordAuditPrefix = (id: OccurrenceId): string => `occurrence-audit|${id}|`;
const seriesUndoKey = (id: SeriesId): string => `series-undo|${id}`;
const recordUndoKey = (id: OccurrenceId): string => `occurrence-undo|${id}`;
const calendarKey = (id: SeriesId): string => `calendar|${id}`;

/**
 * Series in `series|<id>`, records of occurrences in `occurrence|<series>|<date>`, what was done to them in
 * `series-audit|` and `occurrence-audit|`, what takes back the newest of it in `series-undo|` and `occurrence-undo|`, and
 * what is known of the calendar outside in `calendar|<series>`.
 */
export function sessionStore(rows: Rows, partition: string): SessionStore {
  const one = async <Value>(key: string): Promise<Versioned<Value> | undefined> => {
    const row = await rows.get<Value>(partition, key);
    return row && versioned(row);
  };
  const all = async <Value>(from: string, to: string): Promise<Versioned<Value>[]> => {
    const found: Versioned<Value>[] = [];
    let next = from;
    for (let page = 0; page < maxPages; page += 1) {
      const { rows: read, more } = await rows.range<Value>(partition, { from: next, to, limit: pageRows });
      found.push(...read.map(versioned));
      const last = read.at(-1);
      if (!more || last === undefined) break;
      next = `${last.key} `;
    }
    return found;
  };
  return {
    series: (id) => one<Series>(seriesKey(id)),
    allSeries: () => {
      const { from, to } = prefixRange(seriesPrefix, pageRows);
      return all<Series>(from, to);
    },
    record: (id) => {
      const place = placeOf(id);
      return place === undefined ? Promise.resolve(undefined) : one(recordKey(place.seriesId, place.date));
    },
    records: (id, from, to) => all<OccurrenceRecord>(recordKey(id, from), `${recordKey(id, to)} `),
    seriesAudit: (id) => trailOf<SeriesAudit>(rows, partition, seriesAuditPrefix(id)),
    occurrenceAudit: (id) => trailOf<OccurrenceAudit>(rows, partition, recordAuditPrefix(id)),
    seriesUndo: async (id) => (await rows.get<SeriesUndo>(partition, seriesUndoKey(id)))?.value,
    occurrenceUndo: async (id) => (await rows.get<OccurrenceUndo>(partition, recordUndoKey(id)))?.value,
    putSeries: (before, after, audit, undo) => [
      put(seriesKey(after.id), before, after),
      ...auditChanges(audit, seriesAuditPrefix(after.id)),
      ...undoChanges(seriesUndoKey(after.id), undo),
    ],
    putRecord: (before, after, audit, undo) => [
      put(recordKey(after.seriesId, after.date), before, after),
      ...auditChanges(audit, recordAuditPrefix(after.id)),
      ...undoChanges(recordUndoKey(after.id), undo),
    ],
    calendarState: (id) => one<CalendarState>(calendarKey(id)),
    putCalendarState: (id, before, after) => put(calendarKey(id), before, after),
    commit: (changes) => rows.commit(partition, changes),
  };
}

/** Held together by the row of the series or the record, which is written with it. */
function undoChanges(key: string, undo: SeriesUndo | OccurrenceUndo | undefined): Change[] {
  return undo === undefined ? [] : [{ op: 'put', key, value: undo }];
}

function auditChanges(audit: readonly { readonly number: number }[], prefix: string): Change[] {
  return insertRecords(
    { audit: [...audit] },
    { audit: (number) => prefix + revisionPlace(number), text: (language) => language },
  );
}
