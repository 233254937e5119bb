import { createHash } from 'node:crypto';
import { isAppError } from '../../platform/errors.js';
import type { Time } from './pace.js';
import { trafficRow, type PaceStore, type SharedTraffic } from './store.js';

/** A limit of Teams for one conversation: so many requests in so many milliseconds. */
export interface Window {
  readonly max: number;
  readonly ms: number;
}

/** What Teams takes from a bot in one conversation (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit). */
export const teamsWindows: readonly Window[] = [
  { max: 7, ms: 1_000 },
  { max: 8, ms: 2_000 },
  { max: 60, ms: 30_000 },
  { max: 1_800, ms: 3_600_000 },
];

export const longestWindow = 3_600_000;
const shortMs = 30_000;

/** What an instance may send into a conversation without sharing it with the others. */
const unsharedInShort = 1;
const unsharedInHour = 25;
/** So many other instances may do so: what is counted together leaves room for them. */
const others = 3;

/** The limits for what the instances count together. */
export const sharedWindows: readonly Window[] = teamsWindows.map(({ max, ms }) => ({
  max: max - others * (ms > shortMs ? unsharedInHour : unsharedInShort),
  ms,
}));

/** How many of these moments (in order) lie within a window that ends now. */
function within(stamps: readonly number[], ms: number, now: number): number {
  let count = 0;
  for (let index = stamps.length - 1; index >= 0 && (stamps[index] ?? 0) > now - ms; index -= 1) count += 1;
  return count;
}

/** Milliseconds until one more fits into every window; 0 where it fits now. */
export function waitFor(stamps: readonly number[], now: number, windows: readonly Window[]): number {
  const waits = windows.map(({ max, ms }) => {
    const leaves = within(stamps, ms, now) < max ? undefined : stamps[stamps.length - max];
    return leaves === undefined ? 0 : leaves + ms - now;
  });
  return Math.max(0, ...waits);
}

/** Whether so much leaves into a conversation that the instances must count it together. */
export function isBusy(stamps: readonly number[], now: number): boolean {
  return stamps.length > unsharedInHour || within(stamps, shortMs, now) > unsharedInShort;
}

interface Deps {
  readonly store: PaceStore;
  readonly time: Time;
}

interface Traffic {
  stamps: number[];
  /** Counted together with the other instances, from when it got busy until an hour has passed in silence. */
  isShared: boolean;
}

const recentMs = 30_000;
const minuteMs = 60_000;
const maxPerHour = sharedWindows.at(-1)?.max ?? 0;
const tidyEvery = 5_000;
const maxTries = 5;
/** Seconds after which to ask again where other instances were faster each time. */
const raceSeconds = 1;

/**
 * Keeps each conversation below Teams' windows: exactly by what this instance sent, and, once a conversation gets
 * busy, by a row that the instances share. A single reminder to each of many people costs no trip to the storage.
 */
export class Conversations {
  readonly #deps: Deps;
  readonly #traffic = new Map<string, Traffic>();
  #sinceTidied = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Seconds until one more may leave, by what is known here; 0 where it may now. */
  wait(conversation: string): number {
    const stamps = this.#traffic.get(conversation)?.stamps ?? [];
    return waitFor(stamps, this.#deps.time.now(), teamsWindows) / 1_000;
  }

  /** Counts one that leaves now. @returns 0, or the seconds after which to ask again: then it was not counted. */
  async take(conversation: string): Promise<number> {
    this.#tidy();
    const traffic = this.#traffic.get(conversation) ?? { stamps: [], isShared: false };
    this.#traffic.set(conversation, traffic);
    const now = this.#deps.time.now();
    traffic.stamps = traffic.stamps.filter((stamp) => stamp > now - longestWindow);
    const wait = waitFor(traffic.stamps, now, teamsWindows);
    if (wait > 0) return wait / 1_000;
    // Before anything else is awaited, so that two callers of this instance don't take the same slot.
    traffic.stamps.push(now);
    // What left from here before it got busy is in no shared row yet.
    const unshared = traffic.isShared ? [] : traffic.stamps.slice(0, -1);
    traffic.isShared ||= isBusy(traffic.stamps, now);
    if (!traffic.isShared) return 0;
    const sharedWait = await this.#takeShared(conversation, unshared, now);
    if (sharedWait > 0) traffic.stamps.splice(traffic.stamps.lastIndexOf(now), 1);
    return sharedWait;
  }

  async #takeShared(conversation: string, unshared: readonly number[], now: number): Promise<number> {
    const name = `conversation|${createHash('sha256').update(conversation).digest('hex').slice(0, 32)}`;
    for (let tries = 1; tries <= maxTries; tries += 1) {
      const found = await this.#deps.store.read(trafficRow, name);
      const before = unshared.reduce(withOne, found?.value ?? { recent: [], minutes: [] });
      const wait = sharedWait(before, now);
      if (wait > 0 && unshared.length === 0) return wait / 1_000;
      try {
        await this.#deps.store.write(
          trafficRow,
          name,
          wait > 0 ? before : withOne(before, now),
          found?.version,
        );
        return wait / 1_000;
      } catch (error) {
        if (!isAppError(error, 'storage.conflict')) throw error;
      }
    }
    return raceSeconds;
  }

  /** Forgets conversations to which nothing was sent for an hour. */
  #tidy(): void {
    this.#sinceTidied += 1;
    if (this.#sinceTidied < tidyEvery) return;
    this.#sinceTidied = 0;
    const oldest = this.#deps.time.now() - longestWindow;
    for (const [conversation, { stamps }] of this.#traffic)
      if ((stamps.at(-1) ?? 0) < oldest) this.#traffic.delete(conversation);
  }
}

function withOne({ recent, minutes }: SharedTraffic, now: number): SharedTraffic {
  const minute = Math.floor(now / minuteMs);
  const counts = new Map(minutes.filter(([at]) => at > minute - 61));
  counts.set(minute, (counts.get(minute) ?? 0) + 1);
  // Clocks of instances differ a little.
  const stamps = [...recent, now].sort((one, other) => one - other);
  const newest = stamps.at(-1) ?? now;
  return { recent: stamps.filter((stamp) => stamp > newest - recentMs), minutes: [...counts] };
}

/** Exact for the short windows; for the hour the minute that it cuts is counted whole. */
function sharedWait({ recent, minutes }: SharedTraffic, now: number): number {
  const minute = Math.floor(now / minuteMs);
  const counted = minutes.filter(([at]) => at >= minute - 60).reduce((sum, [, count]) => sum + count, 0);
  return counted >= maxPerHour ? minuteMs : waitFor(recent, now, sharedWindows);
}
