import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The outcome of a start: its output, and its exit code once it has ended. */
export interface Installation {
  readonly processId: number;
  readonly url: string;
  readonly playgroundUrl: string;
  readonly dataDir: string;
  /** Its output so far. */
  output(): string;
  /** Settles when it reports that it is ready. @throws Error with its output when it ends first. */
  readonly ready: Promise<void>;
  readonly ended: Promise<number | NodeJS.Signals>;
  signal(signal: NodeJS.Signals): void;
}

export interface Wish {
  readonly dataDir: string;
  readonly playground?: boolean;
  /** Settings over those that are chosen here. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * A port that was free a moment ago, below those that the system gives to outgoing connections and to whoever asks for
 * any: between asking and starting, one of these would easily be taken by another test.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A folder for one installation, and what takes it away again. */
export async function dataFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'big-room-data-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Starts Big Room as `npm start` does, on free ports, in a folder of its own. */
export async function startInstallation({
  dataDir,
  playground = false,
  settings,
}: Wish): Promise<Installation> {
  const [port, playgroundPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, ['--import=tsx', 'src/launcher/start.ts'], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      npm_lifecycle_event: undefined,
      PORT: String(port),
      DATA_DIR: dataDir,
      PLAYGROUND: playground ? 'on' : 'off',
      PLAYGROUND_PORT: String(playgroundPort),
      // Notices wait for it, and the tests for them.
      UNDO_SECONDS: '3',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 0));
  });
  const ready = new Promise<void>((resolve, reject) => {
    listeners.add(() => {
      if (output.includes('Big Room is ready')) resolve();
    });
    void ended.then((how) => reject(new Error(`It ended (${how}) and had written:\n${output}`)));
  });
  // Who only waits for the end need not look at this too.
  ready.catch(() => undefined);
  return {
    processId: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    playgroundUrl: `http://127.0.0.1:${playgroundPort}`,
    dataDir,
    output: () => output,
    ready,
    ended,
    signal: (signal) => void child.kill(signal),
  };
}
