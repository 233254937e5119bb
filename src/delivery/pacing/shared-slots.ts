import { isAppError } from '../../platform/errors.js';
import type { Log } from '../../platform/log.js';
import type { Time } from './pace.js';
import { turnRow, type PaceStore } from './store.js';

export interface TurnsSettings {
  /** Names the row that the instances share, and so the limit. */
  readonly name: string;
  /** Requests in a second, from all instances together. */
  readonly perSecond: number;
}

interface Deps extends TurnsSettings {
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
  readonly #deps: Deps;
  readonly #spacing: number;
  readonly #waiters: { urgent: Waiter[]; usual: Waiter[] } = { urgent: [], usual: [] };
  /** Taken and not given yet, in order. */
  #places: number[] = [];
  #reserving: Promise<void> | undefined;
  #isServing = false;

  constructor(deps: Deps) {
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
      // Nothing leaves while nobody can tell what the others send.
      await time.sleep(isRace ? Math.random() * conflictWaitMs : storageWaitMs);
    }
  }
}
