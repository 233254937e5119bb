import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Child, ProcessGroup } from './process.js';
import { storageKey } from './storage-key.js';

/** Azurite's usual account: what older releases stored stands under it. Its usual key is public, so ours is another. */
const account = 'devstoreaccount1';

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
  // The account is in the path: by the host's name, pages of a stranger's name for this machine could choose it.
  const flags = ['--skipApiVersionCheck', '--disableProductStyleUrl', '--silent', '--disableTelemetry'];
  const anyPort = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];
  const key = await storageKey(dataDir);
  const child = group.start({
    name: 'Azurite',
    command: [resolve(script), '--location', location, ...anyPort, ...flags],
    environment: { ...process.env, AZURITE_ACCOUNTS: `${account}:${key}` },
    logFile: join(dataDir, 'logs', 'azurite.log'),
  });
  return { child, connectionString: connectionString(child, key) };
}

async function connectionString(child: Child, key: string): Promise<string> {
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
