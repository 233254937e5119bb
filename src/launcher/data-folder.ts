import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isRunning, LaunchError } from './process.js';

/** The folder of one installation, held by this process. */
export interface DataFolder {
  readonly path: string;
  /** Names the storage process that writes here, so that a later start waits for it to end. */
  noteStorage(processId: number): Promise<void>;
  release(): Promise<void>;
}

interface Holder {
  readonly starter: number;
  readonly storage?: number;
}

const longestWaitMilliseconds = 20_000;

/**
 * Makes the folder where it is missing and holds it: two storages that write to the same files would lose what the
 * other wrote. Other users of the machine cannot look into it. What a killed process left behind is waited for, then passed over.
 * @throws LaunchError when it cannot be written to, or another Big Room runs in it.
 */
export async function holdDataFolder(path: string): Promise<DataFolder> {
  const note = join(path, 'running.json');
  await makePrivateFolder(path).catch((error: unknown) => refuse(path, error));
  await waitForEarlier(path, note);
  const write = (holder: Holder, flag: 'w' | 'wx'): Promise<void> =>
    writeFile(note, JSON.stringify(holder), { flag }).catch((error: unknown) => refuse(path, error));
  await write({ starter: process.pid }, 'wx');
  return {
    path,
    noteStorage: (storage) => write({ starter: process.pid, storage }, 'w'),
    release: () => rm(note, { force: true }),
  };
}

const onlyOwner = 0o700;
const stickyBit = 0o1000;

/** The folder with its logs. One that belongs to others, or that is for everybody as /tmp is, keeps its mode. */
async function makePrivateFolder(path: string): Promise<void> {
  await makeFolder(path);
  const { uid, mode } = await stat(path);
  if (uid === process.getuid?.() && (mode & stickyBit) === 0) await chmod(path, onlyOwner);
  await makeFolder(join(path, 'logs'));
}

/** As `mkdir` with `recursive` does, which on /proc and its like tries for ever. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || (await exists(dirname(path)))) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function refuse(path: string, error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === 'EEXIST') throw new LaunchError(`Another Big Room is starting in ${path}.`);
  throw new LaunchError(`DATA_DIR wants a folder that can be written to; ${path} cannot (${code}).`);
}

async function waitForEarlier(path: string, note: string): Promise<void> {
  const holder = await readHolder(note);
  if (holder === undefined) return;
  if (isRunning(holder.starter)) {
    throw new LaunchError(
      `Big Room runs in ${path} already (process ${holder.starter}). For another beside it, give another DATA_DIR and PORT.`,
    );
  }
  const until = Date.now() + longestWaitMilliseconds;
  while (holder.storage !== undefined && isRunning(holder.storage)) {
    if (Date.now() > until) {
      throw new LaunchError(
        `An earlier storage still writes to ${path} (process ${holder.storage}). Stop it first.`,
      );
    }
    await wait(200);
  }
  await rm(note, { force: true });
}

async function readHolder(note: string): Promise<Holder | undefined> {
  const text = await readFile(note, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // It was cut off while it was written: nobody holds the folder by it.
    return { starter: 0 };
  }
}
