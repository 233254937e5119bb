import type { PaceStore } from './store-port.js';
import type { Rows } from '../../platform/rows.js';

/** Rows by which the instances keep one pace, in a partition of their own: they are written often. */
export function limiterStore(rows: Rows, partition: string): PaceStore {
  return {
    read: async (name) => {
      const row = await rows.get<never>(partition, name);
      return row && { value: row.value, version: row.version };
    },
    write: async (name, value, version) => {
      const key = name;
      await rows.commit(partition, [
        version === undefined ? { op: 'insert', key, value } : { op: 'replace', key, value, version },
      ]);
    },
  };
}
