import type { FanOutAnswer, FanOutListAnswer } from '../../src/shared/answers/fan-outs.js';
import type { ChecklistAnswer, CheckId, FindingAnswer } from '../../src/shared/answers/set-up.js';
import type { OverviewAnswer } from '../../src/shared/answers/overview.js';
import type { UnreachedAnswer } from '../../src/shared/answers/messages.js';
import type {
  OfMeetingAnswer,
  OwnSlotsAnswer,
  SeriesListAnswer,
  PresentersAwayAnswer,
} from '../../src/shared/answers/sessions.js';
import type { Getter, Api } from '../api.js';

/** What waits for the person. */
export function getOverview(api: Getter): Promise<OverviewAnswer> {
  return api.get('/api/overview');
}

/** The sessions whose presenter can't come; for those who lead the sessions. */
export function presentersAway(api: Getter): Promise<PresentersAwayAnswer> {
  return api.get('/api/sessions/presenters-away');
}

/** Which session a meeting in Teams is. @param chat that of the meeting; empty where Teams does not say which. */
export function sessionOfMeeting(api: Getter, chat: string): Promise<OfMeetingAnswer> {
  return api.get('/api/sessions/of-meeting', { chat });
}

/** All series of the programme. */
export function listSeries(api: Getter): Promise<SeriesListAnswer> {
  return api.get('/api/series');
}

/** The coming slots of one's own projects, with what they still need. */
export function listOwnSlots(api: Getter): Promise<OwnSlotsAnswer> {
  return api.get('/api/me/slots');
}

/** Who could not be reached in Teams, and what waits for them; of one occurrence where it is given. */
export function listUnreached(api: Getter, occurrenceId?: string): Promise<UnreachedAnswer> {
  return api.get('/api/unreached', occurrenceId === undefined ? {} : { about: `occurrence:${occurrenceId}` });
}

/** Fan-outs, newest first, page by page; those of one occurrence all at once. */
export function listFanOuts(
  api: Getter,
  query: { readonly after?: string; readonly occurrence?: string } = {},
): Promise<FanOutListAnswer> {
  return api.get('/api/sends', query);
}

/** One fan-out: how far it has come, and what can be done with it. */
export function fanOutApi(api: Api, id: string) {
  const path = `/api/sends/${id}`;
  return {
    path,
    get: () => api.get<FanOutAnswer>(path),
    pause: () => api.post<FanOutAnswer>(`${path}/pause`),
    resume: () => api.post<FanOutAnswer>(`${path}/resume`),
    cancel: () => api.post<FanOutAnswer>(`${path}/cancel`),
    /** Sends once more to those in a state. */
    again: (is: 'failed' | 'uncertain') => api.post<FanOutAnswer>(`${path}/again`, { is }),
  };
}

const checklistPath = '/api/programme/checklist';

/** What is set up, and what is still missing; for those who manage the programme. */
export function getChecklist(api: Getter): Promise<ChecklistAnswer> {
  return api.get(checklistPath);
}

/** Puts the checklist away on the overview, or back. */
export function dismissChecklist(api: Api, isDismissed: boolean): Promise<ChecklistAnswer> {
  return api.put(checklistPath, { isDismissed });
}

/** Tries something outside. @param address to which a test mail goes. */
export function tryCheck(api: Api, id: CheckId, address?: string): Promise<FindingAnswer> {
  return api.post(`/api/checks/${id}`, address === undefined ? {} : { address });
}
