import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../platform/clock.js';
import { whileConflicting, type Change, type Versioned } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import { isDoubtful, type Departures } from '../departures.js';
import type { PersonId } from '../../platform/ids.js';
import type { Enqueuer } from './enqueuer.js';
import type { AwaitedPerson, Message, MessageState, NewMessage } from './message.js';
import type { AwaitedMessage, OutboxStore } from './store.js';

/** How long a message waits for somebody to turn up. */
const maxAwaitedHours = 60 * 24;
/** How often it is checked meanwhile whether it is still of use. */
const hoursBetweenChecks = 24;
/** Messages of a person that are kept for them, the newest: with their indexes what one commit takes. */
const maxKept = 15;
/** More than these become one message. */
const maxOneByOne = 3;
const maxRead = 200;
/** So that the answer to what the person wrote comes first. */
const secondsBehindAnswer = 3;

/** What a message waits for and is about, as the one who tried to deliver it names it. */
type NewAwaited = Omit<AwaitedPerson, 'since'>;

/** Waits until the next check; or ends, where the person has not turned up for so long. */
export function awaitingState(awaited: NewAwaited, since: string, now: Temporal.Instant): MessageState {
  const { personId, reason, subject } = awaited;
  const end = Temporal.Instant.from(since).add({ hours: maxAwaitedHours });
  if (Temporal.Instant.compare(now, end) >= 0) return { status: 'undeliverable', at: now.toString(), reason };
  const waitsFor = { personId, reason, since, ...(subject !== undefined && { subject }) };
  const retryAt = now.add({ hours: hoursBetweenChecks }).toString();
  return { status: 'pending', attempts: 0, retryAt, waitsFor };
}

interface Deps {
  readonly store: OutboxStore;
  readonly enqueuer: Enqueuer;
  readonly clock: Clock;
  readonly departures: Pick<Departures, 'doubtfulUntil'>;
}

/** One message in place of several: about their bodies, newest first, and how many older ones are left out. */
export type Summarise = (kept: readonly Message[], leftOut: number) => NewMessage;

/** Messages that wait for somebody who could not be reached. */
export function awaitedMessages({ store, enqueuer, clock, departures }: Deps) {
  /** Those that wait still and that nobody is working on at this moment. */
  async function waitingFor(personId: PersonId): Promise<Versioned<Message>[]> {
    const rows = await store.awaited(personId, maxRead);
    const found = await Promise.all(rows.map(({ id }) => store.find(id)));
    return found.filter((each) => each !== undefined && isFree(each.value)) as Versioned<Message>[];
  }

  const superseded = (found: Versioned<Message>, at: string): Change[] =>
    store.replace(found, { ...found.value, state: { status: 'undeliverable', at, reason: 'superseded' } });

  /** Whether they may have turned up, and got it, before the tables were restored. */
  const mayHaveGot = ({ value: { state } }: Versioned<Message>, doubtfulUntil: string | undefined): boolean =>
    state.status === 'pending' &&
    state.waitsFor !== undefined &&
    isDoubtful(state.waitsFor.since, doubtfulUntil);

  /** What they may have got already is asked about when it would leave now. */
  async function doubt(found: readonly Versioned<Message>[], retryAt: string): Promise<void> {
    const state: MessageState = { status: 'pending', attempts: 0, retryAt, isDoubtful: true };
    for (let from = 0; from < found.length; from += maxKept) {
      const some = found.slice(from, from + maxKept);
      await store.commit(some.flatMap((each) => store.replace(each, { ...each.value, state })));
      for (const { value } of some) enqueuer.enqueue(value.id, retryAt);
    }
  }

  async function deliverOnce(personId: PersonId, summarise: Summarise): Promise<number> {
    const waiting = await waitingFor(personId);
    if (waiting.length === 0) return 0;
    const doubtfulUntil = await departures.doubtfulUntil();
    const doubted = waiting.filter((each) => mayHaveGot(each, doubtfulUntil));
    const all = waiting.filter((each) => !doubted.includes(each));
    const now = clock.now();
    const at = now.toString();
    const retryAt = now.add({ seconds: secondsBehindAnswer }).toString();
    await doubt(doubted, retryAt);
    const kept = all.slice(0, maxKept);
    const isFew = all.length <= maxOneByOne;
    if (isFew) {
      const changes = kept.flatMap((found) =>
        store.replace(found, { ...found.value, state: { status: 'pending', attempts: 0, retryAt } }),
      );
      if (changes.length > 0) await store.commit(changes);
      for (const { value } of kept) enqueuer.enqueue(value.id, retryAt);
      return waiting.length;
    }
    const summary = summarise(
      kept.map(({ value }) => value),
      all.length - kept.length,
    );
    const message: Message = {
      ...summary,
      dueAt: retryAt,
      state: { status: 'pending', attempts: 0 },
    };
    // The summary and what it stands for change together: nothing is delivered twice, nothing is left out.
    await store.commit([...kept.flatMap((found) => superseded(found, at)), ...store.insert(message)]);
    enqueuer.enqueue(message.id, retryAt);
    for (let from = maxKept; from < all.length; from += maxKept)
      await store.commit(all.slice(from, from + maxKept).flatMap((found) => superseded(found, at)));
    return waiting.length;
  }

  return {
    /** Keeps a message for somebody who can't be reached now; one that was asked for before stays as it is. */
    async keepFor(message: NewMessage, awaited: NewAwaited): Promise<void> {
      const now = clock.now();
      const state = awaitingState(awaited, now.toString(), now);
      await store.commit(store.insert({ ...message, state })).catch((error: unknown) => {
        if (!isAppError(error, 'storage.conflict')) throw error;
      });
    },

    /**
     * Lets what waits for a person leave, now that they have turned up: each message, or one that stands for all where
     * they are more than three. Each checks again whether it is still of use.
     * @returns how many waited.
     */
    deliverTo: (personId: PersonId, summarise: Summarise): Promise<number> =>
      whileConflicting(() => deliverOnce(personId, summarise)),

    /** What waits for anybody, or what of it is about one thing; person by person. */
    awaited: (subject?: string): Promise<readonly AwaitedMessage[]> =>
      subject === undefined ? store.allAwaited() : store.awaitedAbout(subject),
  };
}

function isFree({ state }: Message): boolean {
  return state.status === 'pending' && state.waitsFor !== undefined && state.claimedUntil === undefined;
}
