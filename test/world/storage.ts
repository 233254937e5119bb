import type { Clock } from '../../src/clock.js';
import type { Queue } from '../../src/outbox/queue.js';
import { AzureQueue } from '../../src/storage/queue-azure.js';
import { MemoryQueue } from '../../src/storage/queue-memory.js';
import { AzureRows } from '../../src/storage/rows-azure.js';
import { MemoryRows } from '../../src/storage/rows-memory.js';
import type { Rows } from '../../src/storage/rows.js';
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
