import type { Clock } from '../../platform/clock.js';
import type { MessageId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Bell } from '../signal.js';
import { longestDelay, type Queue } from '../../platform/queue.js';

/**
 * Puts ids on the queue behind the back of the caller: the message is stored, so a lost id costs only the time until
 * the next sweep, and nobody waits for the queue's answer.
 */
export class Enqueuer {
  readonly #parts: { queue: Queue; clock: Clock; log: Log; bell: Bell };
  readonly #under = new Set<Promise<void>>();

  constructor(parts: { queue: Queue; clock: Clock; log: Log; bell: Bell }) {
    this.#parts = parts;
  }

  /** To be delivered at this ISO instant; what is farther off than the queue can hold is left to the sweep. */
  enqueue(id: MessageId, at: string): void {
    const seconds = (Date.parse(at) - this.#parts.clock.now().epochMilliseconds) / 1_000;
    if (seconds > longestDelay) return;
    const sending = this.#send(id, Math.max(0, Math.ceil(seconds))).finally(() =>
      this.#under.delete(sending),
    );
    this.#under.add(sending);
  }

  /** Resolves when all that was given is on the queue, or failed to get there. */
  async flushed(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under);
  }

  async #send(id: MessageId, seconds: number): Promise<void> {
    const { queue, log, bell } = this.#parts;
    try {
      await queue.send(id, seconds);
      if (seconds === 0) bell.ring();
    } catch (error) {
      log.warn('outbox.notEnqueued', { id, error });
    }
  }
}
