import { elapsedMs, type Clock } from '../../platform/clock.js';
import type { Versioned } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import type { MessageId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Delivery, Queue } from '../../platform/queue.js';
import { SeenClaims } from '../claims.js';
import { isDoubtful, type Departures } from '../departures.js';
import { retentionDays } from '../../platform/retention.js';
import { Concurrency, referenceFor, workerLoops, type Signal } from '../queue-work.js';
import type { Enqueuer } from './enqueuer.js';
import { awaitingState } from './awaiting.js';
import { handleMessage, type DeliveryKind } from './kind.js';
import { nextAttemptAt, type Message, type MessageState, type Outcome, type Pending } from './message.js';
import type { DueEntry, OutboxStore } from './store.js';

interface OutboxWorkerDeps {
  readonly store: OutboxStore;
  readonly queue: Queue;
  readonly enqueuer: Enqueuer;
  readonly signal: Signal;
  readonly programme: string;
  readonly kinds: ReadonlyMap<string, DeliveryKind>;
  readonly clock: Clock;
  readonly log: Log;
  /** How long an attempt belongs to the worker that began it. */
  readonly claimSeconds: number;
  readonly sweepSeconds: number;
  /** How many messages are handled at once. */
  readonly concurrency: number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  readonly departures: Departures;
  /** What an instance sees to by itself now and then; called before each sweep, and bounds its own frequency. */
  readonly beforeSweep: () => Promise<unknown>;
  /** Calls back after so many milliseconds, unless the returned function was called before. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

/** A message in its pending state. */
type PendingMessage = Message & { readonly state: Pending };

/**
 * What was done for an id: its message was handled (with any outcome), is not due yet, is another worker's at the
 * moment, or needs nothing.
 */
type DeliverResult = 'carriedOut' | 'notDue' | 'taken' | 'nothing';

const maxPauseMs = 1_000;
const maxReceived = 32;
const sweepPage = 200;
/** How often an instance erases ended messages, from so long after its start: that has other things to do. */
const pruneMinutes = 10;
/** How many it erases at a time. */
const maxPruned = 180;
/** How many pages of what older releases left it looks through at a time. */
const maxIndexedPages = 10;
/** An id whose handling failed so many times is left to the sweep. */
const maxDeliveries = 10;
/** Longer than the claim, so that the queue does not bring an id again while it is being handled. */
const hiddenBeyondClaim = 30;
const idPattern = /^[\w-]{1,100}$/;

/** Attempts in all; with the waits between them a message is tried for about two hours and a half. */
export const maxAttempts = 8;
const firstWait = 5;
const growth = 4;
const longestWait = 3_600;
const longestAsked = 86_400;
const maxFaultCharacters = 300;
const maxRecordTries = 5;
/** The part of a claim in which its handler may work; the rest is for recording what came of it. */
const handlerShare = 11 / 12;

export type OutboxWorker = ReturnType<typeof outboxWorker>;

/** Handles messages: those that the queue brings, and by sweeping those that a crash left behind. */
export function outboxWorker(deps: OutboxWorkerDeps) {
  const { store, queue, enqueuer, signal, programme, kinds, clock, log } = deps;
  const concurrency = new Concurrency(deps.concurrency);
  const leaseMs = deps.claimSeconds * 1_000;
  const claims = new SeenClaims(clock, leaseMs);
  let pruneAt = clock.now().epochMilliseconds + pruneMinutes * 60_000;

  /** Begins as many of the queue's messages as may run now. */
  async function take(): Promise<{ readonly count: number; readonly done: Promise<unknown> }> {
    await concurrency.whenFree();
    const hiddenSeconds = deps.claimSeconds + hiddenBeyondClaim;
    const deliveries = await queue.receive(Math.min(concurrency.free, maxReceived), hiddenSeconds);
    const done = Promise.all(deliveries.map((delivery) => concurrency.run(() => receive(delivery))));
    return { count: deliveries.length, done };
  }

  /** One faulty delivery never stops the others: it comes again, and the sweep finds its message. */
  async function receive(delivery: Delivery): Promise<void> {
    const { text, deliveries } = delivery;
    try {
      const id = referenceFor(programme, text, idPattern);
      if (id !== undefined) await deliver(id as MessageId);
      else log.error('outbox.notAnId', { characters: text.length });
      await delivery.done();
    } catch (error) {
      log.error('outbox.deliveryFailed', { id: text, deliveries, error });
      if (deliveries < maxDeliveries) return;
      await delivery.done().catch((fault: unknown) => {
        log.error('outbox.notDequeued', { id: text, error: fault });
      });
    }
  }

  /** Pages by key, so that an entry that can't be handled is skipped and blocks no other. */
  async function sweep(stopped?: AbortSignal): Promise<number> {
    await beforeSweep();
    const until = clock.now().toString();
    const begun: Promise<void>[] = [];
    let count = 0;
    let after: DueEntry | undefined;
    do {
      const entries = await store.due(until, sweepPage, after);
      for (const entry of entries) {
        await concurrency.whenFree();
        if (stopped?.aborted) break;
        begun.push(
          concurrency.run(async () => {
            if (await deliverEntry(entry)) count += 1;
          }),
        );
      }
      after = entries.length === sweepPage ? entries.at(-1) : undefined;
    } while (after !== undefined && !stopped?.aborted);
    await Promise.all(begun);
    await forgetOld(stopped);
    return count;
  }

  /** Its faults must not keep from sweeping. */
  async function beforeSweep(): Promise<void> {
    try {
      await deps.departures.close();
      await deps.beforeSweep();
    } catch (error) {
      log.error('outbox.upkeepFailed', { error });
    }
  }

  /** Erases messages that ended long ago, a few at a time; those that older releases ended are found first, once. */
  async function forgetOld(stopped?: AbortSignal): Promise<void> {
    const now = clock.now().epochMilliseconds;
    if (now < pruneAt) return;
    pruneAt = now + pruneMinutes * 60_000;
    try {
      for (let page = 0; page < maxIndexedPages && !stopped?.aborted; page += 1)
        if (await store.indexNextEnded()) break;
      const before = clock.now().subtract({ hours: retentionDays.endedMessages * 24 });
      await store.prune(before.toString(), maxPruned);
    } catch (error) {
      // Somebody else does it, or the next sweep.
      if (!isAppError(error, 'storage.conflict')) log.error('outbox.notPruned', { error });
    }
  }

  /** Whether the message of an entry in the due index was handled. */
  async function deliverEntry(entry: DueEntry): Promise<boolean> {
    try {
      const result = await deliver(entry.id);
      // Settled since the index was read; or an entry without a message, which would be met for ever.
      if (result === 'nothing') {
        await store.commit(store.dropEntry(entry)).catch((error: unknown) => {
          if (!isAppError(error, 'storage.conflict')) throw error;
        });
      }
      return result === 'carriedOut';
    } catch (error) {
      log.error('outbox.deliveryFailed', { id: entry.id, error });
      return false;
    }
  }

  /** Reads a message by its id and, when it is due and unclaimed, claims it, handles it and records the outcome. */
  async function deliver(id: MessageId): Promise<DeliverResult> {
    const found = await store.find(id);
    if (found === undefined || !isPending(found.value)) return 'nothing';
    const before = { value: found.value, version: found.version };
    const at = nextAttemptAt(before.value, before.value.state);
    if (Date.parse(at) > clock.now().epochMilliseconds) {
      if (before.value.state.claimedUntil !== undefined) return 'taken';
      enqueuer.enqueue(id, at);
      return 'notDue';
    }
    const { claimedUntil } = before.value.state;
    if (claimedUntil !== undefined && !claims.isOver(id, before.version)) return 'taken';
    const doubted = doubtedBy(before.value, await deps.departures.cover());
    // None for a kind that this release doesn't know: a newer one may have stored it while both run.
    const kind = kinds.get(before.value.body.kind);
    try {
      const outcome = outcomeWithoutAttempt(before.value, kind, doubted);
      if (outcome === undefined) {
        const since = elapsedMs(clock);
        await attemptAndRecord(await claim(before, doubted), kind, since);
      } else {
        const after: Message = { ...before.value, state: stateAfter(before.value, outcome) };
        await store.commit(store.replace(before, after));
        logResult(after);
      }
      return 'carriedOut';
    } catch (error) {
      // Another worker was faster, as it may be.
      if (isAppError(error, 'storage.conflict')) return 'taken';
      throw error;
    }
  }

  /** Whether it may have left before a restore. What was claimed when the copy was made may have left since the claim began. */
  function doubtedBy({ dueAt, state }: PendingMessage, doubtfulUntil: string | undefined): boolean {
    if (state.isDoubtful === true) return true;
    const { claimedUntil } = state;
    const from =
      claimedUntil === undefined
        ? nextAttemptAt({ dueAt }, state)
        : new Date(Date.parse(claimedUntil) - leaseMs).toISOString();
    return isDoubtful(from, doubtfulUntil);
  }

  async function claim(before: Versioned<PendingMessage>, doubted: boolean): Promise<PendingMessage> {
    const { attempts, lastFault, waitsFor } = before.value.state;
    const claimed: PendingMessage = {
      ...before.value,
      state: {
        status: 'pending',
        attempts: attempts + 1,
        claimedUntil: clock.now().add({ seconds: deps.claimSeconds }).toString(),
        ...(lastFault !== undefined && { lastFault }),
        ...(doubted && { isDoubtful: true }),
        ...(waitsFor !== undefined && { waitsFor }),
      },
    };
    await store.commit(store.replace(before, claimed));
    return claimed;
  }

  /** @param since when the claim began, by this instance's own clock */
  async function attemptAndRecord(
    claimed: PendingMessage,
    kind: DeliveryKind | undefined,
    since: number,
  ): Promise<void> {
    const outcome = await attemptInTime(claimed, kind, since);
    const after: Message = { ...claimed, state: stateAfter(claimed, outcome) };
    try {
      await record(claimed, after);
    } catch (error) {
      // The claim ran out before the end; whoever took it over records what they find.
      if (!isAppError(error, 'storage.conflict')) throw error;
      log.error('outbox.claimLost', { id: claimed.id, result: outcome.result });
      return;
    }
    logResult(after);
    if (after.state.status === 'pending') enqueuer.enqueue(after.id, nextAttemptAt(after, after.state));
  }

  /**
   * An attempt that ends before its claim does: whoever comes after must never meet a handler that still works. One that
   * does not answer in time may have sent something.
   */
  async function attemptInTime(
    message: PendingMessage,
    kind: DeliveryKind | undefined,
    since: number,
  ): Promise<Outcome> {
    const left = since + leaseMs * handlerShare - elapsedMs(clock);
    // To store the claim took nearly all of it.
    if (left <= 0) return { result: 'postponed', reason: 'claimOver' };
    const over = new AbortController();
    let disarm: () => void = () => undefined;
    const late = new Promise<Outcome>((resolve) => {
      disarm = deps.after(left, () => {
        over.abort();
        log.error('outbox.handlerTooLate', { id: message.id, kind: message.body.kind });
        resolve({ result: kind?.afterCrash === 'repeat' ? 'retry' : 'uncertain', reason: 'noAnswerInTime' });
      });
    });
    try {
      return await Promise.race([attempt(message, kind, over.signal), late]);
    } finally {
      disarm();
    }
  }

  async function attempt(
    message: PendingMessage,
    kind: DeliveryKind | undefined,
    claim: AbortSignal,
  ): Promise<Outcome> {
    if (kind === undefined) return { result: 'retry', reason: 'noHandler' };
    try {
      return await handleMessage(kind, message, claim);
    } catch (error) {
      log.warn('outbox.handlerThrew', { id: message.id, kind: message.body.kind, error });
      const reason = error instanceof AppError ? error.code : String(error).slice(0, maxFaultCharacters);
      return { result: 'retry', reason };
    }
  }

  /** It has left: its outcome is worth more tries than a read, else a storage fault makes it uncertain. */
  async function record(claimed: Message, after: Message): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await store.commit(store.record(claimed, after));
        return;
      } catch (error) {
        if (!isAppError(error, 'storage.unavailable') || tries === maxRecordTries) throw error;
        log.warn('outbox.recordDelayed', { id: claimed.id, error });
      }
    }
  }

  function stateAfter({ state }: PendingMessage, outcome: Outcome): MessageState {
    const now = clock.now();
    const at = now.toString();
    if (outcome.result === 'sent') return { status: 'sent', at, ...(outcome.by && { by: outcome.by }) };
    const { reason } = outcome;
    const { lastFault, waitsFor } = state;
    // Who has not turned up is still waited for, however the check of today ended.
    const kept = {
      ...(state.isDoubtful === true && { isDoubtful: true as const }),
      ...(waitsFor !== undefined && { waitsFor }),
    };
    if (outcome.result === 'waits') return awaitingState(outcome, waitsFor?.since ?? at, now);
    const later = (seconds: number): string =>
      now.add({ milliseconds: Math.ceil(seconds * 1_000) }).toString();
    if (outcome.result === 'postponed') {
      // The claim counted an attempt; none was made.
      const attempts = Math.max(0, state.attempts - 1);
      const retryAt = outcome.at ?? later(retryWait(1, outcome.afterSeconds, deps.random()));
      return {
        status: 'pending',
        attempts,
        retryAt,
        ...(lastFault !== undefined && { lastFault }),
        ...kept,
      };
    }
    if (outcome.result !== 'retry') return { status: outcome.result, at, reason };
    if (state.attempts >= maxAttempts) return { status: 'failed', at, reason };
    const retryAt = outcome.at ?? later(retryWait(state.attempts, outcome.afterSeconds, deps.random()));
    return { status: 'pending', attempts: state.attempts, retryAt, lastFault: reason, ...kept };
  }

  function logResult({ id, body, state }: Message): void {
    const facts = { id, kind: body.kind, ...state };
    if (state.status === 'failed' || state.status === 'uncertain') log.error('outbox.needsAttention', facts);
    else if (state.status === 'pending')
      log.warn(state.waitsFor === undefined ? 'outbox.retry' : 'outbox.notReached', facts);
    else if (state.status === 'undeliverable' && state.reason !== 'superseded')
      log.warn('outbox.undeliverable', facts);
  }

  const loops = workerLoops({
    worker: 'outbox',
    take: async () => (await take()).count,
    sweep,
    idle: () => concurrency.idle(),
    signal,
    maxPauseMs,
    sweepSeconds: deps.sweepSeconds,
    log,
  });
  return {
    /** Handles what the queue brings at this moment; returns how many ids that were. */
    async work(): Promise<number> {
      await enqueuer.flushed();
      const { count, done } = await take();
      await done;
      return count;
    },

    /** Handles what is due by the index, independent of the queue; returns how many were handled. */
    sweep: () => sweep(),

    /** Works and sweeps until stopped. */
    start: () => loops.start(),

    /** Takes no more, and resolves when what was begun is recorded. */
    async stop(): Promise<void> {
      await loops.stop();
      await enqueuer.flushed();
      await deps.departures.close(true).catch((error: unknown) => {
        log.error('departures.notClosed', { error });
      });
    },
  };
}

function isPending(message: Message): message is PendingMessage {
  return message.state.status === 'pending';
}

/**
 * A message that may have left already, or whose worker died, may not be tried blindly, and one that keeps ending its worker
 * not for ever.
 */
function outcomeWithoutAttempt(
  { state }: PendingMessage,
  kind: DeliveryKind | undefined,
  isDoubted: boolean,
): Outcome | undefined {
  if (isDoubted && kind?.afterRestore !== 'run') return { result: 'uncertain', reason: 'restored' };
  if (state.claimedUntil === undefined) return undefined;
  if (kind?.afterCrash !== 'repeat') return { result: 'uncertain', reason: 'interrupted' };
  return state.attempts >= maxAttempts ? { result: 'failed', reason: 'interrupted' } : undefined;
}

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
