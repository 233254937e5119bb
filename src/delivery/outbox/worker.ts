import { setTimeout as pause } from 'node:timers/promises';
import { isAppError } from '../../platform/errors.js';
import type { MessageId } from '../../platform/ids.js';
import type { Signal } from '../signal.js';
import { deliver, type DeliveryDeps } from './deliver.js';
import { Concurrency } from '../concurrency.js';
import type { Delivery, Queue } from '../../platform/queue.js';
import { referenceFor } from '../queue-reference.js';
import type { DueEntry } from './store.js';

export interface WorkerDeps extends DeliveryDeps {
  readonly queue: Queue;
  readonly signal: Signal;
  readonly programme: string;
  readonly sweepSeconds: number;
  /** How many messages are carried out side by side. */
  readonly concurrency: number;
}

/** Carries out messages: those that the queue brings, and by sweeping those that a crash left behind. */
export interface OutboxWorker {
  /** Carries out what the queue brings at this moment; tells how many ids that were. */
  work(): Promise<number>;
  /** Carries out what is due by the index, whatever became of the queue; tells how many were carried out. */
  sweep(): Promise<number>;
  /** Works and sweeps until stopped. */
  start(): void;
  /** Takes no more, and resolves when what was begun is recorded. */
  stop(): Promise<void>;
}

const shortestPause = 50;
const longestPause = 1_000;
const maxReceived = 32;
const sweepPage = 200;
/** An id that could not be carried out so many times is left to the sweep. */
const maxDeliveries = 10;
/** Beyond the claim, so that the queue does not bring an id again while it is being carried out. */
const hiddenBeyondClaim = 30;
const idPattern = /^[\w-]{1,100}$/;

export function outboxWorker(deps: WorkerDeps): OutboxWorker {
  const concurrency = new Concurrency(deps.concurrency);
  let running: { stop: AbortController; loops: Promise<unknown> } | undefined;
  const work = async () => {
    await deps.enqueuer.flushed();
    const { count, done } = await take(deps, concurrency);
    await done;
    return count;
  };
  const sweep = (stopped?: AbortSignal) => sweepOnce(deps, concurrency, stopped);
  return {
    work,
    sweep: () => sweep(),
    start: () => {
      if (running) return;
      const stop = new AbortController();
      const loops = Promise.all([
        workLoop(deps, concurrency, stop.signal),
        sweepLoop(deps, sweep, stop.signal),
      ]);
      running = { stop, loops };
    },
    stop: async () => {
      running?.stop.abort();
      deps.signal.ring();
      await running?.loops;
      running = undefined;
      await concurrency.idle();
      await deps.enqueuer.flushed();
    },
  };
}

/** Starts as many of the queue's messages as there are free lanes. */
async function take(
  deps: WorkerDeps,
  concurrency: Concurrency,
): Promise<{ count: number; done: Promise<unknown> }> {
  await concurrency.whenFree();
  const hidden = deps.claimSeconds + hiddenBeyondClaim;
  const deliveries = await deps.queue.receive(Math.min(concurrency.free, maxReceived), hidden);
  const done = Promise.all(deliveries.map((delivery) => concurrency.run(() => carry(deps, delivery))));
  return { count: deliveries.length, done };
}

/** One faulty delivery never stops the others: it comes again, and the sweep finds its message. */
async function carry(deps: WorkerDeps, delivery: Delivery): Promise<void> {
  const { text, deliveries } = delivery;
  try {
    const id = referenceFor(deps.programme, text, idPattern);
    if (id !== undefined) await deliver(deps, id as MessageId);
    else deps.log.error('outbox.notAnId', { characters: text.length });
    await delivery.done();
  } catch (error) {
    deps.log.error('outbox.deliveryFailed', { id: text, deliveries, error });
    if (deliveries >= maxDeliveries) await leaveToSweep(deps, delivery);
  }
}

async function leaveToSweep({ log }: WorkerDeps, delivery: Delivery): Promise<void> {
  try {
    await delivery.done();
  } catch (error) {
    log.error('outbox.notTakenOff', { id: delivery.text, error });
  }
}

/** Pages by key, so that an entry that can't be carried out is passed by and blocks no other. */
async function sweepOnce(deps: WorkerDeps, concurrency: Concurrency, stopped?: AbortSignal): Promise<number> {
  const until = deps.clock.now().toString();
  const under: Promise<void>[] = [];
  let carried = 0;
  let after: DueEntry | undefined;
  do {
    const entries = await deps.store.due(until, sweepPage, after);
    for (const entry of entries) {
      await concurrency.whenFree();
      if (stopped?.aborted) break;
      under.push(
        concurrency.run(async () => {
          if (await carryEntry(deps, entry)) carried += 1;
        }),
      );
    }
    after = entries.length === sweepPage ? entries.at(-1) : undefined;
  } while (after !== undefined && !stopped?.aborted);
  await Promise.all(under);
  return carried;
}

async function carryEntry(deps: WorkerDeps, entry: DueEntry): Promise<boolean> {
  try {
    const look = await deliver(deps, entry.id);
    // Settled since the index was read; or an entry without a message, which would be met for ever.
    if (look === 'nothing') await dropEntry(deps, entry);
    return look === 'carried';
  } catch (error) {
    deps.log.error('outbox.deliveryFailed', { id: entry.id, error });
    return false;
  }
}

async function dropEntry({ store }: WorkerDeps, entry: DueEntry): Promise<void> {
  try {
    await store.commit(store.dropEntry(entry));
  } catch (error) {
    if (!isAppError(error, 'storage.conflict')) throw error;
  }
}

async function workLoop(deps: WorkerDeps, concurrency: Concurrency, stopped: AbortSignal): Promise<void> {
  let wait = shortestPause;
  while (!stopped.aborted) {
    let count = 0;
    try {
      ({ count } = await take(deps, concurrency));
    } catch (error) {
      deps.log.error('outbox.queueUnavailable', { error });
      wait = longestPause;
    }
    if (count > 0) wait = shortestPause;
    else wait = (await deps.signal.wait(wait)) ? shortestPause : Math.min(wait * 2, longestPause);
  }
}

async function sweepLoop(
  deps: WorkerDeps,
  sweep: (stopped: AbortSignal) => Promise<number>,
  stopped: AbortSignal,
): Promise<void> {
  while (!stopped.aborted) {
    try {
      await sweep(stopped);
    } catch (error) {
      deps.log.error('outbox.sweepFailed', { error });
    }
    await pause(deps.sweepSeconds * 1_000, undefined, { signal: stopped }).catch(() => undefined);
  }
}
