import { get, json, post, type Route } from '../../http/route.js';
import type { MeetingAnswer } from '../../shared/answers/sessions.js';
import { seriesIdOf } from '../series/routes.js';
import type { MeetingService } from './meetings.js';

/** Whether the meetings of a series are as they should be. What they should be is a setting of the series. */
export function meetingRoutes(service: MeetingService): Route[] {
  return [
    get('/api/series/:id/meeting', 'session:see', async (call) =>
      json((await service.meetingStatus(call.person, seriesIdOf(call))) satisfies MeetingAnswer),
    ),
    post('/api/series/:id/meeting', 'session:edit', async (call) =>
      json((await service.checkMeeting(call.person, seriesIdOf(call))) satisfies MeetingAnswer),
    ),
  ];
}
