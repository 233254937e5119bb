import type { DeliveryKind } from '../delivery/outbox/kind.js';
import type { Module } from '../module.js';
import { calendarFeedRoutes, calendarFeeds } from './calendar/feeds.js';
import type { MeetingService } from './calendar/meetings.js';
import { meetingRoutes } from './calendar/meeting-routes.js';
import { calendarSync } from './calendar/sync.js';
import { comingRoutes } from './coming/routes.js';
import type { ReplyReader } from './coming/replies.js';
import type { ComingService } from './coming/service.js';
import { sessionFanOuts } from './fan-outs.js';
import { attendanceDelivery } from './follow-up/attendance.js';
import { followUpRoutes } from './follow-up/routes.js';
import type { FollowUpService } from './follow-up/service.js';
import { leavingDelivery } from './mails/leaving-mails.js';
import { sessionMails } from './mails/session-mails.js';
import { sessionNotices } from './notices.js';
import { outsideRoutes, type OutsideRouteDeps } from './outside/routes.js';
import { signUpDelivery } from './outside/sign-up-mail.js';
import { signUpsFullDelivery } from './outside/sign-ups-full.js';
import { presentersAffectedDelivery } from './occurrences/affected.js';
import { occurrenceRoutes } from './occurrences/routes.js';
import { sessionWaitingGroup } from './occurrences/queries.js';
import type { SessionPlanner } from './planning/planner.js';
import { reminderNotices } from './reminders/notices.js';
import type { PreviewService } from './planning/preview.js';
import { previewRoutes } from './planning/routes.js';
import { preferenceRoutes } from './reminders/routes.js';
import type { PreferenceService } from './reminders/service.js';
import { fanOutRecipients } from './reminders/recipients.js';
import { publishingRoutes } from './publishing/routes.js';
import { publishingService, type PublishingDeps } from './publishing/service.js';
import { thanksRoutes } from './reminders/thanks.js';
import { rotationRoutes } from './rotation/routes.js';
import type { RotationService } from './rotation/service.js';
import { daysOffRoutes, daysOffService } from './series/days-off.js';
import { seriesRoutes } from './series/routes.js';
import type { SessionService } from './service.js';
import { topicRoutes } from './topics/routes.js';
import { wallRoutes } from './topics/join-page.js';
import type { TopicService } from './topics/service.js';

interface SessionServices {
  readonly series: SessionService;
  readonly rotation: RotationService;
  readonly topics: TopicService;
  readonly followUp: FollowUpService;
  readonly preferences: PreferenceService;
  readonly coming: ComingService;
}

type Deps = SessionServices & {
  readonly planner: SessionPlanner;
  readonly daysOff: Parameters<typeof daysOffService>[0];
  readonly preview: PreviewService;
  readonly wall: Parameters<typeof wallRoutes>[0];
  readonly waiting: Parameters<typeof sessionWaitingGroup>[0];
  readonly source: Parameters<typeof fanOutRecipients>[0];
  readonly mails: Parameters<typeof sessionMails>[0] & Parameters<typeof leavingDelivery>[0];
  readonly feeds: Parameters<typeof calendarFeeds>[0];
  readonly calendar: Parameters<typeof calendarSync>[0];
  readonly publishing: PublishingDeps;
  readonly attendance: Parameters<typeof attendanceDelivery>[0];
  readonly meetings: { readonly service: MeetingService; readonly delivery: DeliveryKind };
  readonly replies: Pick<ReplyReader, 'delivery'>;
  readonly affected: Parameters<typeof presentersAffectedDelivery>[0];
  readonly pages: Omit<OutsideRouteDeps, 'calendarFile'>;
  readonly signUps: Parameters<typeof signUpDelivery>[0];
};

/** What the sessions register: their routes, what follows from changes and from time, what many get, and notices. */
export function sessionsModule(deps: Deps) {
  const { series, rotation, topics, followUp, preferences, coming } = deps;
  const recipients = fanOutRecipients(deps.source);
  const feeds = calendarFeeds(deps.feeds);
  const deliveries: readonly DeliveryKind[] = [
    deps.planner.delivery,
    calendarSync(deps.calendar),
    attendanceDelivery(deps.attendance),
    deps.replies.delivery,
    deps.meetings.delivery,
    presentersAffectedDelivery(deps.affected),
    signUpDelivery(deps.signUps),
    signUpsFullDelivery(deps.pages),
    leavingDelivery(deps.mails),
  ];
  return {
    routes: [
      ...seriesRoutes(series),
      ...daysOffRoutes(daysOffService(deps.daysOff)),
      ...meetingRoutes(deps.meetings.service),
      ...publishingRoutes(publishingService(deps.publishing)),
      ...occurrenceRoutes(series),
      ...rotationRoutes(rotation, series),
      ...topicRoutes(topics, series),
      ...wallRoutes(deps.wall),
      ...thanksRoutes(recipients),
      ...followUpRoutes(followUp, series),
      ...preferenceRoutes(preferences),
      ...previewRoutes(deps.preview),
      ...comingRoutes(coming, deps.pages.outside),
      ...calendarFeedRoutes(feeds),
      ...outsideRoutes({ ...deps.pages, calendarFile: feeds.ofPage }),
    ],
    deliveries,
    fanOuts: sessionFanOuts({ ...recipients, mail: sessionMails(deps.mails) }),
    notices: [...sessionNotices, ...reminderNotices(deps.source)],
    waiting: {
      groups: [sessionWaitingGroup(deps.waiting)],
      lines: async (person, indexed) => [
        { name: 'sessions', value: await series.overviewLine(person, indexed) },
      ],
    },
  } satisfies Module;
}
