import { isAppError } from '../../platform/errors.js';
import type { Log } from '../../platform/log.js';
import { type ChunkProgress, isEnded, settledOf, type Progress } from './progress.js';
import type { Expansion, FanOutStore } from './store.js';
import type { Time } from '../pacing/pace.js';
import { elapsedMs, type Clock } from '../../platform/clock.js';
import type { FanOutId } from '../../platform/ids.js';
import { withSettled, type FanOutHeader, type Settled } from './fan-out.js';

interface Claimed {
  readonly expansion: Expansion;
  readonly claim: number;
  /** When the claim began to be written, by `elapsedMs`. */
  readonly since: number;
}

interface RecorderDeps {
  readonly store: FanOutStore;
  readonly clock: Clock;
  readonly time: Time;
  readonly log: Log;
  readonly leaseMs: number;
  /** The longest that a result waits for others, to be written with them. */
  readonly lingerMs: number;
}

const maxRecordTries = 5;
/** A write is worth it when so many times more results wait than are still to come. */
const worthWriting = 3;

/**
 * Writes down how far a chunk has come, many results at a time: those that wait are written together when few
 * are still being sent, or when the first has waited long enough. Each write renews the claim.
 */
export class Recorder {
  readonly #deps: RecorderDeps;
  readonly #claimed: Claimed;
  readonly #chunkProgress: ChunkProgress;
  #waiting: (() => void)[] = [];
  #writing: Promise<void> | undefined;
  #linger: NodeJS.Timeout | undefined;
  #underWay = 0;
  #isLost = false;
  /** By this instance's own clock, counted from before the write that claimed or renewed. */
  #heldUntil: number;

  constructor(deps: RecorderDeps, claimed: Claimed, chunkProgress: ChunkProgress) {
    this.#deps = deps;
    this.#claimed = claimed;
    this.#chunkProgress = chunkProgress;
    this.#heldUntil = claimed.since + deps.leaseMs;
  }

  /** Whether the chunk is another worker's by now, or nothing can be written: then nothing more may leave. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Whether something may leave: a worker that was halted for longer than its claim has to write first. */
  get holdsClaim(): boolean {
    return !this.#isLost && this.#heldUntil > elapsedMs(this.#deps.clock);
  }

  /** A request leaves as soon as it may: its outcome is worth waiting for. */
  begin(): void {
    this.#underWay += 1;
  }

  /** It has come back, or did not leave after all; {@link stored} follows. */
  end(): void {
    this.#underWay -= 1;
  }

  /** Resolves when the progress as it is now is stored, or the chunk is lost. */
  stored(): Promise<void> {
    if (this.#isLost) return Promise.resolve();
    const done = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#writeIfWorth();
    return done;
  }

  /** Writes when the claim would run out soon. */
  async renew(): Promise<void> {
    const { clock, leaseMs } = this.#deps;
    if (this.#heldUntil - elapsedMs(clock) <= (leaseMs * 2) / 3) await this.stored();
  }

  /** Stores the progress and unclaims the chunk, to be tried again from then on. */
  async unclaim(nextAttemptAt: number): Promise<void> {
    while (this.#writing) await this.#writing;
    if (!this.#isLost) await this.#write(0, nextAttemptAt);
  }

  #writeIfWorth(): void {
    if (this.#writing || this.#waiting.length === 0) return;
    if (this.#waiting.length >= this.#underWay * worthWriting) this.#startWrite();
    else this.#linger ??= setTimeout(() => this.#startWrite(), this.#deps.lingerMs);
  }

  #startWrite(): void {
    clearTimeout(this.#linger);
    this.#linger = undefined;
    if (this.#writing) return;
    // The last write ends the claim too.
    const claimedUntil = this.#chunkProgress.open === 0 ? 0 : this.#deps.time.now() + this.#deps.leaseMs;
    this.#writing = this.#write(claimedUntil).finally(() => {
      this.#writing = undefined;
      // Those that went on have sent their next ones by then.
      setImmediate(() => this.#writeIfWorth());
    });
  }

  async #write(claimedUntil: number, nextAttemptAt = 0): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const { store, log } = this.#deps;
    const { expansion, claim } = this.#claimed;
    const written = this.#chunkProgress.written(claimedUntil, nextAttemptAt);
    for (let tries = 1; !this.#isLost; tries += 1) {
      try {
        const since = elapsedMs(this.#deps.clock);
        await store.record(expansion, claim, written);
        this.#heldUntil = claimedUntil === 0 ? -Infinity : since + this.#deps.leaseMs;
        break;
      } catch (error) {
        // It has left: its outcome is worth more tries than a read.
        const mayPass = isAppError(error, 'storage.unavailable') && tries < maxRecordTries;
        if (!mayPass) this.#isLost = true;
        log[mayPass ? 'warn' : 'error']('fanOut.notRecorded', {
          id: expansion.id,
          chunk: written.chunk,
          error,
        });
      }
    }
    for (const resolve of this.#isLost ? [...waiting, ...this.#waiting.splice(0)] : waiting) resolve();
  }
}

interface SettlingDeps {
  readonly store: FanOutStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly time: Time;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

const maxMergeTries = 20;
const mergeWaitMs = 20;

interface Ended {
  readonly settled: Settled;
  /** How many requests to send again it has handled. */
  readonly again: number;
}

/**
 * Writes the ends of chunks into the headers. Each chunk has its own entry there, so that settling twice counts once; ends
 * that come while a header is being written go into its next write together.
 */
export class Settling {
  readonly #deps: SettlingDeps;
  readonly #ended = new Map<FanOutId, Map<number, Ended>>();
  readonly #writing = new Map<FanOutId, Promise<void>>();

  constructor(deps: SettlingDeps) {
    this.#deps = deps;
  }

  /** Resolves when the ends of these chunks are stored in the header, or somebody wants some of them sent again by now. */
  async settle(id: FanOutId, chunks: readonly Progress[]): Promise<void> {
    const these = chunks.filter(isEnded);
    if (these.length === 0) return;
    const ended = this.#ended.get(id) ?? new Map<number, Ended>();
    this.#ended.set(id, ended);
    for (const progress of these)
      ended.set(progress.chunk, { settled: settledOf(progress), again: progress.again });
    while (this.#ended.get(id) === ended) {
      const writing = this.#writing.get(id) ?? this.#write(id).finally(() => this.#writing.delete(id));
      this.#writing.set(id, writing);
      await writing;
    }
  }

  async #write(id: FanOutId): Promise<void> {
    // What comes from now on is for the next write.
    const ended = this.#ended.get(id) ?? new Map<number, Ended>();
    this.#ended.delete(id);
    const after = await this.#mergeWithRetries(id, ended);
    if (after?.state.status === 'done') this.#deps.log.info('fanOut.done', { id });
  }

  /** All instances end chunks of one fan-out: whoever is too late waits a little, each for a time of its own. */
  async #mergeWithRetries(
    id: FanOutId,
    ended: ReadonlyMap<number, Ended>,
  ): Promise<FanOutHeader | undefined> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#merge(id, ended);
      } catch (error) {
        if (!isAppError(error, 'storage.conflict') || tries === maxMergeTries) throw error;
        await this.#deps.time.sleep(this.#deps.random() * tries * mergeWaitMs);
      }
    }
  }

  async #merge(id: FanOutId, ended: ReadonlyMap<number, Ended>): Promise<FanOutHeader | undefined> {
    const { store, clock } = this.#deps;
    const found = await store.find(id);
    if (found === undefined) return undefined;
    const { chunks, again } = found.value;
    const added = new Map<number, Settled>();
    for (const [chunk, { settled, again: followed }] of ended)
      if (chunks[chunk]?.settled === undefined && followed >= again.length) added.set(chunk, settled);
    if (added.size === 0) return undefined;
    const after = withSettled(found.value, added, clock.now().toString());
    await store.commit(store.replace(found, after));
    return after;
  }
}
