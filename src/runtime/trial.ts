import { mailFiles } from '../adapters/mail-files/mail-files.js';
import type { Mailer } from '../delivery/mail/mailer.js';
import { localIntranetModule } from '../adapters/local-intranet/module.js';
import type { Adapters } from '../compose.js';
import { MemoryRows } from '../adapters/memory/rows.js';
import { seedDemo } from '../demo/seed.js';
import { trialSignIn } from '../http/sign-in.js';
import { systemClock } from '../platform/clock.js';
import type { Log } from '../platform/log.js';
import { urlOnThisMachine, type TrialSettings } from './settings.js';
import { openStorage } from './storage.js';

/**
 * The outside world of trial mode: Azurite on this machine, mail as files, the demo programme on the first start, and nobody
 * who signs in, so that only this machine may reach it.
 */
export function trialAdapters(settings: TrialSettings, log: Log): Adapters {
  const account = { connectionString: settings.storageConnectionString ?? '' };
  const storage = openStorage({ tables: account, queues: account });
  const { rows } = storage;
  const publicUrl = urlOnThisMachine(settings);
  if (publicUrl !== settings.publicUrl)
    log.warn('trial.publicUrlNotUsed', { publicUrl: settings.publicUrl, instead: publicUrl });
  const calendarHost = new URL(settings.publicUrl).hostname;
  const clock = systemClock;
  const modules: Adapters['modules'] = (deps) => [localIntranetModule(deps)];
  return {
    ...storage,
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
      if (await seedDemo({ rows, clock, log, modules, publicUrl }, bigRoom, new MemoryRows()))
        log.info('demo.seeded');
    },
    mailer: filedMail({ dataDir: settings.dataDir, calendarHost, log }),
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
