import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Adapters } from './compose.js';
import { installationOf } from './installation.js';
import { instanceOf } from './instance.js';
import { trialAdapters } from './runtime/trial.js';
import {
  processEnvironment,
  readSettings,
  SettingsError,
  type CloudSettings,
  type Settings,
} from './runtime/settings.js';
import type { httpServer } from './http/server.js';
import { tabFiles } from './http/tab-files.js';
import { jsonLog, type Log } from './platform/log.js';

type Server = ReturnType<typeof httpServer>;

/** Longer than any answer takes; connections that are open still are then cut. */
const drainMilliseconds = 5_000;

async function listen(server: Server, { host, port }: Settings): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

/** Takes no new requests, answers those that are open, then lets the outbox and the fan-outs finish what they have begun. */
async function drain(server: Server, stopWork: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(resolve);
  });
  server.server.closeIdleConnections();
  const cut = setTimeout(() => {
    server.server.closeAllConnections();
  }, drainMilliseconds);
  await Promise.all([closed, stopWork()]);
  clearTimeout(cut);
}

async function run(log: Log): Promise<void> {
  const settings = readSettings(processEnvironment());
  const adapters = await (settings.mode === 'trial' ? trialAdapters(settings, log) : cloudOf(settings, log));
  const files = tabFiles(fileURLToPath(new URL('../tab', import.meta.url)), adapters.pageFacts);
  const { server, begin, stop: stopWork } = instanceOf(installationOf(adapters), files);
  const stopping = new AbortController();
  const stop = (): void => {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    stopping.abort();
    drain(server, stopWork)
      .then(() => {
        log.info('stopped');
        process.exit(0);
      })
      .catch((error: unknown) => {
        log.error('stop.failed', { error });
        process.exit(1);
      });
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  await listen(server, settings);
  await begin(stopping.signal);
  if (!stopping.signal.aborted) log.info('started', { host: settings.host, port: settings.port });
}

/** Loaded in cloud mode alone. */
async function cloudOf(settings: CloudSettings, log: Log): Promise<Adapters> {
  const { cloudAdapters } = await import('./runtime/cloud.js');
  return cloudAdapters(settings, log);
}

const log = jsonLog();
run(log).catch((error: unknown) => {
  if (error instanceof SettingsError) console.error(error.message);
  else log.error('start.failed', { error });
  process.exit(1);
});
