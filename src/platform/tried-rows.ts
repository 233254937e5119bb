import type { Change } from './commit.js';
import { AppError } from './errors.js';
import type { Rows, StoredRow } from './rows.js';

/**
 * Rows on which something can be tried out: they are read as they are stored, with what was written here, and nothing of
 * that is ever stored. For one attempt; it refuses what the storage would refuse.
 */
export function triedRows(stored: Rows): Rows {
  /** Of each partition what was written here; `undefined` for a row that was deleted. */
  const written = new Map<string, Map<string, StoredRow | undefined>>();
  let versions = 0;

  const writtenTo = (partition: string) => {
    const rows = written.get(partition) ?? new Map<string, StoredRow | undefined>();
    written.set(partition, rows);
    return rows;
  };

  async function get<Value>(partition: string, key: string): Promise<StoredRow<Value> | undefined> {
    const own = writtenTo(partition);
    return own.has(key) ? (own.get(key) as StoredRow<Value> | undefined) : stored.get(partition, key);
  }

  async function check(partition: string, { op, key, version }: Change): Promise<void> {
    if (op === 'put') return;
    const row = await get(partition, key);
    const fits =
      op === 'insert'
        ? row === undefined
        : row !== undefined && (version === undefined || row.version === version);
    if (!fits) throw new AppError('storage.conflict', { key });
  }

  return {
    get,

    async range<Value>(partition: string, { from, to, limit }: Parameters<Rows['range']>[1]) {
      const own = [...writtenTo(partition)].filter(([key]) => key >= from && key < to);
      // As many more as may be deleted or replaced here.
      const found = await stored.range<Value>(partition, { from, to, limit: limit + own.length });
      const rows = new Map(found.rows.map((row) => [row.key, row]));
      for (const [key, row] of own) {
        if (row === undefined) rows.delete(key);
        else rows.set(key, row as StoredRow<Value>);
      }
      const all = [...rows.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
      return { rows: all.slice(0, limit), more: found.more || all.length > limit };
    },

    async commit(partition, changes) {
      await Promise.all(changes.map((change) => check(partition, change)));
      const own = writtenTo(partition);
      for (const { op, key, value } of changes) {
        versions += 1;
        // As it would be read again.
        const json = JSON.parse(JSON.stringify(value ?? null)) as unknown;
        own.set(key, op === 'delete' ? undefined : { key, value: json, version: `tried ${versions}` });
      }
    },
  };
}
