import { mailFiles } from '../adapters/mail-files/mail-files.js';
import { localIntranetModule } from '../adapters/local-intranet/module.js';
import { AzureQueue } from '../adapters/azure/queue.js';
import { AzureRows } from '../adapters/azure/rows.js';
import type { Adapters } from '../compose.js';
import { seedDemo } from '../demo/seed.js';
import { trialSignIn } from '../http/sign-in.js';
import { systemClock } from '../platform/clock.js';
import type { Log } from '../platform/log.js';
import type { Settings } from './settings.js';

const table = 'bigroom';
const queueName = 'bigroom';
const fanOutQueueName = 'bigroom-sends';

/**
 * The outside world of trial mode: Azurite on this machine, mail as files, the demo programme on the first start, and nobody
 * who signs in, so that only this machine may reach it. With the settings of Graph, calendar, attendance and mail are Graph's.
 */
export async function trialAdapters(settings: Settings, log: Log): Promise<Adapters> {
  const connectionString = settings.storageConnectionString ?? '';
  const rows = new AzureRows({ connectionString, table });
  const queue = new AzureQueue({ connectionString, queue: queueName });
  const fanOutQueue = new AzureQueue({ connectionString, queue: fanOutQueueName });
  await Promise.all([rows.prepare(), queue.prepare(), fanOutQueue.prepare()]);
  const { publicUrl } = settings;
  const clock = systemClock;
  const modules: Adapters['modules'] = (deps) => [localIntranetModule({ ...deps, publicUrl })];
  return {
    rows,
    queue,
    fanOutQueue,
    mark: queue.mark,
    clock,
    log,
    publicUrl,
    signIn: trialSignIn,
    loopbackOnly: true,
    bot: { appId: '' },
    modules,
    firstStart: async (bigRoom) => {
      if (await seedDemo({ rows, clock, log, modules }, bigRoom)) log.info('demo.seeded');
    },
    ...(await sessionEdges(settings)),
  };
}

/** Calendar, attendance and mail through Graph, loaded only then; without it there are feeds, and mails become files. */
async function sessionEdges({ graph, dataDir, publicUrl }: Settings): Promise<Partial<Adapters>> {
  const clock = systemClock;
  if (graph === undefined) {
    const sender = { name: 'Big Room', address: `bigroom@${new URL(publicUrl).hostname}` };
    return { mailer: mailFiles({ dataDir, clock, sender }) };
  }
  const { graphEdges } = await import('../adapters/graph/graph-edges.js');
  return { ...graphEdges(graph, clock), limitsMail: true };
}
