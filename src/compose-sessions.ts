import type { Clock } from './platform/clock.js';
import { followUpRoutes } from './sessions/follow-up/routes.js';
import { calendarFeedRoutes } from './sessions/calendar/routes.js';
import { preferenceRoutes } from './sessions/reminders/routes.js';
import { rotationRoutes } from './sessions/rotation/routes.js';
import { fanOutRoutes } from './delivery/fan-out/routes.js';
import { occurrenceRoutes } from './sessions/occurrences/routes.js';
import { seriesRoutes } from './sessions/series/routes.js';
import { audienceModule } from './audience/module.js';
import { topicRoutes } from './sessions/topics/routes.js';
import type { Route } from './http/route.js';
import type { Log } from './platform/log.js';
import { partitionOf } from './platform/partition.js';
import type { Mailer } from './delivery/mail/mailer.js';
import type { NewsService } from './news/service.js';
import type { DeliveryKind } from './delivery/outbox/kind.js';
import { fanOutKinds, type FanOutKind } from './delivery/fan-out/kind.js';
import { mailTransport } from './delivery/mail/transport.js';
import { sessionFanOuts } from './sessions/fan-outs.js';
import type { Outbox } from './delivery/outbox/outbox.js';
import type { Queue } from './platform/queue.js';
import type { PeopleService } from './people/service.js';
import { makeFanOuts } from './delivery/fan-out/make-fan-outs.js';
import { clockTime, mailPace, teamsPace } from './delivery/pacing/limiter.js';
import { unlimited, type Pace } from './delivery/pacing/pace.js';
import type { Transport } from './delivery/fan-out/transport.js';
import type { FanOutService } from './delivery/fan-out/service.js';
import type { FanOutWorker } from './delivery/fan-out/worker.js';
import { followUpService } from './sessions/follow-up/service.js';
import type { AttendanceSource } from './sessions/follow-up/attendance.js';
import { attendanceHandler } from './sessions/follow-up/attendance.js';
import type { Calendar } from './sessions/calendar/calendar.js';
import { calendarFeeds } from './sessions/calendar/feeds.js';
import { calendarFollower } from './sessions/calendar/sync.js';
import { contactService, type ContactService } from './audience/service.js';
import { sessionMails } from './sessions/mails/session-mails.js';
import { sessionPlanner } from './sessions/planning/planner.js';
import { preferenceService } from './sessions/reminders/service.js';
import { reminderSource } from './sessions/reminders/source.js';
import { seriesSubscriptions } from './sessions/reminders/subscriptions.js';
import { rotationService, type RotationService } from './sessions/rotation/service.js';
import { type SeriesService, sessionService } from './sessions/service.js';
import type { FollowUpService } from './sessions/follow-up/service.js';
import type { PreferenceService } from './sessions/reminders/service.js';
import type { TopicService } from './sessions/topics/service.js';
import { topicFollower } from './sessions/topics/carry-over.js';
import { topicService } from './sessions/topics/service.js';
import { followUpStore } from './sessions/follow-up/store.js';
import { contactStore } from './audience/store.js';
import { paceStore } from './delivery/pacing/store.js';
import { preferenceStore } from './sessions/reminders/store.js';
import type { Rows } from './platform/rows.js';
import { fanOutStore } from './delivery/fan-out/store.js';
import { topicStore } from './sessions/topics/store.js';
import { holidayBook } from './sessions/series/holidays.js';
import { planStore } from './sessions/planning/store.js';
import { sessionStore } from './sessions/store.js';

/** The partition by which the instances keep one pace. */
const pacePartition = 'pace';

/** The services of the sessions. */
export interface SessionDomain {
  readonly series: SeriesService;
  readonly rotation: RotationService;
  readonly topics: TopicService;
  readonly followUp: FollowUpService;
  readonly preferences: PreferenceService;
  readonly contacts: ContactService;
}

export interface SessionDomainDeps {
  readonly rows: Rows;
  readonly partition: string;
  readonly log: Pick<Log, 'error'>;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly undoSeconds: number;
  readonly people: PeopleService;
  readonly news: NewsService;
  readonly attendance: AttendanceSource | undefined;
}

/** The stores of the sessions, as their services take them. */
function stores(rows: Rows, partition: string, clock: Clock, log: Pick<Log, 'error'>) {
  const own = partitionOf(rows, partition, log);
  const sessions = { store: sessionStore(own), clock, holidays: holidayBook() };
  return {
    sessions,
    plans: planStore(own),
    topics: topicStore(own),
    followUp: followUpStore(own),
    preferences: preferenceStore(own),
    contacts: contactStore(own),
  };
}

export function makeSessions({ rows, partition, ...common }: SessionDomainDeps): SessionDomain {
  const { sessions, ...kept } = stores(rows, partition, common.clock, common.log);
  const topics = { ...common, ...sessions, topics: kept.topics };
  return {
    series: sessionService({ ...common, ...sessions, followers: () => [topicFollower(topics)] }),
    rotation: rotationService({ ...common, ...sessions }),
    topics: topicService(topics),
    followUp: followUpService({ ...common, ...sessions, followUp: kept.followUp }),
    preferences: preferenceService({ store: kept.preferences, sessions }),
    contacts: contactService({
      ...common,
      store: kept.contacts,
      subscriptions: [seriesSubscriptions(sessions.store)],
    }),
  };
}

/** What the sessions meet outside. Without a calendar, feeds and mails do its work. */
export interface SessionAdapters {
  /** The queue of large sends: what else leaves must not wait behind them. */
  readonly sendQueue: Queue;
  readonly calendar?: Calendar | undefined;
  /** Where it is known who was in a meeting; without it a number is given by hand. */
  readonly attendance?: AttendanceSource | undefined;
  /** Without one, mails fail and say so. */
  readonly mailer?: Mailer | undefined;
  /** Mail address from which invitations come; one of the public address' host unless set. */
  readonly organiser?: string | undefined;
}

export interface SessionWorkDeps extends Omit<SessionDomainDeps, 'attendance'>, SessionAdapters {
  readonly log: Log;
  readonly publicUrl: string;
  /** Kinds of fan-outs of other modules. */
  readonly fanOuts: readonly FanOutKind[];
}

/** All that happens around the sessions without anybody pressing a button. */
export interface SessionWork {
  readonly deliveries: readonly DeliveryKind[];
  readonly sends: FanOutService;
  readonly routes: (domain: SessionDomain) => Route[];
  /** The pace at which a bot opens conversations for sends, shared by the instances. */
  readonly pace: Pace;
  /** The pace of words to single people: the same limit, but they go before what is for many. */
  readonly words: Pace;
  /** Sends to many; `chat` carries into chats and channels. */
  readonly sender: (chat: Transport) => FanOutWorker;
  /** Sees to it that what follows from time is planned day after day. */
  readonly begin: () => Promise<void>;
}

const noMailer: Mailer = { send: () => Promise.resolve({ result: 'failed', reason: 'noMailer' }) };

/** What leaves to many, and how fast. */
function makeSends(deps: SessionWorkDeps) {
  const { rows, partition, clock, log, people, publicUrl } = deps;
  const { sessions, contacts, preferences } = stores(rows, partition, clock, deps.log);
  const kinds = fanOutKinds([
    ...sessionFanOuts({
      ...reminderSource({ sessions, people, preferences, contacts }),
      mail: sessionMails({
        contacts,
        sessions,
        programme: () => people.programme(),
        publicUrl,
        organiser: organiserOf(deps),
      }),
    }),
    ...deps.fanOuts,
  ]);
  const sending = makeFanOuts({
    store: fanOutStore({
      rows,
      log,
      partition: partitionOf(rows, partition, log),
      aboutOf: (content) => kinds.about(content),
    }),
    queue: deps.sendQueue,
    programme: partition,
    kinds,
    clock,
    log,
  });
  const paces = { store: paceStore(partitionOf(rows, pacePartition, log)), log, time: clockTime(clock) };
  const { sends: chatPace, words } = teamsPace(paces);
  // Without Graph mails become files, which nobody limits.
  const ofMail = deps.organiser === undefined ? unlimited : mailPace(paces);
  const mail = mailTransport(deps.mailer ?? noMailer, kinds);
  return {
    sending,
    chatPace,
    words,
    sender: (chat: Transport) =>
      sending.worker({
        transports: { chat, channel: chat, mail },
        paces: { chat: chatPace, channel: chatPace, mail: ofMail },
      }),
  };
}

/** Mail programs and calendars want an address with a name and a host. */
function organiserOf({ organiser, publicUrl }: Pick<SessionWorkDeps, 'organiser' | 'publicUrl'>): string {
  const isAddress = organiser?.includes('@') === true;
  return isAddress ? organiser : `bigroom@${new URL(publicUrl).hostname}`;
}

export function makeSessionWork(deps: SessionWorkDeps): SessionWork {
  const { rows, partition, outbox, clock, people, publicUrl, calendar } = deps;
  const { sessions, plans } = stores(rows, partition, clock, deps.log);
  const { sending, chatPace, words, sender } = makeSends(deps);
  const programme = () => people.programme();
  const feeds = calendarFeeds({ ...sessions, programme, publicUrl, organiser: organiserOf(deps) });
  const { attendance } = deps;
  const hasReports = attendance !== undefined;
  const planner = sessionPlanner({ ...sessions, outbox, people, plans, hasReports });
  return {
    deliveries: [
      planner.delivery,
      calendarFollower({ ...sessions, outbox, calendar }),
      attendanceHandler({ ...deps, ...sessions, attendance }),
      sending.delivery,
    ],
    sends: sending.service,
    routes: ({ series, rotation, topics, followUp: after, preferences, contacts }) => [
      ...seriesRoutes(series),
      ...occurrenceRoutes(series),
      ...rotationRoutes(rotation, series),
      ...topicRoutes(topics, series),
      ...followUpRoutes(after, series),
      ...preferenceRoutes(preferences),
      ...audienceModule({ contacts, programme }).routes,
      ...fanOutRoutes(sending.service),
      ...calendarFeedRoutes(feeds),
    ],
    pace: chatPace,
    words,
    sender,
    begin: planner.ensureTick,
  };
}
