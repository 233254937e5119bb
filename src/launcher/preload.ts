import { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { Server } from 'node:net';
import { Duplex } from 'node:stream';
import { isLoopbackHost, leadsToLoopback } from '../platform/loopback.js';

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

// With `?loopbackOnly`, for the Agents Playground, which listens on every address of the machine, answers whatever the
// request names, and has no setting for either: in trial mode nobody signs in, so only this machine, and no web page of a
// stranger, may reach the chat. The compiled file is a script, which does not see how it was named: Node's own arguments do.
const isLoopbackOnly = process.execArgv.some(
  (argument) => argument.startsWith('--import=') && argument.endsWith('?loopbackOnly'),
);

type Method = (this: Server, ...args: unknown[]) => unknown;
const methodOf = (name: 'listen' | 'emit'): Method =>
  Reflect.get(name === 'emit' ? HttpServer.prototype : Server.prototype, name) as Method;
const listen = methodOf('listen');
const emit = methodOf('emit');

function listenOnLoopback(this: Server, ...args: unknown[]): unknown {
  const [port, host] = args;
  const hasNoHost = typeof port === 'number' && typeof host !== 'string';
  return hasNoHost ? listen.call(this, port, '127.0.0.1', ...args.slice(1)) : listen.apply(this, args);
}

/** Whether a request names this machine, and comes from no web page of anywhere else (`null` is a page without an address). */
function isOwn({ headers: { host, origin } }: IncomingMessage): boolean {
  return isLoopbackHost(host) && (origin === undefined || leadsToLoopback(origin));
}

const refusal = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

function emitOwn(this: Server, event: unknown, ...args: unknown[]): unknown {
  const [request, answer] = args;
  if (!(request instanceof IncomingMessage) || isOwn(request)) return emit.call(this, event, ...args);
  if (answer instanceof ServerResponse) answer.writeHead(403, { Connection: 'close' }).end();
  else if (answer instanceof Duplex) answer.end(refusal);
  return true;
}

if (isLoopbackOnly) {
  Reflect.set(Server.prototype, 'listen', listenOnLoopback);
  Reflect.set(HttpServer.prototype, 'emit', emitOwn);
}
