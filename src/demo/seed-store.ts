import type { Rows } from '../platform/rows.js';
import type { SeedStore, Seeding } from './seed.js';

const key = 'seed';

/** Whether the demo programme has been told: the row `seed`. */
export function seedStore(rows: Rows, partition: string): SeedStore {
  return {
    find: async () => (await rows.get<Seeding>(partition, key))?.value,
    put: (seeding) => ({ op: 'put', key, value: seeding }),
  };
}
