import type { Change } from '../commit.js';
import { AppError } from '../errors.js';
import { writeChanges, type WrittenChange } from './row-limits.js';
import type { Range, Rows, StoredRow } from './rows.js';

interface Held {
  readonly json: string;
  readonly version: string;
}

/** Rows in memory, for tests: refuses and answers as {@link AzureRows} does, and shares no object with its callers. */
export class MemoryRows implements Rows {
  readonly #partitions = new Map<string, Map<string, Held>>();
  readonly #onTrip: () => void;
  #versions = 0;

  /** `onTrip` is called for each round trip that the real service would cost. */
  constructor(options: { readonly onTrip?: () => void } = {}) {
    this.#onTrip = options.onTrip ?? (() => undefined);
  }

  async get<Value>(partition: string, key: string): Promise<StoredRow<Value> | undefined> {
    await this.#trip();
    const held = this.#rowsOf(partition).get(key);
    return held && rowOf<Value>(key, held);
  }

  async range<Value>(
    partition: string,
    { from, to, limit }: Range,
  ): Promise<{ rows: StoredRow<Value>[]; more: boolean }> {
    await this.#trip();
    const inside = [...this.#rowsOf(partition)]
      .filter(([key]) => key >= from && key < to)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    for (let read = 1_000; read < Math.min(inside.length, limit + 1); read += 1_000) await this.#trip();
    return {
      rows: inside.slice(0, limit).map(([key, held]) => rowOf<Value>(key, held)),
      more: inside.length > limit,
    };
  }

  async commit(partition: string, changes: readonly Change[]): Promise<void> {
    const written = writeChanges(changes);
    if (written.length === 0) return;
    await this.#trip();
    const rows = this.#rowsOf(partition);
    for (const { change } of written) checkStanding(change, rows.get(change.key));
    for (const each of written) this.#apply(rows, each);
  }

  #apply(rows: Map<string, Held>, { change, json }: WrittenChange): void {
    if (json === undefined) rows.delete(change.key);
    else rows.set(change.key, { json, version: `v${++this.#versions}` });
  }

  #rowsOf(partition: string): Map<string, Held> {
    const rows = this.#partitions.get(partition) ?? new Map<string, Held>();
    this.#partitions.set(partition, rows);
    return rows;
  }

  /** A turn of the event loop, so that callers meet the interleavings that a network gives. */
  async #trip(): Promise<void> {
    this.#onTrip();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function rowOf<Value>(key: string, held: Held): StoredRow<Value> {
  return { key, value: JSON.parse(held.json) as Value, version: held.version };
}

function checkStanding(change: Change, held: Held | undefined): void {
  const { op, key, version } = change;
  const stands = held !== undefined;
  const fits =
    op === 'put' ||
    (op === 'insert' ? !stands : stands && (version === undefined || held.version === version));
  if (!fits) throw new AppError('storage.conflict', { key });
}
