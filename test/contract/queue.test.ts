import assert from 'node:assert/strict';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import type { Delivery, Queue } from '../../src/platform/queue.js';
import { azurite, freshName } from '../world/azurite.js';
import { handClock } from '../world/clock.js';

interface Made {
  readonly queue: Queue;
  /** Lets a second pass: moves the clock by hand, or waits for the real one. */
  readonly second: () => Promise<void>;
}

const adapters: Record<string, () => Promise<Made>> = {
  memory: () => {
    const clock = handClock();
    const second = () => {
      clock.forward({ seconds: 1 });
      return Promise.resolve();
    };
    return Promise.resolve({ queue: new MemoryQueue(clock), second });
  },
  Azurite: async () => {
    const { connectionString } = await azurite();
    const queue = new AzureQueue({ connectionString, queue: freshName() });
    await queue.prepare();
    await queue.prepare();
    return { queue, second: () => new Promise((resolve) => setTimeout(resolve, 100)) };
  },
};

for (const [name, make] of Object.entries(adapters)) {
  describe(`Queue in ${name}`, function () {
    this.timeout(60_000);
    let made: Made;

    beforeEach(async () => {
      made = await make();
    });

    /** Receives until something comes. */
    async function arrival(hiddenSeconds: number): Promise<Delivery> {
      for (;;) {
        const [delivery] = await made.queue.receive(1, hiddenSeconds);
        if (delivery) return delivery;
        await made.second();
      }
    }

    it('delivers what was sent, once while it is hidden, and never after it is done', async () => {
      await made.queue.send('yksi <&> "kaksi" åäö 😀 \u0000');
      const [delivery, ...others] = await made.queue.receive(32, 30);
      assert.ok(delivery);
      assert.equal(delivery.text, 'yksi <&> "kaksi" åäö 😀 \u0000');
      assert.equal(delivery.deliveries, 1);
      assert.equal(others.length, 0);
      assert.deepEqual(await made.queue.receive(32, 30), []);
      await delivery.done();
      await delivery.done();
    });

    it('delivers again what was not done, counting', async () => {
      await made.queue.send('again');
      const first = await arrival(1);
      const second = await arrival(30);
      assert.equal(second.text, 'again');
      assert.equal(second.deliveries, 2);
      // Whoever received it first no longer holds it: their "done" takes nothing away and harms nobody.
      await first.done();
      await second.done();
    });

    it('keeps a message back for its delay', async () => {
      await made.queue.send('later', 2);
      assert.deepEqual(await made.queue.receive(32, 30), []);
      assert.equal((await arrival(30)).text, 'later');
    });

    it('takes a delay of seven days, and cuts a longer one', async () => {
      await made.queue.send('in a week', 604_800);
      await made.queue.send('in a year', 31_536_000);
      assert.deepEqual(await made.queue.receive(32, 30), []);
    });

    it('delivers no more than asked, at most 32, each to one receiver', async () => {
      const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);
      await Promise.all(texts.map((text) => made.queue.send(text)));
      const batches = await Promise.all([made.queue.receive(32, 60), made.queue.receive(5, 60)]);
      assert.deepEqual(
        batches.map((batch) => batch.length),
        [32, 5],
      );
      const rest = await made.queue.receive(32, 60);
      const received = [...batches.flat(), ...rest].map((delivery) => delivery.text);
      assert.deepEqual(received.sort(), texts.sort());
    });

    it('takes 48 KiB', async () => {
      const text = 'x'.repeat(48 * 1_024);
      await made.queue.send(text);
      assert.equal((await arrival(30)).text, text);
    });
  });
}
