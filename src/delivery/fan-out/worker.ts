import { setTimeout as pause } from 'node:timers/promises';
import { isAppError } from '../../platform/errors.js';
import type { FanOutId } from '../../platform/ids.js';
import { Concurrency } from '../queue-work.js';
import type { Delivery } from '../../platform/queue.js';
import {
  enqueueChunks,
  chunkReferenceOf,
  firstToEnqueue,
  openChunks,
  type ChunkReference,
  type ChunkQueue,
  enqueuedAtOnce,
} from './chunk-queue.js';
import type { Clock } from '../../platform/clock.js';
import type { Log } from '../../platform/log.js';
import { ChunkRun, type RunEnd, Monitor } from './chunk-run.js';
import type { FanOutHeader } from './fan-out.js';
import type { Pace, Time } from '../pacing/pace.js';
import type { FanOutKinds, Transports, Way } from './kind.js';
import { isEnded, ChunkProgress } from './progress.js';
import { Recorder, type Settling } from './recording.js';
import type { Found, FanOutStore } from './store.js';

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

export interface ChunkWorkDeps extends ChunkQueue {
  readonly store: FanOutStore;
  readonly kinds: Pick<FanOutKinds, 'stillUseful'>;
  readonly settling: Settling;
  readonly transports: Transports;
  readonly paces: Readonly<Record<Way, Pace>>;
  readonly clock: Clock;
  readonly time: Time;
  readonly log: Log;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** Requests that are on their way to Teams at once, and so the most that can go twice when this instance dies. */
  readonly concurrency: number;
  /** How long a chunk belongs to the worker that wrote last. */
  readonly leaseSeconds: number;
  readonly lingerMs: number;
  readonly stopped: AbortSignal;
}

/** The mailbox's own limit is four at once. */
const mailConcurrency = 4;
/** A chunk that comes so little too early is worked on: clocks and queues differ a little. Milliseconds. */
const early = 2_000;

interface Watched {
  readonly monitor: Monitor;
  runs: number;
}

/** Works on chunks: claims one, sends it, settles it and calls the next. */
export class ChunkWork {
  readonly #deps: ChunkWorkDeps;
  readonly #semaphore: { teams: Semaphore; mail: Semaphore };
  readonly #watched = new Map<FanOutId, Watched>();

  constructor(deps: ChunkWorkDeps) {
    this.#deps = deps;
    this.#semaphore = { teams: new Semaphore(deps.concurrency), mail: new Semaphore(mailConcurrency) };
  }

  async workOn(call: ChunkReference): Promise<void> {
    const watched = this.#watched.get(call.id) ?? { monitor: new Monitor(this.#deps, call.id), runs: 0 };
    this.#watched.set(call.id, watched);
    watched.runs += 1;
    try {
      await this.#refresh(watched.monitor);
      const { header } = watched.monitor;
      if (header?.chunks[call.chunk] !== undefined)
        await this.#workOnChunk(call.chunk, header, watched.monitor);
    } finally {
      watched.runs -= 1;
      if (watched.runs === 0) this.#watched.delete(call.id);
    }
  }

  /** What says that nothing is to be sent may have been taken back a moment ago. */
  async #refresh(monitor: Monitor): Promise<void> {
    await monitor.refresh();
    if (monitor.decision === 'go') return;
    monitor.forget();
    await monitor.refresh();
  }

  async #workOnChunk(chunk: number, header: FanOutHeader, monitor: Monitor): Promise<void> {
    const { store, settling, clock } = this.#deps;
    if (header.chunks[chunk]?.settled !== undefined) return;
    const [found, recipients] = await Promise.all([
      store.progress(header, chunk),
      store.recipients(header, chunk),
    ]);
    if (found === undefined) return;
    const { progress } = found;
    const now = clock.now().epochMilliseconds;
    if (isEnded(progress) && progress.again >= header.again.length)
      return settling.settle(header.id, [progress]);
    const isToDrop = typeof monitor.decision === 'object';
    if (progress.claimedUntil > now || (progress.nextAttemptAt > now + early && !isToDrop)) return;
    if (monitor.decision === 'pause') return;
    const chunkProgress = new ChunkProgress(progress);
    chunkProgress.follow(header.again);
    const claim = await this.#claim(header, found, chunkProgress);
    if (claim === undefined) return;
    const recorder = new Recorder(
      { ...this.#deps, leaseMs: this.#leaseMs },
      { expansion: header, claim },
      chunkProgress,
    );
    const end = await this.#run(header, chunk, { monitor, chunkProgress, recorder, recipients });
    await this.#afterRun(header, chunkProgress, end);
  }

  get #leaseMs(): number {
    return this.#deps.leaseSeconds * 1_000;
  }

  /** `undefined` where somebody else was faster: that is how it should be. */
  async #claim(
    header: FanOutHeader,
    found: Found,
    chunkProgress: ChunkProgress,
  ): Promise<number | undefined> {
    const { store, clock } = this.#deps;
    const until = clock.now().epochMilliseconds + this.#leaseMs;
    try {
      return await store.claim(header, found, chunkProgress.written(until));
    } catch (error) {
      if (isAppError(error, 'storage.conflict')) return undefined;
      throw error;
    }
  }

  #run(
    header: FanOutHeader,
    chunk: number,
    work: ConstructorParameters<typeof ChunkRun>[1],
  ): Promise<RunEnd> {
    const { transports, paces, concurrency } = this.#deps;
    const way = header.chunks[chunk]?.way ?? 'chat';
    const isMail = way === 'mail';
    const run = new ChunkRun(
      {
        ...this.#deps,
        transport: transports[way],
        pace: paces[way],
        semaphore: isMail ? this.#semaphore.mail : this.#semaphore.teams,
        max: isMail ? mailConcurrency : concurrency,
      },
      work,
    );
    return run.run();
  }

  /** Settles a chunk that has ended, looks again later at one that waits, and calls the next one, once. */
  async #afterRun(header: FanOutHeader, chunkProgress: ChunkProgress, end: RunEnd): Promise<void> {
    if (end === 'lost' || end === 'paused') return;
    const { settling, clock } = this.#deps;
    const progress = chunkProgress.written(0);
    const next = progress.chunk + enqueuedAtOnce;
    const calls: Promise<unknown>[] = [];
    if (end === 'ended') calls.push(settling.settle(header.id, [progress]));
    else {
      const seconds = Math.max(0, Math.ceil((end.nextAttemptAt - clock.now().epochMilliseconds) / 1_000));
      calls.push(enqueueChunks(this.#deps, header, [progress.chunk], seconds));
    }
    if (!chunkProgress.called && next < header.chunks.length)
      calls.push(enqueueChunks(this.#deps, header, [next]));
    await Promise.all(calls);
  }
}

interface ForgetDeps {
  readonly store: FanOutStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long it is of use who got what; then only the counts are kept. */
const keptHours = 60 * 24;
/** The sweep has other things to do. */
const maxAtOnce = 5;

/** Erases the recipients of sends that ended long ago, a few at a time. */
export async function forgetOld(deps: ForgetDeps): Promise<void> {
  const { store, clock, log } = deps;
  const until = clock.now().subtract({ hours: keptHours }).toString();
  for (const id of await store.ended(until, maxAtOnce)) {
    try {
      await forget(deps, id);
    } catch (error) {
      // Somebody else does it, or the next sweep.
      if (!isAppError(error, 'storage.conflict')) log.error('send.notForgotten', { id, error });
    }
  }
}

/** Said in the header first: whoever wants to send it again from then on is told that it can't be. */
async function forget({ store, log }: ForgetDeps, id: FanOutId): Promise<void> {
  const found = await store.find(id);
  if (found === undefined) return;
  if (!found.value.isForgotten)
    await store.commit(store.replace(found, { ...found.value, isForgotten: true }));
  await store.erase(found.value);
  log.info('send.forgotten', { id });
}
