import { elapsedMs, type Clock } from '../platform/clock.js';

interface Seen {
  readonly version: string;
  /** By this instance's own monotonic clock. */
  readonly since: number;
}

const maxSeen = 1_000;

/**
 * Claims of other workers, as this instance sees them. One is over when its row has stood unchanged for as long as a claim
 * lasts, measured here: the clocks of two machines are never compared.
 */
export class SeenClaims {
  readonly #clock: Clock;
  readonly #leaseMs: number;
  readonly #seen = new Map<string, Seen>();

  constructor(clock: Clock, leaseMs: number) {
    this.#clock = clock;
    this.#leaseMs = leaseMs;
  }

  /** @param version of the claimed row, another one after each write. */
  isOver(key: string, version: string): boolean {
    const now = elapsedMs(this.#clock);
    const seen = this.#seen.get(key);
    if (seen?.version === version) return now - seen.since >= this.#leaseMs;
    if (this.#seen.size >= maxSeen) this.#dropOld(now);
    this.#seen.set(key, { version, since: now });
    return false;
  }

  #dropOld(now: number): void {
    for (const [key, { since }] of this.#seen) if (now - since > 4 * this.#leaseMs) this.#seen.delete(key);
  }
}
