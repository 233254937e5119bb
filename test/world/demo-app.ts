import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { mailFiles } from '../../src/adapters/mail-files/mail-files.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import type { Adapters } from '../../src/compose.js';
import { installationOf } from '../../src/installation.js';
import { seedDemo } from '../../src/demo/seed.js';
import { tabFiles } from '../../src/http/tab-files.js';
import { instanceOf } from '../../src/instance.js';
import { build } from '../../src/launcher/build.js';
import { startPlayground } from '../../src/launcher/playground.js';
import { processGroup } from '../../src/launcher/process.js';
import { systemClock } from '../../src/platform/clock.js';
import { listen } from '../http/listen.js';
import { testAdapters } from './adapters.js';
import { dataFolder, freePort } from './installation.js';

export interface DemoWish {
  /** Notices wait for so long, and the tests for them. */
  readonly undoSeconds?: number;
  /** What is outside beside that of trial mode, such as a stand-in for Graph. */
  readonly outside?: Partial<Adapters>;
}

/** What runs at an address. */
export interface Running {
  readonly url: string;
  /** Settles when it has ended, with what it had begun. */
  readonly stop: () => Promise<void>;
}

/** Big Room as it runs at an address. */
export interface DemoApp extends Running {
  /** The mails that have left so far, as they were written. */
  readonly mails: () => Promise<readonly string[]>;
  /** Ends it as a process ends that is asked to, and starts another on what it stored, at the same address. */
  readonly restart: () => Promise<void>;
}

/**
 * Big Room with the demo programme, by the real clock and with its workers, bot and built tab, as trial mode has it: but
 * in this process and on memory, of which the contract tests say that it answers as Azure does. Azurite looks for a row
 * by looking at all of them, which makes each page ten times as dear. What hangs on the processes and folders of trial
 * mode starts an installation instead (`installation.ts`).
 */
export async function demoApp({ undoSeconds = 3, outside }: DemoWish = {}): Promise<DemoApp> {
  await build();
  const clock = systemClock;
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${String(port)}`;
  const rows = new MemoryRows();
  const [queue, fanOutQueue] = [new MemoryQueue(clock), new MemoryQueue(clock)];
  const folder = await dataFolder();
  const mailer = mailFiles({
    dataDir: folder.path,
    clock,
    sender: { name: 'Big Room', address: 'bigroom@demo.example' },
  });

  const start = async (): Promise<() => Promise<void>> => {
    const ours = { rows, queue, fanOutQueue, clock, publicUrl, undoSeconds, mailer };
    const adapters = testAdapters({ ...ours, ...outside });
    const { log, modules } = adapters;
    const installation = installationOf(adapters);
    const { bigRoom } = installation.first;
    await seedDemo({ rows, clock, log, modules, publicUrl }, bigRoom, new MemoryRows());
    const {
      server,
      begin,
      stop: stopWork,
    } = instanceOf(installation, tabFiles('dist/tab', outside?.pageFacts));
    const { stop } = await listen(server, port);
    await begin();
    return async () => {
      await stop();
      await stopWork();
    };
  };

  let stop = await start();
  return {
    url: publicUrl,
    mails: async () => {
      const path = join(folder.path, 'mail');
      // There is no folder before the first; what begins with a dot is still being written.
      const files = await readdir(path).catch(() => []);
      const whole = files.filter((file) => !file.startsWith('.'));
      return Promise.all(whole.map((file) => readFile(join(path, file), 'utf8')));
    },
    restart: async () => {
      await stop();
      stop = await start();
    },
    stop: async () => {
      await stop();
      await folder.remove();
    },
  };
}

/** The Agents Playground as trial mode starts it, for people who chat with the bot of this app. */
export async function playgroundFor({ url: appUrl }: Running): Promise<Running> {
  const folder = await dataFolder();
  await mkdir(join(folder.path, 'logs'));
  const group = processGroup();
  const port = await freePort();
  const playground = await startPlayground(group, { dataDir: folder.path, port, appUrl });
  const url = `http://127.0.0.1:${String(port)}`;
  const ended = playground.ended.then((how) => {
    throw new Error(`The Playground ended (${how}).\n${playground.lastOutput()}`);
  });
  ended.catch(() => undefined);
  const answers = async (): Promise<void> => {
    while (
      !(await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      ))
    )
      await pause(50);
  };
  await Promise.race([answers(), ended]);
  return {
    url,
    stop: async () => {
      await group.stop();
      await folder.remove();
    },
  };
}
