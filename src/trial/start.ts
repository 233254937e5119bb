import { processEnvironment, readSettings, SettingsError, type Settings } from '../config.js';
import { startAzurite } from './azurite.js';
import { build } from './build.js';
import { start, type Child } from './child.js';
import { holdDataFolder, type DataFolder } from './data-folder.js';
import { startPlayground } from './playground.js';
import { wantFreePort } from './ports.js';
import { join, resolve } from 'node:path';
import { wait } from './processes.js';
import { TrialError } from './trial-error.js';

/** How long each part may take to answer, and to stop. */
const readyMilliseconds = 60_000;
const stopMilliseconds = 15_000;

/** What runs now, in the order in which it was started; it is stopped in the opposite order. */
type Running = Child[];

async function bringUp(settings: Settings, folder: DataFolder, running: Running): Promise<void> {
  const storage = await storageFor(settings, folder, running);
  const app = startApp(settings, storage);
  running.push(app);
  const waits = [answers(app, `${loopbackUrl(settings)}/readyz`)];
  if (settings.playgroundPort !== undefined) {
    const place = { dataDir: settings.dataDir, port: settings.playgroundPort, appUrl: loopbackUrl(settings) };
    const playground = await startPlayground(place);
    running.push(playground);
    waits.push(answers(playground, `http://127.0.0.1:${settings.playgroundPort}/`));
  }
  await Promise.all(waits);
}

async function storageFor(settings: Settings, folder: DataFolder, running: Running): Promise<string> {
  if (settings.storageConnectionString !== undefined) return settings.storageConnectionString;
  const azurite = await startAzurite(settings.dataDir);
  running.push(azurite.child);
  await folder.noteStorage(azurite.child.processId);
  return azurite.connectionString;
}

function startApp(settings: Settings, storage: string): Child {
  return start({
    name: 'Big Room',
    command: [resolve('dist/src/index.js')],
    environment: { ...processEnvironment(), STORAGE_CONNECTION_STRING: storage },
    logFile: join(settings.dataDir, 'logs', 'big-room.log'),
  });
}

/** Where this machine reaches the app, whatever address people use. */
function loopbackUrl(settings: Settings): string {
  return `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${settings.port}`;
}

/** Settles when the address answers well. @throws TrialError when the child ends, or time is up. */
async function answers(child: Child, address: string): Promise<void> {
  const until = Date.now() + readyMilliseconds;
  let end: string | undefined;
  void child.ended.then((how) => (end = how));
  while (Date.now() < until) {
    if (end !== undefined)
      throw new TrialError(`${child.name} ended before it was ready (${end}).\n${child.lastWords()}`);
    const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer?.ok === true) return;
    await wait(50);
  }
  throw new TrialError(
    `${child.name} did not answer at ${address} within ${readyMilliseconds / 1000} s.\n${child.lastWords()}`,
  );
}

/** Stops the newest first: what writes is gone before the storage is. */
async function bringDown(running: Running): Promise<void> {
  for (const child of [...running].reverse()) await child.stop(stopMilliseconds);
}

function greeting(settings: Settings): string {
  const chat =
    settings.playgroundPort === undefined
      ? []
      : [`  Chat       http://127.0.0.1:${settings.playgroundPort}/`];
  return [
    'Big Room is ready, in trial mode: invented people, on this machine only.',
    '',
    ...chat,
    `  Big Room   ${settings.publicUrl}/`,
    `  Intranet   ${settings.publicUrl}/intranet/`,
    '',
    `What you do is kept in ${settings.dataDir}. Stop with Ctrl-C.`,
  ].join('\n');
}

/** Rejects when a child ends that was not asked to. */
async function firstEnd(running: Running): Promise<never> {
  const [child, how] = await Promise.race(running.map(async (one) => [one, await one.ended] as const));
  throw new TrialError(`${child.name} ended unexpectedly (${how}).\n${child.lastWords()}`);
}

async function run(settings: Settings, asked: AbortSignal): Promise<void> {
  const untilAsked = new Promise<'asked'>((done) => asked.addEventListener('abort', () => done('asked')));
  const folder = await holdDataFolder(settings.dataDir);
  const running: Running = [];
  try {
    await wantFreePort('PORT', settings.port, settings.host);
    if (settings.playgroundPort !== undefined) {
      await wantFreePort('PLAYGROUND_PORT', settings.playgroundPort, '127.0.0.1');
    }
    await announceBuild(asked);
    const up = await Promise.race([bringUp(settings, folder, running), untilAsked]);
    if (up === 'asked') return;
    console.log(greeting(settings));
    await Promise.race([firstEnd(running), untilAsked]);
  } finally {
    await bringDown(running);
    await folder.release();
  }
}

async function announceBuild(asked: AbortSignal): Promise<void> {
  const note = setTimeout(() => console.log('Building; this takes a moment the first time.'), 500);
  await build(asked).finally(() => clearTimeout(note));
}

async function main(): Promise<void> {
  const stop = new AbortController();
  // A terminal and npm may both pass on the same Ctrl-C: asking again changes nothing.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  try {
    await run(readSettings(processEnvironment(), 'own'), stop.signal);
    console.log('Stopped. Everything is stored.');
  } catch (error) {
    if (stop.signal.aborted) return;
    const isExpected = error instanceof TrialError || error instanceof SettingsError;
    console.error(isExpected ? error.message : error);
    process.exitCode = 1;
  }
}

await main();
