import type { CalendarAnswer } from '../../../src/shared/answers/calendar.js';
import type { IssueAnswer } from '../../../src/shared/answers/newsletter.js';
import type { ReleaseAnswer, ReleaseListAnswer } from '../../../src/shared/answers/releases.js';
import type { OccurrenceAnswer } from '../../../src/shared/answers/sessions.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Api, Getter } from '../../api.js';
import type { WallTime } from '../../shared/dates.js';

/** What happens on the whole weeks that these dates touch; without dates on the five weeks from the current one. */
export function getCalendar(api: Getter, from?: string, to?: string): Promise<CalendarAnswer> {
  return api.get('/api/calendar', { from, to });
}

/** The first page of the releases that are not done: approved ones may still want a day. */
export function listOpenReleases(api: Getter): Promise<ReleaseListAnswer> {
  return api.get('/api/releases', {});
}

/** The changes of day that the features allow; each answers with the number of the change, which `undo` takes back. */
export function movesOf(api: Api) {
  const release = (id: string) => `/api/releases/${id}`;
  const issue = (id: string) => `/api/newsletter/${id}`;
  const session = (id: string) => `/api/occurrences/${id}`;
  return {
    /** @param seen when it is `due` so far */
    release: (id: string, to: WallTime, seen: Fields) =>
      api.post<ReleaseAnswer>(`${release(id)}/schedule`, { ...to, seen }),
    undoRelease: (id: string, audit: number) => api.post(`${release(id)}/undo`, { audit }),
    /** @param seen the `deadline` so far */
    deadline: (id: string, deadline: string, seen: Fields) =>
      api.put<IssueAnswer>(`${issue(id)}/deadline`, { deadline, seen }),
    undoDeadline: (id: string, audit: number) => api.post(`${issue(id)}/undo`, { audit }),
    /** @param seen its `start` and `end` so far */
    session: (id: string, to: WallTime, seen: Fields) =>
      api.post<OccurrenceAnswer>(`${session(id)}/move`, { ...to, seen }),
    undoSession: (id: string, audit: number) => api.post(`${session(id)}/undo`, { audit }),
  };
}
