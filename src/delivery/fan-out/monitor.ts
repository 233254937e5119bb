import type { Clock } from '../../platform/clock.js';
import type { FanOutId } from '../../platform/ids.js';
import type { FanOutHeader } from './header.js';
import type { FanOutKinds, Usefulness } from './kind.js';
import type { DropReason } from './fan-out.js';
import type { FanOutStore } from './store.js';

interface Deps {
  readonly store: FanOutStore;
  readonly kinds: Pick<FanOutKinds, 'stillUseful'>;
  readonly clock: Clock;
}

/** What to do with those who are still open. */
export type Decision = 'go' | 'pause' | { readonly drop: DropReason };

/** How old what is known may be, in milliseconds. */
const headerLife = 1_000;
const usefulnessLife = 5_000;

/** What this instance knows of a fan-out while it works on it: whether it is paused or called back, and still of use. */
export class Monitor {
  readonly #deps: Deps;
  readonly #id: FanOutId;
  #header: FanOutHeader | undefined;
  #usefulness: Usefulness = { send: true };
  #headerAt = -Infinity;
  #usefulnessAt = -Infinity;
  #refreshing: Promise<void> | undefined;

  constructor(deps: Deps, id: FanOutId) {
    this.#deps = deps;
    this.#id = id;
  }

  /** `undefined` where there is no such fan-out. */
  get header(): FanOutHeader | undefined {
    return this.#header;
  }

  get decision(): Decision {
    if (this.#header?.state.status === 'cancelled') return { drop: 'cancelled' };
    if (!this.#usefulness.send) return { drop: this.#usefulness.reason };
    const { usefulUntil } = this.#usefulness;
    if (usefulUntil !== undefined && Date.parse(usefulUntil) <= this.#now()) return { drop: 'late' };
    return this.#header?.state.status === 'paused' ? 'pause' : 'go';
  }

  /** Reads what is older than it may be; however many ask at once, it is read once. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#read().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /** The next {@link refresh} reads all anew. */
  forget(): void {
    this.#headerAt = -Infinity;
    this.#usefulnessAt = -Infinity;
  }

  #now(): number {
    return this.#deps.clock.now().epochMilliseconds;
  }

  async #read(): Promise<void> {
    const { store, kinds } = this.#deps;
    const now = this.#now();
    if (now - this.#headerAt >= headerLife) {
      this.#header = (await store.find(this.#id))?.value;
      this.#headerAt = now;
    }
    if (this.#header !== undefined && now - this.#usefulnessAt >= usefulnessLife) {
      this.#usefulness = await kinds.stillUseful(this.#header.content);
      this.#usefulnessAt = now;
    }
  }
}
