import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Odds } from './connector.js';

/** How the connector of the other process is to behave. */
export interface ConnectorOrders {
  /** The tenant's limit; none where it is left out. */
  readonly perSecond?: number;
  readonly odds?: Odds;
  readonly seed?: number;
}

/** What it has counted so far. */
export interface ConnectorCounts {
  readonly requests: number;
  readonly messages: number;
  /** Conversations in which more than one message arrived. */
  readonly twice: number;
  readonly conversations: number;
  /** Requests in a second, up to the last twentieth of them: those come late who had to wait. */
  readonly perSecond: number;
  readonly throttled: { readonly tenant: number; readonly conversation: number };
}

/** What such a process reports. */
export type ConnectorNews = { readonly url: string } | { readonly counts: ConnectorCounts };

/** Teams' connector in a process of its own, so that its work does not count as that of the sender. */
export class ConnectorProcess {
  readonly #child: ChildProcess;
  readonly url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start(orders: ConnectorOrders = {}): Promise<ConnectorProcess> {
    const script = new URL('./process-child.ts', import.meta.url);
    const child = fork(script, [JSON.stringify(orders)], { execArgv: ['--import=tsx'] });
    const [news] = (await once(child, 'message')) as [ConnectorNews];
    if (!('url' in news)) throw new Error('the connector did not say where it is');
    return new ConnectorProcess(child, news.url);
  }

  async counts(): Promise<ConnectorCounts> {
    const reported = once(this.#child, 'message');
    this.#child.send('counts');
    const [news] = (await reported) as [ConnectorNews];
    if (!('counts' in news)) throw new Error('the connector reported no counts');
    return news.counts;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}
