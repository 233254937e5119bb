import { createServer } from 'node:net';
import { LaunchError } from './launch-error.js';

/**
 * Makes sure that a port is free.
 * @throws TrialError that names the port and the setting that chooses another.
 */
export async function wantFreePort(setting: string, port: number, host: string): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  const reason = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened to (${code})`;
  throw new LaunchError(`Port ${port} on ${host} ${reason}. Set ${setting} to another.`);
}
