import { homeDate } from '../../platform/clock.js';
import type { Holiday } from '../../platform/holidays.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import type { Occurrence, OccurrenceRecord, OccurrenceState } from './occurrence.js';
import { timeOf } from '../series/dates.js';
import type { Segment, SeriesOutline } from '../series/series.js';

/** An occurrence may be moved so many days from its own date, and no farther: a window of dates finds all that matter. */
export const farthestMove = 60;

const idPattern = /^(?<series>[0-9a-f]{26})-(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/;

export function occurrenceId(seriesId: SeriesId, date: string): OccurrenceId {
  return `${seriesId}-${date.replaceAll('-', '')}` as OccurrenceId;
}

/** The series and the date that an occurrence's id names; `undefined` for text that is no such id. */
export function placeOf(id: string): { readonly seriesId: SeriesId; readonly date: string } | undefined {
  const { series, year, month, day } = idPattern.exec(id)?.groups ?? {};
  if (series === undefined) return undefined;
  return { seriesId: series as SeriesId, date: [year, month, day].join('-') };
}

/** What an occurrence is made of: its hit, and its record where there is one. */
export interface SeriesDate {
  readonly series: SeriesOutline;
  readonly segment: Segment;
  readonly date: string;
  readonly record: OccurrenceRecord | undefined;
}

/** The occurrence as it is at a moment. `holiday` tells the public holiday of an ISO date. */
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
