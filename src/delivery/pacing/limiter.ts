import { isAppError } from '../../platform/errors.js';
import type { Log } from '../../platform/log.js';
import type { Time, Pace } from './pace.js';
import { slotRow, type PaceStore } from './store.js';
import type { Clock } from '../../platform/clock.js';
import { Conversations } from './conversations.js';

export interface SlotSettings {
  /** The name of the limit, and of the row that the instances share. */
  readonly name: string;
  /** Requests in a second, from all instances together. */
  readonly perSecond: number;
}

interface SlotDeps extends SlotSettings {
  readonly store: PaceStore;
  readonly time: Time;
  readonly log: Log;
}

/** The longest time an instance reserves ahead: an urgent message of another instance waits no longer than this. */
const maxAheadMs = 500;
/** Reserves the next slots when the reserved ones last no longer than this: a round trip to the storage and some. */
const leadMs = 120;
/** How far another instance's clock may be ahead; a row with a later time is not believed. */
const maxBelievedMs = 10_000;
/** A slot that is later than this is dropped, so that no burst follows a halt. */
const maxLateMs = 30;
const storageWaitMs = 500;
const conflictWaitMs = 20;

interface Waiter {
  readonly go: () => void;
}

/**
 * Evenly spaced slots, shared by all instances through one row: a reservation of time (the "theoretical arrival time"
 * of the generic cell rate algorithm). An instance reserves slots for those who wait, for half a second at most, in
 * two round trips.
 */
export class SharedSlots {
  readonly #deps: SlotDeps;
  readonly #spacing: number;
  readonly #waiters: { urgent: Waiter[]; usual: Waiter[] } = { urgent: [], usual: [] };
  /** Reserved and not given out yet, in order. */
  #slots: number[] = [];
  #reserving: Promise<void> | undefined;
  #isServing = false;

  constructor(deps: SlotDeps) {
    this.#deps = deps;
    this.#spacing = 1_000 / deps.perSecond;
  }

  /** Resolves at the next free slot; urgent callers come before all others that wait in this instance. */
  slot(isUrgent = false): Promise<void> {
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
      const slot = this.#nextSlot();
      const left = this.#slots.length * this.#spacing;
      if (slot === undefined || (left <= leadMs && this.#waiting > this.#slots.length + 1))
        this.#reserving ??= this.#reserve().finally(() => (this.#reserving = undefined));
      if (slot === undefined) {
        await this.#reserving;
        continue;
      }
      const wait = slot - this.#deps.time.now();
      if (wait > 0) await this.#deps.time.sleep(wait);
      (this.#waiters.urgent.shift() ?? this.#waiters.usual.shift())?.go();
    }
    this.#isServing = false;
  }

  #nextSlot(): number | undefined {
    const oldest = this.#deps.time.now() - maxLateMs;
    this.#slots = this.#slots.filter((slot) => slot >= oldest);
    return this.#slots.shift();
  }

  async #reserve(): Promise<void> {
    const { store, name, time, log } = this.#deps;
    try {
      const found = await store.read(slotRow, name);
      const now = time.now();
      const start = Math.max(now, Math.min(found?.value.nextAt ?? 0, now + maxBelievedMs));
      const wanted = Math.max(1, this.#waiting - this.#slots.length);
      const count = Math.min(wanted, Math.max(1, Math.floor(maxAheadMs / this.#spacing)));
      await store.write(slotRow, name, { nextAt: start + count * this.#spacing }, found?.version);
      for (let slot = 0; slot < count; slot += 1) this.#slots.push(start + slot * this.#spacing);
    } catch (error) {
      const isRace = isAppError(error, 'storage.conflict');
      if (!isRace) log.warn('pace.notShared', { error });
      // Nothing is sent while it is unknown what the other instances send.
      await time.sleep(isRace ? Math.random() * conflictWaitMs : storageWaitMs);
    }
  }
}

/** The tenant's limit is 50 requests in a second; one is left, because no clock is exact. */
export const teamsPerSecond = 49;
/** Microsoft 365 takes 30 mails in a minute from a mailbox. */
export const mailsPerSecond = 0.5;

/**
 * Graph takes five notifications to activity feeds a second for an app in a tenant, and more of all else in Teams
 * (https://learn.microsoft.com/graph/throttling-limits#microsoft-teams-service-limits); one is left.
 */
export const graphTeamsPerSecond = 4;

/** Seconds after which to ask again where the storage did not answer. */
const storageSeconds = 2;

interface Deps {
  readonly store: PaceStore;
  readonly log: Log;
  readonly time: Time;
}

/** The pace of one tenant in Teams, the same for fan-outs and for notices to single people. */
export interface TeamsPace {
  /** For fan-outs. */
  readonly fanOuts: Pace;
  /** For notices to one person: these go before the fan-outs that wait in this instance. */
  readonly notices: Pace;
}

export function clockTime(clock: Clock): Time {
  return {
    now: () => clock.now().epochMilliseconds,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Below the tenant's limit together with all other instances, and below Teams' windows in each conversation. */
export function teamsPace(deps: Deps, perSecond = teamsPerSecond): TeamsPace {
  const slots = new SharedSlots({ ...deps, name: 'teams', perSecond });
  const conversations = new Conversations(deps);
  const permit = (isUrgent: boolean) => async (conversation?: string) => {
    const wait = conversation === undefined ? 0 : conversations.wait(conversation);
    if (wait > 0) return wait;
    await slots.slot(isUrgent);
    if (conversation === undefined) return 0;
    return conversations.take(conversation).catch((error: unknown) => {
      deps.log.warn('pace.notShared', { error });
      return storageSeconds;
    });
  };
  return { fanOuts: { permit: permit(false) }, notices: { permit: permit(true) } };
}

/** The pace of what Graph does in Teams: to install the app, and to notify in activity feeds. */
export function graphTeamsPace(deps: Deps): Pace {
  const slots = new SharedSlots({ ...deps, name: 'graph-teams', perSecond: graphTeamsPerSecond });
  return {
    permit: async () => {
      await slots.slot();
      return 0;
    },
  };
}

/** The pace of the mailbox from which mail leaves. */
export function mailPace(deps: Deps, perSecond = mailsPerSecond): Pace {
  const slots = new SharedSlots({ ...deps, name: 'mail', perSecond });
  return {
    permit: async () => {
      await slots.slot();
      return 0;
    },
  };
}
