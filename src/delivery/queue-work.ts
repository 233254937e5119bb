import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../platform/log.js';

/**
 * A message of a queue: the programme, and a reference to what is to be worked on in it. Messages of older releases name
 * no programme: they belong to the only one that there was then.
 */
const firstProgramme = 'programme';

/** Programme, dot, reference. */
const textPattern = /^([\w-]{1,64})\.(.*)$/s;

export function queueText(programme: string, reference: string): string {
  return `${programme}.${reference}`;
}

/**
 * The reference in a queue's text where it belongs to this programme, else `undefined`.
 * @param isReference matches a reference, so that the dots in one are not taken for the one after a programme.
 */
export function referenceFor(programme: string, text: string, isReference: RegExp): string | undefined {
  if (isReference.test(text)) return programme === firstProgramme ? text : undefined;
  const [, owner, reference = ''] = textPattern.exec(text) ?? [];
  return owner === programme && isReference.test(reference) ? reference : undefined;
}

/** Wakes a loop that waits; a ring during which nobody waits wakes the next one that does. */
export class Signal {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Waits for a ring, at most so many milliseconds; returns whether it rang. */
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

/** Runs tasks side by side, never more than so many; the others wait until one ends. */
export class Concurrency {
  readonly #max: number;
  readonly #running = new Set<Promise<void>>();
  readonly #unfinished = new Set<Promise<void>>();

  constructor(max: number) {
    this.#max = max;
  }

  get free(): number {
    return this.#max - this.#running.size;
  }

  /** Resolves as soon as one more may run. */
  async whenFree(): Promise<void> {
    while (this.free <= 0) await Promise.race(this.#running);
  }

  /** Runs a task that handles its own faults as soon as it may, and resolves when it has ended. */
  run(task: () => Promise<void>): Promise<void> {
    const unfinished = this.#runWhenFree(task).finally(() => this.#unfinished.delete(unfinished));
    this.#unfinished.add(unfinished);
    return unfinished;
  }

  /** Resolves when every task has ended. */
  async idle(): Promise<void> {
    while (this.#unfinished.size > 0) await Promise.all(this.#unfinished);
  }

  async #runWhenFree(task: () => Promise<void>): Promise<void> {
    // The end of one task wakes all that wait: each checks again, and begins without awaiting anything in between.
    while (this.free <= 0) await Promise.race(this.#running);
    const running = task().finally(() => this.#running.delete(running));
    this.#running.add(running);
    await running;
  }
}

interface LoopDeps {
  /** Names the worker in the log. */
  readonly worker: string;
  /** Begins the work on what the queue brings at this moment; returns how many messages that were. */
  readonly take: (stopped: AbortSignal) => Promise<number>;
  /** Finds what the queue did not bring. */
  readonly sweep: (stopped: AbortSignal) => Promise<unknown>;
  /** Resolves when all that was begun has ended. */
  readonly idle: () => Promise<unknown>;
  /** Rings when something was put on the queue, so that a loop that pauses takes it at once. */
  readonly signal: Signal;
  /** The longest pause between two reads of an empty queue. */
  readonly maxPauseMs: number;
  readonly sweepSeconds: number;
  readonly log: Log;
}

const minPauseMs = 50;

/** The two loops of a worker: one takes what the queue brings, the other sweeps. No fault ends them. */
export function workerLoops(deps: LoopDeps) {
  const { worker, take, sweep, idle, signal, maxPauseMs, sweepSeconds, log } = deps;
  let running: { readonly stop: AbortController; readonly loops: Promise<unknown> } | undefined;

  async function workLoop(stopped: AbortSignal): Promise<void> {
    let pauseMs = minPauseMs;
    while (!stopped.aborted) {
      let count = 0;
      try {
        count = await take(stopped);
      } catch (error) {
        log.error('worker.queueUnavailable', { worker, error });
        pauseMs = maxPauseMs;
      }
      if (count > 0) pauseMs = minPauseMs;
      else pauseMs = (await signal.wait(pauseMs)) ? minPauseMs : Math.min(pauseMs * 2, maxPauseMs);
    }
  }

  async function sweepLoop(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      try {
        await sweep(stopped);
      } catch (error) {
        log.error('worker.sweepFailed', { worker, error });
      }
      await pause(sweepSeconds * 1_000, undefined, { signal: stopped }).catch(() => undefined);
    }
  }

  return {
    /** Works and sweeps until stopped; starting twice is starting once. */
    start(): void {
      if (running) return;
      const stop = new AbortController();
      running = { stop, loops: Promise.all([workLoop(stop.signal), sweepLoop(stop.signal)]) };
    },

    /** Takes no more, and resolves when what was begun is recorded. */
    async stop(): Promise<void> {
      running?.stop.abort();
      signal.ring();
      await running?.loops;
      running = undefined;
      await idle();
    },
  };
}
