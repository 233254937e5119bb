import {
  makeSessions,
  makeSessionWork,
  type SessionAdapters,
  type SessionDomain,
  type SessionWork,
} from './compose-sessions.js';
import type { Clock } from './platform/clock.js';
import type { Route } from './http/route.js';
import { healthRoutes } from './http/health.js';
import { intranetRoutes } from './adapters/local-intranet/routes.js';
import { newsRoutes } from './news/routes.js';
import { newsletterRoutes } from './newsletter/routes.js';
import { outboxRoutes } from './delivery/outbox/routes.js';
import { overviewRoutes } from './overview/routes.js';
import { sessionRoutes } from './people/routes.js';
import { trialSignIn, type SignIn } from './http/sign-in.js';
import type { Log } from './platform/log.js';
import { newsIndexDelivery } from './news/module.js';
import { newsService, type NewsService } from './news/service.js';
import { newsletterService, type NewsletterService } from './newsletter/service.js';
import { noticeDelivery, notifyManyDelivery, type ShowNotice } from './delivery/notices/deliveries.js';
import type { DeliveryKind } from './delivery/outbox/kind.js';
import { makeOutbox, type Outbox } from './delivery/outbox/outbox.js';
import type { Module } from './module.js';
import { newsNotices } from './news/notices.js';
import { sessionNotices } from './sessions/notices.js';
import type { Channel } from './releases/channels/channel.js';
import type { Queue } from './platform/queue.js';
import type { OutboxWorker } from './delivery/outbox/worker.js';
import { firstProgramme } from './people/person.js';
import { peopleService, type PeopleService } from './people/service.js';
import { localIntranet } from './adapters/local-intranet/intranet.js';
import { intranetChannel } from './releases/channels/intranet/intranet.js';
import { releasesModule } from './releases/module.js';
import type { ReleaseService } from './releases/service.js';
import { intranetStore } from './adapters/local-intranet/store.js';
import { newsStore } from './news/store.js';
import { newsletterStore } from './newsletter/store.js';
import { newsletterWaitingGroups } from './newsletter/waiting.js';
import { outboxStore, outboxWaitingGroup } from './delivery/outbox/store.js';
import { peopleStore } from './people/store.js';
import { releaseStore, releaseWaitingGroups } from './releases/store.js';
import { newsWaitingGroups } from './news/waiting.js';
import { sessionWaitingGroup } from './sessions/occurrences/waiting.js';
import { sessionStore } from './sessions/store.js';
import { waitingIndex, type WaitingIndex } from './platform/waiting-index.js';
import { partitionOf } from './platform/partition.js';
import type { Rows } from './platform/rows.js';
import { wordIndex } from './news/word-index.js';

/** The one partition of the programme's aggregates, and the one of its search index. */
export const programmePartition = firstProgramme.partition;
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
  'rows' | 'clock' | 'log' | 'publicUrl' | 'undoSeconds' | 'attendance'
> {
  readonly outbox: Outbox;
  /** Channels of other modules. */
  readonly channels?: readonly Channel[];
}

export interface Domain extends SessionDomain {
  readonly people: PeopleService;
  readonly news: NewsService;
  readonly newsletter: NewsletterService;
  readonly releases: ReleaseService;
  /** Publishes releases; a kind of message. */
  readonly publisher: DeliveryKind;
  readonly releaseRoutes: readonly Route[];
}

export interface BigRoom extends Domain, Pick<SessionWork, 'sends' | 'pace' | 'words' | 'sender' | 'begin'> {
  readonly outbox: Outbox;
  readonly signIn: SignIn;
  readonly waiting: WaitingIndex;
  readonly routes: readonly Route[];
  /** The worker of this instance; the bot shows notices to people. */
  readonly worker: (show: ShowNotice) => OutboxWorker;
}

const defaultUndoSeconds = 10;

/** The services of the domain folders, each given the ports that it names. */
export function makeDomain({
  rows,
  outbox,
  clock,
  log,
  publicUrl,
  undoSeconds,
  attendance,
  channels = [],
}: DomainAdapters): Domain {
  const partition = programmePartition;
  const programmeRows = partitionOf(rows, partition, log);
  const common = { outbox, clock, undoSeconds: undoSeconds ?? defaultUndoSeconds };
  const people = peopleService({ ...common, store: peopleStore(partitionOf(rows, partition, log)) });
  const programme = () => people.programme();
  const news = newsService({
    ...common,
    store: newsStore(partitionOf(rows, partition, log)),
    index: wordIndex(partitionOf(rows, wordPartition, log)),
    programme,
    users: () => [newsletter],
  });
  const newsletter = newsletterService({
    ...common,
    store: newsletterStore(partitionOf(rows, partition, log)),
    news,
    programme,
  });
  const site = localIntranet({ store: intranetStore(programmeRows), clock, publicUrl });
  const releases = releasesModule({
    ...common,
    store: releaseStore(programmeRows),
    news,
    channels: [intranetChannel(site), ...channels],
  });
  const sessions = makeSessions({ ...common, rows, partition, log, people, news, attendance });
  return {
    people,
    news,
    newsletter,
    releases: releases.service,
    ...sessions,
    publisher: releases.publisher,
    releaseRoutes: releases.routes,
  };
}

interface RouteDeps {
  readonly outbox: Outbox;
  readonly signIn: SignIn;
  readonly work: SessionWork;
  readonly index: WaitingIndex;
}

function makeRoutes(adapters: Adapters, domain: Domain, { outbox, signIn, work, index }: RouteDeps): Route[] {
  const { people, news, newsletter, releases, series } = domain;
  const { rows, log, publicUrl } = adapters;
  return [
    ...healthRoutes(() => isStorageUp(rows)),
    ...sessionRoutes(people, signIn),
    ...overviewRoutes({ news, newsletter, releases, series, outbox, index }),
    ...newsRoutes(news),
    ...newsletterRoutes(newsletter),
    ...domain.releaseRoutes,
    ...work.routes(domain),
    ...outboxRoutes(outbox),
    ...intranetRoutes({
      store: intranetStore(partitionOf(rows, programmePartition, log)),
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

/** What waits in all features, for the overview. */
function makeWaitingIndex(
  { rows, clock, log }: Pick<Adapters, 'rows' | 'clock' | 'log'>,
  { news }: Pick<Domain, 'news'>,
): WaitingIndex {
  const partition = partitionOf(rows, programmePartition, log);
  const groups = [
    ...newsWaitingGroups(newsStore(partitionOf(rows, programmePartition, log))),
    ...releaseWaitingGroups(releaseStore(partition)),
    outboxWaitingGroup(outboxStore(partition)),
    ...newsletterWaitingGroups({ store: newsletterStore(partition), news }),
    sessionWaitingGroup({ store: sessionStore(partition), clock }),
  ];
  return waitingIndex({ partition, groups, clock, log });
}

/**
 * The whole of Big Room but for the bot, the web server and the process around it.
 * @param modules further modules, as `module.ts` describes them.
 */
export function makeBigRoom(
  adapters: Adapters,
  { modules = [] }: { modules?: readonly Module[] } = {},
): BigRoom {
  const { rows, queue, clock, log, sweepSeconds } = adapters;
  const { outbox, worker } = makeOutbox({
    store: outboxStore(partitionOf(rows, programmePartition, log)),
    queue,
    clock,
    log,
    programme: programmePartition,
    isResolvedElsewhere: (kind) => deliveries.some((each) => each.kind === kind && each.isResolvedElsewhere),
    ...(sweepSeconds && { sweepSeconds }),
  });
  const domain = makeDomain({
    ...adapters,
    outbox,
    channels: modules.flatMap(({ channels = [] }) => channels),
  });
  const work = makeSessionWork({
    ...adapters,
    ...domain,
    outbox,
    partition: programmePartition,
    undoSeconds: adapters.undoSeconds ?? defaultUndoSeconds,
    fanOuts: modules.flatMap(({ fanOuts = [] }) => fanOuts),
  });
  const signIn = trialSignIn(domain.people);
  const waiting = makeWaitingIndex(adapters, domain);
  const newsIndex = newsIndexDelivery({
    store: newsStore(partitionOf(rows, programmePartition, log)),
    index: wordIndex(partitionOf(rows, wordPartition, log)),
  });
  const deliveries: readonly DeliveryKind[] = [
    domain.publisher,
    newsIndex,
    notifyManyDelivery({ people: domain.people, outbox }),
    ...work.deliveries,
    ...modules.flatMap(({ deliveries: more = [] }) => more),
  ];
  const notices = [...newsNotices, ...sessionNotices, ...modules.flatMap(({ notices: more = [] }) => more)];
  return {
    ...domain,
    sends: work.sends,
    pace: work.pace,
    words: work.words,
    sender: work.sender,
    waiting,
    begin: async () => {
      await work.begin();
      void waiting.prepare().catch((error: unknown) => {
        log.error('waiting.notPrepared', { error });
      });
    },
    outbox,
    signIn,
    routes: [
      ...makeRoutes(adapters, domain, { outbox, signIn, work, index: waiting }),
      ...modules.flatMap(({ routes }) => routes),
    ],
    worker: (show) =>
      worker([...deliveries, noticeDelivery({ people: domain.people, kinds: notices, show })]),
  };
}
