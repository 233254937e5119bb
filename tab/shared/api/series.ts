import type { SeriesListAnswer } from '../../../src/shared/answers/sessions.js';
import type { Getter } from '../../api.js';

/** All series of the programme. */
export function listSeries(api: Getter): Promise<SeriesListAnswer> {
  return api.get('/api/series');
}
