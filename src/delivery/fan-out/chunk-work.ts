import type { Clock } from '../../platform/clock.js';
import { isAppError } from '../../platform/errors.js';
import type { SendId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { callChunks, calledAtOnce, type Call, type Calling } from './chunk-queue.js';
import { ChunkRun, type RunEnd } from './chunk-run.js';
import type { SendHeader } from './header.js';
import type { Pace, Time } from '../pacing/pace.js';
import { Places } from '../semaphore.js';
import type { Carriers, SendSource } from './ports.js';
import { isEnded, Sheet } from './progress.js';
import { Recorder } from './recorder.js';
import type { Way } from './fan-out.js';
import type { Settling } from './settlement.js';
import type { Found, SendStore } from './store-port.js';
import { Watch } from './monitor.js';

export interface ChunkWorkParts extends Calling {
  readonly store: SendStore;
  readonly source: SendSource;
  readonly settling: Settling;
  readonly carriers: Carriers;
  readonly paces: Readonly<Record<Way, Pace>>;
  readonly clock: Clock;
  readonly time: Time;
  readonly log: Log;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** Requests that are on their way to Teams at once, and so the most that can go twice when this instance dies. */
  readonly lanes: number;
  /** How long a chunk belongs to the worker that wrote last. */
  readonly leaseSeconds: number;
  readonly lingerMs: number;
  readonly stopped: AbortSignal;
}

/** The mailbox's own limit is four at once. */
const mailLanes = 4;
/** A chunk that comes so little too early is worked on: clocks and queues differ a little. Milliseconds. */
const early = 2_000;

interface Watched {
  readonly watch: Watch;
  runs: number;
}

/** Works on chunks: claims one, sends it, settles it and calls the next. */
export class ChunkWork {
  readonly #parts: ChunkWorkParts;
  readonly #places: { teams: Places; mail: Places };
  readonly #watched = new Map<SendId, Watched>();

  constructor(parts: ChunkWorkParts) {
    this.#parts = parts;
    this.#places = { teams: new Places(parts.lanes), mail: new Places(mailLanes) };
  }

  async workOn(call: Call): Promise<void> {
    const watched = this.#watched.get(call.id) ?? { watch: new Watch(this.#parts, call.id), runs: 0 };
    this.#watched.set(call.id, watched);
    watched.runs += 1;
    try {
      await this.#refresh(watched.watch);
      const { header } = watched.watch;
      if (header?.chunks[call.chunk] !== undefined)
        await this.#workOnChunk(call.chunk, header, watched.watch);
    } finally {
      watched.runs -= 1;
      if (watched.runs === 0) this.#watched.delete(call.id);
    }
  }

  /** What says that nothing is to be sent may have been taken back a moment ago. */
  async #refresh(watch: Watch): Promise<void> {
    await watch.refresh();
    if (watch.verdict === 'go') return;
    watch.forget();
    await watch.refresh();
  }

  async #workOnChunk(chunk: number, header: SendHeader, watch: Watch): Promise<void> {
    const { store, settling, clock } = this.#parts;
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
    const isToDrop = typeof watch.verdict === 'object';
    if (progress.claimedUntil > now || (progress.lookAt > now + early && !isToDrop)) return;
    if (watch.verdict === 'pause') return;
    const sheet = new Sheet(progress);
    sheet.follow(header.again);
    const claim = await this.#claim(header, found, sheet);
    if (claim === undefined) return;
    const recorder = new Recorder(
      { ...this.#parts, leaseMs: this.#leaseMs },
      { expansion: header, claim },
      sheet,
    );
    const end = await this.#run(header, chunk, { watch, sheet, recorder, recipients });
    await this.#afterRun(header, sheet, end);
  }

  get #leaseMs(): number {
    return this.#parts.leaseSeconds * 1_000;
  }

  /** `undefined` where somebody else was faster: that is how it should be. */
  async #claim(header: SendHeader, found: Found, sheet: Sheet): Promise<number | undefined> {
    const { store, clock } = this.#parts;
    const until = clock.now().epochMilliseconds + this.#leaseMs;
    try {
      return await store.claim(header, found, sheet.written(until));
    } catch (error) {
      if (isAppError(error, 'storage.conflict')) return undefined;
      throw error;
    }
  }

  #run(header: SendHeader, chunk: number, work: ConstructorParameters<typeof ChunkRun>[1]): Promise<RunEnd> {
    const { carriers, paces, lanes } = this.#parts;
    const way = header.chunks[chunk]?.way ?? 'chat';
    const isMail = way === 'mail';
    const run = new ChunkRun(
      {
        ...this.#parts,
        carrier: carriers[way],
        pace: paces[way],
        places: isMail ? this.#places.mail : this.#places.teams,
        most: isMail ? mailLanes : lanes,
      },
      work,
    );
    return run.run();
  }

  /** Settles a chunk that has ended, looks again later at one that waits, and calls the next one, once. */
  async #afterRun(header: SendHeader, sheet: Sheet, end: RunEnd): Promise<void> {
    if (end === 'lost' || end === 'paused') return;
    const { settling, clock } = this.#parts;
    const progress = sheet.written(0);
    const next = progress.chunk + calledAtOnce;
    const calls: Promise<unknown>[] = [];
    if (end === 'ended') calls.push(settling.settle(header.id, [progress]));
    else {
      const seconds = Math.max(0, Math.ceil((end.lookAt - clock.now().epochMilliseconds) / 1_000));
      calls.push(callChunks(this.#parts, header, [progress.chunk], seconds));
    }
    if (!sheet.called && next < header.chunks.length) calls.push(callChunks(this.#parts, header, [next]));
    await Promise.all(calls);
  }
}
