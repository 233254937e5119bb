import { address, type Getter } from './api.js';
import type { Identity } from './identity.js';
import { signedFetch } from './signed-fetch.js';

/** Answers that are on their way before the program that wants them has come, by the addresses that were asked. */
export type Ahead = Map<string, Promise<Response>>;

/** The window, with what the page itself has asked for (boot.ts). */
export interface AheadWindow extends Pick<Window, 'fetch'> {
  bigroomAhead?: Ahead;
}

/** What was asked for ahead on this page; nothing where no page did so. */
export const aheadOf = (host: AheadWindow): Ahead =>
  host.bigroomAhead ?? new Map<string, Promise<Response>>();

/** A getter that asks at once and leaves the answers to those who want them later. */
export function askingAhead(
  host: AheadWindow,
  identity: Identity,
): Pick<Getter, 'get'> & { file(url: string): void } {
  const ahead = aheadOf(host);
  host.bigroomAhead = ahead;
  const keep = (url: string, asked: Promise<Response>): void => {
    // What goes wrong is said to whoever takes the answer.
    asked.catch(() => undefined);
    ahead.set(url, asked);
  };
  const ask = (url: string): Promise<Response> =>
    signedFetch(host, identity, url, { method: 'GET', headers: { Accept: 'application/json' } });
  return {
    get: (path, query) => {
      const url = address(path, query);
      keep(url, ask(url));
      return new Promise(() => undefined);
    },
    file: (url) => keep(url, host.fetch(url)),
  };
}
