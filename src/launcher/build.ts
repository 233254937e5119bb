import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { isRunning, LaunchError } from './process.js';

/** One part of the build: what it is made from, where it goes, and how. */
interface Part {
  readonly name: 'server' | 'tab';
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly make: (signal?: AbortSignal) => Promise<void>;
}

const parts: readonly Part[] = [
  {
    name: 'server',
    from: ['src', 'bot', 'tsconfig.json', 'package-lock.json'],
    to: ['dist/src'],
    make: (signal) => runVite('src', signal),
  },
  {
    name: 'tab',
    from: ['tab', 'src', 'tsconfig.json', 'package-lock.json'],
    to: ['dist/tab'],
    make: (signal) => runVite('tab', signal),
  },
];

const stampOf = (part: Part): string => `dist/${part.name}.stamp`;

/**
 * Builds into `dist/` what has changed since the last time; returns what that was. Types are checked by `npm test`, not
 * here. Two that build at once wait for each other.
 * @throws LaunchError with the output of the tool that failed.
 */
export async function build(signal?: AbortSignal): Promise<readonly Part['name'][]> {
  if ((await stale()).length === 0) return [];
  await mkdir('dist', { recursive: true });
  const release = await lock('dist/build.lock');
  try {
    const due = await stale();
    await Promise.all(due.map((part) => make(part, signal)));
    return due.map(({ name }) => name);
  } finally {
    await release();
  }
}

async function stale(): Promise<Part[]> {
  const isFresh = await Promise.all(
    parts.map(async (part) => (await readText(stampOf(part))) === (await fingerprint(part.from))),
  );
  return parts.filter((_, index) => isFresh[index] === false);
}

async function make(part: Part, signal?: AbortSignal): Promise<void> {
  const stamp = await fingerprint(part.from);
  for (const path of [stampOf(part), ...part.to]) await rm(path, { recursive: true, force: true });
  await part.make(signal);
  await writeFile(stampOf(part), stamp);
}

/** Each part has a `vite.config.ts` for its own build. */
async function runVite(folder: 'src' | 'tab', signal?: AbortSignal): Promise<void> {
  await run('node_modules/vite/bin/vite.js', ['build', folder, '--logLevel', 'warn'], signal);
}

/** Runs a tool of node_modules to its end; its output is shown only when it fails. */
async function run(tool: string, args: readonly string[], signal?: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [tool, ...args], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new LaunchError(`${tool} failed:\n${Buffer.concat(output).toString().trim()}`);
}

/** What the files under these paths hold, as one hash. */
async function fingerprint(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version.split('.')[0] ?? '');
  for (const path of paths) {
    for (const file of await filesUnder(path)) hash.update(`${file}\n`).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const readText = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

/** Holds a file by this process's id until released; waits while another live process holds it. */
async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    const file = await open(path, 'wx').catch(() => undefined);
    if (file !== undefined) {
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    }
    const holder = Number(await readText(path));
    // An empty file belongs to somebody who is about to write in it.
    if (holder > 0 && !isRunning(holder)) await rm(path, { force: true });
    else await wait(200);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const built = await build();
  console.log(built.length === 0 ? 'Nothing to build.' : `Built: ${built.join(', ')}.`);
}
