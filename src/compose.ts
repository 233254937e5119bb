import {
  makeSessions,
  makeSessionWork,
  type SessionAdapters,
  type SessionDomain,
  type SessionWork,
} from './compose-sessions.js';
import type { Clock } from './platform/clock.js';
import type { Route } from './platform/route.js';
import { healthRoutes } from './http/health.js';
import { intranetRoutes } from './adapters/local-intranet/routes.js';
import { newsRoutes } from './news/routes.js';
import { newsletterRoutes } from './newsletter/routes.js';
import { outboxRoutes } from './delivery/outbox/routes.js';
import { overviewRoutes } from './overview/routes.js';
import { releaseRoutes } from './releases/routes.js';
import { sessionRoutes } from './people/routes.js';
import { trialSignIn, type SignIn } from './http/sign-in.js';
import type { Log } from './platform/log.js';
import { newsService } from './news/news-service.js';
import { newsIndexHandler } from './news/searching.js';
import type { NewsService } from './news/service.js';
import { newsletterService } from './newsletter/newsletter-service.js';
import type { NewsletterService } from './newsletter/service.js';
import { makeOutbox } from './delivery/outbox/make-outbox.js';
import type { Handler } from './delivery/outbox/message.js';
import type { Outbox } from './delivery/outbox/outbox.js';
import type { Queue } from './platform/queue.js';
import type { OutboxWorker } from './delivery/outbox/worker.js';
import { peopleService, type PeopleService } from './people/service.js';
import { localIntranet } from './adapters/local-intranet/intranet.js';
import { releaseHandler } from './releases/publishing.js';
import { releaseService } from './releases/release-service.js';
import type { ReleaseService } from './releases/service.js';
import { intranetStore } from './adapters/local-intranet/store.js';
import { newsStore } from './news/store-rows.js';
import { newsletterStore } from './newsletter/store-rows.js';
import { outboxStore } from './delivery/outbox/store.js';
import { peopleStore } from './people/store.js';
import { releaseStore } from './releases/store-rows.js';
import type { Rows } from './platform/rows.js';
import { wordIndex } from './news/word-index.js';

/** The one partition of the programme's aggregates, and the one of its search index. */
export const programmePartition = 'programme';
const wordPartition = 'words';

/** The outside world, as the programme meets it. */
export interface Adapters extends SessionAdapters {
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
}

/** What the domain is made of: an outbox to put into, and the present moment. */
export interface DomainAdapters extends Pick<
  Adapters,
  'rows' | 'clock' | 'publicUrl' | 'undoSeconds' | 'attendance'
> {
  readonly outbox: Outbox;
}

export interface Domain extends SessionDomain {
  readonly people: PeopleService;
  readonly news: NewsService;
  readonly newsletter: NewsletterService;
  readonly releases: ReleaseService;
  /** Publishes releases; a handler of the outbox. */
  readonly publisher: Handler;
}

export interface BigRoom extends Domain, Pick<SessionWork, 'sends' | 'pace' | 'words' | 'sender' | 'begin'> {
  readonly outbox: Outbox;
  readonly signIn: SignIn;
  readonly routes: readonly Route[];
  /** The worker of this instance; words to people leave through the handler of the bot. */
  readonly worker: (notices: Handler) => OutboxWorker;
}

const defaultUndoSeconds = 10;
const maxPublishAttempts = 5;

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
    maxAttempts: maxPublishAttempts,
  });
  const sessions = makeSessions({ ...common, rows, partition, people, news, attendance });
  return { people, news, newsletter, releases, ...sessions, publisher };
}

interface RouteDeps {
  readonly outbox: Outbox;
  readonly signIn: SignIn;
  readonly work: SessionWork;
}

function makeRoutes(adapters: Adapters, domain: Domain, { outbox, signIn, work }: RouteDeps): Route[] {
  const { people, news, newsletter, releases, series } = domain;
  const { rows, publicUrl } = adapters;
  return [
    ...healthRoutes(() => isStorageUp(rows)),
    ...sessionRoutes(people, signIn),
    ...overviewRoutes({ news, newsletter, releases, series, outbox }),
    ...newsRoutes(news),
    ...newsletterRoutes(newsletter),
    ...releaseRoutes(releases),
    ...work.routes(domain),
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
  const work = makeSessionWork({
    ...adapters,
    ...domain,
    outbox,
    partition: programmePartition,
    undoSeconds: adapters.undoSeconds ?? defaultUndoSeconds,
  });
  const signIn = trialSignIn(domain.people);
  const newsIndex = newsIndexHandler({
    store: newsStore(rows, programmePartition),
    index: wordIndex(rows, wordPartition),
  });
  return {
    ...domain,
    sends: work.sends,
    pace: work.pace,
    words: work.words,
    sender: work.sender,
    begin: work.begin,
    outbox,
    signIn,
    routes: makeRoutes(adapters, domain, { outbox, signIn, work }),
    worker: (notices) =>
      worker({
        notice: notices,
        release: domain.publisher,
        newsIndex,
        ...work.handlers,
      }),
  };
}
