/**
 * What a queue carries: the programme, and what is to be looked at in it. Messages that older releases put there name no
 * programme: they belong to the one that there was.
 */
const firstProgramme = 'programme';

/** A programme's id as it can stand before the dot. */
const named = /^([\w-]{1,64})\.(.*)$/s;

export function queueText(programme: string, reference: string): string {
  return `${programme}.${reference}`;
}

/**
 * The reference in a queue's text where it belongs to this programme, else `undefined`.
 * @param isReference what a reference looks like; without it nothing could tell one with dots from a programme before it.
 */
export function referenceFor(programme: string, text: string, isReference: RegExp): string | undefined {
  if (isReference.test(text)) return programme === firstProgramme ? text : undefined;
  const [, owner, reference = ''] = named.exec(text) ?? [];
  return owner === programme && isReference.test(reference) ? reference : undefined;
}

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
