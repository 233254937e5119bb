import type { Clock } from '../../platform/clock.js';
import { whileConflicting, type Change, type Versioned } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import type { MessageId } from '../../platform/ids.js';
import type { Enqueuer } from './enqueuer.js';
import { nextAttemptAt, type Message, type MessageState, type NewMessage } from './message.js';
import type { Outbox } from './outbox.js';
import type { OutboxStore } from './store-port.js';

export interface OutboxDeps {
  readonly store: OutboxStore;
  readonly enqueuer: Enqueuer;
  readonly clock: Clock;
}

const maxTroubled = 50;

export function outboxService(deps: OutboxDeps): Outbox {
  return {
    commit: (changes, messages = []) => commit(deps, changes, messages),
    cancel: (id) => cancel(deps, id),
    settle: (id) => settle(deps, id),
    needingAttention: () => deps.store.needingAttention(maxTroubled),
    resolve: (id, as) => whileConflicting(() => resolve(deps, id, as)),
  };
}

async function commit(
  { store, enqueuer }: OutboxDeps,
  changes: readonly Change[],
  messages: readonly NewMessage[],
): Promise<void> {
  const asked = messages.map(pending);
  try {
    await store.commit([...changes, ...asked.flatMap((message) => store.insert(message))]);
  } catch (error) {
    if (!isAppError(error, 'storage.conflict') || asked.length === 0) throw error;
    const added = await whatIsNew(store, asked);
    // None of the messages stood in the way: the conflict is the caller's.
    if (added === undefined) throw error;
    await store.commit([...changes, ...added]);
  }
  for (const { id, dueAt } of messages) enqueuer.enqueue(id, dueAt);
}

/** The changes for those messages that were not asked for before; undefined when that is all of them. */
async function whatIsNew(store: OutboxStore, asked: readonly Message[]): Promise<Change[] | undefined> {
  const standing = await Promise.all(asked.map((message) => store.find(message.id)));
  if (standing.every((found) => found === undefined)) return undefined;
  return asked.flatMap((message, index) => {
    const found = standing[index];
    if (found === undefined) return store.insert(message);
    return found.value.state.status === 'cancelled' ? store.replace(found, message) : [];
  });
}

function pending(message: NewMessage): Message {
  const { id, dueAt, body } = message;
  return { id, dueAt, body, state: { status: 'pending', attempts: 0 } };
}

async function cancel({ store, clock }: OutboxDeps, id: MessageId): Promise<Change[]> {
  const found = await store.find(id);
  if (found === undefined) return [];
  const { state } = found.value;
  // Nothing to call back: it was called back before, or reached nobody and never will.
  if (state.status === 'cancelled' || state.status === 'gone') return [];
  if (state.status === 'sent' || state.status === 'uncertain') throw tooLate(id, state);
  return cancelled(found, { store, clock });
}

async function settle({ store, clock }: OutboxDeps, id: MessageId): Promise<Change[]> {
  const found = await store.find(id);
  const isOpen = found !== undefined && ['pending', 'failed', 'uncertain'].includes(found.value.state.status);
  return isOpen ? cancelled(found, { store, clock }) : [];
}

function cancelled(
  found: Versioned<Message>,
  { store, clock }: Pick<OutboxDeps, 'store' | 'clock'>,
): Change[] {
  const { id, state } = found.value;
  // Claimed is under way; or its worker died on the way, and nobody knows how far it came.
  if (state.status === 'pending' && state.claimedUntil !== undefined) throw tooLate(id, state);
  return store.replace(found, { ...found.value, state: { status: 'cancelled', at: clock.now().toString() } });
}

function tooLate(id: MessageId, { status }: MessageState): AppError {
  return new AppError('outbox.tooLate', { id, state: status });
}

async function resolve(
  { store, clock, enqueuer }: OutboxDeps,
  id: MessageId,
  as: 'again' | 'sent' | 'cancelled',
): Promise<void> {
  const found = await store.find(id);
  if (found === undefined) throw new AppError('outbox.notFound', { id });
  const {
    body,
    state: { status },
  } = found.value;
  const needsAttention = status === 'failed' || status === 'uncertain';
  if (!needsAttention || body.kind === 'release')
    throw new AppError('outbox.notResolvable', { id, state: status });
  const at = clock.now().toString();
  const is: MessageState =
    as === 'again' ? { status: 'pending', attempts: 0, retryAt: at } : { status: as, at };
  const after: Message = { ...found.value, state: is };
  await store.commit(store.replace(found, after));
  if (is.status === 'pending') enqueuer.enqueue(id, nextAttemptAt(after, is));
}
