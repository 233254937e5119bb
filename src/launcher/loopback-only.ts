import { Server } from 'node:net';

// Loaded into the Agents Playground (`node --import`), which listens on every address of the machine and has no
// setting for it. In trial mode nobody signs in, so only this machine may reach the chat.
type Listen = (this: Server, ...args: unknown[]) => Server;
const original: unknown = Reflect.get(Server.prototype, 'listen');
const listen = original as Listen;

function listenOnLoopback(this: Server, ...args: unknown[]): Server {
  const [port, host] = args;
  const hasNoHost = typeof port === 'number' && typeof host !== 'string';
  return hasNoHost ? listen.call(this, port, '127.0.0.1', ...args.slice(1)) : listen.apply(this, args);
}

Reflect.set(Server.prototype, 'listen', listenOnLoopback);
