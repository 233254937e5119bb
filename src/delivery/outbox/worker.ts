import { setTimeout as pause } from 'node:timers/promises';
import { isAppError } from '../../platform/errors.js';
import type { MessageId } from '../../platform/ids.js';
import type { Bell } from '../signal.js';
import { deliver, type DeliveryParts } from './deliver.js';
import { Lanes } from '../concurrency.js';
import type { Delivery, Queue } from '../../platform/queue.js';
import type { DueEntry } from './store-port.js';

export interface WorkerParts extends DeliveryParts {
  readonly queue: Queue;
  readonly bell: Bell;
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
const mostReceived = 32;
const sweepPage = 200;
/** An id that could not be carried out so many times is left to the sweep. */
const mostDeliveries = 10;
/** Beyond the claim, so that the queue does not bring an id again while it is being carried out. */
const hiddenBeyondClaim = 30;
const idPattern = /^[\w-]{1,100}$/;

export function outboxWorker(parts: WorkerParts): OutboxWorker {
  const lanes = new Lanes(parts.concurrency);
  let running: { stop: AbortController; loops: Promise<unknown> } | undefined;
  const work = async () => {
    await parts.enqueuer.flushed();
    const { count, done } = await take(parts, lanes);
    await done;
    return count;
  };
  const sweep = (stopped?: AbortSignal) => sweepOnce(parts, lanes, stopped);
  return {
    work,
    sweep: () => sweep(),
    start: () => {
      if (running) return;
      const stop = new AbortController();
      const loops = Promise.all([workLoop(parts, lanes, stop.signal), sweepLoop(parts, sweep, stop.signal)]);
      running = { stop, loops };
    },
    stop: async () => {
      running?.stop.abort();
      parts.bell.ring();
      await running?.loops;
      running = undefined;
      await lanes.idle();
      await parts.enqueuer.flushed();
    },
  };
}

/** Starts as many of the queue's messages as there are free lanes. */
async function take(parts: WorkerParts, lanes: Lanes): Promise<{ count: number; done: Promise<unknown> }> {
  await lanes.whenFree();
  const hidden = parts.claimSeconds + hiddenBeyondClaim;
  const deliveries = await parts.queue.receive(Math.min(lanes.free, mostReceived), hidden);
  const done = Promise.all(deliveries.map((delivery) => lanes.run(() => carry(parts, delivery))));
  return { count: deliveries.length, done };
}

/** One faulty delivery never stops the others: it comes again, and the sweep finds its message. */
async function carry(parts: WorkerParts, delivery: Delivery): Promise<void> {
  const { text, deliveries } = delivery;
  try {
    if (idPattern.test(text)) await deliver(parts, text as MessageId);
    else parts.log.error('outbox.notAnId', { characters: text.length });
    await delivery.done();
  } catch (error) {
    parts.log.error('outbox.deliveryFailed', { id: text, deliveries, error });
    if (deliveries >= mostDeliveries) await leaveToSweep(parts, delivery);
  }
}

async function leaveToSweep({ log }: WorkerParts, delivery: Delivery): Promise<void> {
  try {
    await delivery.done();
  } catch (error) {
    log.error('outbox.notTakenOff', { id: delivery.text, error });
  }
}

/** Pages by key, so that an entry that can't be carried out is passed by and blocks no other. */
async function sweepOnce(parts: WorkerParts, lanes: Lanes, stopped?: AbortSignal): Promise<number> {
  const until = parts.clock.now().toString();
  const under: Promise<void>[] = [];
  let carried = 0;
  let after: DueEntry | undefined;
  do {
    const entries = await parts.store.due(until, sweepPage, after);
    for (const entry of entries) {
      await lanes.whenFree();
      if (stopped?.aborted) break;
      under.push(
        lanes.run(async () => {
          if (await carryEntry(parts, entry)) carried += 1;
        }),
      );
    }
    after = entries.length === sweepPage ? entries.at(-1) : undefined;
  } while (after !== undefined && !stopped?.aborted);
  await Promise.all(under);
  return carried;
}

async function carryEntry(parts: WorkerParts, entry: DueEntry): Promise<boolean> {
  try {
    const look = await deliver(parts, entry.id);
    // Settled since the index was read; or an entry without a message, which would be met for ever.
    if (look === 'nothing') await dropEntry(parts, entry);
    return look === 'carried';
  } catch (error) {
    parts.log.error('outbox.deliveryFailed', { id: entry.id, error });
    return false;
  }
}

async function dropEntry({ store }: WorkerParts, entry: DueEntry): Promise<void> {
  try {
    await store.commit(store.dropEntry(entry));
  } catch (error) {
    if (!isAppError(error, 'storage.conflict')) throw error;
  }
}

async function workLoop(parts: WorkerParts, lanes: Lanes, stopped: AbortSignal): Promise<void> {
  let wait = shortestPause;
  while (!stopped.aborted) {
    let count = 0;
    try {
      ({ count } = await take(parts, lanes));
    } catch (error) {
      parts.log.error('outbox.queueUnavailable', { error });
      wait = longestPause;
    }
    if (count > 0) wait = shortestPause;
    else wait = (await parts.bell.wait(wait)) ? shortestPause : Math.min(wait * 2, longestPause);
  }
}

async function sweepLoop(
  parts: WorkerParts,
  sweep: (stopped: AbortSignal) => Promise<number>,
  stopped: AbortSignal,
): Promise<void> {
  while (!stopped.aborted) {
    try {
      await sweep(stopped);
    } catch (error) {
      parts.log.error('outbox.sweepFailed', { error });
    }
    await pause(parts.sweepSeconds * 1_000, undefined, { signal: stopped }).catch(() => undefined);
  }
}
