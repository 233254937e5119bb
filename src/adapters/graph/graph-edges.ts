import type { Mailer } from '../../delivery/mail/mailer.js';
import type { Clock } from '../../platform/clock.js';
import { graphAttendance } from './graph-attendance.js';
import { graphChecks } from './graph-checks.js';
import { graphDirectory } from './graph-directory.js';
import { graphCalendar } from './graph-calendar.js';
import type { GraphClient } from './graph-client.js';
import { graphMailer } from './graph-mailer.js';
import { graphMeetings } from './graph-meetings.js';
import { graphReplies } from './graph-replies.js';
import type { GraphSettings } from './settings.js';

/**
 * What Graph does for Big Room, as far as mailboxes for it are named: the organiser's calendar, who gets into its meetings, who
 * was there, what is answered to it, and mail; the directory, and what of it all can be tried. Mail leaves from the organiser's mailbox, since calendars believe nobody else.
 */
export function graphEdges(
  client: GraphClient,
  { organiser, mailFrom, siteId }: Pick<GraphSettings, 'organiser' | 'mailFrom' | 'siteId'>,
  clock: Clock,
) {
  const sender = organiser ?? mailFrom;
  const mailer: Mailer | undefined = sender === undefined ? undefined : graphMailer(client, sender, clock);
  const directory = graphDirectory(client);
  return {
    directory,
    checks: graphChecks(client, { ...(organiser && { organiser }), ...(siteId && { siteId }) }, directory),
    ...(mailer && { mailer, organiser: sender }),
    ...(organiser !== undefined && {
      calendar: graphCalendar({ client, organiser, clock }),
      attendance: graphAttendance(client, organiser),
      meetings: graphMeetings(client, organiser),
      replies: graphReplies(client, organiser),
    }),
  };
}
