import type { ErrorCode, FieldFault } from '../src/platform/errors.js';
import type { Problem } from '../src/http/problem.js';
import type { Ahead } from './ahead.js';
import type { Identity } from './identity.js';
import { isSignInFault } from './sign-in/faults.js';
import { signedFetch } from './signed-fetch.js';

/** What may go wrong on the way: the server's own codes, or no answer at all. */
export type ApiErrorCode = ErrorCode | 'network';

/** A request that was refused or got no answer; `error.<code>` of `src/i18n` says it in words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ApiErrorCode,
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    readonly fields: readonly FieldFault[] = [],
    /** The problem's details, e.g. `theirs` of `text.conflict`. */
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }
}

export type Query = Readonly<Record<string, string | undefined>>;

export interface Getter {
  get<Reply>(path: string, query?: Query): Promise<Reply>;
}

/** The server, as the tab knows it. All throw `ApiError`, or `SignInFault` before anybody has signed in. `Reply` is what the route is known to answer. */
export interface Api extends Getter {
  post<Reply>(path: string, body?: unknown): Promise<Reply>;
  put<Reply>(path: string, body: unknown): Promise<Reply>;
  /** A put that outlives the page, for what is still unsaved when it closes. */
  putLast(path: string, body: unknown): void;
  del<Reply>(path: string, body?: unknown): Promise<Reply>;
  /** What a route answers as text. */
  text(path: string, query?: Query): Promise<string>;
  /** A file of the tab itself, which everybody may read. */
  file(address: string): Promise<string>;
  /** Settles when all that was asked for ahead has come, or can't come. */
  arrived(): Promise<void>;
  /**
   * The answer to what `ask` asks for, where that was asked for ahead and has come: it can be drawn at once. Nothing is
   * asked, and the answer stays for whoever asks for it.
   */
  atHand<Reply>(ask: (getter: Getter) => Promise<Reply>): Reply | undefined;
  /** Throws away what was asked for ahead: it was asked for somebody else. */
  dropAhead(): void;
}

/** `/api/news?state=accepted`: empty values are left out. */
export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

async function failure(response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => undefined);
  const problem = (typeof answer === 'object' && answer !== null ? answer : {}) as Partial<Problem>;
  return new ApiError(problem.code ?? 'internal', response.status, problem.fields, problem.details);
}

/**
 * The only place from which the tab speaks to the server.
 * @param host the window: its `fetch`
 * @param ahead what was asked for before: the first who asks for the same address takes that answer
 */
export function createApi(
  host: { readonly fetch: typeof fetch },
  identity: Identity,
  ahead: Ahead = new Map<string, Promise<Response>>(),
): Api {
  const taken = (url: string): Promise<Response> | undefined => {
    const asked = ahead.get(url);
    ahead.delete(url);
    return asked;
  };
  /** Answers that were asked for ahead and have come, by their addresses. */
  const here = new Map<string, unknown>();
  const arrive = async (url: string, asked: Promise<Response>): Promise<void> => {
    const response = await asked.catch(() => undefined);
    // What went wrong is said to whoever takes the answer.
    if (response?.ok !== true || ahead.get(url) !== asked) return;
    ahead.delete(url);
    const value: unknown = await response.json().catch(() => undefined);
    // One that broke off is asked for again.
    if (value !== undefined) here.set(url, value);
  };

  const ask = (method: string, url: string, body?: unknown, keepalive = false): Promise<Response> =>
    signedFetch(host, identity, url, {
      method,
      keepalive,
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  const answer = async (asked: Promise<Response>): Promise<Response> => {
    const response = await asked.catch((error: unknown) => {
      const isKnown = error instanceof ApiError || (isSignInFault(error) && error.reason !== 'network');
      throw isKnown ? error : new ApiError('network', 0);
    });
    if (!response.ok) throw await failure(response);
    return response;
  };

  const read = async <Reply>(asked: Promise<Response>): Promise<Reply> =>
    (await (await answer(asked)).json()) as Reply;

  return {
    get: (path, query) => {
      const url = address(path, query);
      if (!here.has(url)) return read(taken(url) ?? ask('GET', url));
      const value = here.get(url) as never;
      here.delete(url);
      return Promise.resolve(value);
    },
    post: (path, body = {}) => read(ask('POST', path, body)),
    put: (path, body) => read(ask('PUT', path, body)),
    putLast: (path, body) => void ask('PUT', path, body, true).catch(() => undefined),
    del: (path, body) => read(ask('DELETE', path, body)),
    text: async (path, query) => (await answer(ask('GET', address(path, query)))).text(),
    file: async (url) => (await answer(taken(url) ?? host.fetch(url))).text(),
    arrived: async () => {
      await Promise.all([...ahead].map(([url, asked]) => arrive(url, asked)));
    },
    atHand: <Reply>(ask: (getter: Getter) => Promise<Reply>) => {
      let asked = '';
      void ask({
        get: (path, query) => {
          asked = address(path, query);
          return new Promise(() => undefined);
        },
      });
      return here.get(asked) as Reply | undefined;
    },
    dropAhead: () => {
      ahead.clear();
      here.clear();
    },
  };
}
