import type { Permission } from '../people/permissions.js';
import type { Person } from '../people/person.js';
import { withoutSeen, type Seen } from '../platform/seen.js';
import type { Language } from '../shared/languages.js';

export type Method = 'get' | 'post' | 'put' | 'del';

/** A request as a route sees it: who asks, and the raw parts, which the route parses with zod. */
export interface Call {
  readonly person: Person;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A call of an open route: nobody has signed in. */
export type OpenCall = Omit<Call, 'person'> & {
  readonly language: Language;
  /** The IP address from which it came; that of a reverse proxy where that does not name whom it serves. */
  readonly sender: string;
  /** What the browser says that it is; empty where it says nothing. */
  readonly browser: string;
};

/**
 * JSON, or a text of another type, or a file to download, or another page of ours. An address in HTML that begins with a slash
 * is one of the programme's own, wherever the programme is.
 */
export type Reply =
  /**
   * The address within the programme, without the host, at which a browser shows with a GET what came of its form, so that
   * going back and reloading send nothing again. Nothing personal in it.
   */
  | { readonly seeOther: string }
  | { readonly json: unknown; readonly status?: 200 | 201 | 202 }
  | {
      readonly text: string;
      readonly type: string;
      readonly status?: number;
      readonly fileName?: string;
      /** May be kept by whoever asked, who asks each time whether it is still the same. Other answers are kept by nobody. */
      readonly isRevalidated?: true;
      /** ISO instant at which what it says has changed last. */
      readonly changedAt?: string;
    };

/** A route with its permission beside it. `open` needs no sign-in. */
export type Route =
  | {
      readonly method: Method;
      readonly path: string;
      readonly permission: Permission;
      readonly handle: (call: Call) => Promise<Reply>;
    }
  | {
      readonly method: Method;
      readonly path: string;
      readonly permission: 'open';
      readonly handle: (call: OpenCall) => Promise<Reply>;
    };

export const json = (value: unknown): Reply => ({ json: value });

type Guarded = (call: Call) => Promise<Reply>;

const guarded =
  (method: Method) =>
  (path: string, permission: Permission, handle: Guarded): Route => ({ method, path, permission, handle });

export const get = guarded('get');
export const post = guarded('post');
export const put = guarded('put');
export const del = guarded('del');

/** A call that writes over something: `seen` is what its writer saw of that, and no longer in the body. */
export interface OverwritingCall extends Call {
  readonly seen: Seen;
}

/**
 * A route that writes over what somebody else may have changed meanwhile. Its body has a `seen`, without which it is
 * refused: see `platform/seen.ts`.
 */
export function overwrite(
  method: Exclude<Method, 'get'>,
  path: string,
  permission: Permission,
  handle: (call: OverwritingCall) => Promise<Reply>,
): Route {
  const handleSeen = async (call: Call): Promise<Reply> => handle({ ...call, ...withoutSeen(call.body) });
  return { method, path, permission, handle: handleSeen };
}

/** A route for anybody; use it only for what is public. */
export function open(method: Method, path: string, handle: (call: OpenCall) => Promise<Reply>): Route {
  return { method, path, permission: 'open', handle };
}

/** The fields of a form that a page posted; none where the body is anything else. @param body as a route gets it. */
export function formFields(body: unknown): URLSearchParams {
  return new URLSearchParams(typeof body === 'string' ? body : '');
}
