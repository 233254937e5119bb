import assert from 'node:assert/strict';
import { MemoryQueue } from '../../../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import { handClock, type HandClock } from '../../../world/clock.js';
import { instance, notice, Receiver, type Instance } from '../../../world/outbox.js';

describe('Outbox worker, started', () => {
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

  /** An answer that signals when its attempt begins and waits to be released. */
  function heldAnswer(): { begun: Promise<void>; unclaim: () => void } {
    let unclaim: () => void = () => undefined;
    const begun = new Promise<void>((begin) => {
      receiver.answers(() => {
        begin();
        return new Promise((resolve) => {
          unclaim = () => {
            resolve({ result: 'sent' });
          };
        });
      });
    });
    return { begun, unclaim: () => unclaim() };
  }

  it('sends at once what its own instance commits, woken from its pause', async () => {
    one.worker.start();
    one.worker.start();
    const held = heldAnswer();
    await one.outbox.commit([], [notice('now', clock.iso())]);
    await held.begun;
    held.unclaim();
    await one.worker.stop();
    assert.deepEqual(receiver.arrived, ['now']);
  });

  it('finds at its start what an earlier one left behind', async () => {
    const lost = instance({
      rows,
      clock,
      handlers: receiver,
      queue: { send: () => Promise.reject(new Error('killed')), receive: () => Promise.resolve([]) },
    });
    const message = notice('left', clock.iso());
    await lost.outbox.commit([], [message]);
    const held = heldAnswer();
    one.worker.start();
    await held.begun;
    held.unclaim();
    await one.worker.stop();
    assert.equal((await one.stateOf(message.id))?.status, 'sent');
  });

  it('stops only when what was begun is recorded, and begins nothing more', async () => {
    const message = notice('begun', clock.iso());
    const held = heldAnswer();
    one.worker.start();
    await one.outbox.commit([], [message]);
    await held.begun;
    let stopped = false;
    const stopping = one.worker.stop().then(() => (stopped = true));
    await one.outbox.commit([], [notice('after', clock.iso())]);
    assert.equal(stopped, false);
    held.unclaim();
    await stopping;
    assert.equal((await one.stateOf(message.id))?.status, 'sent');
    assert.deepEqual(receiver.arrived, ['begun']);
  });

  it('goes on when the queue and the storage fail for a while', async () => {
    let faults = 0;
    const failing =
      <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
      (...args: Args): Promise<Result> => {
        faults += 1;
        return faults <= 4 ? Promise.reject(new Error('away')) : call(...args);
      };
    const held = heldAnswer();
    await queue.send(notice('through', '').id);
    await instance({ rows, queue, clock, handlers: receiver }).outbox.commit(
      [],
      [notice('through', clock.iso())],
    );
    const shaky = instance({
      rows: {
        get: rows.get.bind(rows),
        range: failing(rows.range.bind(rows)) as MemoryRows['range'],
        commit: rows.commit.bind(rows),
      },
      queue: { send: queue.send.bind(queue), receive: failing(queue.receive.bind(queue)) },
      clock,
      handlers: receiver,
      sweepSeconds: 0.01,
    });
    shaky.worker.start();
    await held.begun;
    held.unclaim();
    await shaky.worker.stop();
    assert.deepEqual(receiver.arrived, ['through']);
    assert.equal(shaky.log.lines.length, 4);
  });

  it('can be started again, and stopped when it never ran', async () => {
    await one.worker.stop();
    one.worker.start();
    await one.worker.stop();
    const held = heldAnswer();
    one.worker.start();
    await one.outbox.commit([], [notice('again', clock.iso())]);
    await held.begun;
    held.unclaim();
    await one.worker.stop();
    assert.deepEqual(receiver.arrived, ['again']);
  });
});
