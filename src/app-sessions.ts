import type { Clock } from './clock.js';
import { afterwardsRoutes } from './http/routes/afterwards.js';
import { calendarFeedRoutes } from './http/routes/calendar-feeds.js';
import { contactRoutes } from './http/routes/contacts.js';
import { preferenceRoutes } from './http/routes/preferences.js';
import { rotationRoutes } from './http/routes/rotation.js';
import { sendRoutes } from './http/routes/sends.js';
import { seriesRoutes } from './http/routes/series.js';
import { stopRoutes } from './http/routes/stop.js';
import { topicRoutes } from './http/routes/topics.js';
import type { Route } from './http/route.js';
import type { Log } from './log.js';
import type { Mailer } from './mail/mailer.js';
import type { NewsService } from './news/service.js';
import type { Handlers } from './outbox/message.js';
import type { Outbox } from './outbox/outbox.js';
import type { Queue } from './outbox/queue.js';
import type { PeopleService } from './people/service.js';
import { makeSending } from './sending/make-sending.js';
import { clockTime, mailPace, teamsPace } from './sending/pace/limiter.js';
import { unlimited, type Pace } from './sending/pace/pace.js';
import type { Carrier } from './sending/ports.js';
import type { SendService } from './sending/service.js';
import type { SendingWorker } from './sending/worker.js';
import { afterwardsService } from './sessions/afterwards/afterwards-service.js';
import type { AttendanceSource } from './sessions/afterwards/attendance-source.js';
import { attendanceHandler } from './sessions/afterwards/attending.js';
import type { Calendar } from './sessions/calendar/calendar.js';
import { calendarFeeds } from './sessions/calendar/feeds.js';
import { calendarFollower } from './sessions/calendar/following.js';
import type { ContactService } from './sessions/contact.js';
import { contactService } from './sessions/contacts/contact-service.js';
import { holidayBook } from './sessions/holiday-book.js';
import { mailCarrier } from './sessions/mails/mail-carrier.js';
import { sessionPlanner } from './sessions/planner.js';
import { ensureTick } from './sessions/planning/tick.js';
import { preferenceService } from './sessions/reminders/preference-service.js';
import { reminderSource } from './sessions/reminders/source.js';
import { rotationService } from './sessions/rotation/rotation-service.js';
import { seriesService } from './sessions/series-service.js';
import type {
  AfterwardsService,
  PreferenceService,
  RotationService,
  SeriesService,
  TopicService,
} from './sessions/service.js';
import { teller } from './sessions/telling.js';
import { topicFollower } from './sessions/topics/following.js';
import { topicService } from './sessions/topics/topic-service.js';
import { afterwardsStore } from './storage/afterwards-store.js';
import { contactStore } from './storage/contact-store.js';
import { limiterStore } from './storage/limiter-store.js';
import { planStore } from './storage/plan-store.js';
import { preferenceStore } from './storage/preference-store.js';
import type { Rows } from './storage/rows.js';
import { sendStore } from './storage/send-store.js';
import { sessionStore } from './storage/session-store.js';
import { topicStore } from './storage/topic-store.js';

/** The partition by which the instances keep one pace. */
const pacePartition = 'pace';

/** The services of the sessions. */
export interface SessionDomain {
  readonly series: SeriesService;
  readonly rotation: RotationService;
  readonly topics: TopicService;
  readonly afterwards: AfterwardsService;
  readonly preferences: PreferenceService;
  readonly contacts: ContactService;
}

export interface SessionDomainParts {
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
    afterwards: afterwardsStore(rows, partition),
    preferences: preferenceStore(rows, partition),
    contacts: contactStore(rows, partition),
  };
}

export function makeSessions({ rows, partition, ...common }: SessionDomainParts): SessionDomain {
  const { sessions, ...kept } = stores(rows, partition, common.clock);
  const topics = { ...common, ...sessions, topics: kept.topics };
  return {
    series: seriesService({ ...common, ...sessions, followers: () => [topicFollower(topics)] }),
    rotation: rotationService({ ...common, ...sessions }),
    topics: topicService(topics),
    afterwards: afterwardsService({ ...common, ...sessions, afterwards: kept.afterwards }),
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

export interface SessionWorkParts extends Omit<SessionDomainParts, 'attendance'>, SessionAdapters {
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
  readonly sender: (chat: Carrier) => SendingWorker;
  /** Sees to it that what follows from time is planned day after day. */
  readonly begin: () => Promise<void>;
}

const noMailer: Mailer = { send: () => Promise.resolve({ result: 'failed', reason: 'noMailer' }) };

/** What leaves to many, and how fast. */
function makeSends(parts: SessionWorkParts) {
  const { rows, partition, clock, log, people, publicUrl } = parts;
  const { sessions, contacts, preferences } = stores(rows, partition, clock);
  const sending = makeSending({
    store: sendStore(rows, partition),
    queue: parts.sendQueue,
    source: reminderSource({ sessions, people, preferences, contacts }),
    clock,
    log,
  });
  const paces = { store: limiterStore(rows, pacePartition), log, time: clockTime(clock) };
  const { sends: chatPace, words } = teamsPace(paces);
  // Without Graph mails become files, which nobody limits.
  const ofMail = parts.organiser === undefined ? unlimited : mailPace(paces);
  const mail = mailCarrier({
    mailer: parts.mailer ?? noMailer,
    contacts,
    sessions,
    programme: () => people.programme(),
    publicUrl,
    organiser: organiserOf(parts),
  });
  return {
    sending,
    chatPace,
    words,
    sender: (chat: Carrier) =>
      sending.worker({
        carriers: { chat, channel: chat, mail },
        paces: { chat: chatPace, channel: chatPace, mail: ofMail },
      }),
  };
}

/** Mail programs and calendars want an address with a name and a host. */
function organiserOf({ organiser, publicUrl }: Pick<SessionWorkParts, 'organiser' | 'publicUrl'>): string {
  const isAddress = organiser?.includes('@') === true;
  return isAddress ? organiser : `bigroom@${new URL(publicUrl).hostname}`;
}

export function makeSessionWork(parts: SessionWorkParts): SessionWork {
  const { rows, partition, outbox, clock, people, publicUrl, calendar } = parts;
  const { sessions, afterwards } = stores(rows, partition, clock);
  const { sending, chatPace, words, sender } = makeSends(parts);
  const programme = () => people.programme();
  const feeds = calendarFeeds({ ...sessions, programme, publicUrl, organiser: organiserOf(parts) });
  const plans = planStore(rows, partition);
  const { attendance } = parts;
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
      attendance: attendanceHandler({ ...parts, ...sessions, afterwards, attendance }),
      send: sending.handler,
    },
    sends: sending.service,
    routes: ({ series, rotation, topics, afterwards: after, preferences, contacts }) => [
      ...seriesRoutes(series),
      ...rotationRoutes(rotation, series),
      ...topicRoutes(topics, series),
      ...afterwardsRoutes(after, series),
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
