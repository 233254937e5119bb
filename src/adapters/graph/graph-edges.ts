import type { Mailer } from '../../delivery/mail/mailer.js';
import type { Clock } from '../../platform/clock.js';
import { graphAttendance } from './graph-attendance.js';
import { graphCalendar } from './graph-calendar.js';
import type { GraphClient } from './graph-client.js';
import { graphMailer } from './graph-mailer.js';
import { graphMeetings } from './graph-meetings.js';
import { graphReplies } from './graph-replies.js';
import type { GraphSettings } from './settings.js';

/**
 * What Graph does for Big Room, as far as mailboxes for it are named: the organiser's calendar, who gets into its meetings, who
 * was there, what is answered to it, and mail. Mail leaves from the organiser's mailbox, since calendars believe nobody else.
 */
export function graphEdges(
  client: GraphClient,
  { organiser, mailFrom }: Pick<GraphSettings, 'organiser' | 'mailFrom'>,
  clock: Clock,
) {
  const sender = organiser ?? mailFrom;
  const mailer: Mailer | undefined = sender === undefined ? undefined : graphMailer(client, sender, clock);
  return {
    ...(mailer && { mailer, organiser: sender }),
    ...(organiser !== undefined && {
      calendar: graphCalendar({ client, organiser, clock }),
      attendance: graphAttendance(client, organiser),
      meetings: graphMeetings(client, organiser),
      replies: graphReplies(client, organiser),
    }),
  };
}
