import { botOf } from '../../bot/index.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { makeBigRoom } from '../../src/compose.js';
import { seedDemo } from '../../src/demo/seed.js';
import { httpServer } from '../../src/http/server.js';
import { tabFiles } from '../../src/http/tab-files.js';
import { build } from '../../src/launcher/build.js';
import { systemClock } from '../../src/platform/clock.js';
import { listen } from '../http/listen.js';
import { testAdapters } from './adapters.js';
import { freePort } from './installation.js';

export interface DemoWish {
  /** Notices wait for so long, and the tests for them. */
  readonly undoSeconds?: number;
}

/** What runs at an address. */
interface Running {
  readonly url: string;
  /** Settles when it has ended, with what it had begun. */
  readonly stop: () => Promise<void>;
}

/**
 * Big Room with the demo programme, by the real clock and with its workers, bot and built tab, as trial mode has it: but
 * in this process and on memory, of which the contract tests say that it answers as Azure does. Azurite looks for a row
 * by looking at all of them, so that seeding, and each page, costs several times as much. What hangs on the processes and
 * folders of trial mode starts an installation instead (`installation.ts`).
 */
export async function demoApp({ undoSeconds = 3 }: DemoWish = {}): Promise<Running> {
  await build();
  const clock = systemClock;
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${String(port)}`;
  const rows = new MemoryRows();
  const [queue, fanOutQueue] = [new MemoryQueue(clock), new MemoryQueue(clock)];
  const adapters = testAdapters({ rows, queue, fanOutQueue, clock, publicUrl, undoSeconds });
  const { log, modules, loopbackOnly } = adapters;
  const bigRoom = makeBigRoom(adapters);
  await seedDemo({ rows, clock, log, modules }, bigRoom);
  const bot = botOf(bigRoom, { clock, publicUrl, settings: adapters.bot, log });
  const files = tabFiles('dist/tab');
  const server = httpServer({
    routes: bigRoom.routes,
    signIn: bigRoom.signIn,
    log,
    loopbackOnly,
    ...(files && { files }),
    bot: (request, response) => bot.handle(request, response),
  });
  const workers = [bigRoom.worker(bot.showNotice), bigRoom.fanOutWorker(bot.transport(bigRoom.fanOutPace))];
  await bigRoom.begin();
  const { url, stop } = await listen(server, port);
  for (const worker of workers) worker.start();
  return {
    url,
    stop: async () => {
      await stop();
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
