import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createBot } from '../bot/index.js';
import { makeBigRoom, type Adapters } from './app.js';
import { systemClock } from './clock.js';
import { processEnvironment, readSettings, SettingsError, type Settings } from './config.js';
import { httpServer } from './http/server.js';
import { tabFiles } from './http/tab-files.js';
import { jsonLog, type Log } from './log.js';
import type { OutboxWorker } from './outbox/worker.js';
import { AzureQueue } from './storage/queue-azure.js';
import { AzureRows } from './storage/rows-azure.js';
import { tellDemo } from './trial/first-start.js';

type Server = ReturnType<typeof httpServer>;

const table = 'bigroom';
const queueName = 'bigroom';
/** Longer than any answer takes; connections that are open still are then cut. */
const drainMilliseconds = 5_000;

async function makeAdapters(settings: Settings, log: Log): Promise<Adapters> {
  const connectionString = settings.storageConnectionString ?? '';
  const rows = new AzureRows({ connectionString, table });
  const queue = new AzureQueue({ connectionString, queue: queueName });
  await Promise.all([rows.prepare(), queue.prepare()]);
  return { rows, queue, clock: systemClock, log, publicUrl: settings.publicUrl };
}

async function listen(server: Server, { host, port }: Settings): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

/** Takes no new requests, answers those that are open, then lets the outbox finish what it has begun. */
async function drain(server: Server, worker: OutboxWorker): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(resolve);
  });
  server.server.closeIdleConnections();
  const cut = setTimeout(() => {
    server.server.closeAllConnections();
  }, drainMilliseconds);
  await Promise.all([closed, worker.stop()]);
  clearTimeout(cut);
}

async function run(settings: Settings, log: Log): Promise<void> {
  const adapters = await makeAdapters(settings, log);
  const bigRoom = makeBigRoom(adapters);
  if (await tellDemo(adapters, bigRoom)) log.info('demo.told');
  const { clock, publicUrl } = adapters;
  const bot = createBot({ ...bigRoom, sessions: bigRoom, clock, publicUrl }, { appId: '' }, log);
  const files = tabFiles(fileURLToPath(new URL('../tab', import.meta.url)));
  const server = httpServer({
    routes: bigRoom.routes,
    signIn: bigRoom.signIn,
    log,
    // Trial mode is the only one that there is yet.
    loopbackOnly: true,
    ...(files && { files }),
    bot: (request, response) => bot.handle(request, response),
  });
  const worker = bigRoom.worker(bot.notices);
  await listen(server, settings);
  worker.start();
  log.info('started', { host: settings.host, port: settings.port });
  const stop = (): void => {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    drain(server, worker)
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
}

const log = jsonLog();
try {
  await run(readSettings(processEnvironment()), log);
} catch (error) {
  if (error instanceof SettingsError) console.error(error.message);
  else log.error('start.failed', { error });
  process.exit(1);
}
