import type { ErrorCode, FieldFault } from '../src/platform/errors.js';
import type { Problem } from '../src/http/problem.js';

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

type Query = Readonly<Record<string, string | undefined>>;

/** The server, as the tab knows it. All throw `ApiError`. `Reply` is what the route is known to answer. */
export interface Api {
  get<Reply>(path: string, query?: Query): Promise<Reply>;
  post<Reply>(path: string, body?: unknown): Promise<Reply>;
  put<Reply>(path: string, body: unknown): Promise<Reply>;
  /** A put that outlives the page, for what is still unsaved when it closes. */
  putLast(path: string, body: unknown): void;
  del<Reply>(path: string, body?: unknown): Promise<Reply>;
  /** A file of the tab itself, or of the server as text. */
  text(address: string): Promise<string>;
  /** Asks now for what will be asked for soon: the next `get` of the same address takes this answer. */
  ahead(path: string, query?: Query): void;
  /** Who is signed in on this device; trial mode only. */
  personId(): string | undefined;
  signInAs(personId: string): void;
}

const personKey = 'bigroom.person';

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
 * @param host the window: its `fetch` and its storages. A person chosen in this browser tab comes before the one
 *   that was chosen last on the device, so that two people can be tried side by side.
 */
export function createApi(
  host: Pick<Window, 'localStorage' | 'sessionStorage'> & { fetch: typeof fetch },
): Api {
  const early = new Map<string, Promise<Response>>();

  const personId = (): string | undefined =>
    host.sessionStorage.getItem(personKey) ?? host.localStorage.getItem(personKey) ?? undefined;

  const ask = (method: string, url: string, body?: unknown, keepalive = false): Promise<Response> => {
    const id = personId();
    return host.fetch(url, {
      method,
      keepalive,
      headers: {
        Accept: 'application/json',
        ...(id === undefined ? {} : { Authorization: `Trial ${id}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };

  const answer = async (asked: Promise<Response>): Promise<Response> => {
    const response = await asked.catch(() => {
      throw new ApiError('network', 0);
    });
    if (!response.ok) throw await failure(response);
    return response;
  };

  const read = async <Reply>(asked: Promise<Response>): Promise<Reply> =>
    (await (await answer(asked)).json()) as Reply;

  return {
    get: (path, query) => {
      const url = address(path, query);
      const waiting = early.get(url);
      early.delete(url);
      return read(waiting ?? ask('GET', url));
    },
    post: (path, body = {}) => read(ask('POST', path, body)),
    put: (path, body) => read(ask('PUT', path, body)),
    putLast: (path, body) => void ask('PUT', path, body, true).catch(() => undefined),
    del: (path, body) => read(ask('DELETE', path, body)),
    text: async (url) => (await answer(ask('GET', url))).text(),
    ahead: (path, query) => {
      const url = address(path, query);
      const asked = ask('GET', url);
      asked.catch(() => undefined);
      early.set(url, asked);
    },
    personId,
    signInAs: (id) => {
      host.sessionStorage.setItem(personKey, id);
      host.localStorage.setItem(personKey, id);
      early.clear();
    },
  };
}
