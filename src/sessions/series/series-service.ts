import { deciding } from '../occurrences/decisions.js';
import { editing } from './editing.js';
import { looking } from '../occurrences/queries.js';
import type { SeriesDeps } from '../deps.js';
import type { SeriesService } from '../service.js';

/** The series of the programme and their occurrences; see {@link SeriesService}. */
export function seriesService(deps: SeriesDeps): SeriesService {
  return { ...looking(deps), ...editing(deps), ...deciding(deps) };
}
