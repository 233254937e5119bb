import type { SeriesChoice } from '../../../src/sessions/series/series.js';
import type { ChoiceAnswer, ChoicesAnswer } from '../../../src/shared/answers/sessions.js';
import type { Api } from '../../api.js';

/** One's own choices by series; a series that is not there reminds of everything. */
export function listChoices(api: Api): Promise<ChoicesAnswer> {
  return api.get('/api/me/sessions');
}

/** Stores the whole choice for one series. */
export function setChoice(api: Api, seriesId: string, choice: SeriesChoice): Promise<ChoiceAnswer> {
  return api.put(`/api/me/sessions/${seriesId}`, choice);
}
