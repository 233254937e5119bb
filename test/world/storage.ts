import type { Clock } from '../../src/platform/clock.js';
import type { Queue } from '../../src/platform/queue.js';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import type { Rows } from '../../src/platform/rows.js';
import { azurite, freshName } from './azurite.js';

/** The two ports to storage, empty. */
export interface Storage {
  readonly rows: Rows;
  readonly queue: Queue;
}

/** Storage of both kinds, by name, for suites that run on each. */
export const makeQueueAndRows: Readonly<Record<string, (clock: Clock) => Promise<Storage>>> = {
  memory: (clock) => Promise.resolve({ rows: new MemoryRows(), queue: new MemoryQueue(clock) }),
  Azurite: async () => {
    const { connectionString } = await azurite();
    const rows = new AzureRows({ connectionString, table: freshName() });
    const queue = new AzureQueue({ connectionString, queue: freshName() });
    await Promise.all([rows.prepare(), queue.prepare()]);
    return { rows, queue };
  },
};
