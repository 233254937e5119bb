import { occurrenceQueries } from './occurrences/queries.js';
import { occurrenceService } from './occurrences/service.js';
import { thisAndFollowing, type ThisAndFollowingDeps } from './occurrences/this-and-following.js';
import { seriesService, type SeriesServiceDeps } from './series/service.js';

export type SessionServiceDeps = SeriesServiceDeps & ThisAndFollowingDeps;

/** Series and their occurrences: all that the edges do with them, from the rooms in which it stands. */
export function sessionService(deps: SessionServiceDeps) {
  return {
    ...seriesService(deps),
    ...thisAndFollowing(deps),
    ...occurrenceQueries(deps),
    ...occurrenceService(deps),
  };
}

export type SeriesService = ReturnType<typeof sessionService>;
