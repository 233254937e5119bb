import { deterministicId, type MessageId } from '../../src/platform/ids.js';
import { jsonLog } from '../../src/platform/log.js';
import { systemClock } from '../../src/platform/clock.js';
import { makeOutbox } from '../../src/delivery/outbox/make-outbox.js';
import type { Handler, Handlers, MessageBody } from '../../src/delivery/outbox/message.js';
import type { Queue } from '../../src/platform/queue.js';
import { outboxStore } from '../../src/delivery/outbox/store.js';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { insertion, notice, partition, release } from './outbox.js';

/** What a process of the kill test is told to do. */
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

/** What such a process tells: a change was stored, or the commit that stored it has returned. */
export type ChildNews = { readonly stored: string } | { readonly committed: string };

const orders = JSON.parse(process.argv[2] ?? '') as ChildOrders;

function tell(news: ChildNews): void {
  process.send?.(news);
}

function post(afterCrash: Handler['afterCrash']): Handler {
  return {
    afterCrash,
    handle: async ({ id, body }) => {
      const answer = await fetch(`${orders.sinkUrl}/${id}`, { method: 'POST', body: nameOf(body) });
      return answer.ok ? { result: 'sent' } : { result: 'retry', reason: String(answer.status) };
    },
  };
}

function nameOf(body: MessageBody): string {
  return body.kind === 'release' ? body.releaseId : body.kind;
}

/** A queue that never takes what it is given: its caller has stored the change and gets no further. */
const halted: Queue = {
  send: (id) => {
    tell({ stored: id });
    return new Promise(() => undefined);
  },
  receive: () => new Promise(() => undefined),
};

async function run(): Promise<void> {
  const { connectionString, table, queue: queueName, task, name } = orders;
  const rows = new AzureRows({ connectionString, table });
  const queue = task === 'storeOne' ? halted : new AzureQueue({ connectionString, queue: queueName });
  const log = jsonLog(() => undefined);
  const store = outboxStore(rows, partition);
  const { outbox, worker } = makeOutbox({
    store,
    queue,
    clock: systemClock,
    log,
    claimSeconds: 3,
    sweepSeconds: 1,
  });
  // As the product's own handlers do.
  const handlers: Handlers = { notice: post('ask'), newsIndex: post('repeat'), release: post('repeat') };
  const sender = worker(handlers);
  process.once('message', () => void sender.stop().then(() => process.exit(0)));
  if (task !== 'storeOne') sender.start();
  for (let count = 0; task !== 'send' && (task === 'storeMany' || count === 0); count += 1) {
    const each = `${name}-${count}`;
    const now = systemClock.now().toString();
    const message = count % 2 === 0 ? release(each, now) : notice(each, now);
    await outbox.commit([insertion(`item|${message.id}`)], [message]);
    tell({ committed: deterministicId<MessageId>(count % 2 === 0 ? 'release' : 'notice', each) });
  }
}

await run();
