import type { Clock } from '../../platform/clock.js';
import { graphAttendance } from './graph-attendance.js';
import { graphCalendar } from './graph-calendar.js';
import { createGraphClient } from './graph-client.js';
import { graphMailer } from './graph-mailer.js';
import { graphMeetings } from './graph-meetings.js';
import { graphReplies } from './graph-replies.js';
import type { GraphSettings } from './settings.js';

/** What Graph does for Big Room: the organiser's calendar, who gets into its meetings, who was there, mail from that mailbox, and what is answered to it. */
export function graphEdges(settings: GraphSettings, clock: Clock) {
  const { organiser } = settings;
  const client = createGraphClient({ ...settings, credential: { secret: settings.clientSecret }, clock });
  return {
    calendar: graphCalendar({ client, organiser, clock }),
    attendance: graphAttendance(client, organiser),
    meetings: graphMeetings(client, organiser),
    replies: graphReplies(client, organiser),
    mailer: graphMailer(client, organiser, clock),
    organiser,
  };
}
