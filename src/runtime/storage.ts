import type { StorageAccount } from '../adapters/azure/account.js';
import { AzureQueue } from '../adapters/azure/queue.js';
import { AzureRows } from '../adapters/azure/rows.js';
import type { Adapters } from '../compose.js';

const table = 'bigroom';
const queueName = 'bigroom';
const fanOutQueueName = 'bigroom-sends';

/** What both modes keep in Azure Storage, or in what works like it: one table, and two queues for each programme. */
export function openStorage({
  tables,
  queues,
}: Readonly<Record<'tables' | 'queues', StorageAccount>>): Pick<
  Adapters,
  'rows' | 'queue' | 'fanOutQueue' | 'mark' | 'prepare' | 'queuesOf'
> {
  const rows = new AzureRows({ ...tables, table });
  const open = (ending: string) => {
    const queue = new AzureQueue({ ...queues, queue: queueName + ending });
    const fanOutQueue = new AzureQueue({ ...queues, queue: fanOutQueueName + ending });
    const prepare = async (): Promise<void> => {
      await Promise.all([queue.prepare(), fanOutQueue.prepare()]);
    };
    return { queue, fanOutQueue, mark: queue.mark, prepare };
  };
  const first = open('');
  return {
    ...first,
    rows,
    prepare: async () => {
      await Promise.all([rows.prepare(), first.prepare()]);
    },
    queuesOf: ({ name }) => open(`-p-${name}`),
  };
}
