/** Wakes a loop that waits; a ring that nobody heard wakes the next one to wait. */
export class Signal {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Waits for a ring, at most so many milliseconds; tells whether it rang. */
  async wait(milliseconds: number): Promise<boolean> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const rang = this.#rung;
    this.#rung = false;
    this.#wake = undefined;
    return rang;
  }
}
