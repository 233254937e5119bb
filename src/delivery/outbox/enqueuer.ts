import type { Clock } from '../../platform/clock.js';
import type { MessageId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { queueText, type Signal } from '../queue-work.js';
import { longestDelay, type Queue } from '../../platform/queue.js';

interface EnqueuerDeps {
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: Signal;
  readonly programme: string;
}

/**
 * Puts ids on the queue behind the back of the caller: the message is stored, so a lost id costs only the time until
 * the next sweep, and nobody waits for the queue's answer.
 */
export class Enqueuer {
  readonly #deps: EnqueuerDeps;
  readonly #under = new Set<Promise<void>>();

  constructor(deps: EnqueuerDeps) {
    this.#deps = deps;
  }

  /** To be delivered at this ISO instant; what is farther off than the queue can hold is left to the sweep. */
  enqueue(id: MessageId, at: string): void {
    const seconds = (Date.parse(at) - this.#deps.clock.now().epochMilliseconds) / 1_000;
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
    const { queue, log, signal, programme } = this.#deps;
    try {
      await queue.send(queueText(programme, id), seconds);
      if (seconds === 0) signal.ring();
    } catch (error) {
      log.warn('outbox.notEnqueued', { id, error });
    }
  }
}
