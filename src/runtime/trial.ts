import { mailFiles } from '../adapters/mail-files/mail-files.js';
import type { Mailer } from '../delivery/mail/mailer.js';
import { localIntranetModule } from '../adapters/local-intranet/module.js';
import { AzureQueue } from '../adapters/azure/queue.js';
import { AzureRows } from '../adapters/azure/rows.js';
import type { Adapters } from '../compose.js';
import { MemoryRows } from '../adapters/memory/rows.js';
import { seedDemo } from '../demo/seed.js';
import { trialSignIn } from '../http/sign-in.js';
import { systemClock } from '../platform/clock.js';
import type { Log } from '../platform/log.js';
import { urlOnThisMachine, type Settings } from './settings.js';

const table = 'bigroom';
const queueName = 'bigroom';
const fanOutQueueName = 'bigroom-sends';

/**
 * The outside world of trial mode: Azurite on this machine, mail as files, the demo programme on the first start, and nobody
 * who signs in, so that only this machine may reach it. With the settings of Graph, calendar, meetings and attendance are Graph's. Mail
 * is files in any case: the links in it lead to this machine, and nobody outside could stop it.
 */
export async function trialAdapters(settings: Settings, log: Log): Promise<Adapters> {
  const connectionString = settings.storageConnectionString ?? '';
  const rows = new AzureRows({ connectionString, table });
  const queue = new AzureQueue({ connectionString, queue: queueName });
  const fanOutQueue = new AzureQueue({ connectionString, queue: fanOutQueueName });
  await Promise.all([rows.prepare(), queue.prepare(), fanOutQueue.prepare()]);
  const publicUrl = urlOnThisMachine(settings);
  if (publicUrl !== settings.publicUrl)
    log.warn('trial.publicUrlNotUsed', { publicUrl: settings.publicUrl, instead: publicUrl });
  const calendarHost = new URL(settings.publicUrl).hostname;
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
    calendarHost,
    signIn: trialSignIn,
    loopbackOnly: true,
    undoSeconds: settings.undoSeconds,
    ...settings.team,
    bot: {},
    modules,
    firstStart: async (bigRoom) => {
      if (await seedDemo({ rows, clock, log, modules }, bigRoom, new MemoryRows())) log.info('demo.seeded');
    },
    mailer: filedMail({ dataDir: settings.dataDir, calendarHost, log }),
    ...(await graphOf(settings)),
  };
}

const pruneMilliseconds = 3_600_000;

/** Mail as files, of which old ones are erased now and each hour. */
function filedMail(options: {
  readonly dataDir: string;
  readonly calendarHost: string;
  readonly log: Log;
}): Mailer {
  const { dataDir, calendarHost, log } = options;
  const sender = { name: 'Big Room', address: `bigroom@${calendarHost}` };
  const mailer = mailFiles({ dataDir, clock: systemClock, sender });
  const prune = (): void => {
    mailer.prune().catch((error: unknown) => {
      log.warn('mailFiles.notPruned', { error });
    });
  };
  prune();
  setInterval(prune, pruneMilliseconds).unref();
  return mailer;
}

/** Calendar, meetings and attendance through Graph, loaded only then; without it there are feeds. */
async function graphOf({ graph }: Settings): Promise<Partial<Adapters>> {
  if (graph === undefined) return {};
  const { graphEdges } = await import('../adapters/graph/graph-edges.js');
  const { calendar, attendance, meetings, organiser } = graphEdges(graph, systemClock);
  return { calendar, attendance, meetings, organiser };
}
