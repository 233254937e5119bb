import { Agent } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.js';
import { appTokens, TokenFault, type AppRegistration } from '../entra/app-tokens.js';
import { GraphFault, exchange, type Answer, type Method } from './graph-http.js';

/**
 * Lets through only so many at once; the others wait in the order in which they came, each for at most `waitMs`.
 * Graph answers 429 to the fifth request at a time for one mailbox
 * (https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits).
 */
export function gate(max: number, waitMs: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let inside = 0;
  const waiting: (() => void)[] = [];

  const enter = (): Promise<void> => {
    if (inside < max) {
      inside += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(proceed), 1);
        reject(new GraphFault('throttled', { code: 'mailboxBusy' }));
      }, waitMs);
      const proceed = () => {
        clearTimeout(timer);
        resolve();
      };
      waiting.push(proceed);
    });
  };

  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  };

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

export interface GraphClientOptions extends AppRegistration {
  /** `https://graph.microsoft.com/v1.0`, without a slash at the end. */
  readonly graphUrl: string;
  readonly clock: Clock;
  /** How long one request may take; 20 s unless given. */
  readonly timeoutMs?: number;
  /** Waits so long; a timer unless given. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** Whose requests they are: a mailbox by address or object id of its user, a SharePoint site by its id, or the directory. */
export type GraphOwner = string | { readonly siteId: string } | { readonly directory: 'users' };

export interface GraphCall {
  readonly method: Method;
  /** Below the mailbox or the site, such as `/events`, or empty for itself; or a whole address which Graph gave as the next page. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** An object goes as JSON, a text as it is. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For how long `Retry-After` is waited out here, all in all; a longer one is the caller's. 10 s unless given. */
  readonly patienceSeconds?: number;
  /** The largest answer that is read; without it any. */
  readonly maxBytes?: number;
  /** How long this request may take, where that is less than what the client allows. */
  readonly timeoutMs?: number;
}

/** Microsoft Graph as an application, at most four requests at once for a mailbox or a site. */
export interface GraphClient {
  /**
   * What Graph answered, as JSON; `undefined` where the answer is empty.
   * @throws GraphFault
   */
  call(owner: GraphOwner, call: GraphCall): Promise<unknown>;
  /** What Graph answered, as it came. @throws GraphFault, `refused` `tooLarge` above `maxBytes`. */
  bytes(owner: GraphOwner, call: GraphCall): Promise<Uint8Array>;
  /** All items of a list, however many pages it has. */
  list<Item>(owner: GraphOwner, call: GraphCall, item: z.ZodType<Item>): Promise<Item[]>;
  close(): Promise<void>;
}

const atOnce = 4;
const maxPages = 200;
const refusal = z.object({ error: z.object({ code: z.string() }) });

function jsonOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultOf({ status, afterSeconds, text }: Answer): GraphFault {
  const code = refusal.safeParse(jsonOf(text)).data?.error.code ?? `http${status}`;
  const facts = { status, code, ...(afterSeconds !== undefined && { afterSeconds }) };
  if (status === 429 || status === 503) return new GraphFault('throttled', facts);
  return new GraphFault(status >= 500 ? 'unknown' : 'refused', facts);
}

/** A fault of signing in: without a token nothing was asked of Graph. */
function toGraphFault(error: unknown): never {
  if (!(error instanceof TokenFault)) throw error;
  const { status, code, afterSeconds } = error;
  throw new GraphFault(error.kind === 'refused' ? 'refused' : 'throttled', {
    code,
    atSignIn: true,
    ...(status !== undefined && { status }),
    ...(afterSeconds !== undefined && { afterSeconds }),
  });
}

const timer = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Where Graph keeps what belongs to a mailbox or a site. A site is named by `host,collection,web` or by `host:/sites/name`, which
 * ends with a colon where more follows (https://learn.microsoft.com/graph/api/site-getbypath).
 */
function pathOf(owner: GraphOwner): string {
  if (typeof owner === 'string') return `/users/${encodeURIComponent(owner)}`;
  if ('directory' in owner) return `/${owner.directory}`;
  const path = owner.siteId
    .replace(/\/+$/, '')
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/%2C|%3A/g, decodeURIComponent));
  return `/sites/${path.join('/')}${path.length > 1 ? ':' : ''}`;
}

/** @returns a client that holds connections open until it is closed. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { graphUrl, timeoutMs = 20_000, wait = timer } = options;
  const dispatcher = new Agent({ connect: { timeout: 5_000 }, connections: 16 });
  const scope = `${new URL(graphUrl).origin}/.default`;
  const signIn = appTokens(options, scope, { clock: options.clock });
  const gates = new Map<string, ReturnType<typeof gate>>();

  const gateOf = (owner: GraphOwner) => {
    const key = pathOf(owner);
    const current = gates.get(key) ?? gate(atOnce, 30_000);
    gates.set(key, current);
    return current;
  };

  function urlOf(owner: GraphOwner, { path, query }: GraphCall): string {
    if (path === '' || path.startsWith('/')) {
      const asked = new URLSearchParams(query).toString().replaceAll('+', '%20');
      // The colon that ends a site's path stands before what is below it alone.
      const own = path === '' ? pathOf(owner).replace(/:$/, '') : pathOf(owner);
      return `${graphUrl}${own}${path}${asked === '' ? '' : `?${asked}`}`;
    }
    // A token is sent to Graph only, even where an answer names another host.
    if (!path.startsWith(`${graphUrl}/`)) throw new GraphFault('refused', { code: 'foreignAddress' });
    return path;
  }

  async function once(
    url: string,
    { method, body, headers, maxBytes, timeoutMs: ownTimeoutMs = timeoutMs }: GraphCall,
  ): Promise<Answer & { token: string }> {
    const token = await signIn.get().catch(toGraphFault);
    const answer = await exchange(dispatcher, {
      method,
      url,
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        ...(body !== undefined && {
          'Content-Type': typeof body === 'string' ? 'text/plain' : 'application/json',
        }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      timeoutMs: Math.min(timeoutMs, ownTimeoutMs),
      ...(maxBytes !== undefined && { maxBytes }),
    });
    return { ...answer, token };
  }

  /** Reading does nothing that could be done twice, so a lost answer to it is asked for again, once. */
  const attempt = (url: string, call: GraphCall) =>
    once(url, call).catch((error: unknown) => {
      const isLostReading = call.method === 'GET' && error instanceof GraphFault && error.kind === 'unknown';
      if (isLostReading && error.code !== 'timeout') return once(url, call);
      throw error;
    });

  async function patiently(url: string, call: GraphCall): Promise<Answer> {
    let patience = call.patienceSeconds ?? 10;
    let isRenewed = false;
    for (;;) {
      const answer = await attempt(url, call);
      if (answer.status < 400) return answer;
      const fault = faultOf(answer);
      if (answer.status === 401 && !isRenewed) {
        signIn.refused(answer.token);
        isRenewed = true;
        continue;
      }
      const { afterSeconds } = fault;
      if (fault.kind !== 'throttled' || afterSeconds === undefined || afterSeconds > patience) throw fault;
      // A wait of nothing would ask for ever.
      patience -= Math.max(1, afterSeconds);
      await wait(afterSeconds * 1000);
    }
  }

  const answerTo = (owner: GraphOwner, call: GraphCall): Promise<Answer> => {
    const url = urlOf(owner, call);
    return gateOf(owner)(() => patiently(url, call));
  };

  const client: GraphClient = {
    call: async (owner, call) => jsonOf((await answerTo(owner, call)).text),
    bytes: async (owner, call) => (await answerTo(owner, call)).bytes,

    async list(owner, call, item) {
      const page = z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() });
      const found = [];
      let next: GraphCall | undefined = call;
      for (let pages = 0; next !== undefined && pages < maxPages; pages += 1) {
        const read = page.parse(await client.call(owner, next));
        found.push(...read.value);
        const { '@odata.nextLink': link } = read;
        next = link === undefined ? undefined : { ...call, path: link };
      }
      return found;
    },

    close: () => dispatcher.close(),
  };
  return client;
}
