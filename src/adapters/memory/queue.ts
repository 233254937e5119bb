import type { Clock } from '../../platform/clock.js';
import { longestDelay, type Delivery, type Queue } from '../../platform/queue.js';

interface Held {
  readonly text: string;
  visibleAt: number;
  deliveries: number;
}

/** A queue in memory, for tests: time is the clock's, so that a test can move it. */
export class MemoryQueue implements Queue {
  readonly #clock: Clock;
  #held: Held[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async send(text: string, afterSeconds = 0): Promise<void> {
    await turn();
    const delay = Math.min(afterSeconds, longestDelay);
    this.#held.push({ text, visibleAt: this.#now() + delay * 1_000, deliveries: 0 });
  }

  async receive(max: number, hiddenSeconds: number): Promise<readonly Delivery[]> {
    await turn();
    const now = this.#now();
    const taken = this.#held.filter((held) => held.visibleAt <= now).slice(0, max);
    for (const held of taken) {
      held.visibleAt = now + hiddenSeconds * 1_000;
      held.deliveries += 1;
    }
    return taken.map((held) => this.#deliveryOf(held));
  }

  #deliveryOf(held: Held): Delivery {
    const delivered = held.deliveries;
    return {
      text: held.text,
      deliveries: delivered,
      done: async () => {
        await turn();
        // Whoever received it since holds it now.
        if (held.deliveries === delivered) this.#held = this.#held.filter((other) => other !== held);
      },
    };
  }

  #now(): number {
    return this.#clock.now().epochMilliseconds;
  }
}

/** One round of the event loop, as with a network. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
