import { deciding } from './deciding.js';
import { editing } from './editing.js';
import { looking } from './looking.js';
import type { SeriesParts } from './parts.js';
import type { SeriesService } from './service.js';

/** The series of the programme and their occurrences; see {@link SeriesService}. */
export function seriesService(parts: SeriesParts): SeriesService {
  return { ...looking(parts), ...editing(parts), ...deciding(parts) };
}
