import type { Change } from '../../platform/commit.js';
import { AppError } from '../../platform/errors.js';
import { canHoldRows, canStand, writeChanges, type WrittenChange } from '../../platform/row-limits.js';
import type { Range, Rows, StoredRow } from '../../platform/rows.js';

interface Held {
  readonly json: string;
  readonly version: string;
}

interface Partition {
  readonly rows: Map<string, Held>;
  /** In order, so that a range costs the same however many rows there are. */
  readonly keys: string[];
}

/** Rows in memory, for tests: refuses and answers as {@link AzureRows} does, and shares no object with its callers. */
export class MemoryRows implements Rows {
  readonly #partitions = new Map<string, Partition>();
  readonly #onTrip: () => void;
  #versions = 0;

  /** `onTrip` is called for each round trip that the real service would cost. */
  constructor(options: { readonly onTrip?: () => void } = {}) {
    this.#onTrip = options.onTrip ?? (() => undefined);
  }

  async get<Value>(partition: string, key: string): Promise<StoredRow<Value> | undefined> {
    if (!canStand(key)) return undefined;
    await this.#trip();
    const held = this.#partition(partition).rows.get(key);
    return held && rowOf<Value>(key, held);
  }

  async range<Value>(
    partition: string,
    { from, to, limit }: Range,
  ): Promise<{ rows: StoredRow<Value>[]; more: boolean }> {
    if (!canHoldRows({ from })) return { rows: [], more: false };
    await this.#trip();
    const partitioned = this.#partition(partition);
    const first = place(partitioned.keys, from);
    const inside = Math.max(0, place(partitioned.keys, to) - first);
    for (let read = 1_000; read < Math.min(inside, limit + 1); read += 1_000) await this.#trip();
    const keys = partitioned.keys.slice(first, first + Math.min(inside, limit));
    const rows = keys.flatMap((key) => {
      const held = partitioned.rows.get(key);
      return held ? [rowOf<Value>(key, held)] : [];
    });
    return { rows, more: inside > limit };
  }

  async commit(partition: string, changes: readonly Change[]): Promise<void> {
    const written = writeChanges(changes);
    if (written.length === 0) return;
    await this.#trip();
    const partitioned = this.#partition(partition);
    for (const { change } of written) checkPrecondition(change, partitioned.rows.get(change.key));
    for (const each of written) this.#apply(partitioned, each);
  }

  #apply({ rows, keys }: Partition, { change: { key }, json }: WrittenChange): void {
    const at = place(keys, key);
    if (json === undefined) {
      rows.delete(key);
      keys.splice(at, 1);
    } else {
      if (!rows.has(key)) keys.splice(at, 0, key);
      rows.set(key, { json, version: `v${++this.#versions}` });
    }
  }

  #partition(name: string): Partition {
    const partition = this.#partitions.get(name) ?? { rows: new Map<string, Held>(), keys: [] };
    this.#partitions.set(name, partition);
    return partition;
  }

  /** One round of the event loop, so that callers meet the interleavings of a network. */
  async #trip(): Promise<void> {
    this.#onTrip();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The index of a key, or where it would be inserted, among keys in order. */
function place(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rowOf<Value>(key: string, held: Held): StoredRow<Value> {
  return { key, value: JSON.parse(held.json) as Value, version: held.version };
}

function checkPrecondition(change: Change, held: Held | undefined): void {
  const { op, key, version } = change;
  const exists = held !== undefined;
  const fits =
    op === 'put' ||
    (op === 'insert' ? !exists : exists && (version === undefined || held.version === version));
  if (!fits) throw new AppError('storage.conflict', { key });
}
