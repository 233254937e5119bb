import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../src/platform/clock.js';
import type { Time } from '../../src/delivery/pacing/pace.js';

/** Rounds of the event loop that are enough for work that waits only for storage in memory. */
const rounds = 60;

/** Time that does not move while anybody works, and jumps to the next wake-up when everybody sleeps. */
export class VirtualTime implements Time {
  #now = Date.parse('2026-11-03T08:00:00Z');
  #sleepers: { at: number; wake: () => void }[] = [];

  readonly clock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Math.floor(this.#now)) };

  now(): number {
    return this.#now;
  }

  iso(laterMs = 0): string {
    return new Date(this.#now + laterMs).toISOString();
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => this.#sleepers.push({ at: this.#now + milliseconds, wake }));
  }

  forward(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Lets time pass until the work has come to its end. */
  async passUntil<Value>(work: Promise<Value>): Promise<Value> {
    const state = { isOver: false };
    const ended = work.finally(() => (state.isOver = true));
    ended.catch(() => undefined);
    for (;;) {
      for (let round = 0; round < rounds && !state.isOver; round += 1)
        await new Promise((resolve) => setImmediate(resolve));
      if (state.isOver) return ended;
      this.#wakeNext();
    }
  }

  #wakeNext(): void {
    const next = Math.min(...this.#sleepers.map(({ at }) => at));
    if (!Number.isFinite(next)) return;
    this.#now = Math.max(this.#now, next);
    const due = this.#sleepers.filter(({ at }) => at <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now);
    for (const { wake } of due) wake();
  }
}
