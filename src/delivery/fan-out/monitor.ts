import type { Clock } from '../../platform/clock.js';
import type { SendId } from '../../platform/ids.js';
import type { SendHeader } from './header.js';
import type { SendSource, Use } from './ports.js';
import type { DropReason } from './fan-out.js';
import type { SendStore } from './store-port.js';

interface Deps {
  readonly store: SendStore;
  readonly source: SendSource;
  readonly clock: Clock;
}

/** What to do with those who are still open. */
export type Decision = 'go' | 'pause' | { readonly drop: DropReason };

/** How old what is known may be, in milliseconds. */
const headerLife = 1_000;
const useLife = 5_000;

/** What this instance knows of a send while it works on it: whether it is paused or called back, and still of use. */
export class Monitor {
  readonly #deps: Deps;
  readonly #id: SendId;
  #header: SendHeader | undefined;
  #use: Use = { send: true };
  #headerAt = -Infinity;
  #useAt = -Infinity;
  #refreshing: Promise<void> | undefined;

  constructor(deps: Deps, id: SendId) {
    this.#deps = deps;
    this.#id = id;
  }

  /** `undefined` where there is no such send. */
  get header(): SendHeader | undefined {
    return this.#header;
  }

  get decision(): Decision {
    if (this.#header?.state.status === 'cancelled') return { drop: 'cancelled' };
    if (!this.#use.send) return { drop: this.#use.reason };
    const { usefulUntil } = this.#use;
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
    this.#useAt = -Infinity;
  }

  #now(): number {
    return this.#deps.clock.now().epochMilliseconds;
  }

  async #read(): Promise<void> {
    const { store, source } = this.#deps;
    const now = this.#now();
    if (now - this.#headerAt >= headerLife) {
      this.#header = (await store.find(this.#id))?.value;
      this.#headerAt = now;
    }
    if (this.#header !== undefined && now - this.#useAt >= useLife) {
      this.#use = await source.use(this.#header.content);
      this.#useAt = now;
    }
  }
}
