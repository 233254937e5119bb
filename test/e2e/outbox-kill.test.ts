import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MessageId } from '../../src/platform/ids.js';
import type { OutboxStore } from '../../src/delivery/outbox/store.js';
import { outboxStore } from '../../src/delivery/outbox/store.js';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { prefixRange } from '../../src/platform/rows.js';
import { azurite, freshName } from '../world/azurite.js';
import { bundled } from '../world/bundled.js';
import { short } from '../world/length.js';
import { partitionOf } from '../../src/platform/partition.js';
import { bodyOf, indexKeys, keptLog, partition } from '../world/outbox.js';
import type { ChildNews, ChildOrders } from '../world/outbox-child.js';
import { seeded } from '../world/teams/seeded.js';

const kills = short(2, { long: 20 });
/** The default of the worker: so many can be under way when a process is killed. */
const concurrency = 8;

/** Where messages arrive: counts them by id, and keeps one page for each as the intranet does. */
class Sink {
  readonly arrivals = new Map<string, number>();
  readonly pages = new Set<string>();
  readonly #server: Server = createServer((request, response) => {
    const id = (request.url ?? '').slice(1);
    this.arrivals.set(id, this.of(id) + 1);
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.once('end', () => {
      if (body !== 'notice') this.pages.add(body);
      response.end();
    });
  });

  of(id: string): number {
    return this.arrivals.get(id) ?? 0;
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe('A process killed between the stored change and the send', function () {
  this.timeout(240_000);
  let script: Awaited<ReturnType<typeof bundled>>;
  let sink: Sink;
  let rows: AzureRows;
  let store: OutboxStore;
  let shared: Omit<ChildOrders, 'task' | 'name'>;
  const children: ChildProcess[] = [];

  before(async () => {
    script = await bundled('test/world/outbox-child.ts');
  });

  after(() => script.remove());

  beforeEach(async () => {
    sink = new Sink();
    const { connectionString } = await azurite();
    const table = freshName();
    const queue = freshName();
    rows = new AzureRows({ connectionString, table });
    await Promise.all([rows.prepare(), new AzureQueue({ connectionString, queue }).prepare()]);
    store = outboxStore(partitionOf(rows, partition, keptLog()));
    shared = { connectionString, table, queue, sinkUrl: await sink.open() };
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    sink.close();
  });

  function begin(task: ChildOrders['task'], name: string, onNews: (news: ChildNews) => void): ChildProcess {
    const orders: ChildOrders = { ...shared, task, name };
    const child = fork(script.path, [JSON.stringify(orders)], { execArgv: [] });
    children.push(child);
    child.on('message', (news) => {
      onNews(news as ChildNews);
    });
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Lets a fresh process send until nothing is pending, then stops it as a service is stopped. */
  async function sendTheRest(): Promise<void> {
    const child = begin('send', 'rest', () => undefined);
    while ((await indexKeys(rows)).includes('outbox-due')) await pause(50);
    const ended = once(child, 'exit');
    child.send('stop');
    assert.deepEqual((await ended)[0], 0);
  }

  it('sends it exactly once after a restart', async () => {
    const ids: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const { child, id } = await new Promise<{ child: ChildProcess; id: string }>((resolve) => {
        const storing: ChildProcess = begin('storeOne', `one-${round}`, (news) => {
          if ('stored' in news) resolve({ child: storing, id: news.stored });
        });
      });
      await kill(child);
      assert.ok(await rows.get(partition, `item|${id}`), 'the change was stored');
      ids.push(id);
    }
    assert.equal(sink.arrivals.size, 0);
    await sendTheRest();
    assert.deepEqual(sink.arrivals, new Map(ids.map((id) => [id, 1])));
    for (const id of ids) assert.equal((await store.find(id as MessageId))?.value.state.status, 'sent');
  });

  it('loses nothing at random moments, makes one page of each release and notifies nobody twice', async () => {
    const random = seeded(20_261_103);
    const committed: string[] = [];
    for (let round = 0; round < kills; round += 1) {
      const busy = await new Promise<ChildProcess>((resolve) => {
        const child: ChildProcess = begin('storeMany', `round-${round}`, (news) => {
          if ('committed' in news) committed.push(news.committed);
          resolve(child);
        });
      });
      await pause(random() * 400);
      await kill(busy);
    }
    await sendTheRest();

    const { rows: items } = await rows.range(partition, prefixRange('item|', 100_000));
    const ids = items.map(({ key }) => key.slice('item|'.length));
    assert.ok(committed.length >= kills);
    assert.deepEqual(
      committed.filter((id) => !ids.includes(id)),
      [],
    );
    let releases = 0;
    let repeated = 0;
    let uncertain = 0;
    for (const id of ids) {
      const message = (await store.find(id as MessageId))?.value;
      const count = sink.of(id);
      assert.ok(message, `${id} was lost`);
      const body = bodyOf(message);
      if (body.kind === 'release') {
        releases += 1;
        assert.equal(message.state.status, 'sent');
        assert.ok(sink.pages.has(body.releaseId));
      } else assert.ok(count <= 1, `${id} went out ${count} times`);
      if (message.state.status === 'uncertain') uncertain += 1;
      else assert.equal(message.state.status, 'sent');
      if (message.state.status === 'sent') assert.ok(count >= 1, `${id} is recorded as sent, and is not`);
      repeated += Math.max(0, count - 1);
    }
    assert.equal(sink.pages.size, releases);
    assert.equal([...sink.arrivals.keys()].filter((id) => !ids.includes(id)).length, 0);
    assert.ok(repeated + uncertain <= kills * concurrency, `${repeated} repeated, ${uncertain} uncertain`);
    assert.equal((await store.needingAttention(1_000)).length, uncertain);
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
