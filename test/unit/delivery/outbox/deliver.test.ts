import assert from 'node:assert/strict';
import { AppError } from '../../../../src/platform/errors.js';
import type { PersonId } from '../../../../src/platform/ids.js';
import { maxAttempts } from '../../../../src/delivery/outbox/worker.js';
import { MemoryQueue } from '../../../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import { coordinator } from '../../../make.js';
import { handClock, type HandClock } from '../../../world/clock.js';
import {
  indexKeys,
  instance,
  notice,
  partition,
  Receiver,
  rejectsWith,
  release,
  type Instance,
} from '../../../world/outbox.js';

describe('Outbox delivery', () => {
  let clock: HandClock;
  let rows: MemoryRows;
  let queue: MemoryQueue;
  let receiver: Receiver;
  let one: Instance;

  beforeEach(() => {
    clock = handClock();
    rows = new MemoryRows();
    queue = new MemoryQueue(clock);
    receiver = new Receiver();
    one = instance({ rows, queue, clock, handlers: receiver });
  });

  /** An instance sees a claim that is over by its time, and that nobody writes for as long again. */
  async function seesClaimOver({ worker }: Instance): Promise<void> {
    assert.equal(await worker.sweep(), 0);
    clock.forward({ seconds: 60 });
  }

  const retryAgain = { result: 'retry', reason: 'busy' } as const;

  it('waits longer after each attempt and gives up after the eighth, keeping the reason', async () => {
    const message = notice('never', clock.iso());
    receiver.answers(...Array.from({ length: 20 }, () => retryAgain));
    await one.outbox.commit([], [message]);
    for (const seconds of [0, 5, 20, 80, 320, 1_280, 3_600, 3_600]) {
      if (seconds > 0) {
        clock.forward({ seconds: seconds - 1 });
        assert.equal(await one.worker.sweep(), 0);
        clock.forward({ seconds: 1 });
      }
      assert.equal(await one.worker.sweep(), 1);
    }
    assert.equal(receiver.arrived.length, maxAttempts);
    assert.deepEqual(await one.stateOf(message.id), { status: 'failed', at: clock.iso(), reason: 'busy' });
    clock.forward({ hours: 24 });
    await one.worker.work();
    await one.worker.sweep();
    assert.equal(receiver.arrived.length, maxAttempts);
  });

  it('still waits for a person, since the same moment, where it could not be checked', async () => {
    const message = notice('awaited', clock.iso());
    const waits = { result: 'waits', personId: 'anna' as PersonId, reason: 'noChat' } as const;
    const postponed = { result: 'postponed', reason: 'claimOver' } as const;
    receiver.answers(waits, retryAgain, postponed);
    await one.outbox.commit([], [message]);
    await one.worker.sweep();
    const [first] = await one.outbox.awaited();
    assert.equal(first?.since, clock.iso());
    for (const time of [{ hours: 24 }, { seconds: 5 }]) {
      clock.forward(time);
      assert.equal(await one.worker.sweep(), 1);
      assert.deepEqual(await one.outbox.awaited(), [first]);
    }
  });

  it('resolves all doubtful messages in one press, also where one of them is listed and not there any more', async () => {
    const [there, lost] = [notice('there', clock.iso()), notice('lost', clock.iso())];
    receiver.answers(
      { result: 'uncertain', reason: 'restored' },
      { result: 'uncertain', reason: 'restored' },
    );
    await one.outbox.commit([], [there, lost]);
    await one.worker.sweep();
    await rows.commit(partition, [{ op: 'delete', key: `outbox|${lost.id}` }]);
    await one.outbox.resolveDoubted(coordinator, 'sent');
    assert.deepEqual((await one.stateOf(there.id))?.status, 'sent');
  });

  it('counts waiting for the pace or for quiet hours as no attempt, however often', async () => {
    const message = notice('paced', clock.iso());
    const postponed = { result: 'postponed', reason: 'paced', afterSeconds: 3 } as const;
    receiver.answers(...Array.from({ length: 3 * maxAttempts }, () => postponed), retryAgain);
    await one.outbox.commit([], [message]);
    for (let count = 0; count < 3 * maxAttempts; count += 1) {
      assert.equal(await one.worker.sweep(), 1);
      assert.deepEqual(await one.stateOf(message.id), {
        status: 'pending',
        attempts: 0,
        retryAt: clock.iso({ seconds: 3 }),
      });
      clock.forward({ seconds: 3 });
    }
    await one.worker.sweep();
    const failedOnce = await one.stateOf(message.id);
    assert.equal(failedOnce?.status === 'pending' && failedOnce.attempts, 1);
    clock.forward({ seconds: 5 });
    await one.worker.sweep();
    assert.equal((await one.stateOf(message.id))?.status, 'sent');
  });

  it('comes back by the queue alone when its wait is over', async () => {
    receiver.answers(retryAgain);
    await one.outbox.commit([], [notice('again', clock.iso())]);
    await one.worker.work();
    assert.equal(await one.worker.work(), 0);
    clock.forward({ seconds: 5 });
    assert.equal(await one.worker.work(), 1);
    assert.deepEqual(receiver.arrived, ['again', 'again']);
  });

  it('honours the wait that the other side named', async () => {
    const message = notice('asked', clock.iso());
    receiver.answers({ ...retryAgain, afterSeconds: 90 });
    await one.outbox.commit([], [message]);
    await one.worker.sweep();
    const is = await one.stateOf(message.id);
    assert.deepEqual(is, {
      status: 'pending',
      attempts: 1,
      retryAt: clock.iso({ seconds: 90 }),
      lastFault: 'busy',
    });
  });

  it('comes back at the very moment that was named, whatever chance says', async () => {
    const lengthening = instance({ rows, queue, clock, handlers: receiver, random: () => 0.99 });
    const message = notice('quiet', clock.iso());
    receiver.answers({ ...retryAgain, at: clock.iso({ hours: 11 }) });
    await lengthening.outbox.commit([], [message]);
    await lengthening.worker.sweep();
    const is = await lengthening.stateOf(message.id);
    assert.equal(is?.status === 'pending' && is.retryAt, clock.iso({ hours: 11 }));
  });

  it('takes a thrown error for a retry and keeps the fault', async () => {
    const message = notice('thrown', clock.iso());
    receiver.answers(new Error('no road'));
    await one.outbox.commit([], [message]);
    await one.worker.work();
    const is = await one.stateOf(message.id);
    assert.equal(is?.status === 'pending' && is.lastFault, 'Error: no road');
    assert.deepEqual(one.log.lines, ['warn outbox.handlerThrew', 'warn outbox.retry']);
  });

  it('gives up on a message that ends its worker each time', async () => {
    const message = release('killer', clock.iso());
    await one.outbox.commit([], [message]);
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const dying = instance({ rows, queue, clock, handlers: receiver });
      if (attempt > 1) await seesClaimOver(dying);
      const begun = new Promise<void>((begin) => {
        receiver.answers(() => {
          begin();
          return new Promise(() => undefined);
        });
      });
      void dying.worker.sweep();
      await begun;
      clock.forward({ seconds: 60 });
    }
    await seesClaimOver(one);
    await one.worker.sweep();
    assert.deepEqual(await one.stateOf(message.id), {
      status: 'failed',
      at: clock.iso(),
      reason: 'interrupted',
    });
    assert.equal(receiver.arrived.length, maxAttempts);
  });

  it('is too late to cancel once claimed, sent or uncertain, and in time before and after a failure', async () => {
    const message = notice('recalled', clock.iso());
    const changes = async () => one.outbox.cancel(message.id);
    assert.deepEqual(await changes(), []);
    await one.outbox.commit([], [message]);
    const tooLateChanges = await changes();
    receiver.answers(async () => {
      await rejectsWith(changes(), 'outbox.tooLate');
      await rejectsWith(one.outbox.settle(message.id), 'outbox.tooLate');
      await rejectsWith(one.outbox.commit(tooLateChanges), 'storage.conflict');
      return { result: 'failed', reason: 'refused' };
    });
    await one.worker.sweep();
    await one.outbox.commit(await changes());
    assert.equal((await one.stateOf(message.id))?.status, 'cancelled');
    assert.deepEqual(await indexKeys(rows), []);

    const sure = release('sure', clock.iso());
    const unsure = release('unsure', clock.iso());
    receiver.answers({ result: 'uncertain', reason: 'timeout' });
    await one.outbox.commit([], [unsure]);
    await one.worker.work();
    await one.outbox.commit([], [sure]);
    await one.worker.work();
    await rejectsWith(one.outbox.cancel(unsure.id), 'outbox.tooLate');
    await rejectsWith(one.outbox.cancel(sure.id), 'outbox.tooLate');
  });

  it('finds a claim lost when the message was cancelled between reading and claiming', async () => {
    const message = notice('missing', clock.iso());
    await one.outbox.commit([], [message]);
    const read = await one.store.find(message.id);
    assert.ok(read);
    await one.outbox.commit(await one.outbox.cancel(message.id));
    const claim = one.store.replace(read, {
      ...read.value,
      state: { status: 'pending', attempts: 1, claimedUntil: clock.iso({ seconds: 60 }) },
    });
    await rejectsWith(one.store.commit(claim), 'storage.conflict');
  });

  it('goes on past ids that mean nothing, rows that are broken and kinds that it does not know', async () => {
    const broken = notice('broken', clock.iso());
    const unknown = notice('unknown', clock.iso());
    const orphan = notice('orphan', clock.iso());
    await one.outbox.commit([], [broken, unknown, orphan, notice('good', clock.iso())]);
    await one.store.commit([
      { op: 'put', key: `outbox|${broken.id}`, value: { nothing: 'of the kind' } },
      {
        op: 'put',
        key: `outbox|${unknown.id}`,
        value: { ...unknown, body: { kind: 'constructor' }, state: { status: 'pending', attempts: 0 } },
      },
      { op: 'delete', key: `outbox|${orphan.id}` },
    ]);
    for (const text of ['', '../x', 'a|b', 'no such message', '😀'.repeat(100)]) await queue.send(text);
    assert.equal(await one.worker.work(), 8);
    await one.worker.work();
    await one.worker.sweep();
    assert.deepEqual(receiver.arrived, ['good']);
    const is = await one.stateOf(unknown.id);
    assert.equal(is?.status === 'pending' && is.lastFault, 'noHandler');
    // The broken one waits to be repaired, the unknown one for its retry; the orphan's entry was removed.
    assert.deepEqual(await indexKeys(rows), ['outbox-due', 'outbox-due']);
  });

  it('leaves an id that keeps failing to the sweep', async () => {
    const broken = notice('broken', clock.iso());
    await one.outbox.commit([], [broken]);
    await one.store.commit([{ op: 'put', key: `outbox|${broken.id}`, value: 1 }]);
    let rounds = 0;
    while ((await one.worker.work()) > 0) {
      rounds += 1;
      clock.forward({ seconds: 90 });
    }
    assert.equal(rounds, 10);
  });

  it('sweeps many pages, each message once, and reads nothing that is not due', async () => {
    const due = Array.from({ length: 250 }, (_, index) => notice(`due ${index}`, clock.iso()));
    const later = Array.from({ length: 100 }, (_, index) =>
      notice(`later ${index}`, clock.iso({ hours: 480 })),
    );
    for (let start = 0; start < due.length; start += 50)
      await one.outbox.commit([], due.slice(start, start + 50));
    await one.outbox.commit([], later.slice(0, 50));
    await one.outbox.commit([], later.slice(50));
    assert.equal(await one.worker.sweep(), 250);
    assert.equal(new Set(receiver.arrived).size, 250);
    assert.equal(receiver.arrived.length, 250);
    let trips = 0;
    const counted = new MemoryRows({ onTrip: () => (trips += 1) });
    const quiet = instance({ rows: counted, queue, clock, handlers: receiver });
    await quiet.outbox.commit([], later.slice(0, 50));
    trips = 0;
    assert.equal(await quiet.worker.sweep(), 0);
    assert.equal(trips, 1);
  });

  it('handles at most as many at once as it may', async () => {
    let now = 0;
    let max = 0;
    const busy = async () => {
      now += 1;
      max = Math.max(max, now);
      for (let round = 0; round < 20; round += 1) await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return { result: 'sent' } as const;
    };
    const three = instance({ rows, queue, clock, handlers: receiver, concurrency: 3 });
    receiver.answers(...Array.from({ length: 30 }, () => busy));
    await three.outbox.commit(
      [],
      Array.from({ length: 30 }, (_, index) => notice(`n${index}`, clock.iso())),
    );
    await Promise.all([three.worker.work(), three.worker.sweep()]);
    assert.equal(max, 3);
    assert.equal(receiver.arrived.length, 30);
  });

  it('keeps trying to record what has left while the storage is away', async () => {
    const message = release('left', clock.iso());
    await one.outbox.commit([], [message]);
    let failures = 0;
    const commit = rows.commit.bind(rows);
    receiver.answers(() => {
      rows.commit = (...given) => {
        failures += 1;
        return failures <= 3 ? Promise.reject(new AppError('storage.unavailable')) : commit(...given);
      };
      return Promise.resolve({ result: 'sent' });
    });
    await one.worker.sweep();
    assert.equal((await one.stateOf(message.id))?.status, 'sent');
    assert.ok(await rows.get(partition, `outbox|${message.id}`));
  });
});
