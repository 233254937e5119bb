import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Tokens } from '../../platform/bot-sign-in.js';
import type { Clock } from '../../platform/clock.js';

/** With what an application shows Entra that it is itself. */
export type AppCredential =
  | { readonly secret: string }
  /** Path of a PEM file with a private RSA key and its certificate. */
  | { readonly certificateFile: string }
  /** Client id of a managed identity that the application trusts: no secret at all. */
  | { readonly federatedBy: string }
  /** Client id of a managed identity that is the application itself. */
  | { readonly managedIdentity: string };

/** An application, and where it gets its tokens. */
export interface AppRegistration {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: AppCredential;
  /** `https://login.microsoftonline.com`, without a slash at the end. */
  readonly loginUrl: string;
}

interface FaultFacts {
  /** HTTP status; absent where there was no answer. */
  readonly status?: number;
  /** What Entra calls it, such as `invalid_client`, or the code of the connection. */
  readonly code: string;
  /** Entra's own number of it: https://learn.microsoft.com/entra/identity-platform/reference-error-codes. */
  readonly number?: number;
  readonly afterSeconds?: number;
}

/**
 * No token was given. `refused`: somebody has to put a setting right; `unavailable`: later there may be one, as asking
 * does nothing that could be done twice. Holds no secret and no answer as it came.
 */
export class TokenFault extends Error {
  override readonly name = 'TokenFault';
  readonly code: string;
  readonly status: number | undefined;
  readonly afterSeconds: number | undefined;

  constructor(
    readonly kind: 'refused' | 'unavailable',
    { status, code, number, afterSeconds }: FaultFacts,
  ) {
    const aadsts = number === undefined ? '' : ` AADSTS${String(number)}`;
    super(`no token, ${kind}: ${code}${aadsts}${status === undefined ? '' : ` (${String(status)})`}`);
    this.code = code;
    this.status = status;
    this.afterSeconds = afterSeconds;
  }
}

interface Granted {
  readonly token: string;
  /** Milliseconds for which it is good from now on. */
  readonly lifeMs: number;
}

const granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number() });
const denied = z.object({ error: z.string(), error_codes: z.array(z.number()).catch([]) });

/** Renewed so long before its end, so that none expires during a request: five minutes, or a tenth of a short life. */
const marginMs = (lifeMs: number): number => Math.min(300_000, lifeMs / 10);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'timeout';
  const { code } = (error.cause ?? error) as NodeJS.ErrnoException;
  return code ?? error.name;
}

/** Seconds of the `Retry-After` header, where it is a number, as Entra's is. */
function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
}

function faultOf(status: number, text: string, retryAfter: string | null): TokenFault {
  const { error: code = 'signInFailed', error_codes: [number] = [] } =
    denied.safeParse(parsed(text)).data ?? {};
  const afterSeconds = secondsOf(retryAfter);
  const isRefused = status >= 400 && status < 500 && status !== 429;
  return new TokenFault(isRefused ? 'refused' : 'unavailable', {
    status,
    code,
    ...(number !== undefined && { number }),
    ...(afterSeconds !== undefined && { afterSeconds }),
  });
}

/** The key and the certificate of a PEM file. @throws Error unless it holds both, they belong together, and the key is RSA. */
export function certificateIn(pem: string) {
  const key = createPrivateKey(pem);
  const certificate = new X509Certificate(pem);
  if (key.asymmetricKeyType !== 'rsa' || !certificate.checkPrivateKey(key))
    throw new Error('no RSA key with its certificate');
  return { key, certificate };
}

/** (https://learn.microsoft.com/entra/identity-platform/certificate-credentials) */
async function assertionBy(
  certificateFile: string,
  clientId: string,
  audience: string,
  seconds: number,
): Promise<string> {
  // Read each time: a certificate that was renewed is used without a restart.
  const { key, certificate } = await readFile(certificateFile, 'utf8')
    .then(certificateIn)
    .catch(() => {
      throw new TokenFault('refused', { code: 'certificateUnreadable' });
    });
  const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url');
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + 600)
    .sign(key);
}

/**
 * A token of a managed identity of the place where this runs
 * (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview).
 */
async function identityToken(
  identity: string,
  scope: string,
  { now, timeoutMs }: { readonly now: number; readonly timeoutMs: number },
): Promise<Granted> {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const credential = new ManagedIdentityCredential({
    clientId: identity,
    retryOptions: { maxRetries: 2, retryDelayInMs: 200 },
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TokenFault('unavailable', { code: 'timeout' }));
    }, timeoutMs);
  });
  try {
    const { token, expiresOnTimestamp } = await Promise.race([credential.getToken(scope), late]);
    return { token, lifeMs: expiresOnTimestamp - now };
  } catch (error) {
    // Its message says much of the machine, and none of it is for a log of ours.
    throw error instanceof TokenFault ? error : new TokenFault('unavailable', { code: 'managedIdentity' });
  } finally {
    clearTimeout(timer);
  }
}

/** The scope of the token with which a managed identity proves an application. */
const exchangeScope = 'api://AzureADTokenExchange/.default';

interface Options {
  readonly clock: Clock;
  /** How long an answer may take, in milliseconds; 5,000, as people wait for what needs the token. */
  readonly timeoutMs?: number;
}

/**
 * Tokens of an application by client credentials
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow), or of a managed identity.
 * @param scope a resource's `/.default`.
 * @returns whose `get` throws {@link TokenFault}.
 */
export function appTokens(
  { tenantId, clientId, credential, loginUrl }: AppRegistration,
  scope: string,
  { clock, timeoutMs = 5_000 }: Options,
): Tokens {
  const endpoint = `${loginUrl}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`;
  const now = (): number => clock.now().epochMilliseconds;
  let held: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function proof(of: Exclude<AppCredential, { managedIdentity: string }>) {
    if ('secret' in of) return { client_secret: of.secret };
    const client_assertion =
      'certificateFile' in of
        ? await assertionBy(of.certificateFile, clientId, endpoint, Math.floor(now() / 1000))
        : (await identityToken(of.federatedBy, exchangeScope, { now: now(), timeoutMs })).token;
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion,
    };
  }

  async function exchanged(of: Parameters<typeof proof>[0]): Promise<Granted> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      scope,
      ...(await proof(of)),
    });
    const [answer, text] = await fetch(endpoint, {
      method: 'POST',
      body: form,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
      .then(async (got) => [got, await got.text()] as const)
      .catch((error: unknown) => {
        throw new TokenFault('unavailable', { code: codeOf(error) });
      });
    const good = answer.status === 200 ? granted.safeParse(parsed(text)).data : undefined;
    if (good === undefined) throw faultOf(answer.status, text, answer.headers.get('retry-after'));
    return { token: good.access_token, lifeMs: good.expires_in * 1000 };
  }

  async function renew(): Promise<string> {
    const { token, lifeMs } = await ('managedIdentity' in credential
      ? identityToken(credential.managedIdentity, scope, { now: now(), timeoutMs })
      : exchanged(credential));
    held = { token, until: now() + lifeMs - marginMs(lifeMs) };
    return token;
  }

  return {
    async get() {
      if (held !== undefined && now() < held.until) return held.token;
      asking ??= renew().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    refused(token) {
      if (held?.token === token) held = undefined;
    },
  };
}
