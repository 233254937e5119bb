import type { Clock } from '../../platform/clock.js';
import type { Log } from '../../platform/log.js';
import { Signal } from '../signal.js';
import { Enqueuer } from './enqueuer.js';
import type { Handlers } from './message.js';
import { outboxService } from './outbox-service.js';
import type { Outbox } from './outbox.js';
import type { Queue } from '../../platform/queue.js';
import type { OutboxStore } from './store-port.js';
import { outboxWorker, type OutboxWorker } from './worker.js';

export interface OutboxSettings {
  readonly store: OutboxStore;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  /** Jitter of retries, from 0 up to 1. */
  readonly random?: () => number;
  /** Longer than any handler takes; 60. */
  readonly claimSeconds?: number;
  /** 15. */
  readonly sweepSeconds?: number;
  /** 8. */
  readonly concurrency?: number;
}

/**
 * The outbox in its two halves: `outbox` for the services, and a worker for the handlers, which are made of those
 * services and so come after. They share a bell, so that what this instance commits leaves at once.
 */
export function makeOutbox(settings: OutboxSettings): {
  readonly outbox: Outbox;
  readonly worker: (handlers: Handlers) => OutboxWorker;
} {
  const { random = Math.random, claimSeconds = 60, sweepSeconds = 15, concurrency = 8 } = settings;
  const { store, queue, clock, log } = settings;
  const signal = new Signal();
  const enqueuer = new Enqueuer({ queue, clock, log, signal });
  const shared = {
    store,
    queue,
    clock,
    log,
    signal,
    enqueuer,
    random,
    claimSeconds,
    sweepSeconds,
    concurrency,
  };
  return {
    outbox: outboxService(shared),
    worker: (handlers) => outboxWorker({ ...shared, handlers }),
  };
}
