import type { Clock } from '../../platform/clock.js';
import { isAppError } from '../../platform/errors.js';
import type { FanOutId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { enqueueChunks, enqueuedAtOnce, type ChunkReference, type ChunkQueue } from './chunk-queue.js';
import { ChunkRun, type RunEnd } from './chunk-run.js';
import type { FanOutHeader } from './header.js';
import type { Pace, Time } from '../pacing/pace.js';
import { Semaphore } from '../semaphore.js';
import type { FanOutKinds } from './kind.js';
import type { Transports } from './transport.js';
import { isEnded, ChunkProgress } from './progress.js';
import { Recorder } from './recorder.js';
import type { Way } from './fan-out.js';
import type { Settling } from './settlement.js';
import type { Found, FanOutStore } from './store.js';
import { Monitor } from './monitor.js';

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
