import { once } from 'node:events';
import type { Server } from 'restify';

/** A server on a free port of loopback, and how to stop it. */
export interface Listening {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export async function listen(server: Server, port = 0): Promise<Listening> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String(server.address().port)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.server.closeAllConnections();
      }),
  };
}
