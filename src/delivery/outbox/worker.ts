import { setTimeout as pause } from 'node:timers/promises';
import { isAppError, AppError } from '../../platform/errors.js';
import type { MessageId } from '../../platform/ids.js';
import { type Signal, Concurrency, referenceFor } from '../queue-work.js';
import type { Delivery, Queue } from '../../platform/queue.js';
import type { DueEntry, OutboxStore } from './store.js';
import type { Clock } from '../../platform/clock.js';
import type { Versioned } from '../../platform/commit.js';
import type { Log } from '../../platform/log.js';
import type { Enqueuer } from './enqueuer.js';
import { carryOut, type DeliveryKind } from './kind.js';
import { nextAttemptAt, type Message, type MessageState, type Outcome, type Pending } from './message.js';

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

export interface DeliveryDeps {
  readonly store: OutboxStore;
  readonly enqueuer: Enqueuer;
  readonly clock: Clock;
  readonly log: Log;
  readonly kinds: ReadonlyMap<string, DeliveryKind>;
  /** How long an attempt belongs to the worker that began it. */
  readonly claimSeconds: number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

/** A message in its pending state. */
type Waiting = Message & { readonly state: Pending };

/**
 * What became of an id that was looked at: carried out (whatever came of it), not yet due, another's at the moment, or
 * nothing to be done for it.
 */
export type DeliverResult = 'carried' | 'early' | 'others' | 'nothing';

const longestFault = 300;
const recordTries = 5;

/** Reads a message anew and, when it is due and nobody's, claims it, carries it out and records what came of it. */
export async function deliver(deps: DeliveryDeps, id: MessageId): Promise<DeliverResult> {
  const found = await deps.store.find(id);
  if (found === undefined || !isWaiting(found.value)) return 'nothing';
  const before = { value: found.value, version: found.version };
  const at = nextAttemptAt(before.value, before.value.state);
  if (Date.parse(at) > deps.clock.now().epochMilliseconds) {
    if (before.value.state.claimedUntil !== undefined) return 'others';
    deps.enqueuer.enqueue(id, at);
    return 'early';
  }
  // None for a kind that this release doesn't know: a newer one may have stored it while both run.
  const kind = deps.kinds.get(before.value.body.kind);
  return unlessTaken(async () => {
    const end = endWithoutAttempt(before.value, kind);
    if (end !== undefined) await settle(deps, before, end);
    else await attemptAndRecord(deps, await claim(deps, before), kind);
    return 'carried';
  });
}

/** Another worker was faster: that is how it should be. */
async function unlessTaken(run: () => Promise<DeliverResult>): Promise<DeliverResult> {
  try {
    return await run();
  } catch (error) {
    if (isAppError(error, 'storage.conflict')) return 'others';
    throw error;
  }
}

function isWaiting(message: Message): message is Waiting {
  return message.state.status === 'pending';
}

/** A message whose worker died may not be tried blindly, and one that keeps ending its worker not for ever. */
function endWithoutAttempt({ state }: Waiting, kind: DeliveryKind | undefined): Outcome | undefined {
  if (state.claimedUntil === undefined) return undefined;
  if (kind?.afterCrash !== 'repeat') return { result: 'uncertain', reason: 'interrupted' };
  return state.attempts >= maxAttempts ? { result: 'failed', reason: 'interrupted' } : undefined;
}

async function settle(deps: DeliveryDeps, before: Versioned<Waiting>, outcome: Outcome): Promise<void> {
  const after = { ...before.value, state: stateAfter(deps, before.value, outcome) };
  await deps.store.commit(deps.store.replace(before, after));
  logResult(deps, after);
}

async function claim(
  { store, clock, claimSeconds }: DeliveryDeps,
  before: Versioned<Waiting>,
): Promise<Waiting> {
  const { attempts, lastFault } = before.value.state;
  const claimed: Waiting = {
    ...before.value,
    state: {
      status: 'pending',
      attempts: attempts + 1,
      claimedUntil: clock.now().add({ seconds: claimSeconds }).toString(),
      ...(lastFault !== undefined && { lastFault }),
    },
  };
  await store.commit(store.replace(before, claimed));
  return claimed;
}

async function attemptAndRecord(
  deps: DeliveryDeps,
  claimed: Waiting,
  kind: DeliveryKind | undefined,
): Promise<void> {
  const outcome = await attempt(deps, claimed, kind);
  const after: Message = { ...claimed, state: stateAfter(deps, claimed, outcome) };
  try {
    await record(deps, claimed, after);
  } catch (error) {
    // The claim ran out before the end; whoever took it over records what they find.
    if (!isAppError(error, 'storage.conflict')) throw error;
    deps.log.error('outbox.claimLost', { id: claimed.id, result: outcome.result });
    return;
  }
  logResult(deps, after);
  if (after.state.status === 'pending') deps.enqueuer.enqueue(after.id, nextAttemptAt(after, after.state));
}

async function attempt(
  { log }: DeliveryDeps,
  message: Waiting,
  kind: DeliveryKind | undefined,
): Promise<Outcome> {
  if (kind === undefined) return { result: 'retry', reason: 'noHandler' };
  try {
    return await carryOut(kind, message);
  } catch (error) {
    log.warn('outbox.handlerThrew', { id: message.id, kind: message.body.kind, error });
    return { result: 'retry', reason: faultOf(error) };
  }
}

/** It has left: what came of it is worth more tries than a read, else a storage fault makes it uncertain. */
async function record({ store, log }: DeliveryDeps, claimed: Message, after: Message): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await store.commit(store.record(claimed, after));
      return;
    } catch (error) {
      if (!isAppError(error, 'storage.unavailable') || tries === recordTries) throw error;
      log.warn('outbox.recordDelayed', { id: claimed.id, error });
    }
  }
}

function faultOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  return String(error).slice(0, longestFault);
}

function stateAfter(deps: DeliveryDeps, { state }: Waiting, outcome: Outcome): MessageState {
  const at = deps.clock.now().toString();
  if (outcome.result === 'sent') return { status: 'sent', at };
  if (outcome.result !== 'retry') return { status: outcome.result, at, reason: outcome.reason };
  if (state.attempts >= maxAttempts) return { status: 'failed', at, reason: outcome.reason };
  const retryAt = retryAtOf(deps, state.attempts, outcome);
  return { status: 'pending', attempts: state.attempts, retryAt, lastFault: outcome.reason };
}

function retryAtOf(
  { clock, random }: DeliveryDeps,
  attempts: number,
  { afterSeconds, at }: Extract<Outcome, { result: 'retry' }>,
): string {
  if (at !== undefined) return at;
  const milliseconds = Math.ceil(retryWait(attempts, afterSeconds, random()) * 1_000);
  return clock.now().add({ milliseconds }).toString();
}

function logResult({ log }: DeliveryDeps, { id, body, state }: Message): void {
  const facts = { id, kind: body.kind, ...state };
  if (state.status === 'failed' || state.status === 'uncertain') log.error('outbox.needsAttention', facts);
  else if (state.status === 'pending') log.warn('outbox.retry', facts);
}

/** Attempts in all; with the waits between them a message is tried for about two hours and a half. */
export const maxAttempts = 8;

const firstWait = 5;
const growth = 4;
const longestWait = 3_600;
const longestAsked = 86_400;

/**
 * Seconds to wait after so many attempts: 5, 20, 80, 320, 1280, then an hour, each shortened at random by up to half,
 * so that messages which failed together don't return together. Where the other side named a time it is never
 * shortened but lengthened by up to a tenth, and counts for at most a day.
 * @param random a number from 0 up to 1
 */
export function retryWait(attempts: number, askedSeconds: number | undefined, random: number): number {
  if (askedSeconds !== undefined)
    return Math.min(Math.max(askedSeconds, 1), longestAsked) * (1 + random / 10);
  const wait = Math.min(firstWait * growth ** Math.max(0, attempts - 1), longestWait);
  return wait * (1 - random / 2);
}
