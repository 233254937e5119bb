/** Runs a bounded number of tasks side by side. */
export class Lanes {
  readonly #running = new Set<Promise<void>>();

  constructor(readonly most: number) {}

  get free(): number {
    return this.most - this.#running.size;
  }

  /** Resolves as soon as a lane is free. */
  async whenFree(): Promise<void> {
    while (this.free <= 0) await Promise.race(this.#running);
  }

  /** Starts a task that handles its own faults. */
  run(task: () => Promise<void>): Promise<void> {
    const running = task().finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  /** Resolves when every task has ended. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
