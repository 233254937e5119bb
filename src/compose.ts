import { addressBook } from './audience/addresses.js';
import { bulkService } from './audience/bulk.js';
import { importService } from './audience/imports/service.js';
import { importStore } from './audience/imports/store.js';
import { mailRecord } from './audience/mail-record.js';
import { askText } from './audience/ask-mail.js';
import type { Contact } from './audience/contact.js';
import { audienceModule } from './audience/module.js';
import { contactService } from './audience/service.js';
import { contactStore } from './audience/store.js';
import { calendarModule } from './calendar/module.js';
import { fanOutKinds, type Transport, mailTransport } from './delivery/fan-out/kind.js';
import { makeFanOuts } from './delivery/fan-out/service.js';
import { fanOutRoutes } from './delivery/fan-out/routes.js';
import { fanOutStore } from './delivery/fan-out/store.js';
import { departuresOf, type HighWaterMark } from './delivery/departures.js';
import { fanOutNoticeKind, keepUnreached } from './delivery/fan-out/unreached.js';
import type { Mailer } from './delivery/mail/mailer.js';
import { askInstall, installDelivery, installFor } from './delivery/reach/install.js';
import { feedOf } from './delivery/reach/feed.js';
import type { TeamsReach } from './delivery/reach/teams-reach.js';
import { deliverWaiting, noticeDelivery, notifyManyDelivery, type ShowNotice } from './delivery/notices.js';
import type { DeliveryKind } from './delivery/outbox/kind.js';
import { makeOutbox, type Outbox } from './delivery/outbox/outbox.js';
import { outboxModule } from './delivery/outbox/module.js';
import { outboxStore } from './delivery/outbox/store.js';
import { clockTime, graphTeamsPace, mailPace, teamsPace } from './delivery/pacing/limiter.js';
import { unlimited } from './delivery/pacing/pace.js';
import { paceStore } from './delivery/pacing/store.js';
import { healthRoutes } from './http/server.js';
import type { SignIn } from './http/sign-in.js';
import type { AdapterModule, Module } from './module.js';
import { prepareNewsDays } from './news/days.js';
import { newsCardDelivery, newsCards } from './news/cards.js';
import { newsModule, reindexNews } from './news/module.js';
import { newsPresence } from './news/presence.js';
import { newsService } from './news/service.js';
import { newsStore } from './news/store.js';
import { wordIndex } from './news/search.js';
import { newsletterModule } from './newsletter/module.js';
import { newsletterService } from './newsletter/service.js';
import { newsletterStore } from './newsletter/store.js';
import { outletRoutes } from './outlets/routes.js';
import { digestDelivery, digestPlanner } from './overview/digest.js';
import { overviewOf, overviewRoutes } from './overview/routes.js';
import type { Helper, Programme } from './people/person.js';
import { firstPlace, type ProgrammePlace, type Programmes } from './people/programmes.js';
import { publicPageRoutes } from './people/public-pages.js';
import { signedInRoutes } from './people/routes.js';
import { memberService } from './people/members.js';
import { peopleService, type PeopleService } from './people/service.js';
import { peopleStore } from './people/store.js';
import { substitutionService } from './people/substitutions.js';
import type { BotIdentity } from './platform/bot-sign-in.js';
import { elapsedMs, everyHour, everyMinutes, type Clock } from './platform/clock.js';
import { holidayBook } from './platform/holidays.js';
import type { Log } from './platform/log.js';
import type { PersonId, SeriesId } from './platform/ids.js';
import { keyedHash } from './platform/keyed-hash.js';
import { partitionOf, type Partition } from './platform/partition.js';
import { withPatience } from './platform/patience.js';
import type { Queue } from './platform/queue.js';
import type { Rows } from './platform/rows.js';
import { waitingIndex } from './platform/waiting-index.js';
import { releasesModule } from './releases/module.js';
import { releaseStore } from './releases/store.js';
import type { Calendar } from './sessions/calendar/calendar.js';
import type { Check } from './settings/check.js';
import type { Directory } from './settings/directory.js';
import { settingsModule } from './settings/module.js';
import { substituteMessages, substituteNotices } from './settings/substitutes/notices.js';
import { substituteRoutes } from './settings/substitutes/routes.js';
import type { AttendanceSource } from './sessions/follow-up/attendance.js';
import {
  meetingDelivery,
  meetingService,
  meetingStore,
  type OnlineMeetings,
} from './sessions/calendar/meetings.js';
import { invitationPreview } from './sessions/mails/session-mails.js';
import { followUpService } from './sessions/follow-up/service.js';
import { followUpStore } from './sessions/follow-up/store.js';
import { seriesOffers } from './sessions/mails/offers.js';
import { sessionsModule } from './sessions/module.js';
import { outsideService } from './sessions/outside/service.js';
import { outsideStore } from './sessions/outside/store.js';
import { sessionPlanner } from './sessions/planning/planner.js';
import { planStore } from './sessions/planning/store.js';
import { laterReminders } from './sessions/reminders/later.js';
import type { Language } from './shared/languages.js';
import { publicSignatures } from './sessions/coming/links.js';
import { replyReader, replyStore } from './sessions/coming/replies.js';
import type { ReplySource } from './sessions/coming/reply-source.js';
import { comingService } from './sessions/coming/service.js';
import { answerStore } from './sessions/coming/store.js';
import { preferenceService } from './sessions/reminders/service.js';
import { preferenceStore } from './sessions/reminders/store.js';
import { type Attempt, previewService } from './sessions/planning/preview.js';
import { fanOutRecipients, seriesSubscriptions } from './sessions/reminders/recipients.js';
import { triedRows } from './platform/tried-rows.js';
import type { NewMessage } from './delivery/outbox/message.js';
import { rotationService } from './sessions/rotation/service.js';
import { findSeries } from './sessions/series/change.js';
import { prepareArchive } from './sessions/occurrences/archive-index.js';
import { sessionService, sessionStore, type SessionStore } from './sessions/service.js';
import { topicFollower, topicService } from './sessions/topics/service.js';
import { topicStore } from './sessions/topics/store.js';
import { wallService } from './sessions/topics/wall.js';

/** The partition of the first programme: its aggregates. */
export const programmePartition = firstPlace.partition;
/** With what the partitions of single fan-outs and imports end: people of two programmes may make the same id in both. */
const endingOf = ({ name }: ProgrammePlace): string => (name === '' ? '' : `-${name}`);
/** That of the search index of a programme. */
const wordPartition = (place: ProgrammePlace): string => `words${endingOf(place)}`;
/** The partition by which the instances keep one pace. */
const pacePartition = 'pace';

const defaultUndoSeconds = 10;

/** What modules of adapters are made of. */
export interface AdapterModuleDeps {
  /** Its name in addresses; empty for the first programme. */
  readonly placeName: string;
  /** Where people reach this programme, without a slash at the end. */
  readonly publicUrl: string;
  readonly partition: Partition;
  readonly programme: () => Promise<Programme>;
  readonly clock: Clock;
}

/** The adapters of the outside world: one set for each mode, see `runtime/`. Nothing else asks which mode it is. */
export interface Adapters {
  readonly rows: Rows;
  readonly queue: Queue;
  /** The queue of fan-outs: what else leaves must not wait behind them. */
  readonly fanOutQueue: Queue;
  /** Until when something may have left, kept where a restore of the rows does not reach. */
  readonly mark: HighWaterMark;
  readonly clock: Clock;
  readonly log: Log;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** The host of calendar UIDs and of the organiser's address where none is stored or set; that of the public URL unless given. */
  readonly calendarHost?: string;
  /** Who a request comes from. */
  readonly signIn: (people: PeopleService) => SignIn;
  /** Whether this machine alone may reach Big Room: where nobody signs in. */
  readonly loopbackOnly: boolean;
  /** What the bot is in Teams. */
  readonly bot: BotIdentity;
  /** Makes the table and the queues where they are not there. */
  readonly prepare?: () => Promise<void>;
  /** The queues of a further programme, and what marks its departures; without it there is one programme alone. */
  readonly queuesOf?: (
    place: ProgrammePlace,
  ) => Pick<Adapters, 'queue' | 'fanOutQueue' | 'mark'> & Required<Pick<Adapters, 'prepare'>>;
  /** The programmes of the installation; absent where there can be one alone. */
  readonly programmes?: Programmes;
  /** Fills an empty installation, before anything else happens. */
  readonly firstStart?: (bigRoom: {
    readonly people: PeopleService;
    readonly outbox: Outbox;
  }) => Promise<void>;
  /** Modules of this mode: the channels where releases can be published, and what they need. */
  readonly modules: (deps: AdapterModuleDeps) => readonly AdapterModule[];
  /** The calendar outside; without one, feeds and mails do its work. */
  readonly calendar?: Calendar | undefined;
  /** Where it is known who was in a meeting; without it a number is given by hand. */
  readonly attendance?: AttendanceSource | undefined;
  /** The meetings that the calendar made; without them the organisation's defaults decide who gets in. */
  readonly meetings?: OnlineMeetings | undefined;
  /** The mailbox to which calendars answer, read every five minutes; without it nothing is read. */
  readonly replies?: ReplySource | undefined;
  /** Reaches people in Teams beside the chat; without it they are reached there alone, once they have met the bot. */
  readonly reach?: TeamsReach | undefined;
  /** Without one, each mail fails with that reason. */
  readonly mailer?: Mailer | undefined;
  /** Whether the mailer's provider limits how fast mails may leave; files are not limited. */
  readonly limitsMail?: boolean;
  /** What of this mode's outside world an admin can try. */
  readonly checks?: readonly Check[] | undefined;
  /** Who is in the tenant's directory; without one, people are added by their ids. */
  readonly directory?: Directory | undefined;
  /** Mail address from which invitations come; one of the public address' host unless set. */
  readonly organiser?: string | undefined;
  /** How many seconds what a person did can be undone before anybody is notified; 10, but tests give other numbers. */
  readonly undoSeconds?: number;
  /** Within how many working days the communications team usually answers; 3. */
  readonly answerDays?: number;
  /** Whom people outside ask; else whoever is stored with the programme. */
  readonly helper?: Helper;
  /** What the tab's page says of signing in, as attributes of its `html`; none where a person is picked. */
  readonly pageFacts?: Readonly<Record<string, string>>;
  /** Whom the installation names as admins of the programme, by directory object id. */
  readonly admins?: readonly PersonId[];
  /** Seconds between two sweeps of the outbox; 15, but tests give other numbers. */
  readonly sweepSeconds?: number;
}

/** Every store, made once. */
function makeStores({ rows, log }: Pick<Adapters, 'rows' | 'log'>, place: ProgrammePlace) {
  const programme = partitionOf(rows, place.partition, log);
  const hash = keyedHash(programme);
  return {
    programme,
    people: peopleStore(programme),
    news: newsStore(programme),
    words: wordIndex(partitionOf(rows, wordPartition(place), log)),
    newsletter: newsletterStore(programme),
    releases: releaseStore(programme),
    contacts: contactStore(programme),
    keyedHash: hash,
    outside: outsideStore(programme, hash),
    imports: importStore({ rows, log, partition: programme, ending: endingOf(place) }),
    sessions: sessionStore(programme),
    plans: planStore(programme),
    topics: topicStore(programme),
    followUp: followUpStore(programme),
    preferences: preferenceStore(programme),
    answers: answerStore(programme),
    replies: replyStore(programme),
    meetings: meetingStore(programme),
    outbox: outboxStore(programme),
    pace: paceStore(partitionOf(rows, pacePartition, log)),
  };
}

/** What the services are made of: stores, an outbox to put into, and the present moment. */
interface ServiceDeps extends Pick<
  Adapters,
  | 'clock'
  | 'log'
  | 'undoSeconds'
  | 'answerDays'
  | 'helper'
  | 'admins'
  | 'attendance'
  | 'modules'
  | 'publicUrl'
  | 'reach'
> {
  readonly place: ProgrammePlace;
  readonly stores: ReturnType<typeof makeStores>;
  readonly outbox: Outbox;
}

/** Every service, made once. */
function makeServices({ stores, outbox, clock, attendance, ...deps }: ServiceDeps) {
  const common = { outbox, clock, undoSeconds: deps.undoSeconds ?? defaultUndoSeconds };
  const { answerDays, helper, admins = [] } = deps;
  const isForEverybody = deps.place.name === '';
  const people = peopleService({
    ...common,
    store: stores.people,
    answerDays,
    helper,
    isForEverybody,
    hasFeed: deps.reach !== undefined,
    admins,
  });
  const members = memberService({
    ...common,
    store: stores.people,
    admins,
    ...(deps.reach && {
      commitAdded: (changes, person) =>
        outbox.commit(changes, installFor(person, new Date(clock.now().epochMilliseconds))),
    }),
  });
  const substitutions = substitutionService({
    ...common,
    store: stores.people,
    messagesOf: substituteMessages,
  });
  const programme = () => people.programme();
  const news = newsService({
    ...common,
    store: stores.news,
    index: stores.words,
    programme,
    people: () => people.all(),
    users: () => [newsletter, releases.service],
  });
  const newsletter = newsletterService({ ...common, store: stores.newsletter, news, programme });
  const adapterModules = deps.modules({
    partition: stores.programme,
    programme,
    clock,
    publicUrl: deps.publicUrl,
    placeName: deps.place.name,
  });
  const releases = releasesModule({
    ...common,
    store: stores.releases,
    news,
    programme,
    channels: adapterModules.flatMap((module) => module.channels ?? []),
  });
  const holidays = holidayBook(async () => (await programme()).closedDays ?? []);
  const sessions = { store: stores.sessions, clock, holidays };
  const followers = () => [topicFollower({ topics: stores.topics, store: stores.sessions })];
  const ofSessions = { ...common, ...sessions, people, news, followers };
  const topicDeps = { ...ofSessions, topics: stores.topics };
  const topics = topicService(topicDeps);
  const followUp = followUpService({ ...ofSessions, attendance, followUp: stores.followUp });
  const signatures = publicSignatures(stores.keyedHash);
  const ofContacts = {
    ...common,
    store: stores.contacts,
    keyedHash: stores.keyedHash,
    subscriptions: [seriesSubscriptions(stores.sessions)],
    wordingOfAsk: async (
      { language, subscriptions }: Pick<Contact, 'language' | 'subscriptions'>,
      name: string,
    ) => {
      const { names } = await programme();
      const series = await currentSeriesNames(stores.sessions)(subscriptions, language);
      return askText(language, { programme: names[language], name, series });
    },
  };
  const contacts = contactService(ofContacts);
  return {
    people,
    members,
    substitutions,
    holidays,
    news,
    newsletter,
    releases: releases.service,
    releasesModule: releases.module,
    adapterModules,
    /** Publishes a release; the demo does so in the past. */
    publisher: releases.publisher,
    undoSeconds: common.undoSeconds,
    followers,
    series: sessionService(ofSessions),
    rotation: rotationService(ofSessions),
    topics,
    followUp,
    preferences: preferenceService({ store: stores.preferences, sessions }),
    later: laterReminders({ outbox, sessions }),
    contacts,
    imports: importService({
      ...ofContacts,
      holidays,
      imports: stores.imports,
      addresses: addressBook(ofContacts),
    }),
    coming: comingService({
      ...common,
      store: stores.answers,
      sessions,
      people,
      contacts: stores.contacts,
      contactOf: (address) => contacts.idOfAddress(address),
      signatures,
    }),
    signatures,
    outside: outsideService({
      store: stores.outside,
      sessions,
      contacts,
      topics,
      followUp,
      signatures,
      outbox,
      log: deps.log,
    }),
    sessions,
  };
}

/** The services alone, for whoever puts something into the programme: the demo. */
export function makeDomain(deps: Omit<ServiceDeps, 'stores' | 'place'> & Pick<Adapters, 'rows' | 'log'>) {
  return makeServices({ ...deps, place: firstPlace, stores: makeStores(deps, firstPlace) });
}

/** Begins attempts at changes of sessions: the services themselves, on rows of which nothing is stored or sent. */
function sessionAttempts(adapters: Adapters, place: ProgrammePlace, outbox: Outbox) {
  return (): Attempt => {
    const stores = makeStores({ ...adapters, rows: triedRows(adapters.rows) }, place);
    const asked: NewMessage[] = [];
    const commit: Outbox['commit'] = async (changes, messages = []) => {
      await stores.programme.commit(changes);
      asked.push(...messages);
    };
    const { series, rotation, people, sessions } = makeServices({
      ...adapters,
      place,
      stores,
      outbox: { ...outbox, commit },
    });
    const { preferences, contacts, answers } = stores;
    return {
      series,
      rotation,
      people,
      fanOuts: fanOutRecipients({ sessions, people, preferences, contacts, answers }),
      messages: () => asked,
    };
  };
}

const noMailer: Mailer = { send: () => Promise.resolve({ result: 'failed', reason: 'noMailer' }) };

/** Mail programs and calendars want an address with a name and a host. */
function organiserOf({
  organiser,
  ...rest
}: Pick<Adapters, 'organiser' | 'publicUrl' | 'calendarHost'>): string {
  const isAddress = organiser?.includes('@') === true;
  return isAddress ? organiser : `bigroom@${calendarHostOf(rest)}`;
}

const calendarHostOf = ({ calendarHost, publicUrl }: Pick<Adapters, 'publicUrl' | 'calendarHost'>): string =>
  calendarHost ?? new URL(publicUrl).hostname;

/** For how long its silence stands for all who ask whether the storage is there. In milliseconds. */
const silenceLifeMs = 1_000;
/** Whoever asks whether it is there waits no longer than this. */
const upPatienceMs = 2_000;

/** Whether the storage answers. Those who ask at once share an answer, and for a second its silence. */
function storageWatch(rows: Rows, { partition }: ProgrammePlace, clock: Clock): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined;
  let silentAt = -Infinity;
  const ask = async (): Promise<boolean> => {
    try {
      await withPatience(upPatienceMs, () => rows.get(partition, 'programme'));
      return true;
    } catch {
      silentAt = elapsedMs(clock);
      return false;
    } finally {
      asking = undefined;
    }
  };
  return () => {
    if (elapsedMs(clock) < silentAt + silenceLifeMs) return Promise.resolve(false);
    return (asking ??= ask());
  };
}

/** The whole of Big Room for one programme, but for the bot, the web server and the process around it. */
export function makeBigRoom(adapters: Adapters, place: ProgrammePlace = firstPlace) {
  const { rows, queue, fanOutQueue, clock, log, publicUrl, sweepSeconds, calendar, attendance } = adapters;
  const organiser = organiserOf(adapters);
  const mailer = adapters.mailer ?? noMailer;

  const isUp = storageWatch(rows, place, clock);

  // Stores, and the outbox into which the services put what leaves.
  const stores = makeStores(adapters, place);
  const departures = departuresOf({ partition: stores.programme, mark: adapters.mark, clock, log });
  const hourly = everyHour(clock, async () => {
    await planner.ensureTick();
    await planDigests();
    await services.outside.prune();
  });
  const readReplies = everyMinutes(clock, 5, () => replies.ensure());
  const { outbox, worker } = makeOutbox({
    store: stores.outbox,
    departures,
    beforeSweep: async () => {
      await hourly();
      await readReplies();
    },
    queue,
    clock,
    log,
    programme: place.partition,
    isResolvedElsewhere: (kind) => deliveries.some((each) => each.kind === kind && each.isResolvedElsewhere),
    ...(sweepSeconds && { sweepSeconds }),
  });

  // Services.
  const services = makeServices({ ...adapters, place, stores, outbox });
  const { people, news, newsletter, contacts, sessions, outside, undoSeconds, followers, signatures } =
    services;
  const programme = () => people.programme();
  const writing = { sessions, programme, signatures, publicUrl, organiser };
  const signIn = adapters.signIn(people);
  const planDigests = digestPlanner({ people, outbox, clock });
  const newsCardPlaces = newsCards({ partition: stores.programme, clock });
  const planner = sessionPlanner({
    ...sessions,
    outbox,
    people,
    plans: stores.plans,
    hasReports: attendance !== undefined,
  });

  const replies = replyReader({
    store: stores.replies,
    outbox,
    coming: services.coming,
    clock,
    log,
    source: adapters.replies,
  });

  const ofMeetings = {
    store: stores.sessions,
    results: stores.meetings,
    outbox,
    clock,
    meetings: adapters.meetings,
  };
  const meetings = meetingService(ofMeetings);

  const recorded = mailRecord({ store: stores.contacts, clock, log });
  const bulk = bulkService({
    partition: stores.programme,
    contacts,
    outbox,
    clock,
    undoSeconds: services.undoSeconds,
  });

  /** By which the bot of this programme shows notices: there is one once its worker is made. */
  let showNotice: ShowNotice | undefined;

  // Modules: what each feature registers.
  const features: readonly Module[] = [
    newsModule({
      news,
      cards: newsCardPlaces,
      clock,
      store: stores.news,
      index: stores.words,
      inbox: {
        presence: newsPresence({ partition: stores.programme, outbox, clock }),
        people: () => people.all(),
        substituteOf: (person) => people.substituteOf(person),
        index: () => waiting.read(),
      },
    }),
    newsletterModule({ newsletter, store: stores.newsletter, news, mailer, sender: organiser, clock }),
    services.releasesModule,
    { routes: outletRoutes(services) },
    sessionsModule({
      ...services,
      planner,
      daysOff: { people, clock },
      preview: previewService({
        clock,
        attempt: sessionAttempts(adapters, place, outbox),
        queries: services.series,
        hasCalendar: calendar !== undefined,
      }),
      wall: {
        wall: wallService({ ...sessions, topics: services.topics, keyedHash: stores.keyedHash, publicUrl }),
        programme,
      },
      waiting: sessions,
      source: {
        sessions,
        people,
        preferences: stores.preferences,
        answers: stores.answers,
        contacts: stores.contacts,
      },
      mails: { ...writing, contacts: stores.contacts, answers: stores.answers, mailer },
      publishing: { ...writing, contacts: stores.contacts, people },
      feeds: { ...sessions, programme, publicUrl, organiser },
      calendar: { ...sessions, outbox, calendar },
      attendance: { ...sessions, outbox, people, undoSeconds, followers, attendance },
      replies,
      meetings: { service: meetings, delivery: meetingDelivery(ofMeetings) },
      affected: { outbox },
      pages: { outside, coming: services.coming, programme, clock, publicUrl },
      signUps: { store: stores.outside, sessions, mailer, programme, publicUrl },
    }),
    audienceModule({
      people,
      contacts,
      imports: services.imports,
      preview: async (id, language, at) => {
        const { value: series } = await findSeries(stores.sessions, id as SeriesId);
        const then = at === undefined ? clock : { now: () => at };
        return invitationPreview({ ...writing, sessions: { ...sessions, clock: then } }, series, language);
      },
      bulk,
      namesOf: async () =>
        new Map(
          (await Promise.all([sessions.store.allSeries(), sessions.store.drafts()]))
            .flat()
            .map(({ value }) => [value.id, value.names]),
        ),
      programme,
      offers: seriesOffers({
        contacts: stores.contacts,
        allSeries: () => stores.sessions.allSeries(),
        ...writing,
      }),
      stopped: { store: stores.contacts, mailer, programme, publicUrl },
      asked: {
        store: stores.contacts,
        mailer,
        programme,
        publicUrl,
        recorded,
        currentNames: currentSeriesNames(stores.sessions),
      },
    }),
    calendarModule({ ...services, clock }),
    settingsModule({
      ...services,
      place,
      partition: stores.programme,
      programmes: adapters.programmes,
      clock,
      log,
      publicUrl,
      isLocal: adapters.loopbackOnly,
      mailer: adapters.mailer,
      sender: adapters.organiser,
      checks: adapters.checks,
      directory: adapters.directory,
      show: () => showNotice,
      hasSeries: async () => (await stores.sessions.allSeries()).length > 0,
    }),
    {
      routes: substituteRoutes({ ...services, clock }),
      notices: substituteNotices(() => services.substitutions),
    },
    ...services.adapterModules,
  ];

  // What leaves to many, and how fast.
  const kinds = fanOutKinds(features.flatMap(({ fanOuts = [] }) => fanOuts));
  const fanOuts = makeFanOuts({
    store: fanOutStore({
      rows,
      log,
      partition: stores.programme,
      ending: endingOf(place),
      aboutOf: (content) => kinds.about(content),
      isOfOnePerson: (content) => kinds.isOfOnePerson(content),
    }),
    queue: fanOutQueue,
    departures,
    programme: place.partition,
    kinds,
    clock,
    log,
  });
  const paces = { store: stores.pace, log, time: clockTime(clock) };
  const { fanOuts: fanOutPace, notices: noticePace } = teamsPace(paces);
  const paceOfMail = adapters.limitsMail ? mailPace(paces) : unlimited;
  const mail = mailTransport(mailer, kinds, recorded);
  const letWaitingLeave = (personId: PersonId) => deliverWaiting(outbox, personId);

  // Teams beside the chat, where Graph does that.
  const { reach } = adapters;
  const ofReach = reach && { teams: reach, people, pace: graphTeamsPace(paces) };
  const feed = ofReach && feedOf({ ...ofReach, clock });
  const toInstall = ofReach && askInstall({ people, outbox, clock });

  // The modules that the features use register in the same way.
  const modules: readonly Module[] = [
    {
      routes: signedInRoutes(people, {
        ...signIn,
        loopbackOnly: adapters.loopbackOnly,
        programmesOf: adapters.programmes?.of,
      }),
    },
    { routes: publicPageRoutes({ programme, use: adapters.loopbackOnly ? 'trial' : 'own' }) },
    outboxModule({ outbox, store: stores.outbox, people }),
    {
      routes: fanOutRoutes(fanOuts.service),
      deliveries: [fanOuts.delivery],
      notices: [fanOutNoticeKind({ kinds, clock })],
    },
    ...(ofReach
      ? [{ routes: [], deliveries: [installDelivery({ ...ofReach, deliverWaiting: letWaitingLeave })] }]
      : []),
    ...features,
  ];
  const deliveries: readonly DeliveryKind[] = modules.flatMap((module) => module.deliveries ?? []);
  const notices = modules.flatMap((module) => module.notices ?? []);
  const waiting = waitingIndex({
    partition: stores.programme,
    groups: modules.flatMap((module) => module.waiting?.groups ?? []),
    clock,
    log,
  });

  return {
    ...services,
    /** Whether the storage answers. */
    isUp,
    bulk,
    meetings,
    outbox,
    signIn,
    modules,
    waiting,
    fanOuts: fanOuts.service,
    /** The pace at which a bot opens conversations for fan-outs, shared by the instances. */
    fanOutPace,
    /** The pace of notices to single people: the same limit, but they go before what is for many. */
    noticePace,
    routes: [
      ...healthRoutes(isUp),
      ...overviewRoutes({ modules, index: waiting }),
      ...modules.flatMap(({ routes }) => routes),
    ],
    /** Lets what waited for a person leave: for the bot, when it meets somebody whom it could not reach. */
    deliverWaiting: letWaitingLeave,
    /** The activity feed of Teams; absent where it is not set up. */
    feed,
    /** The worker of this instance; the bot shows notices to people. */
    worker: (show: ShowNotice) => {
      showNotice = show;
      return worker([
        ...deliveries,
        noticeDelivery({ people, kinds: notices, show, outbox, askInstall: toInstall }),
        notifyManyDelivery({ people, outbox, kinds: notices }),
        newsCardDelivery({ store: stores.news, cards: newsCardPlaces, people, outbox, show }),
        digestDelivery({
          people,
          overview: (person) => overviewOf({ modules, index: waiting }, person),
          show,
          holidays: services.holidays,
          clock,
        }),
      ]);
    },
    /** Which messages in chats show which news. */
    newsCards: newsCardPlaces,
    /** The worker of fan-outs; `chat` sends into chats and channels. */
    fanOutWorker: (chat: Transport) =>
      fanOuts.worker({
        transports: { chat, channel: chat, mail },
        paces: { chat: fanOutPace, channel: fanOutPace, mail: paceOfMail },
        keepUnreached: keepUnreached({ people, outbox, kinds, clock, askInstall: toInstall }),
      }),
    /**
     * Finds out whether the tables were restored, sees to it that what follows from time is planned day after day, keeps the
     * calendars' UIDs, and brings the indexes of what waits, of days and of recordings, the search and the contacts of older releases up to date.
     */
    begin: async () => {
      await departures.check();
      await people.keepCalendarNamespace(calendarHostOf(adapters));
      await planner.ensureTick();
      void waiting.prepare().catch((error: unknown) => {
        log.error('waiting.notPrepared', { error });
      });
      void reindexNews({
        store: stores.news,
        index: stores.words,
        commit: (changes) => outbox.commit(changes),
      }).catch((error: unknown) => {
        log.error('news.notReindexed', { error });
      });
      void prepareNewsDays(stores.programme, stores.news).catch((error: unknown) => {
        log.error('news.daysNotPrepared', { error });
      });
      void prepareArchive(stores.programme, stores.sessions).catch((error: unknown) => {
        log.error('sessions.archiveNotPrepared', { error });
      });
      void contacts.upgradeAll().catch((error: unknown) => {
        log.error('contacts.notUpgraded', { error });
      });
    },
  };
}

export type BigRoom = ReturnType<typeof makeBigRoom>;

/** The names of the series among subscriptions that are published and not ended. */
const currentSeriesNames =
  (store: Pick<SessionStore, 'allSeries'>) =>
  async (subscriptions: readonly string[], language: Language): Promise<readonly string[]> =>
    (await store.allSeries())
      .filter(({ value }) => value.state.status === 'active' && subscriptions.includes(value.id))
      .map(({ value }) => value.names[language]);
