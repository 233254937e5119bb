import type { Clock } from './clock.js';
import type { Route } from './http/route.js';
import { afterwardsRoutes } from './http/routes/afterwards.js';
import { contactRoutes } from './http/routes/contacts.js';
import { healthRoutes } from './http/routes/health.js';
import { intranetRoutes } from './http/routes/intranet.js';
import { newsRoutes } from './http/routes/news.js';
import { newsletterRoutes } from './http/routes/newsletter.js';
import { outboxRoutes } from './http/routes/outbox.js';
import { overviewRoutes } from './http/routes/overview.js';
import { preferenceRoutes } from './http/routes/preferences.js';
import { releaseRoutes } from './http/routes/releases.js';
import { rotationRoutes } from './http/routes/rotation.js';
import { seriesRoutes } from './http/routes/series.js';
import { sessionRoutes } from './http/routes/session.js';
import { stopRoutes } from './http/routes/stop.js';
import { topicRoutes } from './http/routes/topics.js';
import { trialSignIn, type SignIn } from './http/sign-in.js';
import type { Log } from './log.js';
import { newsService } from './news/news-service.js';
import { newsIndexHandler } from './news/searching.js';
import type { NewsService } from './news/service.js';
import { newsletterService } from './newsletter/newsletter-service.js';
import type { NewsletterService } from './newsletter/service.js';
import { makeOutbox } from './outbox/make-outbox.js';
import type { Handler } from './outbox/message.js';
import type { Outbox } from './outbox/outbox.js';
import type { Queue } from './outbox/queue.js';
import type { OutboxWorker } from './outbox/worker.js';
import { peopleService, type PeopleService } from './people/service.js';
import { localIntranet } from './releases/intranet/intranet.js';
import { releaseHandler } from './releases/publishing.js';
import { releaseService } from './releases/release-service.js';
import type { ReleaseService } from './releases/service.js';
import type { ContactService } from './sessions/contact.js';
import { afterwardsService } from './sessions/afterwards/afterwards-service.js';
import { attendanceHandler } from './sessions/afterwards/attending.js';
import type { AttendanceSource } from './sessions/afterwards/attendance-source.js';
import { contactService } from './sessions/contacts/contact-service.js';
import { seriesService } from './sessions/series-service.js';
import type {
  AfterwardsService,
  PreferenceService,
  RotationService,
  SeriesService,
  TopicService,
} from './sessions/service.js';
import { holidayBook } from './sessions/holiday-book.js';
import { preferenceService } from './sessions/reminders/preference-service.js';
import { rotationService } from './sessions/rotation/rotation-service.js';
import { topicFollower } from './sessions/topics/following.js';
import { topicService } from './sessions/topics/topic-service.js';
import { afterwardsStore } from './storage/afterwards-store.js';
import { contactStore } from './storage/contact-store.js';
import { intranetStore } from './storage/intranet-store.js';
import { newsStore } from './storage/news-store.js';
import { newsletterStore } from './storage/newsletter-store.js';
import { outboxStore } from './storage/outbox-store.js';
import { peopleStore } from './storage/people-store.js';
import { preferenceStore } from './storage/preference-store.js';
import { releaseStore } from './storage/release-store.js';
import type { Rows } from './storage/rows.js';
import { sessionStore } from './storage/session-store.js';
import { topicStore } from './storage/topic-store.js';
import { wordIndex } from './storage/word-index.js';

/** The one partition of the programme's aggregates, and the one of its search index. */
export const programmePartition = 'programme';
const wordPartition = 'words';

/** The outside world, as the programme meets it. */
export interface Adapters {
  readonly rows: Rows;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** How long what a person did can be undone before anybody is told; 10 unless set. */
  readonly undoSeconds?: number;
  /** Seconds between two sweeps of the outbox; 15 unless set. */
  readonly sweepSeconds?: number;
  /** Where it is known who was in a meeting; without it a number is given by hand. */
  readonly attendance?: AttendanceSource;
}

/** What the domain is made of: an outbox to put into, and the present moment. */
export interface DomainAdapters extends Pick<
  Adapters,
  'rows' | 'clock' | 'publicUrl' | 'undoSeconds' | 'attendance'
> {
  readonly outbox: Outbox;
}

export interface Domain {
  readonly people: PeopleService;
  readonly news: NewsService;
  readonly newsletter: NewsletterService;
  readonly releases: ReleaseService;
  readonly series: SeriesService;
  readonly rotation: RotationService;
  readonly topics: TopicService;
  readonly afterwards: AfterwardsService;
  readonly preferences: PreferenceService;
  readonly contacts: ContactService;
  /** Fetches who was there; a handler of the outbox. */
  readonly attendanceTaker: Handler;
  /** Publishes releases; a handler of the outbox. */
  readonly publisher: Handler;
}

export interface BigRoom extends Domain {
  readonly outbox: Outbox;
  readonly signIn: SignIn;
  readonly routes: readonly Route[];
  /** The worker of this instance; words to people leave through the handler of the bot. */
  readonly worker: (notices: Handler) => OutboxWorker;
}

const defaultUndoSeconds = 10;
const mostPublishAttempts = 5;

/** The services of the domain folders, each given the ports that it names. */
export function makeDomain({
  rows,
  outbox,
  clock,
  publicUrl,
  undoSeconds,
  attendance,
}: DomainAdapters): Domain {
  const partition = programmePartition;
  const common = { outbox, clock, undoSeconds: undoSeconds ?? defaultUndoSeconds };
  const people = peopleService({ ...common, store: peopleStore(rows, partition) });
  const programme = () => people.programme();
  const news = newsService({
    ...common,
    store: newsStore(rows, partition),
    index: wordIndex(rows, wordPartition),
    programme,
    users: () => [newsletter],
  });
  const newsletter = newsletterService({
    ...common,
    store: newsletterStore(rows, partition),
    news,
    programme,
  });
  const releasesStore = releaseStore(rows, partition);
  const releases = releaseService({ ...common, store: releasesStore, news });
  const intranet = localIntranet({ store: intranetStore(rows, partition), clock, publicUrl });
  const publisher = releaseHandler({
    store: releasesStore,
    news,
    outbox,
    clock,
    channels: { intranet },
    mostAttempts: mostPublishAttempts,
  });
  const sessions = makeSessions(rows, { ...common, people, news, attendance });
  return { people, news, newsletter, releases, ...sessions, publisher };
}

interface Common {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly undoSeconds: number;
  readonly people: PeopleService;
  readonly news: NewsService;
  readonly attendance: AttendanceSource | undefined;
}

/** The services of the sessions. */
function makeSessions(
  rows: Rows,
  common: Common,
): Omit<Domain, 'people' | 'news' | 'newsletter' | 'releases' | 'publisher'> {
  const partition = programmePartition;
  const { clock } = common;
  const sessions = { store: sessionStore(rows, partition), clock, holidays: holidayBook() };
  const topics = { ...common, ...sessions, topics: topicStore(rows, partition) };
  const afterwards = { ...common, ...sessions, afterwards: afterwardsStore(rows, partition) };
  return {
    series: seriesService({ ...common, ...sessions, followers: () => [topicFollower(topics)] }),
    rotation: rotationService({ ...common, ...sessions }),
    topics: topicService(topics),
    afterwards: afterwardsService(afterwards),
    attendanceTaker: attendanceHandler(afterwards),
    preferences: preferenceService({ store: preferenceStore(rows, partition), sessions }),
    contacts: contactService({
      ...common,
      store: contactStore(rows, partition),
      sessions: sessions.store,
    }),
  };
}

function makeRoutes(adapters: Adapters, domain: Domain, outbox: Outbox, signIn: SignIn): Route[] {
  const { people, news, newsletter, releases, series, rotation, topics, afterwards, preferences, contacts } =
    domain;
  const { rows, publicUrl } = adapters;
  return [
    ...healthRoutes(() => isStorageUp(rows)),
    ...sessionRoutes(people, signIn),
    ...overviewRoutes({ news, newsletter, releases, series, outbox }),
    ...newsRoutes(news),
    ...newsletterRoutes(newsletter),
    ...releaseRoutes(releases),
    ...seriesRoutes(series),
    ...rotationRoutes(rotation, series),
    ...topicRoutes(topics, series),
    ...afterwardsRoutes(afterwards, series),
    ...preferenceRoutes(preferences),
    ...contactRoutes(contacts),
    ...stopRoutes({ contacts, programme: () => people.programme() }),
    ...outboxRoutes(outbox),
    ...intranetRoutes({
      store: intranetStore(rows, programmePartition),
      programme: () => people.programme(),
      publicUrl,
    }),
  ];
}

async function isStorageUp(rows: Rows): Promise<boolean> {
  try {
    await rows.get(programmePartition, 'programme');
    return true;
  } catch {
    return false;
  }
}

/** The whole of Big Room but for the bot, the web server and the process around it. */
export function makeBigRoom(adapters: Adapters): BigRoom {
  const { rows, queue, clock, log, sweepSeconds } = adapters;
  const store = outboxStore(rows, programmePartition);
  const { outbox, worker } = makeOutbox({ store, queue, clock, log, ...(sweepSeconds && { sweepSeconds }) });
  const domain = makeDomain({ ...adapters, outbox });
  const signIn = trialSignIn(domain.people);
  const newsIndex = newsIndexHandler({
    store: newsStore(rows, programmePartition),
    index: wordIndex(rows, wordPartition),
  });
  return {
    ...domain,
    outbox,
    signIn,
    routes: makeRoutes(adapters, domain, outbox, signIn),
    worker: (notices) =>
      worker({
        notice: notices,
        release: domain.publisher,
        newsIndex,
        attendance: domain.attendanceTaker,
      }),
  };
}
