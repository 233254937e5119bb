import { once } from 'node:events';
import type { Server } from 'restify';
import type { Adapters, BigRoom } from '../../src/compose.js';
import { httpServer } from '../../src/http/server.js';

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

/** All that this Big Room answers, but for the bot and the tab's files, on a free port of loopback. */
export function serve(
  { routes, signIn }: Pick<BigRoom, 'routes' | 'signIn'>,
  { log, loopbackOnly }: Pick<Adapters, 'log' | 'loopbackOnly'>,
): Promise<Listening> {
  return listen(httpServer({ routes, signIn, log, loopbackOnly }));
}
