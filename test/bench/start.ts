import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { freshId } from '../../src/platform/ids.js';
import { demoPeopleByKey } from '../../src/demo/people.js';
import { azurite } from '../world/azurite.js';
import { median, ms, type Finding } from './measure.js';

const starts = 5;

/** Of one start: milliseconds from the start of the process, but `message` from when it was sent; MiB. */
interface Start {
  readonly ready: number;
  readonly message: number;
  readonly memory: number;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isOpen;
}

/** Resident memory of a process in MiB, as Linux counts it. */
function residentMemory(processId: number): number {
  const status = readFileSync(`/proc/${String(processId)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** Teams' connector: takes everything; `activity` settles with the first activity that the bot sends. */
async function connector(): Promise<{ url: string; activity: Promise<void>; close: () => void }> {
  const server = createHttpServer((request, response) => {
    request.resume().once('end', () => {
      // Not chained: restify replaces writeHead of every response by one that gives nothing back.
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"id":"1"}');
    });
  });
  const activity = once(server, 'request').then(() => undefined);
  return { url: `http://127.0.0.1:${String(await listen(server))}`, activity, close: () => server.close() };
}

async function fetchWell(url: string, init: RequestInit): Promise<void> {
  const answer = await fetch(url, init);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url} answered ${String(answer.status)}`);
}

function askForForm(app: string, serviceUrl: string): Promise<void> {
  const body = JSON.stringify({
    type: 'message',
    text: 'uutinen',
    id: freshId(),
    channelId: 'msteams',
    serviceUrl,
    locale: 'fi-FI',
    from: { id: '29:bench', name: 'Bench', aadObjectId: 'be000000-0000-4000-8000-000000000001' },
    recipient: { id: '28:bot', name: 'Big Room' },
    conversation: { id: 'a:bench', conversationType: 'personal', tenantId: 'tenant' },
    channelData: { tenant: { id: 'tenant' } },
  });
  return fetchWell(`${app}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
}

function listNews(app: string): Promise<void> {
  const authorization = `Trial ${demoPeopleByKey.aino.id}`;
  return fetchWell(`${app}/api/news`, { headers: { authorization } });
}

/** Starts the built app over storage that is up, and asks for a form by chat and for a list as soon as it listens. */
async function startOnce(): Promise<Start> {
  const { connectionString } = await azurite();
  const teams = await connector();
  const port = await freePort();
  const app = `http://127.0.0.1:${String(port)}`;
  const begun = performance.now();
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: { ...process.env, PORT: String(port), STORAGE_CONNECTION_STRING: connectionString },
    stdio: 'ignore',
  });
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`the app ended with ${String(child.exitCode)}`);
    await pause(5);
  }
  const sent = performance.now();
  const answered = Promise.all([askForForm(app, teams.url), teams.activity]).then(
    () => performance.now() - sent,
  );
  const [message] = await Promise.all([answered, listNews(app)]);
  const ready = performance.now() - begun;
  const memory = residentMemory(child.pid ?? 0);
  child.kill('SIGTERM');
  await once(child, 'exit');
  teams.close();
  return { ready, message, memory };
}

/** The first start makes the demo programme and is not counted. */
export async function start(): Promise<Finding[]> {
  const first = await startOnce();
  const later: Start[] = [];
  for (let count = 0; count < starts; count++) later.push(await startOnce());
  const ready = median(later.map((each) => each.ready));
  const message = median(later.map((each) => each.message));
  const megabytes = median(later.map((each) => each.memory)) * 1.048576;
  return [
    {
      what: 'start until the first bot message and the first list are answered, built and storage up',
      measured: ms(ready),
      against: `first start, which makes the demo programme: ${ms(first.ready)}`,
      goal: '<= 1,500 ms',
      isMet: ready <= 1500,
    },
    {
      what: 'first bot message, from sent to answered',
      measured: ms(message),
      against: '',
      goal: '<= 1,000 ms',
      isMet: message <= 1000,
    },
    {
      what: 'memory after both (resident)',
      measured: `${megabytes.toFixed(0)} MB`,
      against: '',
      goal: '<= 200 MB',
      isMet: megabytes <= 200,
    },
  ];
}
