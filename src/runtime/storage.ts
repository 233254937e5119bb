import type { StorageAccount } from '../adapters/azure/account.js';
import { AzureQueue } from '../adapters/azure/queue.js';
import { AzureRows } from '../adapters/azure/rows.js';
import type { Adapters } from '../compose.js';

const table = 'bigroom';
const queueName = 'bigroom';
const fanOutQueueName = 'bigroom-sends';

/** What both modes keep in Azure Storage, or in what works like it. */
export function openStorage({
  tables,
  queues,
}: Readonly<Record<'tables' | 'queues', StorageAccount>>): Pick<
  Adapters,
  'rows' | 'queue' | 'fanOutQueue' | 'mark' | 'prepare'
> {
  const rows = new AzureRows({ ...tables, table });
  const queue = new AzureQueue({ ...queues, queue: queueName });
  const fanOutQueue = new AzureQueue({ ...queues, queue: fanOutQueueName });
  return {
    rows,
    queue,
    fanOutQueue,
    mark: queue.mark,
    prepare: async () => {
      await Promise.all([rows.prepare(), queue.prepare(), fanOutQueue.prepare()]);
    },
  };
}
