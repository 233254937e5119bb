import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const readyMilliseconds = 120_000;

/** Big Room in trial mode with fresh demo data, as `npm start` starts it. */
export interface StartedApp {
  readonly url: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const until = Date.now() + readyMilliseconds;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error('Big Room did not start; its words are above.');
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Big Room did not answer at ${url}.`);
}

/** Starts Big Room in a folder of its own, on a port of its own, without the Playground. */
export async function startApp(): Promise<StartedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'big-room-gallery-'));
  const port = await freePort();
  const child = spawn(process.execPath, ['--import=tsx', 'src/launcher/start.ts'], {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, PLAYGROUND: 'off' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${String(port)}`;
  try {
    await untilReady(child, url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A request of a demo person; gives the JSON of the answer. */
export async function ask<Answer>(
  url: string,
  person: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'PUT',
    headers: { Authorization: `Trial ${person}`, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${String(response.status)}`);
  return (await response.json()) as Answer;
}
