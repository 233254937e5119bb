import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.js';
import { exchange, type Answer } from './exchange.js';
import { GraphFault } from './graph-fault.js';

/** The app registration with which Big Room signs in to Graph. */
export interface AppRegistration {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** `https://login.microsoftonline.com`, without a slash at the end. */
  readonly loginUrl: string;
}

export interface Tokens {
  /** A token that is good for some minutes; asked for once however many want it. */
  get(): Promise<string>;
  /** Forgets a token that was refused. */
  refused(token: string): void;
}

const granted = z.object({ access_token: z.string(), expires_in: z.coerce.number() });
const denied = z.object({ error: z.string() });

/** Renewed so long before its end, so that none runs out on its way: five minutes, or a tenth of a short life. */
const margin = (seconds: number): number => Math.min(300, seconds / 10);

const timeoutMs = 10_000;

function faultOf({ status, text, afterSeconds }: Answer): GraphFault {
  const code = denied.safeParse(parsed(text)).data?.error ?? 'signInFailed';
  // Asking for a token does nothing that could be done twice: whatever is not a refusal may be tried again.
  const isRefused = status >= 400 && status < 500 && status !== 429;
  return new GraphFault(isRefused ? 'refused' : 'throttled', {
    status,
    code,
    ...(afterSeconds !== undefined && { afterSeconds }),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Tokens by client credentials
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 * @param scope `https://graph.microsoft.com/.default`
 */
export function tokens(app: AppRegistration, scope: string, dispatcher: Dispatcher, clock: Clock): Tokens {
  let held: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const answer = await exchange(dispatcher, {
      method: 'POST',
      url: `${app.loginUrl}/${encodeURIComponent(app.tenantId)}/oauth2/v2.0/token`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: app.clientId,
        client_secret: app.clientSecret,
        scope,
      }).toString(),
      timeoutMs,
    }).catch((error: unknown) => {
      throw error instanceof GraphFault ? new GraphFault('throttled', { code: error.code }) : error;
    });
    const good = answer.status === 200 ? granted.safeParse(parsed(answer.text)).data : undefined;
    if (good === undefined) throw faultOf(answer);
    const lifetime = good.expires_in - margin(good.expires_in);
    held = { token: good.access_token, until: clock.now().epochMilliseconds + lifetime * 1000 };
    return good.access_token;
  }

  return {
    async get() {
      if (held !== undefined && clock.now().epochMilliseconds < held.until) return held.token;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    refused(token) {
      if (held?.token === token) held = undefined;
    },
  };
}
