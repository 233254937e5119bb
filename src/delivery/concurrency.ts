/** Runs tasks side by side, never more than so many; the others wait for a lane. */
export class Concurrency {
  readonly #max: number;
  readonly #running = new Set<Promise<void>>();
  readonly #given = new Set<Promise<void>>();

  constructor(max: number) {
    this.#max = max;
  }

  get free(): number {
    return this.#max - this.#running.size;
  }

  /** Resolves as soon as a lane is free. */
  async whenFree(): Promise<void> {
    while (this.free <= 0) await Promise.race(this.#running);
  }

  /** Runs a task that handles its own faults as soon as a lane is free, and resolves when it has ended. */
  run(task: () => Promise<void>): Promise<void> {
    const given = this.#inLane(task).finally(() => this.#given.delete(given));
    this.#given.add(given);
    return given;
  }

  /** Resolves when every task has ended. */
  async idle(): Promise<void> {
    while (this.#given.size > 0) await Promise.all(this.#given);
  }

  async #inLane(task: () => Promise<void>): Promise<void> {
    // Several are woken by one lane: each looks again and takes it in the same turn.
    while (this.free <= 0) await Promise.race(this.#running);
    const running = task().finally(() => this.#running.delete(running));
    this.#running.add(running);
    await running;
  }
}
