import assert from 'node:assert/strict';
import { handleMessage } from '../../../../src/delivery/outbox/kind.js';
import type { Queue } from '../../../../src/platform/queue.js';
import type { Recipient } from '../../../../src/delivery/fan-out/kind.js';
import { MemoryQueue } from '../../../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import {
  chatters,
  coordinator,
  KeepingTransport,
  reminder,
  sendIdOf,
  sendingInstance,
  Source,
} from '../../../world/fan-out.js';
import { VirtualTime } from '../../../world/virtual-time.js';

/** Answers when it is opened; later at once. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe('a worker whose queue fails', () => {
  let time: VirtualTime;
  let rows: MemoryRows;
  let queue: MemoryQueue;
  let source: Source;
  let transport: KeepingTransport;
  const message = reminder();
  const id = sendIdOf(message);

  beforeEach(() => {
    time = new VirtualTime();
    rows = new MemoryRows();
    queue = new MemoryQueue(time.clock);
    source = new Source();
    transport = new KeepingTransport();
  });

  const instance = (faulty: Queue, more: Partial<Parameters<typeof sendingInstance>[0]> = {}) =>
    sendingInstance({ rows, queue: faulty, clock: time.clock, time, source, transport, ...more });

  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await time.passUntil(new Promise((resolve) => setTimeout(resolve, 2)));
  }

  it('goes on when a mail that waits for the semaphore cannot be put back', async () => {
    source.all = Array.from({ length: 10 }, (_, number): Recipient => ({
      key: `contact:${String(number)}`,
      language: 'fi',
      way: 'mail',
    }));
    let putBack = 0;
    const faulty: Queue = {
      receive: (max, hidden) => queue.receive(max, hidden),
      send: (text, after = 0) => {
        if (after === 0) return queue.send(text, after);
        putBack += 1;
        return Promise.reject(new Error('the queue is away'));
      },
    };
    const { opened, open } = gate();
    transport.answer = async () => {
      await opened;
      return { result: 'sent' };
    };
    const one = instance(faulty, { chunksAtOnce: 1, sweepSeconds: 0.1 });
    await time.passUntil(handleMessage(one.delivery, message));
    one.sender.start();
    await until(() => putBack > 0);
    open();
    await until(() => transport.arrived.length >= 5);
    time.forward(31_000);
    await until(async () => (await one.service.get(coordinator, id)).state.status === 'done');
    await one.sender.stop();
    assert.equal(transport.arrived.length, 10);
    assert.ok(one.log.lines.includes('error fanOut.notEnqueued'));
  });

  it('keeps a chunk that cannot be taken off the queue, and records it before it stops', async () => {
    source.all = chatters(8);
    const faulty: Queue = {
      send: (text, after) => queue.send(text, after),
      receive: async (max, hidden) => {
        const deliveries = await queue.receive(max, hidden);
        const done = () => Promise.reject(new Error('the queue is away'));
        return deliveries.map(({ text, deliveries: count }) => ({ text, deliveries: count, done }));
      },
    };
    const { opened, open } = gate();
    transport.answer = async () => {
      await opened;
      return { result: 'sent' };
    };
    const one = instance(faulty);
    await time.passUntil(handleMessage(one.delivery, message));
    one.sender.start();
    await until(() => transport.arrived.length === 8);
    let isStopped = false;
    const stopped = one.sender.stop().then(() => (isStopped = true));
    await until(() => one.log.lines.includes('error fanOut.notDequeued'));
    assert.equal(isStopped, false, 'what has left is recorded first');
    open();
    await time.passUntil(stopped);
    assert.deepEqual((await one.service.get(coordinator, id)).counts.sent, 8);
  });
});
