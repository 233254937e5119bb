import type { Programme } from '../src/people/person.js';
import type { NewsId, ReleaseId } from '../src/platform/ids.js';
import { newsService, type NewsService, type NewsUser } from '../src/news/service.js';
import { makeOutbox, type Outbox } from '../src/delivery/outbox/outbox.js';
import type { Notice } from '../src/delivery/notices.js';
import type { OutboxWorker } from '../src/delivery/outbox/worker.js';
import type {
  Channel,
  PublishOutcome,
  Site,
  TakeDownOutcome,
  WrittenPublication,
} from '../src/releases/channels/channel.js';
import { intranetChannel } from '../src/releases/channels/intranet/intranet.js';
import { localIntranet, intranetStore, type IntranetStore } from '../src/adapters/local-intranet/store.js';
import { releasesModule } from '../src/releases/module.js';
import type { ReleaseState } from '../src/releases/types.js';
import type { ReleaseService } from '../src/releases/service.js';
import { newsStore } from '../src/news/store.js';
import { outboxStore } from '../src/delivery/outbox/store.js';
import { MemoryQueue } from '../src/adapters/memory/queue.js';
import { releaseStore, type ReleaseStore } from '../src/releases/store.js';
import { MemoryRows } from '../src/adapters/memory/rows.js';
import { wordIndex } from '../src/news/search.js';
import { coordinator, programme, submission, swedishText, worker as author } from './make.js';
import { handClock, type HandClock } from './world/clock.js';
import { anyKind, bodyOf, keptLog, departuresOver } from './world/outbox.js';
import type { DeliveryKind } from '../src/delivery/outbox/kind.js';
import { partitionOf, type Partition } from '../src/platform/partition.js';
import { readablePartition } from './world/partition.js';

type Answer = Exclude<PublishOutcome | TakeDownOutcome, { result: 'takenDown' }> | Error | 'intranet';

/** The local intranet behind a channel whose answers a test sets; it keeps which releases it was asked to publish. */
export class ScriptedChannel implements Channel {
  readonly id = 'intranet';
  readonly asked: ReleaseId[] = [];
  /** What it was asked to show, in order. */
  readonly publications: WrittenPublication[] = [];
  /** Which releases it was asked to take down. */
  readonly takenDown: ReleaseId[] = [];
  readonly preview: Channel['preview'];
  readonly #answers: Answer[] = [];
  /** Called before the next answer, once. */
  meanwhile: (() => Promise<void>) | undefined;

  constructor(readonly intranet: Channel) {
    this.preview = intranet.preview;
  }

  /** The answers to the next calls, in order; after them the intranet answers itself. */
  answers(...answers: Answer[]): void {
    this.#answers.push(...answers);
  }

  async #next(): Promise<Exclude<Answer, Error>> {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    const answer = this.#answers.shift() ?? 'intranet';
    if (answer instanceof Error) throw answer;
    return answer;
  }

  async publish(publication: WrittenPublication): Promise<PublishOutcome> {
    this.asked.push(publication.releaseId);
    this.publications.push(publication);
    const answer = await this.#next();
    return answer === 'intranet' ? this.intranet.publish(publication) : answer;
  }

  async takeDown(id: ReleaseId): Promise<TakeDownOutcome> {
    this.takenDown.push(id);
    const answer = await this.#next();
    if (answer === 'intranet') return this.intranet.takeDown(id);
    if (answer.result === 'published' || answer.result === 'awaitsApproval')
      throw new Error('a taking down does not publish');
    return answer;
  }
}

export interface ReleaseWorld {
  readonly clock: HandClock;
  readonly rows: MemoryRows;
  readonly news: NewsService;
  /** Who is asked when an item changes: the releases, and whom a test adds. */
  readonly users: NewsUser[];
  readonly releases: ReleaseService;
  readonly store: ReleaseStore;
  readonly pages: IntranetStore;
  readonly outbox: Outbox;
  readonly worker: OutboxWorker;
  readonly handler: DeliveryKind;
  readonly channel: ScriptedChannel;
  /** Notices that have been sent, in order. */
  readonly notices: Notice[];
  /** Moves the clock on and handles the messages that are due. */
  readonly pass: (by: Parameters<HandClock['forward']>[0]) => Promise<void>;
  readonly stateOf: (id: ReleaseId) => Promise<ReleaseState>;
  /** An accepted item with both languages. */
  readonly acceptedNews: (name: string, more?: Readonly<Record<string, unknown>>) => Promise<NewsId>;
  /** A release of an accepted item of which both languages are ready. */
  readonly approved: (name: string, more?: Readonly<Record<string, unknown>>) => Promise<ReleaseId>;
  /** A release that is due at this Helsinki time of 2026. */
  readonly scheduled: (name: string, date: string, time: string) => Promise<ReleaseId>;
}

async function accept(
  news: NewsService,
  name: string,
  more: Readonly<Record<string, unknown>>,
): Promise<NewsId> {
  const { item } = await news.submit(author, submission({ formId: `form-of-${name}`, ...more }));
  await news.edit(coordinator, item.id, 'sv', swedishText, 0);
  await news.accept(coordinator, item.id);
  await news.ready(coordinator, item.id, 'sv');
  return item.id;
}

/**
 * Releases with the real news, outbox, worker and intranet on rows in memory. It is Monday 23 November 2026, 10.00.
 * @param siteOf the intranet; the local one unless given.
 */
export function releaseWorld(
  rows = new MemoryRows(),
  more: readonly Channel[] = [],
  siteOf?: (deps: { readonly clock: HandClock; readonly partition: Partition }) => Site,
): ReleaseWorld {
  const clock = handClock('2026-11-23T08:00:00Z');
  const log = keptLog();
  const { outbox, worker: makeWorker } = makeOutbox({
    store: outboxStore(partitionOf(rows, 'test', log)),
    queue: new MemoryQueue(clock),
    clock,
    log,
    programme: 'test',
    isResolvedElsewhere: (kind) => kind === 'release',
    departures: departuresOver(rows, clock, log),
    random: () => 0,
  });
  const common = { outbox, clock, undoSeconds: 10 };
  const users: NewsUser[] = [];
  const news = newsService({
    ...common,
    store: newsStore(readablePartition(rows)),
    index: wordIndex(readablePartition(rows, 'test-words')),
    programme: () => Promise.resolve(programme),
    people: () => Promise.resolve([]),
    users: () => users,
  });
  const partition = partitionOf(rows, 'test', log);
  const store = releaseStore(partition);
  const pages = intranetStore(partition);
  const local = localIntranet({
    store: pages,
    clock,
    publicUrl: 'https://bigroom.example',
    programme: () => Promise.resolve(programme),
  });
  const channel = new ScriptedChannel(intranetChannel(siteOf?.({ clock, partition }) ?? local));
  const { service: releases, publisher: handler } = releasesModule({
    ...common,
    store,
    news,
    programme: () => Promise.resolve<Programme>(programme),
    channels: [channel, ...more],
    maxAttempts: 3,
  });
  users.push(releases);
  const notices: Notice[] = [];
  const notice = anyKind('notice', (message) => {
    const body = bodyOf(message);
    if (body.kind === 'notice') notices.push(body.notice);
    return Promise.resolve({ result: 'sent' });
  });
  const newsIndex = anyKind('newsIndex', () => Promise.resolve({ result: 'sent' }));
  const worker = makeWorker([notice, newsIndex, handler]);
  const approved = async (name: string, more: Readonly<Record<string, unknown>> = {}): Promise<ReleaseId> => {
    const { release } = await releases.create(coordinator, { newsId: await accept(news, name, more) });
    return release.id;
  };
  return {
    clock,
    rows,
    news,
    users,
    releases,
    store,
    pages,
    outbox,
    worker,
    handler,
    channel,
    notices,
    pass: async (by) => {
      clock.forward(by);
      await worker.sweep();
      await worker.sweep();
    },
    stateOf: async (id) => (await releases.get(coordinator, id)).release.state,
    acceptedNews: (name, more = {}) => accept(news, name, more),
    approved,
    scheduled: async (name, date, time) => {
      const id = await approved(name);
      await releases.schedule(coordinator, id, { date, time });
      return id;
    },
  };
}
