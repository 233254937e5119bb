import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A gate on the way to a port: `open` lets everything through, `shut` breaks each connection, `holding` takes what comes and never answers. */
export class Gate {
  #state: 'open' | 'shut' | 'holding' = 'open';
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((near) => {
    this.#sockets.add(near);
    near.once('close', () => this.#sockets.delete(near)).on('error', () => near.destroy());
    if (this.#state === 'shut') near.destroy();
    if (this.#state === 'open') this.#join(near);
  });

  constructor(private readonly port: number) {}

  async start(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  stop(): void {
    this.#server.close();
    this.#cut();
  }

  open(): void {
    this.#state = 'open';
    this.#cut();
  }

  shut(): void {
    this.#state = 'shut';
    this.#cut();
  }

  /** Also what is on its way now stays without an answer. */
  hold(): void {
    this.#state = 'holding';
    for (const socket of this.#sockets) socket.unpipe().resume();
  }

  #join(near: Socket): void {
    const far = connect(this.port, '127.0.0.1');
    this.#sockets.add(far);
    far.once('close', () => {
      this.#sockets.delete(far);
      near.destroy();
    });
    far.on('error', () => far.destroy());
    near.once('close', () => far.destroy());
    near.pipe(far).pipe(near);
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
