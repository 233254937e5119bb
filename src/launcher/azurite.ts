import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Child, ProcessGroup } from './process.js';

/** The account and key that every Azurite has; public knowledge, of no worth elsewhere. */
const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Azurite through its full entry: the entry for tables alone loses the last seconds when it is stopped. */
const script = 'node_modules/azurite/dist/src/azurite.js';

/** Azure Storage on this machine, in the data folder, on ports that were free. */
export interface Storage {
  readonly child: Child;
  /** Settles when tables and queues answer. */
  readonly connectionString: Promise<string>;
}

export async function startAzurite(group: ProcessGroup, dataDir: string): Promise<Storage> {
  const location = join(dataDir, 'azurite');
  await mkdir(location, { recursive: true });
  // The queue client uses a newer version of the protocol than the newest Azurite for Node 20 supports.
  const flags = ['--skipApiVersionCheck', '--silent', '--disableTelemetry'];
  const anyPort = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];
  const child = group.start({
    name: 'Azurite',
    command: [resolve(script), '--location', location, ...anyPort, ...flags],
    environment: process.env,
    logFile: join(dataDir, 'logs', 'azurite.log'),
  });
  return { child, connectionString: connectionString(child) };
}

async function connectionString(child: Child): Promise<string> {
  const [, queues] = await child.waitForOutput(/Queue service is successfully listening at (\S+)/);
  const [, tables] = await child.waitForOutput(/Table service is successfully listening at (\S+)/);
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${account}`,
    `AccountKey=${key}`,
    `QueueEndpoint=${queues ?? ''}/${account}`,
    `TableEndpoint=${tables ?? ''}/${account}`,
  ].join(';');
}
