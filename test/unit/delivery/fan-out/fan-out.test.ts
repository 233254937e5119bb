import assert from 'node:assert/strict';
import { handleMessage } from '../../../../src/delivery/outbox/kind.js';
import { AppError } from '../../../../src/platform/errors.js';
import type { Message } from '../../../../src/delivery/outbox/message.js';
import type { RecipientState } from '../../../../src/delivery/fan-out/fan-out.js';
import type { Recipient } from '../../../../src/delivery/fan-out/kind.js';
import { MemoryQueue } from '../../../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import { prefixRange } from '../../../../src/platform/rows.js';
import { partition, rejectsWith } from '../../../world/outbox.js';
import {
  chatter,
  chatters,
  coordinator,
  KeepingTransport,
  reminder,
  sendIdOf,
  sendingInstance,
  Source,
  worker,
  type SendingInstance,
} from '../../../world/fan-out.js';
import { otherCoordinator } from '../../../make.js';
import { VirtualTime } from '../../../world/virtual-time.js';

describe('a fan-out', () => {
  let time: VirtualTime;
  let rows: MemoryRows;
  let queue: MemoryQueue;
  let source: Source;
  let transport: KeepingTransport;
  let one: SendingInstance;
  let other: SendingInstance;
  let trips: number;
  const message = reminder();
  const id = sendIdOf(message);

  const instance = (more: Partial<Parameters<typeof sendingInstance>[0]> = {}) =>
    sendingInstance({ rows, queue, clock: time.clock, time, source, transport, ...more });

  beforeEach(() => {
    time = new VirtualTime();
    trips = 0;
    rows = new MemoryRows({ onTrip: () => (trips += 1) });
    queue = new MemoryQueue(time.clock);
    source = new Source();
    transport = new KeepingTransport();
    one = instance();
    other = instance();
  });

  const expand = (each: Message = message, by = one) => time.passUntil(handleMessage(by.delivery, each));
  const view = () => one.service.get(coordinator, id);

  /** Works until the queue brings nothing more; with `until`, time passes so long at most. */
  async function workOff(until = time.now(), by: readonly SendingInstance[] = [one]): Promise<void> {
    for (;;) {
      const counts = await time.passUntil(Promise.all(by.map(({ sender }) => sender.work())));
      if (counts.some((count) => count > 0)) continue;
      if (time.now() >= until) return;
      time.forward(1_000);
    }
  }

  async function stateOf(name: string): Promise<RecipientState | undefined> {
    let after: string | undefined;
    do {
      const page = await one.service.recipients(coordinator, id, undefined, after);
      const line = page.lines.find((each) => each.name === name);
      if (line) return line.state;
      after = page.next;
    } while (after !== undefined);
    return undefined;
  }

  it('reaches everybody once, in their language, and ends as done', async () => {
    source.all = chatters(95).map((each, index): Recipient => ({
      ...each,
      language: index % 2 ? 'sv' : 'fi',
    }));
    assert.deepEqual(await expand(), { result: 'sent' });
    assert.equal((await view()).counts.open, 95);
    await workOff();
    assert.equal(transport.arrived.length, 95);
    assert.ok([...transport.times.values()].every((times) => times === 1));
    assert.deepEqual([...new Set(transport.prepared)].sort(), ['reminder fi', 'reminder sv']);
    assert.equal(transport.prepared.length, 20, 'the contents are made once a chunk and language');
    const after = await view();
    assert.equal(after.state.status, 'done');
    assert.deepEqual([after.counts.total, after.counts.sent, after.counts.open], [95, 95, 0]);
    assert.deepEqual(await one.store.active(), []);
    assert.deepEqual((await one.service.list(coordinator)).lines, [
      {
        id,
        content: after.content,
        dueAt: after.dueAt,
        startedAt: after.startedAt,
        state: after.state,
        counts: after.counts,
      },
    ]);
  });

  it('reaches somebody who was named twice once', async () => {
    source.all = [...chatters(3), chatter(1)];
    await expand();
    await workOff();
    assert.deepEqual(transport.arrived.sort(), ['p0', 'p1', 'p2']);
  });

  it('ends at once where there is nobody', async () => {
    await expand();
    const { state, counts } = await view();
    assert.deepEqual([state.status, counts.total], ['done', 0]);
  });

  it('is not expanded again when the message comes again', async () => {
    source.all = chatters(5);
    await expand();
    source.all = chatters(9);
    await expand(message, other);
    await workOff();
    assert.equal(transport.arrived.length, 5);
  });

  for (const reason of ['late', 'superseded'] as const) {
    it(`sends nothing and records so where it is ${reason} when it begins`, async () => {
      source.all = chatters(5);
      source.usefulness = { send: false, reason };
      assert.deepEqual(await expand(), { result: 'sent' });
      await workOff();
      assert.deepEqual(transport.arrived, []);
      assert.deepEqual((await view()).state, { status: 'dropped', at: time.clock.now().toString(), reason });
    });

    it(`drops the rest where it gets ${reason} on the way`, async () => {
      source.all = chatters(60);
      one = instance({ chunksAtOnce: 1 });
      await expand();
      transport.answer = async () => {
        await time.sleep(1_000);
        if (transport.arrived.length >= 12) source.usefulness = { send: false, reason };
        return { result: 'sent' };
      };
      await workOff();
      const { counts, state, reasons } = await view();
      assert.equal(state.status, 'done');
      assert.equal(counts.sent, transport.arrived.length);
      assert.ok(counts.sent >= 12 && counts.dropped > 0);
      assert.deepEqual(reasons, [{ status: 'dropped', reason, count: counts.dropped }]);
    });
  }

  it('drops what would come too late, without asking anybody', async () => {
    source.all = chatters(30);
    source.usefulness = { send: true, usefulUntil: time.iso(3_000) };
    transport.answer = async () => {
      await time.sleep(1_000);
      return { result: 'sent' };
    };
    one = instance({ chunksAtOnce: 1 });
    await expand();
    await workOff();
    const { counts } = await view();
    assert.equal(counts.open, 0);
    assert.ok(counts.sent > 0 && counts.sent < 30, JSON.stringify(counts));
    assert.equal((await stateOf('p29'))?.status, 'dropped');
  });

  describe('expanded by two workers at once', () => {
    it('has the recipients of one of them only', async () => {
      source.all = chatters(20);
      const results = await time.passUntil(
        Promise.all([handleMessage(one.delivery, message), handleMessage(other.delivery, message)]),
      );
      assert.deepEqual(results, [{ result: 'sent' }, { result: 'sent' }]);
      await workOff();
      assert.equal(transport.arrived.length, 20);
      assert.ok([...transport.times.values()].every((times) => times === 1));
      const { rows: left } = await rows.range(`send-${id}`, prefixRange('to|', 100));
      assert.equal(left.length, 2, 'the other one took its rows away');
    });

    it('never mixes their recipients where they differ', async () => {
      let isFirst = true;
      source.all = chatters(20);
      source.beforeRecipients = async () => {
        if (!isFirst) return;
        isFirst = false;
        await expand(message, other);
        source.all = chatters(31);
      };
      await time.passUntil(handleMessage(one.delivery, message));
      await workOff();
      assert.equal(transport.arrived.length, 20);
      assert.equal((await view()).counts.total, 20);
    });

    it('is expanded by the next one where the first died between its rows and the header', async () => {
      source.all = chatters(25);
      const dying = sendingInstance({
        rows: {
          get: rows.get.bind(rows),
          range: rows.range.bind(rows),
          commit: (name, changes) =>
            name === partition ? new Promise(() => undefined) : rows.commit(name, changes),
        },
        queue,
        clock: time.clock,
        time,
        source,
        transport,
      });
      void handleMessage(dying.delivery, message);
      await time.passUntil(time.sleep(10));
      source.all = chatters(12);
      await expand(reminder('one', undefined, 2), other);
      await workOff();
      assert.equal(transport.arrived.length, 12);
      const { rows: left } = await rows.range(`send-${id}`, prefixRange('progress|', 100));
      assert.equal(left.length, 2, 'what the first one left is taken away');
    });
  });

  describe('whose recipients answer differently', () => {
    it('keeps the true reason of each', async () => {
      source.all = chatters(4);
      transport.answer = ({ name }) => {
        if (name === 'p1') return { result: 'undeliverable', reason: '403 BotNotInConversationRoster' };
        if (name === 'p2') return { result: 'failed', reason: '413 MessageSizeTooBig' };
        return name === 'p3' ? { result: 'uncertain', reason: 'HeadersTimeoutError' } : { result: 'sent' };
      };
      await expand();
      await workOff();
      const at = (await stateOf('p0')) as { at: string };
      assert.deepEqual(await stateOf('p1'), {
        status: 'undeliverable',
        at: at.at,
        reason: '403 BotNotInConversationRoster',
      });
      assert.deepEqual(await stateOf('p2'), { status: 'failed', at: at.at, reason: '413 MessageSizeTooBig' });
      assert.deepEqual(await stateOf('p3'), {
        status: 'uncertain',
        at: at.at,
        reason: 'HeadersTimeoutError',
      });
      const { counts, state } = await view();
      assert.deepEqual(counts, {
        total: 4,
        open: 0,
        sent: 1,
        undeliverable: 1,
        failed: 1,
        uncertain: 1,
        dropped: 0,
      });
      assert.equal(state.status, 'done');
    });

    it('tries again who asked for it, no sooner, and nobody waits for them', async () => {
      source.all = chatters(30);
      const tried: number[] = [];
      transport.answer = ({ name }, attempt) => {
        if (name !== 'p3') return { result: 'sent' };
        tried.push(time.now());
        return attempt === 1 ? { result: 'retry', reason: '429', afterSeconds: 20 } : { result: 'sent' };
      };
      await expand();
      const begun = time.now();
      await workOff();
      assert.equal(time.now(), begun, 'nobody waited');
      const between = await view();
      assert.deepEqual([between.counts.sent, between.counts.open], [29, 1]);
      assert.deepEqual(between.reasons, [{ status: 'open', reason: '429', count: 1 }]);
      assert.deepEqual(await stateOf('p3'), {
        status: 'open',
        attempts: 1,
        retryAt: time.iso(20_000),
        lastFault: '429',
      });
      await workOff(begun + 25_000);
      assert.equal((await view()).counts.sent, 30);
      assert.ok((tried[1] ?? 0) - begun >= 20_000 && (tried[1] ?? 0) - begun <= 23_000);
    });

    it('gives up after eight attempts, with the last reason', async () => {
      source.all = chatters(2);
      transport.answer = ({ name }) =>
        name === 'p1' ? { result: 'retry', reason: '503 ServiceUnavailable' } : { result: 'sent' };
      await expand();
      await workOff(time.now() + 6_000_000);
      assert.equal(transport.times.get('p1'), 8);
      assert.equal((await stateOf('p1'))?.status, 'failed');
      assert.equal((await view()).state.status, 'done');
    });

    it('goes on where a transport throws', async () => {
      source.all = chatters(3);
      transport.answer = ({ name }, attempt) => {
        if (name === 'p1' && attempt === 1) throw new Error('broken');
        return { result: 'sent' };
      };
      await expand();
      await workOff(time.now() + 10_000);
      assert.equal((await view()).counts.sent, 3);
    });

    it('waits where the contents cannot be made, and drops the chunk where they are of no more use', async () => {
      source.all = chatters(3);
      transport.prepareFault = new AppError('occurrence.notFound');
      await expand();
      await workOff();
      assert.deepEqual([transport.arrived.length, (await view()).counts.open], [0, 3]);
      source.usefulness = { send: false, reason: 'superseded' };
      await workOff(time.now() + 40_000);
      assert.deepEqual((await view()).counts.dropped, 3);
    });
  });

  describe('in the hands of a coordinator', () => {
    beforeEach(async () => {
      source.all = chatters(200);
      await expand();
    });

    it('is paused and resumed: what is being sent arrives, the rest waits', async () => {
      transport.answer = async () => {
        const isTheOne = transport.arrived.length === 15;
        await time.sleep(400);
        if (isTheOne) await one.service.pause(coordinator, id);
        return { result: 'sent' };
      };
      await workOff(time.now(), [one, other]);
      transport.answer = () => ({ result: 'sent' });
      const { state, counts } = await view();
      assert.equal(state.status, 'paused');
      assert.ok(counts.open > 0 && counts.sent === transport.arrived.length);
      assert.equal(await time.passUntil(one.sender.sweep()), 0, 'the sweep leaves it alone');
      await workOff();
      assert.equal((await view()).counts.sent, counts.sent);
      await time.passUntil(one.service.resume(coordinator, id));
      await workOff();
      assert.deepEqual([(await view()).counts.sent, (await view()).state.status], [200, 'done']);
      assert.ok([...transport.times.values()].every((times) => times === 1));
    });

    it('is called back: the rest is dropped and says so', async () => {
      await time.passUntil(one.sender.work());
      const before = transport.arrived.length;
      await time.passUntil(one.service.cancel(coordinator, id));
      await workOff();
      const { state, counts } = await view();
      assert.equal(state.status, 'cancelled');
      assert.deepEqual(counts, {
        total: 200,
        open: 0,
        sent: before,
        undeliverable: 0,
        failed: 0,
        uncertain: 0,
        dropped: 200 - before,
      });
      assert.deepEqual(await one.store.active(), []);
      await rejectsWith(one.service.resume(coordinator, id), 'send.moveNotAllowed');
      await rejectsWith(one.service.pause(coordinator, id), 'send.moveNotAllowed');
    });

    it('names who paused, resumed, called back and sent again', async () => {
      transport.answer = () => ({ result: 'uncertain', reason: 'timeout' });
      const ask = (what: Promise<unknown>) => time.passUntil(what);
      await ask(one.service.pause(coordinator, id));
      await ask(one.service.pause(coordinator, id));
      await ask(one.service.resume(otherCoordinator, id));
      await workOff();
      await ask(one.service.again(coordinator, id, 'uncertain'));
      await ask(one.service.cancel(otherCoordinator, id));
      const { lines } = await one.service.audit(coordinator, id);
      assert.deepEqual(lines.map(({ by, event }) => `${by?.name ?? ''} ${event.action}`).sort(), [
        'Clara cancel',
        'Clara resume',
        'Kaisa again',
        'Kaisa pause',
      ]);
    });

    it('is called back while it is paused, and while somebody waits for a retry', async () => {
      transport.answer = () => ({ result: 'retry', reason: '429', afterSeconds: 600 });
      await workOff();
      await time.passUntil(one.service.pause(coordinator, id));
      await time.passUntil(one.service.cancel(coordinator, id));
      await workOff();
      assert.deepEqual((await view()).counts.dropped, 200);
    });

    it('is sent once more to those who failed, and to nobody else', async () => {
      transport.answer = ({ name }) =>
        name.endsWith('7') ? { result: 'failed', reason: '400 BadSyntax' } : { result: 'sent' };
      await workOff();
      assert.deepEqual([(await view()).counts.failed, (await view()).state.status], [20, 'done']);
      transport.answer = () => ({ result: 'sent' });
      const asked = await time.passUntil(one.service.again(coordinator, id, 'failed'));
      assert.equal(asked.state.status, 'sending');
      await workOff();
      const { counts, state } = await view();
      assert.deepEqual([counts.sent, counts.failed, state.status], [200, 0, 'done']);
      for (const [name, times] of transport.times) assert.equal(times, name.endsWith('7') ? 2 : 1, name);
      await rejectsWith(one.service.again(coordinator, id, 'failed'), 'send.moveNotAllowed');
      await rejectsWith(one.service.again(coordinator, id, 'uncertain'), 'send.moveNotAllowed');
    });

    it('is not sent again when it is of no more use', async () => {
      transport.answer = () => ({ result: 'uncertain', reason: 'timeout' });
      await workOff();
      source.usefulness = { send: false, reason: 'late' };
      await rejectsWith(
        time.passUntil(one.service.again(coordinator, id, 'uncertain')),
        'send.moveNotAllowed',
      );
      assert.equal((await view()).counts.uncertain, 200);
    });

    it('shows its pace and what is left', async () => {
      const slow = instance({ chunksAtOnce: 1, concurrency: 2 });
      transport.answer = async () => {
        await time.sleep(1_000);
        return { result: 'sent' };
      };
      await time.passUntil(slow.sender.work());
      const { rate, secondsLeft, counts } = await view();
      assert.ok(rate >= 0.8 && rate <= 2.1, String(rate));
      assert.equal(secondsLeft, Math.ceil(counts.open / rate));
    });

    it('lists recipients page by page, and by how they ended', async () => {
      transport.answer = ({ name }) =>
        name.endsWith('7')
          ? { result: 'undeliverable', reason: '403 BotDisabledByAdmin' }
          : { result: 'sent' };
      await workOff();
      const first = await one.service.recipients(coordinator, id);
      const second = await one.service.recipients(coordinator, id, undefined, first.next);
      assert.deepEqual([first.lines.length, second.lines.length, second.next], [100, 100, undefined]);
      const names = [...first.lines, ...second.lines].map(({ name }) => name);
      assert.equal(new Set(names).size, 200);
      const undeliverable = await one.service.recipients(coordinator, id, 'undeliverable');
      assert.equal(undeliverable.lines.length, 20);
      assert.ok(undeliverable.lines.every(({ name }) => name?.endsWith('7')));
      const odd = await one.service.recipients(coordinator, id, undefined, '../../x');
      assert.equal(odd.lines.length, 100);
    });

    it("is nobody's business without the permission", async () => {
      await rejectsWith(one.service.list(worker), 'permission.denied');
      await rejectsWith(one.service.get(worker, id), 'permission.denied');
      await rejectsWith(one.service.recipients(worker, id), 'permission.denied');
      await rejectsWith(one.service.pause(worker, id), 'permission.denied');
      await rejectsWith(one.service.resume(worker, id), 'permission.denied');
      await rejectsWith(one.service.cancel(worker, id), 'permission.denied');
      await rejectsWith(one.service.again(worker, id, 'failed'), 'permission.denied');
      await rejectsWith(one.service.get(coordinator, 'nothing' as typeof id), 'send.notFound');
    });
  });

  describe('whose worker dies', () => {
    const never = () => new Promise<never>(() => undefined);

    /** Makes an instance that can be halted as by a power cut: from then on nothing of it is stored, until it wakes up. */
    function haltable(more: Parameters<typeof instance>[0] = {}): { halt: () => void; wake: () => void } {
      let halted: Promise<void> | undefined;
      let wake: () => void = () => undefined;
      const commit: MemoryRows['commit'] = async (...given) => {
        await halted;
        return rows.commit(...given);
      };
      const get: MemoryRows['get'] = (...given) => rows.get(...given);
      const range: MemoryRows['range'] = (...given) => rows.range(...given);
      one = instance({ rows: { get, range, commit }, ...more });
      return {
        halt: () => {
          halted = new Promise((resolve) => (wake = resolve));
        },
        wake: () => {
          halted = undefined;
          wake();
        },
      };
    }

    /** The other instance sees that nobody writes for as long as a claim lasts, and takes over. */
    async function takeOver(): Promise<void> {
      time.forward(61_000);
      assert.equal(await time.passUntil(other.sender.sweep()), 1);
      await workOff(time.now(), [other]);
      assert.equal((await view()).state.status, 'sending', 'it may only be slow, or its clock another one');
      time.forward(61_000);
      assert.equal(await time.passUntil(other.sender.sweep()), 1);
      await workOff(time.now(), [other]);
    }

    it('is taken over when the claim has run out, and goes on after the last record', async () => {
      source.all = chatters(10);
      const { halt } = haltable();
      await expand();
      let sent = 0;
      transport.answer = () => ((sent += 1) > 6 ? never() : { result: 'sent' });
      void one.sender.work();
      while (sent <= 6) await time.passUntil(time.sleep(5));
      transport.answer = () => ({ result: 'sent' });
      halt();
      assert.equal(await time.passUntil(other.sender.sweep()), 0, 'it is still held');
      await takeOver();
      const { sent: sentTo, uncertain, open } = (await view()).counts;
      assert.deepEqual([sentTo + uncertain, open], [10, 0]);
      assert.ok(uncertain >= 1 && uncertain <= 8, `${uncertain} uncertain, with a concurrency of 8`);
      const times = [...transport.times.values()];
      assert.ok(
        times.every((each) => each === 1),
        'nobody is sent to twice',
      );
    });

    it('names those who were about to get it as uncertain, and sends to them again when asked, once', async () => {
      source.all = chatters(10);
      const { halt } = haltable();
      await expand();
      transport.answer = never;
      void one.sender.work();
      while (transport.arrived.length === 0) await time.passUntil(time.sleep(5));
      halt();
      transport.answer = () => ({ result: 'sent' });
      await takeOver();
      const id = (await view()).id;
      const { lines } = await other.service.recipients(coordinator, id, 'uncertain');
      assert.ok(lines.length > 0);
      for (const { name, state } of lines) {
        assert.ok(name);
        assert.equal('reason' in state && state.reason, 'interrupted');
      }
      await other.service.again(coordinator, id, 'uncertain');
      await workOff(time.now(), [other]);
      assert.deepEqual((await view()).counts.sent, 10);
      assert.ok([...transport.times.values()].every((each) => each <= 2));
    });

    it('sends nothing more when its worker wakes up after that', async () => {
      source.all = chatters(10);
      const { halt, wake } = haltable({ concurrency: 2 });
      await expand();
      let answer: () => void = () => undefined;
      const answered = new Promise<void>((resolve) => (answer = resolve));
      transport.answer = async () => {
        await answered;
        return { result: 'sent' };
      };
      const late = one.sender.work();
      while (transport.arrived.length === 0) await time.passUntil(time.sleep(5));
      const before = transport.arrived.length;
      halt();
      transport.answer = () => ({ result: 'sent' });
      await takeOver();
      wake();
      answer();
      await time.passUntil(late);
      assert.ok(one.log.lines.includes('error fanOut.notRecorded'));
      const { counts, state } = await view();
      assert.deepEqual([counts.sent + counts.uncertain, state.status], [10, 'done']);
      assert.ok(counts.uncertain >= before && counts.uncertain <= 2, `${counts.uncertain} uncertain`);
      // Those whom it was sending to when it was halted, and nobody since.
      assert.equal(transport.arrived.length, counts.sent + before);
      assert.ok([...transport.times.values()].every((times) => times === 1));
    });

    it('is taken up by the sweep when the queue lost it at any step', async () => {
      source.all = chatters(35);
      const deaf = instance({
        queue: { send: () => Promise.reject(new Error('no queue')), receive: () => Promise.resolve([]) },
      });
      assert.deepEqual(await expand(message, deaf), { result: 'sent' });
      await workOff();
      assert.equal(transport.arrived.length, 0);
      assert.equal(await time.passUntil(one.sender.sweep()), 4);
      await workOff();
      assert.equal((await view()).counts.sent, 35);
    });

    it('is settled by the sweep where only that is left to do', async () => {
      source.all = chatters(5);
      await expand();
      const held = await one.store.find(id);
      assert.ok(held);
      const found = await one.store.progress(held.value, 0);
      assert.ok(found);
      const { progress } = found;
      const claim = await one.store.claim(held.value, found, { ...progress, claimedUntil: 1 });
      await one.store.record(held.value, claim, { ...progress, states: 'sssss', claimedUntil: 0 });
      await time.passUntil(other.sender.sweep());
      assert.deepEqual([(await view()).state.status, (await view()).counts.sent], ['done', 5]);
      assert.deepEqual(transport.arrived, []);
    });
  });

  it('is shared by instances without anybody reached twice', async () => {
    source.all = chatters(300);
    await expand();
    await workOff(time.now(), [one, other, instance()]);
    assert.equal(transport.times.size, 300);
    assert.equal(transport.arrived.length, 300);
    assert.equal((await view()).state.status, 'done');
  });

  it('lets go of its chunks when it stops, and another instance goes on at once', async () => {
    source.all = chatters(60);
    transport.answer = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return { result: 'sent' };
    };
    one = instance({ concurrency: 2 });
    await expand();
    one.sender.start();
    await time.passUntil(settledFor(() => Math.min(transport.arrived.length, 10)));
    await one.sender.stop();
    const before = transport.arrived.length;
    assert.equal((await view()).counts.sent, before);
    await workOff(time.now(), [other]);
    assert.equal((await view()).counts.sent, 60);
    assert.equal(transport.arrived.length, 60);
  });

  describe('that ended long ago', () => {
    const days = (count: number) => count * 86_400_000;
    const rowsLeft = async () => (await rows.range(`send-${id}`, { from: ' ', to: '~', limit: 100 })).rows;

    beforeEach(async () => {
      source.all = [...chatters(15), { key: 'contact:c', way: 'mail', language: 'fi' }];
      transport.answer = ({ name }) =>
        name === 'p7' ? { result: 'failed', reason: '400 BadSyntax' } : { result: 'sent' };
      await expand();
      await workOff();
    });

    it('keeps who got what for sixty days, the name of a contact only while the contact is stored', async () => {
      time.forward(days(59));
      await time.passUntil(one.sender.sweep());
      const { lines } = await one.service.recipients(coordinator, id);
      assert.equal(lines.length, 16);
      assert.deepEqual(lines.at(-1)?.name, 'called contact:c');
      source.names = () => Promise.resolve(new Map());
      const later = await one.service.recipients(coordinator, id);
      assert.ok(!('name' in (later.lines.at(-1) ?? {})));
    });

    it('keeps the counts after that, and nothing of anybody', async () => {
      const before = await view();
      time.forward(days(61));
      await time.passUntil(one.sender.sweep());
      assert.deepEqual(await rowsLeft(), []);
      assert.deepEqual(await one.store.ended(time.iso(), 10), []);
      assert.deepEqual(await view(), { ...before, reasons: [], isForgotten: true });
      assert.deepEqual((await one.service.recipients(coordinator, id)).lines, []);
      await rejectsWith(one.service.again(coordinator, id, 'failed'), 'send.moveNotAllowed');
    });

    it('is erased also behind many whose headers are not there any more, or can’t be read', async () => {
      for (let number = 0; number < 6; number += 1) {
        const value = { id: `lost${number}` };
        const key = `send-ended|2020-01-0${number + 1}T00:00:00Z|${value.id}`;
        await rows.commit(partition, [{ op: 'put', key, value }]);
      }
      await rows.commit(partition, [{ op: 'put', key: 'send|lost0', value: { v: 2, state: null } }]);
      await rows.commit('send-lost1', [{ op: 'put', key: 'to|x|000000', value: { recipients: [] } }]);
      time.forward(days(61));
      await time.passUntil(one.sender.sweep());
      await time.passUntil(one.sender.sweep());
      assert.deepEqual(await rowsLeft(), []);
      assert.deepEqual((await rows.range('send-lost1', prefixRange('', 10))).rows, []);
      assert.deepEqual(await one.store.ended(time.iso(), 10), []);
    });

    it('is kept where it was sent once more in between', async () => {
      time.forward(days(50));
      await time.passUntil(one.service.again(coordinator, id, 'failed'));
      await workOff();
      time.forward(days(20));
      await time.passUntil(one.sender.sweep());
      assert.equal((await one.service.recipients(coordinator, id)).lines.length, 16);
    });
  });

  it('costs few trips to the storage', async () => {
    source.all = chatters(1_000);
    one = instance({ chunkSizes: { chat: 250, channel: 250, mail: 50 }, concurrency: 64 });
    trips = 0;
    await expand();
    await workOff();
    assert.equal((await view()).counts.sent, 1_000);
    assert.ok(trips < 120, `${trips} trips to the tables for 1,000 messages`);
  });
});

/** Resolves when a number has not changed for a while. */
async function settledFor(read: () => number): Promise<void> {
  let still = 0;
  for (let last = -1; still < 40;) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const now = read();
    still = now === last ? still + 1 : 0;
    last = now;
  }
}
