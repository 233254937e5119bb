import assert from 'node:assert/strict';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { azurite, freshName } from '../world/azurite.js';
import { insertion, partition, rejectsWith } from '../world/outbox.js';

/** What the road to the storage does with a request. */
type Road = 'through' | 'loseAnswer' | 'loseRequest' | 'busy';

/** A proxy between the programme and the emulator that loses the requests that a test names; then it loses nothing. */
class BrokenRoad {
  readonly seen: Road[] = [];
  readonly #orders: Road[] = [];
  readonly #server: Server;

  constructor(readonly tablePort: number) {
    this.#server = createServer((incoming, outgoing) => {
      const order = this.#orders.shift() ?? 'through';
      this.seen.push(order);
      if (order === 'loseRequest') incoming.socket.destroy();
      else if (order === 'busy') {
        // Not in one chain: other tests load restify into this process, whose `writeHead` gives nothing back.
        outgoing.writeHead(503, { 'retry-after': '0' });
        outgoing.end();
      } else this.#forward(incoming, outgoing, order);
    });
  }

  orders(...orders: Road[]): void {
    this.#orders.push(...orders);
    this.seen.length = 0;
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #forward(incoming: IncomingMessage, outgoing: ServerResponse, order: Road): void {
    const { url, method, headers } = incoming;
    const onward = request(
      { host: '127.0.0.1', port: this.tablePort, path: url, method, headers },
      (answer) => {
        if (order === 'loseAnswer') {
          answer.resume().once('end', () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  }
}

describe('AzureRows on a road that loses requests and answers', function () {
  this.timeout(60_000);
  let road: BrokenRoad;
  let rows: AzureRows;

  before(async () => {
    const { connectionString } = await azurite();
    const port = Number(/TableEndpoint=http:\/\/127\.0\.0\.1:(\d+)/.exec(connectionString)?.[1]);
    road = new BrokenRoad(port);
    const roadPort = await road.open();
    const through = connectionString.replace(
      `TableEndpoint=http://127.0.0.1:${port}`,
      `TableEndpoint=http://127.0.0.1:${roadPort}`,
    );
    rows = new AzureRows({ connectionString: through, table: freshName() });
    await rows.prepare();
  });

  after(() => {
    road.close();
  });

  it('takes a commit whose answer was lost for done, not for a conflict', async () => {
    road.orders('loseAnswer');
    await rows.commit(partition, [insertion('lost|1'), { op: 'put', key: 'lost|put', value: 1 }]);
    assert.deepEqual(road.seen, ['loseAnswer', 'through', 'through']);
    assert.deepEqual((await rows.get(partition, 'lost|1'))?.value, { made: 'lost|1' });
  });

  it('does so for a replaced row beside a deleted one', async () => {
    await rows.commit(partition, [insertion('row'), insertion('old')]);
    const row = await rows.get(partition, 'row');
    assert.ok(row);
    road.orders('loseAnswer', 'loseRequest');
    await rows.commit(partition, [
      { op: 'delete', key: 'old' },
      { op: 'replace', key: 'row', value: 2, version: row.version },
    ]);
    assert.equal((await rows.get(partition, 'row'))?.value, 2);
    assert.equal(await rows.get(partition, 'old'), undefined);
  });

  it('still reports a true conflict after a lost request', async () => {
    await rows.commit(partition, [insertion('taken')]);
    road.orders('loseRequest');
    await rejectsWith(rows.commit(partition, [insertion('taken'), insertion('beside')]), 'storage.conflict');
    assert.equal(await rows.get(partition, 'beside'), undefined);
  });

  it('reads and writes again when the service is busy', async () => {
    road.orders('busy', 'busy');
    await rows.commit(partition, [insertion('busy')]);
    road.orders('busy', 'loseAnswer', 'loseRequest');
    assert.deepEqual((await rows.get(partition, 'busy'))?.value, { made: 'busy' });
  });

  it('says unavailable, with the cause, after some tries', async () => {
    road.orders('busy', 'busy', 'busy', 'busy');
    await assert.rejects(rows.get(partition, 'busy'), (error: Error) => {
      assert.deepEqual(
        { code: 'storage.unavailable', caused: true },
        { code: error.message, caused: error.cause instanceof Error },
      );
      return true;
    });
    assert.equal(road.seen.length, 4);
  });

  it('says unavailable when the table is not there', async () => {
    const { connectionString } = await azurite();
    const nowhere = new AzureRows({ connectionString, table: freshName() });
    await rejectsWith(nowhere.get(partition, 'x'), 'storage.unavailable');
    await rejectsWith(nowhere.commit(partition, [insertion('x')]), 'storage.unavailable');
  });
});
