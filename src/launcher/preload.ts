import { Server } from 'node:net';

// Loaded into each process that `npm start` starts (`node --import`). When the starter has ended, even by kill -9, the
// pipe that it held ends, and the process stops as if it had been asked to.
const graceMilliseconds = 10_000;

function stop(): void {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), graceMilliseconds).unref();
}

process.stdin.once('end', stop).once('error', stop).resume();
// Waiting for the starter's end must not keep a process alive that has nothing else to do.
(process.stdin as Partial<Pick<NodeJS.ReadStream, 'unref'>>).unref?.();

// With `?loopbackOnly`, for the Agents Playground, which listens on every address of the machine and has no setting for
// it: in trial mode nobody signs in, so only this machine may reach the chat.
type Listen = (this: Server, ...args: unknown[]) => Server;
const original: unknown = Reflect.get(Server.prototype, 'listen');
const listen = original as Listen;

function listenOnLoopback(this: Server, ...args: unknown[]): Server {
  const [port, host] = args;
  const hasNoHost = typeof port === 'number' && typeof host !== 'string';
  return hasNoHost ? listen.call(this, port, '127.0.0.1', ...args.slice(1)) : listen.apply(this, args);
}

if (new URL(import.meta.url).searchParams.has('loopbackOnly'))
  Reflect.set(Server.prototype, 'listen', listenOnLoopback);
