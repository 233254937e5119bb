import { isAppError } from '../../platform/errors.js';
import type { Log } from '../../platform/log.js';
import type { Time, Pace } from './pace.js';
import { turnRow, type PaceStore } from './store.js';
import type { Clock } from '../../platform/clock.js';
import { Conversations } from './conversations.js';

export interface TurnsSettings {
  /** Names the row that the instances share, and so the limit. */
  readonly name: string;
  /** Requests in a second, from all instances together. */
  readonly perSecond: number;
}

interface TurnDeps extends TurnsSettings {
  readonly store: PaceStore;
  readonly time: Time;
  readonly log: Log;
}

/** An instance takes at most so much of the future at once: what is urgent elsewhere waits no longer. */
const maxAheadMs = 500;
/** Takes the next places when so little of those taken before is left: a round trip to the storage and some. */
const leadMs = 120;
/** What another instance's clock may be ahead; a row that says more is not believed. */
const maxBelievedMs = 10_000;
/** A place that could not be used in time is left, so that a halt is not made up for by a burst. */
const maxLateMs = 30;
const storageWaitMs = 500;
const conflictWaitMs = 20;

interface Waiter {
  readonly go: () => void;
}

/**
 * Evenly spaced turns, shared by all instances through one row: a reservation of time (the "theoretical arrival time"
 * of the generic cell rate algorithm). An instance takes the places for those who wait, for half a second at most, in
 * two round trips.
 */
export class SharedTurns {
  readonly #deps: TurnDeps;
  readonly #spacing: number;
  readonly #waiters: { urgent: Waiter[]; usual: Waiter[] } = { urgent: [], usual: [] };
  /** Taken and not given yet, in order. */
  #places: number[] = [];
  #reserving: Promise<void> | undefined;
  #isServing = false;

  constructor(deps: TurnDeps) {
    this.#deps = deps;
    this.#spacing = 1_000 / deps.perSecond;
  }

  /** Resolves when it is this one's turn; urgent ones come before all that wait in this instance. */
  turn(isUrgent = false): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters[isUrgent ? 'urgent' : 'usual'].push({ go: resolve });
      if (!this.#isServing) void this.#serve();
    });
  }

  get #waiting(): number {
    return this.#waiters.urgent.length + this.#waiters.usual.length;
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    while (this.#waiting > 0) {
      const place = this.#nextPlace();
      const left = this.#places.length * this.#spacing;
      if (place === undefined || (left <= leadMs && this.#waiting > this.#places.length + 1))
        this.#reserving ??= this.#reserve().finally(() => (this.#reserving = undefined));
      if (place === undefined) {
        await this.#reserving;
        continue;
      }
      const wait = place - this.#deps.time.now();
      if (wait > 0) await this.#deps.time.sleep(wait);
      (this.#waiters.urgent.shift() ?? this.#waiters.usual.shift())?.go();
    }
    this.#isServing = false;
  }

  #nextPlace(): number | undefined {
    const oldest = this.#deps.time.now() - maxLateMs;
    this.#places = this.#places.filter((place) => place >= oldest);
    return this.#places.shift();
  }

  async #reserve(): Promise<void> {
    const { store, name, time, log } = this.#deps;
    try {
      const found = await store.read(turnRow, name);
      const now = time.now();
      const start = Math.max(now, Math.min(found?.value.nextAt ?? 0, now + maxBelievedMs));
      const wanted = Math.max(1, this.#waiting - this.#places.length);
      const count = Math.min(wanted, Math.max(1, Math.floor(maxAheadMs / this.#spacing)));
      await store.write(turnRow, name, { nextAt: start + count * this.#spacing }, found?.version);
      for (let place = 0; place < count; place += 1) this.#places.push(start + place * this.#spacing);
    } catch (error) {
      const isRace = isAppError(error, 'storage.conflict');
      if (!isRace) log.warn('pace.notShared', { error });
      // Nothing leaves while what the others send is unknown.
      await time.sleep(isRace ? Math.random() * conflictWaitMs : storageWaitMs);
    }
  }
}

/** The tenant's limit is 50 requests in a second; one is left, because no clock is exact. */
export const teamsPerSecond = 49;
/** Microsoft 365 takes 30 mails in a minute from a mailbox. */
export const mailsPerSecond = 0.5;

/** Seconds after which to ask again where the storage did not answer. */
const storageSeconds = 2;

interface Deps {
  readonly store: PaceStore;
  readonly log: Log;
  readonly time: Time;
}

/** The pace of one tenant in Teams, the same for fan-outs and for notices to single people. */
export interface TeamsPace {
  /** For what many get. */
  readonly sends: Pace;
  /** For a notice to one person: goes before what waits here for many. */
  readonly words: Pace;
}

export function clockTime(clock: Clock): Time {
  return {
    now: () => clock.now().epochMilliseconds,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Below the tenant's limit together with all other instances, and below Teams' windows in each conversation. */
export function teamsPace(deps: Deps, perSecond = teamsPerSecond): TeamsPace {
  const turns = new SharedTurns({ ...deps, name: 'teams', perSecond });
  const conversations = new Conversations(deps);
  const permit = (isUrgent: boolean) => async (conversation?: string) => {
    const wait = conversation === undefined ? 0 : conversations.wait(conversation);
    if (wait > 0) return wait;
    await turns.turn(isUrgent);
    if (conversation === undefined) return 0;
    return conversations.take(conversation).catch((error: unknown) => {
      deps.log.warn('pace.notShared', { error });
      return storageSeconds;
    });
  };
  return { sends: { permit: permit(false) }, words: { permit: permit(true) } };
}

/** The pace of the mailbox from which mail leaves. */
export function mailPace(deps: Deps, perSecond = mailsPerSecond): Pace {
  const turns = new SharedTurns({ ...deps, name: 'mail', perSecond });
  return {
    permit: async () => {
      await turns.turn();
      return 0;
    },
  };
}
