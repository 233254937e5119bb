import { Server } from 'node:net';

// Loaded into the Agents Playground (`node --import`), which listens on every address of the machine and has no
// setting for it. In trial mode nobody signs in, so only this machine may reach the chat.
type Listen = (this: Server, port: number, host: string, ...rest: unknown[]) => Server;
const listen = Server.prototype.listen as unknown as Listen;

function listenOnLoopback(this: Server, port: unknown, ...rest: unknown[]): Server {
  const hasNoHost = typeof port === 'number' && typeof rest[0] !== 'string';
  if (hasNoHost) return listen.call(this, port, '127.0.0.1', ...rest);
  return (listen as (this: Server, ...args: unknown[]) => Server).call(this, port, ...rest);
}

Server.prototype.listen = listenOnLoopback as unknown as typeof Server.prototype.listen;
