import assert from 'node:assert/strict';
import { MemoryQueue } from '../../../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import type { Message } from '../../../../src/delivery/outbox/message.js';
import { messageRow } from '../../../../src/delivery/outbox/store.js';
import { coordinator } from '../../../make.js';
import { handClock, type HandClock } from '../../../world/clock.js';
import { instance, notice, partition, Receiver, type Instance } from '../../../world/outbox.js';

describe('ended messages of the outbox', () => {
  let clock: HandClock;
  let rows: MemoryRows;
  let receiver: Receiver;
  let one: Instance;

  beforeEach(() => {
    clock = handClock();
    rows = new MemoryRows();
    receiver = new Receiver();
    one = instance({ rows, queue: new MemoryQueue(clock), clock, handlers: receiver });
  });

  const keys = async (): Promise<string[]> =>
    (await rows.range(partition, { from: 'outbox', to: 'outbox~', limit: 1_000 })).rows.map(({ key }) => key);
  /** Lets days pass, and the worker look twice. */
  const pass = async (days: number): Promise<void> => {
    clock.forward({ hours: days * 24 });
    await one.worker.sweep();
    clock.forward({ minutes: 11 });
    await one.worker.sweep();
  };

  it('are erased after 30 days, whether sent, cancelled or undeliverable, and leave nothing', async () => {
    receiver.answers({ result: 'undeliverable', reason: 'blocked' });
    const [gone, sent, cancelled] = ['gone', 'sent', 'off'].map((name) => notice(name, clock.iso()));
    await one.outbox.commit(
      [],
      [gone, sent, cancelled].flatMap((each) => each ?? []),
    );
    await one.outbox.commit(await one.outbox.cancel(cancelled?.id ?? ('' as never)));
    await one.worker.sweep();
    await pass(29);
    assert.equal((await keys()).filter((key) => key.startsWith('outbox|')).length, 3);
    await pass(1);
    assert.deepEqual(await keys(), ['outbox-ended-indexed']);
  });

  it('stay while they need a person, and are erased 30 days after that', async () => {
    receiver.answers({ result: 'failed', reason: 'refused' }, { result: 'uncertain', reason: 'noAnswer' });
    const [failed, uncertain] = [notice('failed', clock.iso()), notice('uncertain', clock.iso())];
    await one.outbox.commit([], [failed]);
    await one.worker.sweep();
    await one.outbox.commit([], [uncertain]);
    await one.worker.sweep();
    await pass(90);
    assert.equal((await one.outbox.needingAttention()).length, 2);
    await one.outbox.resolve(coordinator, failed.id, 'cancelled');
    await one.outbox.resolve(coordinator, uncertain.id, 'sent');
    await pass(29);
    assert.ok(await one.store.find(failed.id));
    await pass(2);
    assert.equal(await one.store.find(failed.id), undefined);
    assert.equal(await one.store.find(uncertain.id), undefined);
  });

  it('stay when they are asked for again, until that has ended', async () => {
    const message = notice('again', clock.iso());
    await one.outbox.commit([], [message]);
    await one.outbox.commit(await one.outbox.cancel(message.id));
    clock.forward({ hours: 29 * 24 });
    await one.outbox.commit([], [{ ...message, dueAt: clock.iso() }]);
    await one.worker.sweep();
    await pass(2);
    assert.equal((await one.stateOf(message.id))?.status, 'sent');
    await pass(30);
    assert.equal(await one.store.find(message.id), undefined);
  });

  it('that an older release ended are found once, page by page, by whichever instance', async () => {
    const all = Array.from({ length: 250 }, (_, number): Message => ({
      ...notice(`old ${number}`, clock.iso()),
      state:
        number % 5 === 0
          ? { status: 'pending', attempts: 0, retryAt: '2030-01-01T00:00:00Z' }
          : { status: 'sent', at: clock.iso() },
    }));
    for (let from = 0; from < all.length; from += 50) {
      const changes = all
        .slice(from, from + 50)
        .map((each) => ({ op: 'put', key: `outbox|${each.id}`, value: messageRow.write(each) }) as const);
      await rows.commit(partition, changes);
    }
    assert.equal(await one.store.indexNextEnded(), false);
    one = instance({ rows, queue: new MemoryQueue(clock), clock, handlers: receiver });
    await pass(31);
    await pass(0);
    await pass(0);
    const left = (await keys()).filter((key) => key.startsWith('outbox|'));
    assert.equal(left.length, 50);
    assert.ok(!(await keys()).some((key) => key.startsWith('outbox-ended|')));
  });

  it('cost an instance nothing between two looks, and one trip when there are none', async () => {
    let trips = 0;
    const counted = new MemoryRows({ onTrip: () => (trips += 1) });
    const quiet = instance({ rows: counted, queue: new MemoryQueue(clock), clock, handlers: receiver });
    clock.forward({ minutes: 11 });
    await quiet.worker.sweep();
    trips = 0;
    await quiet.worker.sweep();
    assert.equal(trips, 1);
    clock.forward({ minutes: 11 });
    await quiet.worker.sweep();
    assert.equal(trips, 3);
  });
});
