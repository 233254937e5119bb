import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../../platform/commit.js';
import { outdated, waitingChanges, type WaitingEntry } from '../../platform/waiting-index.js';
import type { Series } from './series.js';

/** The group of the index of what waits that holds the sessions of the coming weeks: series, and records of occurrences. */
export const sessionsGroup = 'sessions';

/** What of a series decides when it takes place and what is said of it in lists. */
export type SeriesOutline = Pick<
  Series,
  'id' | 'kind' | 'names' | 'state' | 'segments' | 'pausedMonths' | 'rotation' | 'joinUrl'
>;

export function seriesWaiting(series: Series): WaitingEntry {
  const { id, kind, names, state, segments, pausedMonths, rotation, joinUrl } = series;
  const outline: SeriesOutline = {
    id,
    kind,
    names,
    state,
    segments,
    pausedMonths,
    ...(rotation && { rotation }),
    ...(joinUrl !== undefined && { joinUrl }),
  };
  return { group: sessionsGroup, id, place: id, line: { series: outline } };
}

/**
 * The changes that keep the index in step with a series. Where its dates change, what was agreed may go over to others,
 * and records from long ago may count again: then all is read anew.
 */
export function seriesWaitingChanges(before: Series | undefined, after: Series): Change[] {
  if (before !== undefined && !isDeepStrictEqual(before.segments, after.segments))
    return [outdated(sessionsGroup)];
  return waitingChanges(before ? [seriesWaiting(before)] : [], [seriesWaiting(after)]);
}
