import assert from 'node:assert/strict';
import { MemoryQueue } from '../../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import type { Clock } from '../../../src/platform/clock.js';
import { handClock, type HandClock } from '../../world/clock.js';
import { instance, notice, Receiver, release, type Instance } from '../../world/outbox.js';

/** The same time, as the clock of another machine shows it; how long something lasts is the same everywhere. */
function ahead(clock: HandClock, minutes: number): HandClock {
  return {
    ...clock,
    now: () => clock.now().add({ minutes }),
    iso: (by) => new Date(Date.parse(clock.iso(by)) + minutes * 60_000).toISOString(),
    elapsedMs: () => clock.now().epochMilliseconds,
  } satisfies Clock & HandClock;
}

describe('claims of instances whose clocks differ', () => {
  let clock: HandClock;
  let rows: MemoryRows;
  let queue: MemoryQueue;
  let receiver: Receiver;

  beforeEach(() => {
    clock = handClock();
    rows = new MemoryRows();
    queue = new MemoryQueue(clock);
    receiver = new Receiver();
  });

  const at = (minutes: number): Instance =>
    instance({ rows, queue, clock: ahead(clock, minutes), handlers: receiver });

  /** One instance is sending, and answers when the test lets it. */
  async function sendingBy(one: Instance): Promise<() => Promise<void>> {
    let answer: () => void = () => undefined;
    const begun = new Promise<void>((begin) => {
      receiver.answers(() => {
        begin();
        return new Promise((resolve) => (answer = () => resolve({ result: 'sent' })));
      });
    });
    const sweeping = one.worker.sweep();
    await begun;
    return async () => {
      answer();
      await sweeping;
    };
  }

  for (const minutes of [5, -5, 60]) {
    for (const message of [notice('slow', handClock().iso()), release('slow', handClock().iso())]) {
      it(`hold although the other one is ${minutes} minutes off: ${message.body.kind}`, async () => {
        const [one, other] = [at(0), at(minutes)];
        await one.outbox.commit([], [message]);
        const finish = await sendingBy(one);
        for (let second = 0; second < 50; second += 10) {
          assert.equal(await other.worker.sweep(), 0);
          clock.forward({ seconds: 10 });
        }
        await finish();
        assert.equal((await one.stateOf(message.id))?.status, 'sent');
        assert.equal(receiver.arrived.length, 1);
        assert.deepEqual(one.log.lines, []);
      });
    }
  }

  it('are over for one that is far ahead only when nobody has written for as long as a claim lasts', async () => {
    const [one, other] = [at(0), at(60)];
    const message = notice('dead', clock.iso());
    await one.outbox.commit([], [message]);
    await sendingBy(one);
    assert.equal(await other.worker.sweep(), 0);
    clock.forward({ seconds: 59 });
    assert.equal(await other.worker.sweep(), 0);
    clock.forward({ seconds: 1 });
    assert.equal(await other.worker.sweep(), 1);
    const state = await one.stateOf(message.id);
    assert.deepEqual(
      [state?.status, state && 'reason' in state && state.reason],
      ['uncertain', 'interrupted'],
    );
  });
});

describe('a handler that never answers', () => {
  /** An instance whose handlers' time is up when a test says so. */
  function bounded() {
    const clock = handClock();
    const receiver = new Receiver();
    const rows = new MemoryRows();
    const timers: { readonly milliseconds: number; readonly call: () => void }[] = [];
    const after = (milliseconds: number, call: () => void) => {
      timers.push({ milliseconds, call });
      return () => undefined;
    };
    const one = instance({ rows, queue: new MemoryQueue(clock), clock, handlers: receiver, after });
    return { clock, receiver, one, timers };
  }

  const cases = [
    [notice('hung', handClock().iso()), 'uncertain'],
    [release('hung', handClock().iso()), 'pending'],
  ] as const;
  for (const [message, status] of cases) {
    it(`is ended before its claim is: ${message.body.kind} is ${status}`, async () => {
      const { one, receiver, timers } = bounded();
      await one.outbox.commit([], [message]);
      receiver.answers(() => new Promise(() => undefined));
      const sweeping = one.worker.sweep();
      while (timers.length === 0) await new Promise((resolve) => setImmediate(resolve));
      assert.ok((timers[0]?.milliseconds ?? Infinity) < 60_000);
      timers[0]?.call();
      await sweeping;
      const state = await one.stateOf(message.id);
      assert.equal(state?.status, status);
      assert.ok(state.status !== 'pending' || (state.lastFault === 'noAnswerInTime' && !state.claimedUntil));
      assert.ok(one.log.lines.includes('error outbox.handlerTooLate'));
    });
  }

  it('is not even begun where storing the claim took its time', async () => {
    const { one, receiver, clock } = bounded();
    const message = notice('late', clock.iso());
    await one.outbox.commit([], [message]);
    const { store } = one;
    const commit = store.commit;
    // The answer of the storage comes late.
    Object.assign(store, {
      commit: async (changes: Parameters<typeof commit>[0]) => {
        await commit(changes);
        clock.forward({ seconds: 58 });
      },
    });
    await one.worker.sweep();
    assert.deepEqual(receiver.arrived, []);
    const state = await one.stateOf(message.id);
    assert.deepEqual([state?.status, state?.status === 'pending' && state.attempts], ['pending', 0]);
  });
});
