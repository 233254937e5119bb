import { Temporal } from 'temporal-polyfill';
import { refOf, type Actor } from '../../platform/actor.js';
import type { Clock } from '../../platform/clock.js';
import { whileConflicting, type Change, type Versioned } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import type { MessageId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Queue } from '../../platform/queue.js';
import type { Departures } from '../departures.js';
import { Signal } from '../queue-work.js';
import { awaitedMessages } from './awaiting.js';
import { Enqueuer } from './enqueuer.js';
import { kindsByName, type DeliveryKind } from './kind.js';
import {
  nextAttemptAt,
  type Message,
  type MessageState,
  type NewMessage,
  type Resolution,
} from './message.js';
import type { OutboxStore } from './store.js';
import { outboxWorker } from './worker.js';

const maxNeedingAttention = 250;
/** So many are counted at most. */
const maxCounted = 1_000;
const resolvedAtOnce = 8;

interface OutboxDeps {
  readonly store: OutboxStore;
  readonly enqueuer: Enqueuer;
  readonly clock: Clock;
  readonly isResolvedElsewhere: (kind: string) => boolean;
  readonly departures: Pick<Departures, 'doubtfulUntil'>;
}

/** The outbox as the features use it. */
export type Outbox = ReturnType<typeof outboxService>;

function outboxService({ store, enqueuer, clock, isResolvedElsewhere, departures }: OutboxDeps) {
  /** The changes for those messages that were not asked for before; undefined when that is all of them. */
  async function changesForNew(asked: readonly Message[]): Promise<Change[] | undefined> {
    const current = await Promise.all(asked.map((message) => store.find(message.id)));
    if (current.every((found) => found === undefined)) return undefined;
    return asked.flatMap((message, index) => {
      const found = current[index];
      if (found === undefined) return store.insert(message);
      return found.value.state.status === 'cancelled' ? store.replace(found, message) : [];
    });
  }

  function cancelled(found: Versioned<Message>): Change[] {
    const { id, state } = found.value;
    // A claimed message is being handled, or its worker died and nobody knows how far it came.
    if (state.status === 'pending' && state.claimedUntil !== undefined) throw tooLate(id, state);
    return store.replace(found, {
      ...found.value,
      state: { status: 'cancelled', at: clock.now().toString() },
    });
  }

  /** When what a person sends again leaves: at once, but after what a restore makes doubtful, or it would be doubted again. */
  async function againAt(): Promise<string> {
    const doubtfulUntil = await departures.doubtfulUntil();
    const now = clock.now();
    const after = doubtfulUntil && Temporal.Instant.from(doubtfulUntil).add({ seconds: 1 });
    return (after && Temporal.Instant.compare(after, now) > 0 ? after : now).toString();
  }

  /** Those that may have left before a restore and can be resolved here. */
  async function doubtedMessages(): Promise<Message[]> {
    const all = await store.needingAttention(maxCounted);
    return all.filter(
      ({ state, body }) =>
        state.status === 'uncertain' && state.reason === 'restored' && !isResolvedElsewhere(body.kind),
    );
  }

  /** @returns whether it was open: somebody else may have resolved it a moment ago. */
  async function resolveIfOpen(actor: Actor, id: MessageId, action: Resolution['action']): Promise<boolean> {
    try {
      await whileConflicting(() => resolveOnce(actor, id, action));
      return true;
    } catch (error) {
      if (isAppError(error, 'outbox.notResolvable') || isAppError(error, 'outbox.notFound')) return false;
      throw error;
    }
  }

  async function resolveOnce(actor: Actor, id: MessageId, action: Resolution['action']): Promise<void> {
    const found = await store.find(id);
    if (found === undefined) throw new AppError('outbox.notFound', { id });
    const {
      body,
      state: { status },
    } = found.value;
    const needsAttention = status === 'failed' || status === 'uncertain';
    if (!needsAttention || isResolvedElsewhere(body.kind))
      throw new AppError('outbox.notResolvable', { id, state: status });
    const at = clock.now().toString();
    const state: MessageState =
      action === 'again'
        ? { status: 'pending', attempts: 0, retryAt: await againAt() }
        : { status: action, at };
    const after: Message = { ...found.value, state };
    const { kind } = body;
    const about = (body.notice as { readonly about?: string } | undefined)?.about;
    const event = { action, id, kind, ...(about !== undefined && { about }) };
    await store.commit([...store.replace(found, after), store.decided({ at, by: refOf(actor), event })]);
    if (state.status === 'pending') enqueuer.enqueue(id, nextAttemptAt(after, state));
  }

  return {
    ...awaitedMessages({ store, enqueuer, clock, departures }),

    /**
     * Stores the changes and the messages to come in one transaction, then puts the messages on the queue. When
     * the process dies in between, the sweep finds them. Each message takes two of the 100 changes.
     *
     * A second request changes nothing: a message whose id exists stays as it is, be it waiting, sent or in need of attention
     * (one that needs attention is sent again by `resolve`), and the changes are stored all the same. Only a cancelled
     * one is asked for again, with its new time and body.
     * @throws AppError `storage.conflict` as {@link Commit} does.
     */
    async commit(changes: readonly Change[], messages?: readonly NewMessage[]): Promise<void> {
      const asked = (messages ?? []).map(pending);
      try {
        await store.commit([...changes, ...asked.flatMap((message) => store.insert(message))]);
      } catch (error) {
        if (!isAppError(error, 'storage.conflict') || asked.length === 0) throw error;
        const added = await changesForNew(asked);
        // None of the messages conflicted: the conflict is the caller's.
        if (added === undefined) throw error;
        await store.commit([...changes, ...added]);
      }
      for (const { id, dueAt } of asked) enqueuer.enqueue(id, dueAt);
    },

    /**
     * The changes that call a pending message back; empty when there is none or it was cancelled before.
     * @throws AppError `outbox.tooLate` when it left already or is leaving.
     */
    async cancel(id: MessageId): Promise<Change[]> {
      const found = await store.find(id);
      if (found === undefined) return [];
      const { state } = found.value;
      // Nothing to call back: it was called back before, or reached nobody and never will.
      if (state.status === 'cancelled' || state.status === 'undeliverable') return [];
      if (state.status === 'sent' || state.status === 'uncertain') throw tooLate(id, state);
      return cancelled(found);
    },

    /**
     * The changes that end a message whose effect is asked for again or no longer wanted, whether it needs attention or not; empty when
     * there is none or it ended before. Unlike `cancel` it does not mind that the message may have arrived.
     * @throws AppError `outbox.tooLate` when it is leaving just now.
     */
    async settle(id: MessageId): Promise<Change[]> {
      const found = await store.find(id);
      const open = ['pending', 'failed', 'uncertain'];
      return found !== undefined && open.includes(found.value.state.status) ? cancelled(found) : [];
    },

    /** Messages that need a person: failed and uncertain, oldest first, at most 250. */
    needingAttention: (): Promise<Message[]> => store.needingAttention(maxNeedingAttention),

    /**
     * Resolves a message that needs attention: sends it again, or records that it arrived or is not needed. Not one whose kind
     * is resolved elsewhere, such as by the release that it publishes.
     * @throws AppError `outbox.notFound`, `outbox.notResolvable`.
     */
    resolve: (actor: Actor, id: MessageId, action: Resolution['action']): Promise<void> =>
      whileConflicting(() => resolveOnce(actor, id, action)),

    /** Who decided what about such messages, newest first, 50 a page. */
    decisions: store.decisions,

    /** How many messages wait for a person because they may have left before a restore; 1,000 at most. */
    countDoubted: async (): Promise<number> => (await doubtedMessages()).length,

    /** Resolves all messages that may have left before a restore, in one press. */
    async resolveDoubted(actor: Actor, action: Resolution['action']): Promise<void> {
      for (let isAnyResolved = true; isAnyResolved;) {
        const open = await doubtedMessages();
        const results: boolean[] = [];
        for (let from = 0; from < open.length; from += resolvedAtOnce) {
          const some = open.slice(from, from + resolvedAtOnce);
          results.push(...(await Promise.all(some.map(({ id }) => resolveIfOpen(actor, id, action)))));
        }
        // What is listed although it is not open must not be asked about for ever.
        isAnyResolved = results.includes(true);
      }
    },
  };
}

function pending({ id, dueAt, body }: NewMessage): Message {
  return { id, dueAt, body, state: { status: 'pending', attempts: 0 } };
}

function tooLate(id: MessageId, { status }: MessageState): AppError {
  return new AppError('outbox.tooLate', { id, state: status });
}

export interface OutboxSettings {
  readonly store: OutboxStore;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  /** The programme's id, which is part of each queue message. */
  readonly programme: string;
  /** Until when something may have left, and whether the tables were restored. */
  readonly departures: Departures;
  /** What the instance sees to by itself, asked before each sweep. */
  readonly beforeSweep?: () => Promise<unknown>;
  /** Calls back after so many milliseconds of real time, unless the returned function was called before. */
  readonly after?: (milliseconds: number, call: () => void) => () => void;
  /** Whether a kind is one that people don't resolve here; see `DeliveryKind`. */
  readonly isResolvedElsewhere?: (kind: string) => boolean;
  /** Jitter of retries, from 0 up to 1. */
  readonly random?: () => number;
  /** Longer than any kind takes; 60. */
  readonly claimSeconds?: number;
  /** 15. */
  readonly sweepSeconds?: number;
  /** 8. */
  readonly concurrency?: number;
}

function afterRealTime(milliseconds: number, call: () => void): () => void {
  const timer = setTimeout(call, milliseconds);
  return () => clearTimeout(timer);
}

/**
 * The outbox in its two halves: `outbox` for the features, and a worker for the kinds, which are made of those features
 * and so come after. They share a signal, so that what this instance commits leaves at once.
 */
export function makeOutbox(settings: OutboxSettings) {
  const deps = {
    random: Math.random,
    claimSeconds: 60,
    sweepSeconds: 15,
    concurrency: 8,
    isResolvedElsewhere: () => false,
    beforeSweep: () => Promise.resolve(),
    after: afterRealTime,
    ...settings,
    signal: new Signal(),
  };
  const shared = { ...deps, enqueuer: new Enqueuer(deps) };
  return {
    outbox: outboxService(shared),
    worker: (kinds: readonly DeliveryKind[]) => outboxWorker({ ...shared, kinds: kindsByName(kinds) }),
  };
}
