import type { Clock } from '../../platform/clock.js';
import { isAppError } from '../../platform/errors.js';
import type { FanOutId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import { withSettled, type FanOutHeader, type Settled } from './header.js';
import type { Time } from '../pacing/pace.js';
import { isEnded, settledOf, type Progress } from './progress.js';
import type { FanOutStore } from './store.js';

interface Deps {
  readonly store: FanOutStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly time: Time;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

const maxTries = 20;
const waitMs = 20;

interface Ended {
  readonly settled: Settled;
  /** How many requests to send again it has followed. */
  readonly again: number;
}

/**
 * Writes the ends of chunks into the headers. Each chunk has its own place there, so that telling twice counts once; ends
 * that come while a header is being written go into its next write together.
 */
export class Settling {
  readonly #deps: Deps;
  readonly #ended = new Map<FanOutId, Map<number, Ended>>();
  readonly #writing = new Map<FanOutId, Promise<void>>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Resolves when the ends of these chunks stand in the header, or somebody wants some of them sent again by now. */
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
    const after = await this.#mergePatiently(id, ended);
    if (after?.state.status === 'done') this.#deps.log.info('send.done', { id });
  }

  /** All instances end chunks of one send: whoever is too late waits a little, each for another time. */
  async #mergePatiently(id: FanOutId, ended: ReadonlyMap<number, Ended>): Promise<FanOutHeader | undefined> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#merge(id, ended);
      } catch (error) {
        if (!isAppError(error, 'storage.conflict') || tries === maxTries) throw error;
        await this.#deps.time.sleep(this.#deps.random() * tries * waitMs);
      }
    }
  }

  async #merge(id: FanOutId, ended: ReadonlyMap<number, Ended>): Promise<FanOutHeader | undefined> {
    const { store, clock } = this.#deps;
    const found = await store.find(id);
    if (found === undefined) return undefined;
    const { chunks, again } = found.value;
    const news = new Map<number, Settled>();
    for (const [chunk, { settled, again: followed }] of ended)
      if (chunks[chunk]?.settled === undefined && followed >= again.length) news.set(chunk, settled);
    if (news.size === 0) return undefined;
    const after = withSettled(found.value, news, clock.now().toString());
    await store.commit(store.replace(found, after));
    return after;
  }
}
