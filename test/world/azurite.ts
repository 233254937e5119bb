import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, connect, Socket, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The emulator's well-known account; no secret (https://learn.microsoft.com/azure/storage/common/storage-use-azurite). */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const quiet = ['--silent', '--disableTelemetry', '--skipApiVersionCheck'];

export interface Azurite {
  readonly connectionString: string;
}

let shared: Promise<Azurite> | undefined;

/**
 * The storage emulator of this test run: started at the first call, in a folder of its own and on free ports, ended
 * with the run. Tests that share it keep apart by {@link freshName}.
 */
export function azurite(): Promise<Azurite> {
  shared ??= start();
  return shared;
}

/** One that nobody else uses, for a process whose tables and queues have names of their own. */
export const ownAzurite = (): Promise<Azurite> => start();

/** A name for a table or queue that nothing else uses. */
export function freshName(): string {
  return `t${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;
}

async function start(triesLeft = 3): Promise<Azurite> {
  const folder = await mkdtemp(join(tmpdir(), 'big-room-azurite-'));
  const [blobPort, queuePort, tablePort] = await freePorts();
  const child = launch(folder, { blobPort, queuePort, tablePort });
  if (!(await answers(child, [queuePort, tablePort]))) {
    // Somebody took one of the ports after it was found free.
    if (triesLeft > 1) return start(triesLeft - 1);
    throw new Error('the storage emulator did not start');
  }
  return {
    connectionString:
      `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};` +
      `QueueEndpoint=http://127.0.0.1:${queuePort}/${account};TableEndpoint=http://127.0.0.1:${tablePort}/${account};`,
  };
}

function launch(folder: string, ports: Readonly<Record<string, number>>): ChildProcess {
  const script = createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js');
  const portArguments = Object.entries(ports).flatMap(([name, port]) => [`--${name}`, String(port)]);
  const child = spawn(
    process.execPath,
    ['--import', leavesWithItsParent(folder), script, '-l', folder, ...portArguments, ...quiet],
    { stdio: ['pipe', 'ignore', 'ignore'] },
  );
  // The test run may end while the emulator lives.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return child;
}

/** A module that ends its process, and removes the folder, when the pipe from its parent closes: however that ended. */
function leavesWithItsParent(folder: string): string {
  const code = `
    import { rmSync } from 'node:fs';
    process.stdin.resume().on('end', () => process.exit());
    process.on('exit', () => rmSync(${JSON.stringify(folder)}, { recursive: true, force: true }));`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

async function answers(child: ChildProcess, ports: readonly number[]): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  while (child.exitCode === null && Date.now() < deadline) {
    if ((await Promise.all(ports.map(accepts))).every(Boolean)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

async function freePorts(): Promise<[number, number, number]> {
  const servers = [createServer(), createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => {
            resolve((server.address() as AddressInfo).port);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports as [number, number, number];
}
