import type { Clock } from '../../platform/clock.js';
import type { Versioned } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import type { MessageId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Enqueuer } from './enqueuer.js';
import { carryOut, type DeliveryKind } from './kind.js';
import { nextAttemptAt, type Message, type MessageState, type Outcome, type Pending } from './message.js';
import { maxAttempts, retryWait } from './retry.js';
import type { OutboxStore } from './store.js';

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
