/** So many places, given to those who ask in the order in which they asked. */
export class Semaphore {
  #free: number;
  readonly #asking: (() => void)[] = [];

  constructor(max: number) {
    this.#free = max;
  }

  /** Resolves when a place is one's own; to be given back. */
  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#asking.push(resolve));
  }

  giveBack(): void {
    const next = this.#asking.shift();
    if (next) next();
    else this.#free += 1;
  }
}
