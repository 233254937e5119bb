import { deterministicId, type MessageId } from '../../src/platform/ids.js';
import { jsonLog } from '../../src/platform/log.js';
import { systemClock } from '../../src/platform/clock.js';
import { makeOutbox } from '../../src/delivery/outbox/outbox.js';
import { referenceFor } from '../../src/delivery/queue-work.js';
import type { DeliveryKind } from '../../src/delivery/outbox/kind.js';
import { partitionOf } from '../../src/platform/partition.js';
import type { Queue } from '../../src/platform/queue.js';
import { outboxStore } from '../../src/delivery/outbox/store.js';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { anyKind, bodyOf, departuresOver, insertion, notice, partition, release } from './outbox.js';

/** The settings of a process of the kill test. */
export interface ChildOrders {
  readonly connectionString: string;
  readonly table: string;
  readonly queue: string;
  /** Where messages go: one POST each, its path the id. */
  readonly sinkUrl: string;
  /** `storeOne` halts when its change is stored; `storeMany` stores and sends; `send` only sends. */
  readonly task: 'storeOne' | 'storeMany' | 'send';
  /** The beginning of the names of what it stores. */
  readonly name: string;
}

/** What such a process reports: a change was stored, or the commit that stored it has returned. */
export type ChildNews = { readonly stored: string } | { readonly committed: string };

const orders = JSON.parse(process.argv[2] ?? '') as ChildOrders;

function report(news: ChildNews): void {
  process.send?.(news);
}

function post(kind: string, afterCrash: DeliveryKind['afterCrash']): DeliveryKind {
  return anyKind(
    kind,
    async (message) => {
      const body = bodyOf(message);
      const name = body.kind === 'release' ? body.releaseId : body.kind;
      const answer = await fetch(`${orders.sinkUrl}/${message.id}`, { method: 'POST', body: name });
      return answer.ok ? { result: 'sent' } : { result: 'retry', reason: String(answer.status) };
    },
    afterCrash,
  );
}

/** A queue that never takes what it is given: its caller has stored the change and gets no further. */
const halted: Queue = {
  send: (text) => {
    report({ stored: referenceFor(partition, text, /^[\w-]+$/) ?? '' });
    return new Promise(() => undefined);
  },
  receive: () => new Promise(() => undefined),
};

async function run(): Promise<void> {
  const { connectionString, table, queue: queueName, task, name } = orders;
  const rows = new AzureRows({ connectionString, table });
  const queue = task === 'storeOne' ? halted : new AzureQueue({ connectionString, queue: queueName });
  const log = jsonLog(() => undefined);
  const store = outboxStore(partitionOf(rows, partition, log));
  const { outbox, worker } = makeOutbox({
    store,
    queue,
    programme: partition,
    clock: systemClock,
    log,
    departures: departuresOver(
      rows,
      systemClock,
      log,
      new AzureQueue({ connectionString, queue: queueName }).mark,
    ),
    claimSeconds: 3,
    sweepSeconds: 1,
  });
  // As the product's own kinds do.
  const sender = worker([post('notice', 'ask'), post('newsIndex', 'repeat'), post('release', 'repeat')]);
  process.once('message', () => void sender.stop().then(() => process.exit(0)));
  if (task !== 'storeOne') sender.start();
  for (let count = 0; task !== 'send' && (task === 'storeMany' || count === 0); count += 1) {
    const each = `${name}-${count}`;
    const now = systemClock.now().toString();
    const message = count % 2 === 0 ? release(each, now) : notice(each, now);
    await outbox.commit([insertion(`item|${message.id}`)], [message]);
    report({ committed: deterministicId<MessageId>(count % 2 === 0 ? 'release' : 'notice', each) });
  }
}

await run();
