import assert from 'node:assert/strict';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import type { BigRoom } from '../../src/compose.js';
import { installationOf } from '../../src/installation.js';
import { instanceOf } from '../../src/instance.js';
import { systemClock } from '../../src/platform/clock.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { Person } from '../../src/people/person.js';
import { buttonOf, invokedCard, Talker, textOf, typed, type BotAnswer } from '../bot/bot-world.js';
import { listen, type Listening } from '../http/listen.js';
import { programme } from '../make.js';
import { testAdapters } from '../world/adapters.js';
import { azurite, freshName } from '../world/azurite.js';
import { Gate } from '../world/gate.js';
import { keptLog } from '../world/outbox.js';
import { Connector } from '../world/teams/connector.js';

const worker: Person = {
  id: 'vilma' as PersonId,
  name: 'Vilma Virtanen',
  givenName: 'Vilma',
  role: 'worker',
  language: 'fi',
  projects: [],
};

describe('an instance whose storage goes away', function () {
  // A storage that never answers would cost a minute or more for each who asks, without an end to their waiting.
  this.timeout(30_000);
  const gates: Gate[] = [];
  const log = keptLog();
  const stopping = new AbortController();
  let teams: Connector;
  let bigRoom: BigRoom;
  let listening: Listening;
  let stopWorkers: () => Promise<unknown>;
  let begun: Promise<void>;

  async function gatedStorage(): Promise<string> {
    let { connectionString } = await azurite();
    for (const port of [...connectionString.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, found]) => found)) {
      const gate = new Gate(Number(port));
      gates.push(gate);
      connectionString = connectionString.replace(`:${port ?? ''}/`, `:${String(await gate.start())}/`);
    }
    return connectionString;
  }

  before(async () => {
    teams = new Connector();
    await teams.start();
    const connectionString = await gatedStorage();
    for (const gate of gates) gate.shut();
    const rows = new AzureRows({ connectionString, table: freshName() });
    const [queue, fanOutQueue] = [freshName(), freshName()].map(
      (name) => new AzureQueue({ connectionString, queue: name }),
    ) as [AzureQueue, AzureQueue];
    const adapters = testAdapters({
      rows,
      queue,
      fanOutQueue,
      mark: queue.mark,
      clock: systemClock,
      log,
      undoSeconds: 1,
      prepare: async () => {
        await Promise.all([rows.prepare(), queue.prepare(), fanOutQueue.prepare()]);
      },
      firstStart: ({ people }) => people.add(programme, [worker]),
    });
    const installation = installationOf(adapters);
    ({ bigRoom } = installation.first);
    const { server, begin, stop } = instanceOf(installation, undefined);
    listening = await listen(server);
    stopWorkers = stop;
    begun = begin(stopping.signal);
  });

  after(async () => {
    stopping.abort();
    for (const gate of gates) gate.open();
    await begun;
    await stopWorkers();
    await listening.stop();
    for (const gate of gates) gate.stop();
    await teams.stop();
  });

  const ask = (path: string): Promise<Response> =>
    fetch(listening.url + path, { headers: { authorization: 'Trial vilma', 'accept-language': 'fi' } });

  async function post(body: string): Promise<BotAnswer> {
    const before = teams.sent.length;
    const answer = await fetch(`${listening.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? undefined : JSON.parse(text),
      sent: teams.sent.slice(before),
    };
  }

  async function isAway(): Promise<void> {
    assert.equal((await ask('/healthz')).status, 200);
    assert.equal((await ask('/readyz')).status, 503);
    const page = await ask('/');
    assert.equal(page.status, 503);
    assert.equal(page.headers.get('retry-after'), '5');
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(await page.text(), /lang="fi"[^]*Big Room on hetken poissa[^]*Mitään ei ole kadonnut/);
    const answer = await ask('/api/news/mine');
    assert.equal(answer.status, 503);
    assert.equal(((await answer.json()) as { code: string }).code, 'storage.unavailable');
  }

  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  /** Silence is believed for a second. */
  const untilReady = (): Promise<void> => until(async () => (await ask('/readyz')).status === 200);

  it('lives while its storage is not there at the start, and begins once it is', async () => {
    await isAway();
    assert.equal((await post('{}')).status, 503);
    await until(() => log.lines.includes('warn start.storageAway'));
    for (const gate of gates) gate.open();
    await begun;
    await untilReady();
    assert.equal((await ask('/api/news/mine')).status, 200);
  });

  for (const how of ['shut', 'hold'] as const) {
    it(`gives no receipt for what it could not store (${how}), and one for the same press afterwards`, async () => {
      const vilma = new Talker({ post, teams }, 'vilma', {});
      const form = await vilma.says('uutinen');
      const { data } = buttonOf(form, 'news.submit');
      const before = (await bigRoom.news.mine(worker)).lines.length;
      for (const gate of gates) gate[how]();
      const refused = invokedCard(await vilma.execute('news.submit', { ...data, ...typed }));
      assert.match(textOf(refused), /Yritä/);
      await isAway();
      for (const gate of gates) gate.open();
      await untilReady();
      assert.equal((await bigRoom.news.mine(worker)).lines.length, before);
      const receipt = invokedCard(await vilma.execute('news.submit', { ...data, ...typed }));
      assert.ok(buttonOf(receipt, 'news.edit'));
      assert.equal((await bigRoom.news.mine(worker)).lines.length, before + 1);
    });
  }
});
