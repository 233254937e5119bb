import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { azurite } from '../world/azurite.js';
import { median, ms, type Finding } from './measure.js';

const starts = 5;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resident memory of a process in MiB, as Linux counts it. */
function residentMemory(processId: number): number {
  const status = readFileSync(`/proc/${String(processId)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** Starts the built app over storage that is up; milliseconds until /readyz answers, and its memory then. */
async function startOnce(): Promise<{ ready: number; memory: number }> {
  const { connectionString } = await azurite();
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: { ...process.env, PORT: String(port), STORAGE_CONNECTION_STRING: connectionString },
    stdio: 'ignore',
  });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/readyz`).catch(() => undefined);
    if (answer?.ok === true) break;
    if (child.exitCode !== null) throw new Error(`the app ended with ${String(child.exitCode)}`);
    await pause(10);
  }
  const ready = performance.now() - begun;
  const memory = residentMemory(child.pid ?? 0);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { ready, memory };
}

/** The first start tells the demo and is not counted. */
export async function start(): Promise<Finding[]> {
  const first = await startOnce();
  const later: { ready: number; memory: number }[] = [];
  for (let count = 0; count < starts; count++) later.push(await startOnce());
  const ready = median(later.map((each) => each.ready));
  const memory = median(later.map((each) => each.memory));
  return [
    {
      what: 'start to ready, built and storage up',
      measured: ms(ready),
      against: `first start, which tells the demo: ${ms(first.ready)}`,
      goal: '<= 1,500 ms',
      isMet: ready <= 1500,
    },
    {
      what: 'memory when ready (resident)',
      measured: `${memory.toFixed(0)} MiB`,
      against: '',
      goal: '<= 220 MB',
      isMet: memory * 1.048576 <= 220,
    },
  ];
}
