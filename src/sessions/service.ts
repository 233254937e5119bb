import { occurrenceQueries } from './occurrences/queries.js';
import { occurrenceService } from './occurrences/service.js';
import type { OccurrenceChangeDeps } from './occurrences/change.js';
import { thisAndFollowing } from './occurrences/this-and-following.js';
import { seriesService, type SeriesServiceDeps } from './series/service.js';
import type { Partition } from '../platform/partition.js';
import { calendarStateStore } from './calendar/sync.js';
import { occurrenceStore } from './occurrences/store.js';

export type SessionServiceDeps = SeriesServiceDeps & OccurrenceChangeDeps;

/** Series and their occurrences: all operations for the edges, put together from the subfolders. */
export function sessionService(deps: SessionServiceDeps) {
  return {
    ...seriesService(deps),
    ...thisAndFollowing(deps),
    ...occurrenceQueries(deps),
    ...occurrenceService(deps),
  };
}

export type SessionService = ReturnType<typeof sessionService>;

/** Series, records of occurrences, and what is known of the calendar outside: what most of its folders read, in one partition. */
export function sessionStore(partition: Partition) {
  return { ...occurrenceStore(partition), ...calendarStateStore(partition) };
}

export type SessionStore = ReturnType<typeof sessionStore>;
