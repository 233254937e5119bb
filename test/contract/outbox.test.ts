import assert from 'node:assert/strict';
import { makeQueueAndRows, type Storage } from '../world/storage.js';
import { coordinator } from '../make.js';
import { handClock, type HandClock } from '../world/clock.js';
import {
  indexKeys,
  insertion,
  instance,
  notice,
  partition,
  Receiver,
  rejectsWith,
  release,
  type Instance,
} from '../world/outbox.js';

for (const [name, make] of Object.entries(makeQueueAndRows)) {
  describe(`Outbox on ${name}`, function () {
    this.timeout(60_000);
    let clock: HandClock;
    let storage: Storage;
    let receiver: Receiver;
    let one: Instance;
    let other: Instance;

    beforeEach(async () => {
      clock = handClock();
      storage = await make(clock);
      receiver = new Receiver();
      one = instance({ ...storage, clock, handlers: receiver });
      other = instance({ ...storage, clock, handlers: receiver });
    });

    it('stores the change with the message and sends it once', async () => {
      const message = notice('accepted', clock.iso());
      await one.outbox.commit([insertion('news|1')], [message]);
      assert.ok(await storage.rows.get(partition, 'news|1'));
      assert.equal(await one.worker.work(), 1);
      assert.deepEqual(receiver.arrived, ['accepted']);
      assert.deepEqual(await one.stateOf(message.id), { status: 'sent', at: clock.iso() });
      assert.equal(await one.worker.work(), 0);
      assert.equal(await one.worker.sweep(), 0);
      assert.deepEqual(await indexKeys(storage.rows), []);
    });

    it('stores neither the message nor the change when the change conflicts', async () => {
      await one.outbox.commit([insertion('news|1')]);
      const message = notice('accepted', clock.iso());
      await rejectsWith(one.outbox.commit([insertion('news|1')], [message]), 'storage.conflict');
      assert.equal(await one.stateOf(message.id), undefined);
      assert.equal((await one.worker.work()) + (await one.worker.sweep()), 0);
    });

    it('finds by sweeping what never reached the queue', async () => {
      const lost = instance({
        ...storage,
        clock,
        handlers: receiver,
        queue: { send: () => Promise.reject(new Error('no queue')), receive: () => Promise.resolve([]) },
      });
      await lost.outbox.commit([], [notice('accepted', clock.iso())]);
      assert.equal(await lost.worker.work(), 0);
      assert.deepEqual(lost.log.lines, ['warn outbox.notEnqueued']);
      assert.equal(await one.worker.sweep(), 1);
      assert.deepEqual(receiver.arrived, ['accepted']);
    });

    it('keeps a message until it is due, though the queue brings it early', async () => {
      const message = notice('later', clock.iso({ hours: 5 }));
      await one.outbox.commit([], [message]);
      await storage.queue.send(message.id);
      await one.worker.work();
      assert.equal(await one.worker.sweep(), 0);
      assert.deepEqual(receiver.arrived, []);
      clock.forward({ hours: 5 });
      assert.equal(await one.worker.sweep(), 1);
      assert.deepEqual(receiver.arrived, ['later']);
    });

    it('sends once though two workers race for it by queue and sweep', async () => {
      const messages = Array.from({ length: 8 }, (_, index) => notice(`note ${index}`, clock.iso()));
      await one.outbox.commit([], messages);
      for (const { id } of messages) await storage.queue.send(id);
      await Promise.all([one.worker.work(), other.worker.work(), one.worker.sweep(), other.worker.sweep()]);
      assert.deepEqual(
        receiver.arrived.sort(),
        messages.map((_, index) => `note ${index}`),
      );
      for (const { id } of messages) assert.equal((await one.stateOf(id))?.status, 'sent');
    });

    it('lets either the cancel or the claim win, never both', async () => {
      for (let round = 0; round < 6; round += 1) {
        const message = notice(`round ${round}`, clock.iso());
        await one.outbox.commit([], [message]);
        const [cancelling] = await Promise.allSettled([
          one.outbox.cancel(message.id).then((changes) => one.outbox.commit(changes)),
          other.worker.sweep(),
        ]);
        const sent = receiver.arrived.includes(`round ${round}`);
        assert.equal(sent, cancelling.status === 'rejected');
        assert.equal((await one.stateOf(message.id))?.status, sent ? 'sent' : 'cancelled');
      }
      await one.worker.work();
      assert.deepEqual(await indexKeys(storage.rows), []);
    });

    it('repeats a stale claim where that is harmless', async () => {
      const message = release('twice', clock.iso());
      await one.outbox.commit([], [message]);
      receiver.answers(() => new Promise(() => undefined));
      void one.worker.sweep();
      await claimed(message.id);
      assert.equal(await other.worker.sweep(), 0);
      await claimIsOver();
      assert.equal(await other.worker.sweep(), 1);
      assert.deepEqual(receiver.arrived, ['release', 'release']);
      assert.equal((await one.stateOf(message.id))?.status, 'sent');
    });

    it('asks a person about a stale claim where repeating may do harm, and never sends it again by itself', async () => {
      const message = notice('r1', clock.iso());
      await one.outbox.commit([], [message]);
      receiver.answers(() => new Promise(() => undefined));
      void one.worker.sweep();
      await claimed(message.id);
      await claimIsOver();
      await other.worker.sweep();
      const state = { status: 'uncertain', at: clock.iso(), reason: 'interrupted' };
      assert.deepEqual(await one.stateOf(message.id), state);
      assert.deepEqual(await one.outbox.needingAttention(), [{ ...message, state }]);
      await storage.queue.send(message.id);
      clock.forward({ hours: 48 });
      await other.worker.work();
      await other.worker.sweep();
      assert.deepEqual(receiver.arrived, ['r1']);
    });

    it('drops the record of a worker whose claim ran out, keeping that of its successor', async () => {
      const message = release('slow', clock.iso());
      await one.outbox.commit([], [message]);
      let answer: (() => void) | undefined;
      receiver.answers(
        () => new Promise((resolve) => (answer = () => resolve({ result: 'failed', reason: 'late' }))),
      );
      const slow = one.worker.sweep();
      await claimed(message.id);
      await claimIsOver();
      await other.worker.sweep();
      answer?.();
      await slow;
      assert.equal((await one.stateOf(message.id))?.status, 'sent');
      assert.deepEqual(one.log.lines, ['error outbox.claimLost']);
      assert.deepEqual(await indexKeys(storage.rows), []);
    });

    it('lists what needs attention, oldest first, until it is resolved', async () => {
      const names = ['failed', 'uncertain', 'another'];
      for (const each of names) {
        receiver.answers(
          each === 'uncertain'
            ? { result: 'uncertain', reason: 'timeout' }
            : { result: 'failed', reason: 'refused' },
        );
        await one.outbox.commit([], [notice(each, clock.iso())]);
        await one.worker.work();
        clock.forward({ seconds: 1 });
      }
      const ids = names.map((each) => notice(each, '').id);
      const needingAttention = async () => (await one.outbox.needingAttention()).map((message) => message.id);
      assert.deepEqual(await needingAttention(), ids);
      await one.outbox.resolve(coordinator, ids[0]!, 'again');
      await one.outbox.resolve(coordinator, ids[1]!, 'sent');
      await one.outbox.resolve(coordinator, ids[2]!, 'cancelled');
      assert.deepEqual(await needingAttention(), []);
      await rejectsWith(one.outbox.resolve(coordinator, ids[1]!, 'again'), 'outbox.notResolvable');
      await rejectsWith(one.outbox.resolve(coordinator, notice('never', '').id, 'sent'), 'outbox.notFound');
      const { lines } = await one.outbox.decisions();
      assert.deepEqual(lines.map(({ by, event }) => `${by?.name ?? ''} ${event.action} ${event.id}`).sort(), [
        `Kaisa again ${ids[0]!}`,
        `Kaisa cancelled ${ids[2]!}`,
        `Kaisa sent ${ids[1]!}`,
      ]);
      await one.worker.work();
      assert.deepEqual(receiver.arrived, [...names, 'failed']);
      const states = await Promise.all(ids.map(one.stateOf));
      assert.deepEqual(
        states.map((is) => is?.status),
        ['sent', 'sent', 'cancelled'],
      );
    });

    it('leaves it to the release to settle its message', async () => {
      for (const result of ['failed', 'uncertain'] as const) {
        const message = release(result, clock.iso());
        receiver.answers({ result, reason: 'refused' });
        await one.outbox.commit([], [message]);
        await one.worker.work();
        for (const as of ['again', 'sent', 'cancelled'] as const)
          await rejectsWith(one.outbox.resolve(coordinator, message.id, as), 'outbox.notResolvable');
        await one.outbox.commit(await one.outbox.settle(message.id));
        assert.equal((await one.stateOf(message.id))?.status, 'cancelled');
        assert.deepEqual(await one.outbox.settle(message.id), []);
      }
      assert.deepEqual(await one.outbox.needingAttention(), []);
      assert.deepEqual(await one.outbox.settle(release('never', '').id), []);
    });

    it('takes the same message asked for twice for one, and stores the second change', async () => {
      const message = notice('once', clock.iso());
      await one.outbox.commit([insertion('news|1')], [message]);
      await one.worker.work();
      await one.outbox.commit([insertion('news|2')], [message, notice('new', clock.iso())]);
      await one.worker.work();
      assert.ok(await storage.rows.get(partition, 'news|2'));
      assert.deepEqual(receiver.arrived, ['once', 'new']);
      await rejectsWith(one.outbox.commit([insertion('news|2')], [message]), 'storage.conflict');
    });

    it('asks again for what was cancelled', async () => {
      const message = notice('back', clock.iso({ minutes: 5 }));
      await one.outbox.commit([], [message]);
      await one.outbox.commit(await one.outbox.cancel(message.id));
      assert.deepEqual(await one.outbox.cancel(message.id), []);
      clock.forward({ minutes: 10 });
      assert.equal(await one.worker.sweep(), 0);
      await one.outbox.commit([], [{ ...message, dueAt: clock.iso({ minutes: 1 }) }]);
      assert.equal(await one.worker.sweep(), 0);
      clock.forward({ minutes: 1 });
      assert.equal(await one.worker.sweep(), 1);
      assert.deepEqual(receiver.arrived, ['back']);
    });

    /** The claim's time passes, and the other instance sees the row unchanged for as long. */
    async function claimIsOver(): Promise<void> {
      clock.forward({ seconds: 61 });
      assert.equal(
        await other.worker.sweep(),
        0,
        'a claim is over only where nobody has written for so long',
      );
      clock.forward({ seconds: 60 });
    }

    /** Resolves when a worker has claimed it and called the handler. */
    async function claimed(id: Parameters<Instance['stateOf']>[0]): Promise<void> {
      for (;;) {
        const is = await one.stateOf(id);
        if (is?.status === 'pending' && is.claimedUntil !== undefined && receiver.arrived.length > 0) return;
      }
    }
  });
}
