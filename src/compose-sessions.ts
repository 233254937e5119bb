import type { Clock } from './platform/clock.js';
import { followUpRoutes } from './sessions/follow-up/routes.js';
import { calendarFeedRoutes } from './sessions/calendar/routes.js';
import { contactRoutes } from './audience/routes.js';
import { preferenceRoutes } from './sessions/reminders/routes.js';
import { rotationRoutes } from './sessions/rotation/routes.js';
import { sendRoutes } from './delivery/fan-out/routes.js';
import { seriesRoutes } from './sessions/series/routes.js';
import { stopRoutes } from './audience/stop-routes.js';
import { topicRoutes } from './sessions/topics/routes.js';
import type { Route } from './platform/route.js';
import type { Log } from './platform/log.js';
import type { Mailer } from './delivery/mail/mailer.js';
import type { NewsService } from './news/service.js';
import type { Handlers } from './delivery/outbox/message.js';
import type { Outbox } from './delivery/outbox/outbox.js';
import type { Queue } from './platform/queue.js';
import type { PeopleService } from './people/service.js';
import { makeSending } from './delivery/fan-out/make-fan-outs.js';
import { clockTime, mailPace, teamsPace } from './delivery/pacing/limiter.js';
import { unlimited, type Pace } from './delivery/pacing/pace.js';
import type { Transport } from './delivery/fan-out/ports.js';
import type { SendService } from './delivery/fan-out/service.js';
import type { SendingWorker } from './delivery/fan-out/worker.js';
import { followUpService } from './sessions/follow-up/follow-up-service.js';
import type { AttendanceSource } from './sessions/follow-up/attendance-source.js';
import { attendanceHandler } from './sessions/follow-up/attendance.js';
import type { Calendar } from './sessions/calendar/calendar.js';
import { calendarFeeds } from './sessions/calendar/feeds.js';
import { calendarFollower } from './sessions/calendar/sync.js';
import type { ContactService } from './audience/contact.js';
import { contactService } from './audience/service.js';
import { holidayBook } from './sessions/series/holiday-book.js';
import { mailTransport } from './sessions/mails/mail-transport.js';
import { sessionPlanner } from './sessions/planner.js';
import { ensureTick } from './sessions/planning/tick.js';
import { preferenceService } from './sessions/reminders/preference-service.js';
import { reminderSource } from './sessions/reminders/source.js';
import { rotationService } from './sessions/rotation/rotation-service.js';
import { seriesService } from './sessions/series/series-service.js';
import type {
  FollowUpService,
  PreferenceService,
  RotationService,
  SeriesService,
  TopicService,
} from './sessions/service.js';
import { teller } from './sessions/occurrences/notify.js';
import { topicFollower } from './sessions/topics/carry-over.js';
import { topicService } from './sessions/topics/topic-service.js';
import { followUpStore } from './sessions/follow-up/store-rows.js';
import { contactStore } from './audience/store.js';
import { limiterStore } from './delivery/pacing/store.js';
import { planStore } from './sessions/planning/store-rows.js';
import { preferenceStore } from './sessions/reminders/preference-store-rows.js';
import type { Rows } from './platform/rows.js';
import { sendStore } from './delivery/fan-out/store.js';
import { sessionStore } from './sessions/store-rows.js';
import { topicStore } from './sessions/topics/store-rows.js';

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
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly undoSeconds: number;
  readonly people: PeopleService;
  readonly news: NewsService;
  readonly attendance: AttendanceSource | undefined;
}

/** The stores of the sessions, as their services take them. */
function stores(rows: Rows, partition: string, clock: Clock) {
  const sessions = { store: sessionStore(rows, partition), clock, holidays: holidayBook() };
  return {
    sessions,
    topics: topicStore(rows, partition),
    followUp: followUpStore(rows, partition),
    preferences: preferenceStore(rows, partition),
    contacts: contactStore(rows, partition),
  };
}

export function makeSessions({ rows, partition, ...common }: SessionDomainDeps): SessionDomain {
  const { sessions, ...kept } = stores(rows, partition, common.clock);
  const topics = { ...common, ...sessions, topics: kept.topics };
  return {
    series: seriesService({ ...common, ...sessions, followers: () => [topicFollower(topics)] }),
    rotation: rotationService({ ...common, ...sessions }),
    topics: topicService(topics),
    followUp: followUpService({ ...common, ...sessions, followUp: kept.followUp }),
    preferences: preferenceService({ store: kept.preferences, sessions }),
    contacts: contactService({ ...common, store: kept.contacts, sessions: sessions.store }),
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
}

/** All that happens around the sessions without anybody pressing a button. */
export interface SessionWork {
  readonly handlers: Pick<Required<Handlers>, 'tell' | 'sessionPlan' | 'calendar' | 'attendance' | 'send'>;
  readonly sends: SendService;
  readonly routes: (domain: SessionDomain) => Route[];
  /** The pace at which a bot opens conversations for sends, shared by the instances. */
  readonly pace: Pace;
  /** The pace of words to single people: the same limit, but they go before what is for many. */
  readonly words: Pace;
  /** Sends to many; `chat` carries into chats and channels. */
  readonly sender: (chat: Transport) => SendingWorker;
  /** Sees to it that what follows from time is planned day after day. */
  readonly begin: () => Promise<void>;
}

const noMailer: Mailer = { send: () => Promise.resolve({ result: 'failed', reason: 'noMailer' }) };

/** What leaves to many, and how fast. */
function makeSends(deps: SessionWorkDeps) {
  const { rows, partition, clock, log, people, publicUrl } = deps;
  const { sessions, contacts, preferences } = stores(rows, partition, clock);
  const sending = makeSending({
    store: sendStore(rows, partition),
    queue: deps.sendQueue,
    source: reminderSource({ sessions, people, preferences, contacts }),
    clock,
    log,
  });
  const paces = { store: limiterStore(rows, pacePartition), log, time: clockTime(clock) };
  const { sends: chatPace, words } = teamsPace(paces);
  // Without Graph mails become files, which nobody limits.
  const ofMail = deps.organiser === undefined ? unlimited : mailPace(paces);
  const mail = mailTransport({
    mailer: deps.mailer ?? noMailer,
    contacts,
    sessions,
    programme: () => people.programme(),
    publicUrl,
    organiser: organiserOf(deps),
  });
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
  const { sessions, followUp } = stores(rows, partition, clock);
  const { sending, chatPace, words, sender } = makeSends(deps);
  const programme = () => people.programme();
  const feeds = calendarFeeds({ ...sessions, programme, publicUrl, organiser: organiserOf(deps) });
  const plans = planStore(rows, partition);
  const { attendance } = deps;
  return {
    handlers: {
      tell: teller({ people, outbox }),
      sessionPlan: sessionPlanner({
        ...sessions,
        outbox,
        people,
        plans,
        hasReports: attendance !== undefined,
      }),
      calendar: calendarFollower({ ...sessions, outbox, calendar }),
      attendance: attendanceHandler({ ...deps, ...sessions, followUp, attendance }),
      send: sending.handler,
    },
    sends: sending.service,
    routes: ({ series, rotation, topics, followUp: after, preferences, contacts }) => [
      ...seriesRoutes(series),
      ...rotationRoutes(rotation, series),
      ...topicRoutes(topics, series),
      ...followUpRoutes(after, series),
      ...preferenceRoutes(preferences),
      ...contactRoutes(contacts),
      ...stopRoutes({ contacts, programme }),
      ...sendRoutes(sending.service),
      ...calendarFeedRoutes(feeds),
    ],
    pace: chatPace,
    words,
    sender,
    begin: () => ensureTick(outbox, clock),
  };
}
