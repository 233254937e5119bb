import type { Identity } from '../identity.js';
import type { EntraFacts } from './facts.js';
import { isSignInFault, SignInFault, type MakeFault, type SignInReason } from './faults.js';

/** Whoever gives out tokens: Teams, or the browser's sign-in. */
export interface TokenSource {
  /**
   * @param isNew not one that was given before, where that can be asked for: it was not believed.
   * @throws SignInFault
   */
  token(isNew: boolean): Promise<string>;
  /**
   * Lets the person sign in again without leaving the page, and settles when that is worth a try. Absent where asking for a token
   * does so itself. Called in the moment of a click, so that a window may be opened.
   */
  signInElsewhere?(): Promise<void>;
  /** Absent where whoever shows the page has signed in. */
  signOut?(): Promise<void>;
}

/** What the parts that get tokens (facts.ts) export as `tokenSource`. */
export type MakeTokenSource = (deps: {
  readonly facts: EntraFacts;
  readonly fault: MakeFault;
}) => TokenSource;

/** Whether the page's sign-in has ended, and what can be done about it. */
export interface Account {
  /** Calls when {@link ended} changes. @returns ends it. */
  readonly subscribe: (changed: () => void) => () => void;
  /** Why requests are waiting for the person; undefined while they are not. */
  readonly ended: () => SignInReason | undefined;
  /** Tries again; the requests that wait go on once there is a token. */
  readonly again: () => void;
  /** Absent where whoever shows the page has signed in. */
  readonly signOut?: () => Promise<void>;
}

interface Token {
  readonly header: string;
  /** Whom it names; undefined where it can't be read. */
  readonly personId: string | undefined;
  /** Until when it is used, in milliseconds since 1970. */
  readonly until: number;
}

/** A token is used no more so long before it expires, in milliseconds: the request takes its time. */
const reserveMs = 60_000;

/** Reads a token without believing it: the server checks it. */
function read(token: string): Token {
  const claims = claimsOf(token);
  const { exp, oid } = claims;
  return {
    header: `Bearer ${token}`,
    personId: typeof oid === 'string' ? oid : undefined,
    // One that can't be read serves the request for which it was asked.
    until: typeof exp === 'number' ? exp * 1000 - reserveMs : 0,
  };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const [, payload = ''] = token.split('.');
    const text = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const claims: unknown = JSON.parse(text);
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}

/**
 * Whoever Entra has signed in. A token is asked for once however many requests want it, and kept in memory alone.
 *
 * Before the first token a failure fails the request: there is no page yet that could be lost. Afterwards the requests wait,
 * with what was typed, until the person has signed in again; only without a connection they fail as any would.
 * @param options.source loads whoever gives out tokens. @param options.canSignOut whether that one knows signing out
 * @param options.now milliseconds since 1970. @param options.onOther is called when somebody else has signed in than whose page
 *   this is: nothing more is sent from it
 */
export function entraIdentity(options: {
  readonly source: () => Promise<TokenSource>;
  readonly canSignOut: boolean;
  readonly now: () => number;
  readonly onOther: () => void;
}) {
  let token: Token | undefined;
  let asking: Promise<string> | undefined;
  let loaded: TokenSource | undefined;
  let personId: string | undefined;
  let hasSignedIn = false;
  let isRefused = false;
  let waiting: { readonly reason: SignInReason; readonly goOn: () => void } | undefined;
  const listeners = new Set<() => void>();

  const wait = (next: typeof waiting): void => {
    waiting = next;
    for (const listener of listeners) listener();
  };

  const load = async (): Promise<TokenSource> => {
    loaded ??= await options.source().catch((error: unknown) => {
      throw new SignInFault('network', error);
    });
    return loaded;
  };

  /** Asks until there is one, as long as the person may be waited for. */
  const next = async (): Promise<string> => {
    try {
      return await (await load()).token(isRefused);
    } catch (error) {
      const reason = isSignInFault(error) ? error.reason : 'failed';
      if (!hasSignedIn || reason === 'network') throw error;
      await new Promise<void>((resolve) => {
        wait({ reason, goOn: resolve });
      });
      wait(undefined);
      return next();
    }
  };

  const ask = async (): Promise<string> => {
    const given = read(await next());
    if (personId !== undefined && given.personId !== personId) {
      options.onOther();
      return new Promise(() => undefined);
    }
    personId = given.personId;
    token = given;
    hasSignedIn = true;
    isRefused = false;
    return given.header;
  };

  const header = (): string | Promise<string> => {
    if (token !== undefined && options.now() < token.until) return token.header;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };

  const again = (): void => {
    const current = waiting;
    if (current === undefined) return;
    const elsewhere = loaded?.signInElsewhere?.();
    if (elsewhere === undefined) current.goOn();
    else void elsewhere.then(current.goOn);
  };

  return {
    header,
    instead: async (refused: string) => {
      // Where several were refused, the first has asked for a new one already.
      if (token?.header === refused) {
        token = undefined;
        isRefused = true;
      }
      const other = await header();
      return other === refused ? undefined : other;
    },
    account: {
      subscribe: (changed) => {
        listeners.add(changed);
        return () => listeners.delete(changed);
      },
      ended: () => waiting?.reason,
      again,
      ...(options.canSignOut && { signOut: async () => (await load()).signOut?.() }),
    } satisfies Account,
  } satisfies Identity;
}
