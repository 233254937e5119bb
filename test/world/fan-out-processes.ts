import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '../../src/platform/clock.js';
import { jsonLog } from '../../src/platform/log.js';
import { makeOutbox } from '../../src/delivery/outbox/outbox.js';
import type { NewMessage } from '../../src/delivery/outbox/message.js';
import { makeFanOuts } from '../../src/delivery/fan-out/service.js';
import type { FanOutView, RecipientLine, RecipientState } from '../../src/delivery/fan-out/fan-out.js';
import type { FanOutStore } from '../../src/delivery/fan-out/store.js';
import { partitionOf } from '../../src/platform/partition.js';
import { outboxStore } from '../../src/delivery/outbox/store.js';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { azurite, freshName } from './azurite.js';
import { departuresOver, partition } from './outbox.js';
import { coordinator, reminder, sendIdOf, Source, kindsOver, storeOver } from './fan-out.js';
import type { SenderNews, SenderOrder, SenderOrders, Usage } from './fan-out-child.js';

type Place = Pick<SenderOrders, 'connectionString' | 'table' | 'queue' | 'sendQueue'>;

/** An instance that sends, in a process of its own. */
export class Sender {
  readonly #child: ChildProcess;
  readonly ready: Promise<unknown>;

  /** @param script the file in which it is bundled; without it, it is loaded module by module */
  constructor(orders: SenderOrders, script?: string) {
    const source = new URL('./fan-out-child.ts', import.meta.url);
    const how = script === undefined ? ['--import=tsx'] : [];
    this.#child = fork(script ?? source, [JSON.stringify(orders)], { execArgv: how });
    this.ready = once(this.#child, 'message');
  }

  order(order: SenderOrder): void {
    this.#child.send(order);
  }

  async usage(): Promise<Usage> {
    const reported = once(this.#child, 'message');
    this.order('usage');
    const [news] = (await reported) as [SenderNews];
    if (news === 'ready') throw new Error('it reported no usage');
    return news.usage;
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  /** Ends it as a service is ended. */
  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.order('stop');
    await ended;
  }
}

/** Storage for senders, and a look at it from outside. */
export interface SendWorld {
  readonly place: Place;
  readonly store: FanOutStore;
  readonly rows: AzureRows;
  /** Puts fan-outs into the outbox, as the programme does. */
  begin(...names: string[]): Promise<void>;
  view(name: string): Promise<FanOutView | undefined>;
  /** Its recipients in a state, all pages. */
  recipients(name: string, status: RecipientState['status']): Promise<readonly RecipientLine[]>;
}

export async function sendWorld(): Promise<SendWorld> {
  const { connectionString } = await azurite();
  const place = { connectionString, table: freshName(), queue: freshName(), sendQueue: freshName() };
  const rows = new AzureRows(place);
  const queue = new AzureQueue(place);
  const sendQueue = new AzureQueue({ connectionString, queue: place.sendQueue });
  await Promise.all([rows.prepare(), queue.prepare(), sendQueue.prepare()]);
  const log = jsonLog(() => undefined);
  const departures = departuresOver(rows, systemClock, log, queue.mark);
  const shared = { clock: systemClock, log, programme: partition, departures };
  const { outbox } = makeOutbox({
    ...shared,
    store: outboxStore(partitionOf(rows, partition, shared.log)),
    queue,
  });
  const kinds = kindsOver(new Source());
  const store = storeOver(rows, kinds);
  const { service } = makeFanOuts({ ...shared, store, queue: sendQueue, kinds });
  return {
    place,
    store,
    rows,
    begin: async (...names) => {
      const messages = names.map((name): NewMessage => {
        const { id, dueAt, body } = reminder(name);
        return { id, dueAt, body };
      });
      await outbox.commit([], messages);
    },
    recipients: async (name, status) => {
      const found: RecipientLine[] = [];
      for (let after: string | undefined; ;) {
        const page = await service.recipients(coordinator, sendIdOf(reminder(name)), status, after);
        found.push(...page.lines);
        if (page.next === undefined) return found;
        after = page.next;
      }
    },
    view: async (name) => {
      const id = sendIdOf(reminder(name));
      return (await store.find(id)) === undefined ? undefined : service.get(coordinator, id);
    },
  };
}
