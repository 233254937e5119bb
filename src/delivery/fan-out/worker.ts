import { setTimeout as pause } from 'node:timers/promises';
import { isAppError } from '../../platform/errors.js';
import type { FanOutId } from '../../platform/ids.js';
import { Concurrency } from '../concurrency.js';
import type { Delivery } from '../../platform/queue.js';
import {
  enqueueChunks,
  chunkReferenceOf,
  firstToEnqueue,
  openChunks,
  type ChunkReference,
  type ChunkQueue,
} from './chunk-queue.js';
import { forgetOld } from './erase.js';
import { ChunkWork, type ChunkWorkDeps } from './chunk-work.js';

export interface FanOutWorkerDeps extends ChunkWorkDeps, ChunkQueue {
  readonly sweepSeconds: number;
  /** How many chunks are worked on side by side; as many again that go by mail, which waits most of the time. */
  readonly chunksAtOnce: number;
}

/** Sends what was expanded: the chunks that the queue brings, and by sweeping those that a crash left behind. */
export interface FanOutWorker {
  /** Works on the chunks that the queue brings at this moment; tells how many that were. */
  work(): Promise<number>;
  /**
   * Calls the chunks on which nobody works although somebody should; tells how many. Erases recipients of sends that
   * ended long ago.
   */
  sweep(): Promise<number>;
  /** Works and sweeps until stopped. */
  start(): void;
  /** Takes no more, lets go of the chunks, and resolves when what has left is recorded. */
  stop(): Promise<void>;
}

const shortestPause = 50;
const longestPause = 2_000;
const maxReceived = 32;
/** A chunk is claimed at once; the sweep finds what is lost on the way there. */
const hiddenSeconds = 30;
const mailAgainSeconds = 10;

export function fanOutWorker(deps: Omit<FanOutWorkerDeps, 'stopped'>): FanOutWorker {
  let running: Running | undefined;
  return {
    work: () => new Running(deps).work(),
    sweep: () => sweepOnce(deps),
    start: () => {
      if (running) return;
      running = new Running(deps);
      running.start();
    },
    stop: async () => {
      const stopping = running;
      running = undefined;
      await stopping?.stop();
    },
  };
}

type Deps = Omit<FanOutWorkerDeps, 'stopped'>;

/** One stretch of work, from start to stop. */
class Running {
  readonly #deps: FanOutWorkerDeps;
  readonly #stop = new AbortController();
  readonly #chunks: Concurrency;
  readonly #mails: Concurrency;
  readonly #work: ChunkWork;
  #loops: Promise<unknown> = Promise.resolve();

  constructor(deps: Deps) {
    this.#deps = { ...deps, stopped: this.#stop.signal };
    this.#chunks = new Concurrency(deps.chunksAtOnce);
    this.#mails = new Concurrency(deps.chunksAtOnce);
    this.#work = new ChunkWork(this.#deps);
  }

  async work(): Promise<number> {
    const { count, done } = await this.#take();
    await done;
    return count;
  }

  start(): void {
    this.#loops = Promise.all([this.#workLoop(), this.#sweepLoop()]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#deps.signal.ring();
    await this.#loops;
    await this.#chunks.idle();
    await this.#mails.idle();
  }

  async #take(): Promise<{ count: number; done: Promise<unknown> }> {
    await this.#chunks.whenFree();
    const max = Math.min(this.#chunks.free, maxReceived);
    const deliveries = await this.#deps.queue.receive(max, hiddenSeconds);
    return { count: deliveries.length, done: Promise.all(deliveries.map((each) => this.#carry(each))) };
  }

  /** One faulty delivery never stops the others: it comes again, and the sweep finds its chunk. */
  async #carry(delivery: Delivery): Promise<void> {
    const { log } = this.#deps;
    const call = chunkReferenceOf(this.#deps.programme, delivery.text);
    const isMail = call?.way === 'mail';
    const concurrency = isMail ? this.#mails : this.#chunks;
    const handle = async () => {
      try {
        if (call) await this.#workOn(call, delivery);
        else await this.#drop(delivery);
      } catch (error) {
        log.error('send.chunkFailed', { ...call, deliveries: delivery.deliveries, error });
      }
    };
    if (isMail && concurrency.free <= 0) await this.#later(delivery);
    else await concurrency.run(handle);
  }

  /** Mail waits in the queue while its lanes are full: here it would keep chunks of the chat out. */
  async #later(delivery: Delivery): Promise<void> {
    try {
      await this.#deps.queue.send(delivery.text, mailAgainSeconds);
    } catch (error) {
      // It stays on the queue, and comes again when it is hidden no more.
      this.#deps.log.error('send.notCalled', { call: delivery.text, error });
      return;
    }
    await this.#takeOff(delivery);
  }

  async #drop(delivery: Delivery): Promise<void> {
    this.#deps.log.error('send.notAChunk', { characters: delivery.text.length });
    await this.#takeOff(delivery);
  }

  /** Taken off the queue as soon as it is looked at: from then on its row tells whose it is. */
  async #workOn(call: ChunkReference, delivery: Delivery): Promise<void> {
    await Promise.all([this.#work.workOn(call), this.#takeOff(delivery)]);
  }

  /** What stays on the queue comes again, and is looked at once more: no reason to let go of its chunk. */
  async #takeOff(delivery: Delivery): Promise<void> {
    try {
      await delivery.done();
    } catch (error) {
      this.#deps.log.error('send.notTakenOff', { call: delivery.text, error });
    }
  }

  async #workLoop(): Promise<void> {
    const { signal, log } = this.#deps;
    let wait = shortestPause;
    while (!this.#stop.signal.aborted) {
      let count = 0;
      try {
        ({ count } = await this.#take());
      } catch (error) {
        log.error('send.queueUnavailable', { error });
        wait = longestPause;
      }
      if (count > 0) wait = shortestPause;
      else wait = (await signal.wait(wait)) ? shortestPause : Math.min(wait * 2, longestPause);
    }
  }

  async #sweepLoop(): Promise<void> {
    const { log, sweepSeconds } = this.#deps;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await sweepOnce(this.#deps, signal);
      } catch (error) {
        log.error('send.sweepFailed', { error });
      }
      await pause(sweepSeconds * 1_000, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function sweepOnce(deps: Deps, stopped?: AbortSignal): Promise<number> {
  await forgetOld(deps);
  let called = 0;
  for (const id of await deps.store.active()) {
    try {
      called += await takeUp(deps, id);
    } catch (error) {
      if (!isAppError(error, 'storage.conflict')) deps.log.error('send.sweepFailed', { id, error });
    }
  }
  await indexOld(deps, stopped);
  return called;
}

/** Lets the fan-outs that older releases stored be found by what they are about, once. */
async function indexOld({ store, log }: Deps, stopped: AbortSignal | undefined): Promise<void> {
  try {
    while (!stopped?.aborted && !(await store.indexNext()));
  } catch (error) {
    log.error('fanOut.notIndexed', { error });
  }
}

/** Settles what ended without being told, and calls what nobody works on. */
async function takeUp(deps: Deps, id: FanOutId): Promise<number> {
  const { store, settling, clock } = deps;
  const header = (await store.find(id))?.value;
  if (header === undefined) return 0;
  const all = await store.allProgress(header);
  await settling.settle(
    id,
    all.filter(({ chunk }) => header.chunks[chunk]?.settled === undefined),
  );
  if (header.state.status === 'paused') return 0;
  const now = clock.now().epochMilliseconds;
  const open = openChunks(header, all);
  // Its worker died: the row of a chunk that is let go or ended says that it is nobody's.
  const left = open.filter(({ claimedUntil }) => claimedUntil > 0 && claimedUntil <= now);
  const isHeld = open.some(({ claimedUntil }) => claimedUntil > now);
  const isCancelled = header.state.status === 'cancelled';
  const ready = open.filter(
    ({ claimedUntil, nextAttemptAt }) => claimedUntil === 0 && (nextAttemptAt <= now || isCancelled),
  );
  const calls = [...left.map(({ chunk }) => chunk), ...(isHeld ? [] : firstToEnqueue(ready))];
  await enqueueChunks(deps, header, calls);
  return calls.length;
}
