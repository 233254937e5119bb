import { chat, chatTransport } from '../../bot/proactive/chat.js';
import { directConnector } from '../../bot/channel/direct-connector.js';
import { systemClock } from '../../src/platform/clock.js';
import { jsonLog } from '../../src/platform/log.js';
import { makeOutbox } from '../../src/delivery/outbox/outbox.js';
import { partitionOf } from '../../src/platform/partition.js';
import type { Queue } from '../../src/platform/queue.js';
import { makeFanOuts } from '../../src/delivery/fan-out/service.js';
import { clockTime, teamsPace } from '../../src/delivery/pacing/limiter.js';
import { unlimited } from '../../src/delivery/pacing/pace.js';
import { paceStore } from '../../src/delivery/pacing/store.js';
import { outboxStore } from '../../src/delivery/outbox/store.js';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { departuresOver, partition } from './outbox.js';
import { chatter, chatters, kindsOver, reminderCard, storeOver, warmUp } from './fan-out.js';

/** The settings of a sending instance. */
export interface SenderOrders {
  readonly connectionString: string;
  readonly table: string;
  readonly queue: string;
  readonly sendQueue: string;
  readonly serviceUrl: string;
  /** How many recipients every fan-out has. */
  readonly people: number;
  /** Requests in a second of the tenant; unlimited where it is left out. */
  readonly perSecond?: number;
  readonly concurrency?: number;
  readonly leaseSeconds?: number;
  readonly sweepSeconds?: number;
  readonly chunkSize?: number;
}

/** What it is asked later: to begin, to report its usage, to stop. */
export type SenderOrder = 'begin' | 'usage' | 'stop';

export interface Usage {
  /** Milliseconds. */
  readonly cpu: number;
  /** Bytes. */
  readonly rss: number;
  /** Requests to tables and queues. */
  readonly trips: number;
}

export type SenderNews = 'ready' | { readonly usage: Usage };

const orders = JSON.parse(process.argv[2] ?? '') as SenderOrders;
/** The number of the first recipient of a fan-out whose name begins with `warm`. */
const firstOther = 1_000_000;
let trips = 0;

function report(news: SenderNews): void {
  process.send?.(news);
}

/** A queue that counts its requests. */
function counted(queue: Queue): Queue {
  return {
    send: (text, after) => {
      trips += 1;
      return queue.send(text, after);
    },
    receive: async (max, hidden) => {
      trips += 1;
      const deliveries = await queue.receive(max, hidden);
      trips += deliveries.length;
      return deliveries;
    },
  };
}

function instance() {
  const { connectionString, table, queue, sendQueue, people, serviceUrl, perSecond, ...sizes } = orders;
  const rows = new AzureRows({ connectionString, table, onTrip: () => (trips += 1) });
  const log = jsonLog(() => undefined);
  const clock = systemClock;
  const azureQueue = (name: string) => counted(new AzureQueue({ connectionString, queue: name }));
  const { mark } = new AzureQueue({ connectionString, queue });
  const departures = departuresOver(rows, clock, log, mark);
  const outbox = makeOutbox({
    departures,
    store: outboxStore(partitionOf(rows, partition, log)),
    programme: partition,
    queue: azureQueue(queue),
    clock,
    log,
    claimSeconds: sizes.leaseSeconds ?? 60,
    sweepSeconds: sizes.sweepSeconds ?? 15,
  });
  const kinds = kindsOver({
    recipients: (content) => {
      const isWarmUp = String(content.occurrenceId).startsWith('warm');
      const others = Array.from({ length: warmUp }, (_, number) => chatter(firstOther + number, serviceUrl));
      return Promise.resolve(isWarmUp ? others : chatters(people, serviceUrl));
    },
    stillUseful: () => Promise.resolve({ send: true }),
  });
  const sending = makeFanOuts({
    store: storeOver(rows, kinds),
    queue: azureQueue(sendQueue),
    departures,
    programme: partition,
    kinds,
    clock,
    log,
    ...sizes,
    ...(sizes.chunkSize !== undefined && {
      chunkSizes: { chat: sizes.chunkSize, channel: sizes.chunkSize, mail: sizes.chunkSize },
    }),
  });
  const time = clockTime(clock);
  const pace =
    perSecond === undefined
      ? unlimited
      : teamsPace({ store: paceStore(partitionOf(rows, 'pace', log)), log, time }, perSecond).fanOuts;
  const transport = chatTransport({
    chat: chat({
      // A busy machine is no silent Teams: what the tests look for is what dies, not what is slow.
      connector: directConnector({ timeoutMs: 120_000 }),
      people: { rememberChat: () => Promise.reject(new Error('nobody is new')) },
      mayReach: () => true,
      log,
    }),
    render: () => Promise.resolve(reminderCard),
    pace,
  });
  return {
    outboxWorker: outbox.worker([sending.delivery]),
    sender: sending.worker({
      transports: { chat: transport, channel: transport, mail: transport },
      paces: { chat: pace, channel: pace, mail: unlimited },
    }),
  };
}

const { outboxWorker, sender } = instance();
const takeOrder: Readonly<Record<SenderOrder, () => void>> = {
  begin: () => {
    outboxWorker.start();
    sender.start();
  },
  usage: () => {
    const { user, system } = process.cpuUsage();
    report({ usage: { cpu: (user + system) / 1_000, rss: process.memoryUsage.rss(), trips } });
  },
  stop: () => void Promise.all([outboxWorker.stop(), sender.stop()]).then(() => process.exit(0)),
};
process.on('message', (order) => {
  takeOrder[order as SenderOrder]();
});
process.once('disconnect', () => process.exit());
report('ready');
