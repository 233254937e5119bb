import { localIntranet, intranetStore } from './adapters/local-intranet/store.js';
import { intranetRoutes } from './adapters/local-intranet/routes.js';
import { audienceModule } from './audience/module.js';
import { contactService } from './audience/service.js';
import { contactStore } from './audience/store.js';
import { fanOutKinds } from './delivery/fan-out/kind.js';
import { makeFanOuts } from './delivery/fan-out/make-fan-outs.js';
import { fanOutRoutes } from './delivery/fan-out/routes.js';
import { fanOutStore } from './delivery/fan-out/store.js';
import type { Transport } from './delivery/fan-out/transport.js';
import type { Mailer } from './delivery/mail/mailer.js';
import { mailTransport } from './delivery/mail/transport.js';
import { noticeDelivery, notifyManyDelivery, type ShowNotice } from './delivery/notices/deliveries.js';
import type { DeliveryKind } from './delivery/outbox/kind.js';
import { makeOutbox, type Outbox } from './delivery/outbox/outbox.js';
import { outboxRoutes } from './delivery/outbox/routes.js';
import { outboxStore, outboxWaitingGroup } from './delivery/outbox/store.js';
import { clockTime, mailPace, teamsPace } from './delivery/pacing/limiter.js';
import { unlimited } from './delivery/pacing/pace.js';
import { paceStore } from './delivery/pacing/store.js';
import { healthRoutes } from './http/server.js';
import { trialSignIn } from './http/sign-in.js';
import type { Module } from './module.js';
import { newsModule } from './news/module.js';
import { newsService } from './news/service.js';
import { newsStore } from './news/store.js';
import { newsWaitingGroups } from './news/waiting.js';
import { wordIndex } from './news/search.js';
import { newsletterModule } from './newsletter/module.js';
import { newsletterService } from './newsletter/service.js';
import { newsletterStore } from './newsletter/store.js';
import { newsletterWaitingGroups } from './newsletter/waiting.js';
import { overviewRoutes } from './overview/routes.js';
import { firstProgramme } from './people/person.js';
import { sessionRoutes } from './people/routes.js';
import { peopleService } from './people/service.js';
import { peopleStore } from './people/store.js';
import type { Clock } from './platform/clock.js';
import type { Log } from './platform/log.js';
import { partitionOf } from './platform/partition.js';
import type { Queue } from './platform/queue.js';
import type { Rows } from './platform/rows.js';
import { waitingIndex } from './platform/waiting-index.js';
import type { Channel } from './releases/channels/channel.js';
import { intranetChannel } from './releases/channels/intranet/intranet.js';
import { releasesModule } from './releases/module.js';
import { releaseStore, releaseWaitingGroups } from './releases/store.js';
import type { Calendar } from './sessions/calendar/calendar.js';
import type { AttendanceSource } from './sessions/follow-up/attendance.js';
import { followUpService } from './sessions/follow-up/service.js';
import { followUpStore } from './sessions/follow-up/store.js';
import { sessionWaitingGroup } from './sessions/occurrences/waiting.js';
import { sessionsModule } from './sessions/module.js';
import { sessionPlanner } from './sessions/planning/planner.js';
import { planStore } from './sessions/planning/store.js';
import { preferenceService } from './sessions/reminders/service.js';
import { preferenceStore } from './sessions/reminders/store.js';
import { seriesSubscriptions } from './sessions/reminders/subscriptions.js';
import { rotationService } from './sessions/rotation/service.js';
import { holidayBook } from './sessions/series/holidays.js';
import { sessionService } from './sessions/service.js';
import { sessionStore } from './sessions/store.js';
import { topicFollower } from './sessions/topics/carry-over.js';
import { topicService } from './sessions/topics/service.js';
import { topicStore } from './sessions/topics/store.js';

/** The partitions of today's programme: its aggregates, and its search index. */
export const programmePartition = firstProgramme.partition;
const wordPartition = 'words';
/** The partition by which the instances keep one pace. */
const pacePartition = 'pace';

const defaultUndoSeconds = 10;

/** The outside world, as the programme meets it. */
export interface Adapters {
  readonly rows: Rows;
  readonly queue: Queue;
  /** The queue of fan-outs: what else leaves must not wait behind them. */
  readonly sendQueue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** The calendar outside; without one, feeds and mails do its work. */
  readonly calendar?: Calendar | undefined;
  /** Where it is known who was in a meeting; without it a number is given by hand. */
  readonly attendance?: AttendanceSource | undefined;
  /** Without one, mails fail and say so. */
  readonly mailer?: Mailer | undefined;
  /** Mail address from which invitations come; one of the public address' host unless set. */
  readonly organiser?: string | undefined;
  /** How long what a person did can be undone before anybody is notified; 10 unless set. */
  readonly undoSeconds?: number;
  /** Seconds between two sweeps of the outbox; 15 unless set. */
  readonly sweepSeconds?: number;
}

/** Every store, made once. */
function makeStores({ rows, log }: Pick<Adapters, 'rows' | 'log'>) {
  const programme = partitionOf(rows, programmePartition, log);
  return {
    programme,
    people: peopleStore(programme),
    news: newsStore(programme),
    words: wordIndex(partitionOf(rows, wordPartition, log)),
    newsletter: newsletterStore(programme),
    releases: releaseStore(programme),
    intranet: intranetStore(programme),
    contacts: contactStore(programme),
    sessions: sessionStore(programme),
    plans: planStore(programme),
    topics: topicStore(programme),
    followUp: followUpStore(programme),
    preferences: preferenceStore(programme),
    outbox: outboxStore(programme),
    pace: paceStore(partitionOf(rows, pacePartition, log)),
  };
}

/** What the services are made of: stores, an outbox to put into, and the present moment. */
interface ServiceDeps extends Pick<Adapters, 'clock' | 'publicUrl' | 'undoSeconds' | 'attendance'> {
  readonly stores: ReturnType<typeof makeStores>;
  readonly outbox: Outbox;
  /** Channels of other modules. */
  readonly channels?: readonly Channel[];
}

/** Every service, made once. */
function makeServices({ stores, outbox, clock, publicUrl, attendance, channels = [], ...deps }: ServiceDeps) {
  const common = { outbox, clock, undoSeconds: deps.undoSeconds ?? defaultUndoSeconds };
  const people = peopleService({ ...common, store: stores.people });
  const programme = () => people.programme();
  const news = newsService({
    ...common,
    store: stores.news,
    index: stores.words,
    programme,
    users: () => [newsletter],
  });
  const newsletter = newsletterService({ ...common, store: stores.newsletter, news, programme });
  const site = localIntranet({ store: stores.intranet, clock, publicUrl });
  const releases = releasesModule({
    ...common,
    store: stores.releases,
    news,
    channels: [intranetChannel(site), ...channels],
  });
  const sessions = { store: stores.sessions, clock, holidays: holidayBook() };
  const ofSessions = { ...common, ...sessions, people, news };
  const topicDeps = { ...ofSessions, topics: stores.topics };
  return {
    people,
    news,
    newsletter,
    releases: releases.service,
    releasesModule: releases,
    /** Publishes a release; the demo does so in the past. */
    publisher: releases.publisher,
    undoSeconds: common.undoSeconds,
    series: sessionService({ ...ofSessions, followers: () => [topicFollower(topicDeps)] }),
    rotation: rotationService(ofSessions),
    topics: topicService(topicDeps),
    followUp: followUpService({ ...ofSessions, attendance, followUp: stores.followUp }),
    preferences: preferenceService({ store: stores.preferences, sessions }),
    contacts: contactService({
      ...common,
      store: stores.contacts,
      subscriptions: [seriesSubscriptions(stores.sessions)],
    }),
    sessions,
  };
}

/** The services alone, for whoever puts something into the programme: the demo. */
export function makeDomain(deps: Omit<ServiceDeps, 'stores'> & Pick<Adapters, 'rows' | 'log'>) {
  return makeServices({ ...deps, stores: makeStores(deps) });
}

const noMailer: Mailer = { send: () => Promise.resolve({ result: 'failed', reason: 'noMailer' }) };

/** Mail programs and calendars want an address with a name and a host. */
function organiserOf({ organiser, publicUrl }: Pick<Adapters, 'organiser' | 'publicUrl'>): string {
  const isAddress = organiser?.includes('@') === true;
  return isAddress ? organiser : `bigroom@${new URL(publicUrl).hostname}`;
}

async function isStorageUp(rows: Rows): Promise<boolean> {
  try {
    await rows.get(programmePartition, 'programme');
    return true;
  } catch {
    return false;
  }
}

/**
 * The whole of Big Room but for the bot, the web server and the process around it.
 * @param modules further modules, as `module.ts` describes them.
 */
export function makeBigRoom(
  adapters: Adapters,
  { modules: more = [] }: { modules?: readonly Module[] } = {},
) {
  const { rows, queue, sendQueue, clock, log, publicUrl, sweepSeconds, calendar, attendance } = adapters;
  const organiser = organiserOf(adapters);

  // Stores, and the outbox into which the services put what leaves.
  const stores = makeStores(adapters);
  const { outbox, worker } = makeOutbox({
    store: stores.outbox,
    queue,
    clock,
    log,
    programme: programmePartition,
    isResolvedElsewhere: (kind) => deliveries.some((each) => each.kind === kind && each.isResolvedElsewhere),
    ...(sweepSeconds && { sweepSeconds }),
  });

  // Services.
  const channels = more.flatMap((module) => module.channels ?? []);
  const services = makeServices({ ...adapters, stores, outbox, channels });
  const { people, news, newsletter, releases, contacts, series, sessions } = services;
  const programme = () => people.programme();
  const signIn = trialSignIn(people);
  const planner = sessionPlanner({
    ...sessions,
    outbox,
    people,
    plans: stores.plans,
    hasReports: attendance !== undefined,
  });

  // Modules: what each feature registers.
  const modules: readonly Module[] = [
    newsModule({ news, store: stores.news, index: stores.words }),
    newsletterModule(newsletter),
    services.releasesModule,
    sessionsModule({
      ...services,
      planner,
      source: { sessions, people, preferences: stores.preferences, contacts: stores.contacts },
      mails: { contacts: stores.contacts, sessions, programme, publicUrl, organiser },
      feeds: { ...sessions, programme, publicUrl, organiser },
      calendar: { ...sessions, outbox, calendar },
      attendance: { ...sessions, outbox, people, undoSeconds: services.undoSeconds, attendance },
    }),
    audienceModule({ contacts, programme }),
    { routes: intranetRoutes({ store: stores.intranet, programme, publicUrl }) },
    ...more,
  ];

  // What leaves to many, and how fast.
  const kinds = fanOutKinds(modules.flatMap(({ fanOuts = [] }) => fanOuts));
  const fanOuts = makeFanOuts({
    store: fanOutStore({
      rows,
      log,
      partition: stores.programme,
      aboutOf: (content) => kinds.about(content),
    }),
    queue: sendQueue,
    programme: programmePartition,
    kinds,
    clock,
    log,
  });
  const paces = { store: stores.pace, log, time: clockTime(clock) };
  const { sends: pace, words } = teamsPace(paces);
  // Without Graph mails become files, which nobody limits.
  const ofMail = adapters.organiser === undefined ? unlimited : mailPace(paces);
  const mail = mailTransport(adapters.mailer ?? noMailer, kinds);

  // What leaves to one.
  const deliveries: readonly DeliveryKind[] = [
    fanOuts.delivery,
    notifyManyDelivery({ people, outbox }),
    ...modules.flatMap((module) => module.deliveries ?? []),
  ];
  const notices = modules.flatMap((module) => module.notices ?? []);

  // What waits for people.
  const waiting = waitingIndex({
    partition: stores.programme,
    groups: [
      ...newsWaitingGroups(stores.news),
      ...releaseWaitingGroups(stores.releases),
      outboxWaitingGroup(stores.outbox),
      ...newsletterWaitingGroups({ store: stores.newsletter, news }),
      sessionWaitingGroup({ store: stores.sessions, clock }),
    ],
    clock,
    log,
  });

  return {
    ...services,
    outbox,
    signIn,
    waiting,
    sends: fanOuts.service,
    /** The pace at which a bot opens conversations for fan-outs, shared by the instances. */
    pace,
    /** The pace of notices to single people: the same limit, but they go before what is for many. */
    words,
    routes: [
      ...healthRoutes(() => isStorageUp(rows)),
      ...sessionRoutes(people, signIn),
      ...overviewRoutes({ news, newsletter, releases, series, outbox, index: waiting }),
      ...outboxRoutes(outbox),
      ...fanOutRoutes(fanOuts.service),
      ...modules.flatMap(({ routes }) => routes),
    ],
    /** The worker of this instance; the bot shows notices to people. */
    worker: (show: ShowNotice) => worker([...deliveries, noticeDelivery({ people, kinds: notices, show })]),
    /** The worker of fan-outs; `chat` carries into chats and channels. */
    sender: (chat: Transport) =>
      fanOuts.worker({
        transports: { chat, channel: chat, mail },
        paces: { chat: pace, channel: pace, mail: ofMail },
      }),
    /** Sees to it that what follows from time is planned day after day, and brings the index of what waits up to date. */
    begin: async () => {
      await planner.ensureTick();
      void waiting.prepare().catch((error: unknown) => {
        log.error('waiting.notPrepared', { error });
      });
    },
  };
}

export type BigRoom = ReturnType<typeof makeBigRoom>;
