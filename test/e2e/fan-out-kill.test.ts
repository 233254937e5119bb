import assert from 'node:assert/strict';
import { bundled } from '../world/bundled.js';
import { reminder, sendIdOf } from '../world/fan-out.js';
import type { SenderOrders } from '../world/fan-out-child.js';
import { Sender, sendWorld, type SendWorld } from '../world/fan-out-processes.js';
import { short } from '../world/length.js';
import { Connector } from '../world/teams/connector.js';
import { seeded } from '../world/teams/seeded.js';

const kills = short(6, { long: 50 });
/** In all at least: the kills are spread over them. */
const messages = short(1_200, { long: 10_000 });
/** Recipients of each fan-out; another one begins when fewer than `enough` recipients are left. */
const people = short(400, { long: 1_000 });
const enough = short(300, { long: 900 });
const concurrency = short(16, { long: 64 });
const instances = 2;
/** Running instances that wait to replace a killed one, so that a kill costs no start. */
const spares = 2;

describe('Instances killed while they send to many', function () {
  this.timeout(900_000);
  let script: Awaited<ReturnType<typeof bundled>>;
  let teams: Connector;
  let world: SendWorld;
  const alive = new Set<Sender>();
  const names: string[] = [];

  before(async () => {
    script = await bundled('test/world/fan-out-child.ts');
    teams = new Connector({ keeps: false });
    await teams.start();
    world = await sendWorld();
  });

  after(async () => {
    await Promise.all([...alive].map((sender) => sender.kill()));
    await teams.stop();
    await script.remove();
  });

  function start(): Sender {
    const sizes = { people, concurrency, leaseSeconds: 2, sweepSeconds: 1, chunkSize: 50 };
    const orders: SenderOrders = { ...world.place, serviceUrl: teams.url, ...sizes };
    const sender = new Sender(orders, script.path);
    alive.add(sender);
    return sender;
  }

  async function kill(sender: Sender): Promise<void> {
    await sender.kill();
    alive.delete(sender);
  }

  /** How many messages have arrived, of all fan-outs together. */
  const arrived = (): number => [...teams.arrivals.values()].reduce((sum, each) => sum + each, 0);

  async function beginOneMore(): Promise<void> {
    const name = `send-${names.length}`;
    names.push(name);
    await world.begin(name);
  }

  /** Resolves when so many more have arrived: a moment that the sending itself sets, wherever it is by then. */
  async function untilMore(count: number): Promise<void> {
    const from = arrived();
    while (arrived() < from + count) {
      if (names.length * people - arrived() < enough) await beginOneMore();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  async function isOver(): Promise<boolean> {
    const headers = await Promise.all(names.map((name) => world.store.find(sendIdOf(reminder(name)))));
    return headers.every((header) => header?.value.state.status === 'done');
  }

  it('lose nobody, reach nobody twice, and leave at most those uncertain who were on their way, by name', async () => {
    const random = seeded(20_261_103);
    const running: Sender[] = [];
    const waiting = Array.from({ length: instances + spares }, start);
    const takeOver = async (): Promise<void> => {
      const next = waiting.shift();
      assert.ok(next);
      await next.ready;
      next.order('begin');
      running.push(next);
    };
    for (let count = 0; count < instances; count += 1) await takeOver();
    await beginOneMore();
    for (let killed = 0; killed < kills; killed += 1) {
      await untilMore(Math.ceil((random() * messages) / kills));
      const [victim] = running.splice(Math.floor(random() * running.length), 1);
      assert.ok(victim);
      await kill(victim);
      waiting.push(start());
      await takeOver();
    }
    while (names.length * people < messages) await beginOneMore();
    while (!(await isOver())) await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all(running.map((sender) => sender.stop()));
    for (const sender of running) alive.delete(sender);

    let uncertain = 0;
    for (const name of names) {
      const view = await world.view(name);
      assert.ok(view);
      const { counts } = view;
      const ends = { undeliverable: 0, failed: 0, dropped: 0 };
      const { sent } = counts;
      assert.deepEqual(counts, { total: people, open: 0, sent, uncertain: people - sent, ...ends });
      assert.equal(view.state.status, 'done');
      uncertain += counts.uncertain;
      const named = await world.recipients(name, 'uncertain');
      assert.equal(named.length, counts.uncertain);
      for (const { state } of named) assert.equal('reason' in state && state.reason, 'interrupted');
    }
    const sentTo = people * names.length - uncertain;
    assert.ok(arrived() >= sentTo, `${arrived()} arrived, ${sentTo} count as sent`);
    assert.ok(arrived() <= people * names.length, 'nobody is sent to twice');
    for (const [conversation, count] of teams.arrivals)
      assert.ok(count <= names.length, `${conversation} got ${count} of ${names.length}`);
    assert.ok(
      uncertain <= concurrency * kills,
      `${uncertain} uncertain after ${kills} kills with a concurrency of ${concurrency}`,
    );
    assert.deepEqual(await world.store.active(), []);
    console.log(`      0 of ${people * names.length} twice, ${uncertain} uncertain after ${kills} kills`);
  });
});
