import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  processEnvironment,
  readSettings,
  SettingsError,
  urlOnThisMachine,
  type CloudSettings,
  type TrialSettings,
} from '../runtime/settings.js';
import { startAzurite } from './azurite.js';
import { build } from './build.js';
import {
  type Child,
  processGroup,
  startAlone,
  type ProcessGroup,
  wantFreePort,
  LaunchError,
} from './process.js';
import { holdDataFolder, type DataFolder } from './data-folder.js';
import { startPlayground } from './playground.js';

/** How long each part may take to answer. */
const readyMilliseconds = 60_000;

async function bringUp(settings: TrialSettings, folder: DataFolder, group: ProcessGroup): Promise<void> {
  const app = startApp(group, settings, await storageFor(settings, folder, group));
  const waits = [answers(app, `${loopbackUrl(settings)}/readyz`)];
  if (settings.playgroundPort !== undefined) {
    const place = { dataDir: settings.dataDir, port: settings.playgroundPort, appUrl: loopbackUrl(settings) };
    const playground = await startPlayground(group, place);
    waits.push(answers(playground, playgroundUrl(settings.playgroundPort)));
  }
  await Promise.all(waits);
}

async function storageFor(settings: TrialSettings, folder: DataFolder, group: ProcessGroup): Promise<string> {
  if (settings.storageConnectionString !== undefined) return settings.storageConnectionString;
  const azurite = await startAzurite(group, settings.dataDir);
  await folder.noteStorage(azurite.child.processId);
  return azurite.connectionString;
}

function startApp(group: ProcessGroup, settings: TrialSettings, storage: string): Child {
  return group.start({
    name: 'Big Room',
    command: [resolve('dist/src/main.js')],
    environment: { ...processEnvironment(), STORAGE_CONNECTION_STRING: storage },
    logFile: join(settings.dataDir, 'logs', 'big-room.log'),
  });
}

/** Where this machine reaches the app, whatever address people use. */
function loopbackUrl(settings: TrialSettings): string {
  return `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${settings.port}`;
}

const playgroundUrl = (port: number): string => `http://127.0.0.1:${port}/`;

/** Settles when the address answers well. @throws LaunchError when the child ends, or time is up. */
async function answers(child: Child, address: string): Promise<void> {
  const fault = (what: string): LaunchError =>
    new LaunchError(`${child.name} ${what}\n${child.lastOutput()}`);
  const until = Date.now() + readyMilliseconds;
  const end: { how?: string } = {};
  void child.ended.then((how) => (end.how = how));
  while (Date.now() < until) {
    if (end.how !== undefined) throw fault(`ended before it was ready (${end.how}).`);
    const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer?.ok === true) return;
    await wait(50);
  }
  throw fault(`did not answer well at ${address} within ${readyMilliseconds / 1000} s.`);
}

function greeting(settings: TrialSettings): string {
  const chat = settings.playgroundPort;
  return [
    'Big Room is ready, in trial mode: invented people, on this machine only.',
    '',
    ...(chat === undefined ? [] : [`  Chat      ${playgroundUrl(chat)}`]),
    `  Big Room  ${urlOnThisMachine(settings)}/`,
    `  Intranet  ${urlOnThisMachine(settings)}/intranet`,
    '',
    `What you do is kept in ${settings.dataDir}. Stop with Ctrl-C.`,
  ].join('\n');
}

async function announceBuild(asked: AbortSignal): Promise<void> {
  const note = setTimeout(() => console.log('Building; this takes a moment the first time.'), 500);
  await build(asked).finally(() => clearTimeout(note));
}

async function wantFreePorts(settings: TrialSettings): Promise<void> {
  await wantFreePort('PORT', settings.port, settings.host);
  if (settings.playgroundPort !== undefined) {
    await wantFreePort('PLAYGROUND_PORT', settings.playgroundPort, '127.0.0.1');
  }
}

/** Runs trial mode until asked to stop. @throws LaunchError when something cannot start, ends, or must be killed. */
async function runTrial(settings: TrialSettings, asked: AbortSignal): Promise<void> {
  const untilAsked = new Promise<'asked'>((done) => {
    asked.addEventListener('abort', () => done('asked'));
  });
  const folder = await holdDataFolder(settings.dataDir);
  const group = processGroup();
  try {
    await wantFreePorts(settings);
    await announceBuild(asked);
    if ((await Promise.race([bringUp(settings, folder, group), untilAsked])) === 'asked') return;
    console.log(greeting(settings));
    await Promise.race([group.firstEnd(), untilAsked]);
  } finally {
    const killed = await group.stop();
    await folder.release();
    if (killed.length > 0) {
      console.error(`Had to be killed: ${killed.join(', ')}. The last seconds of work may be lost.`);
      process.exitCode = 1;
    }
  }
}

/**
 * Builds what has changed and runs the app alone, whose log is this process's output, until asked to stop: the storage and
 * Teams are elsewhere.
 * @throws LaunchError when it ends by itself.
 */
async function runCloud(settings: CloudSettings, asked: AbortSignal): Promise<void> {
  await wantFreePort('PORT', settings.port, settings.host);
  await announceBuild(asked);
  const isAsked = (): boolean => asked.aborted;
  if (isAsked()) return;
  console.log(`Big Room starts in cloud mode, for ${settings.publicUrl}.`);
  const app = startAlone(['dist/src/main.js'], processEnvironment());
  const stop = (): void => app.askToStop();
  asked.addEventListener('abort', stop);
  const how = await app.ended;
  if (!isAsked()) throw new LaunchError(`Big Room ended (${how}).`);
}

/** A signal to npm ends npm and its shell but may not reach us: then we find ourselves with another parent. */
function stopWithNpm(stop: AbortController): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop.abort();
  }, 500).unref();
}

async function main(): Promise<void> {
  const stop = new AbortController();
  // A terminal and npm may both pass on the same Ctrl-C: asking again changes nothing.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  stopWithNpm(stop);
  try {
    const settings = readSettings(processEnvironment(), 'own');
    await (settings.mode === 'trial' ? runTrial(settings, stop.signal) : runCloud(settings, stop.signal));
  } catch (error) {
    if (!stop.signal.aborted) {
      const isExpected = error instanceof LaunchError || error instanceof SettingsError;
      console.error(isExpected ? error.message : error);
      process.exitCode = 1;
    }
  }
  if (process.exitCode === undefined) console.log('Stopped. Everything is stored.');
}

await main();
