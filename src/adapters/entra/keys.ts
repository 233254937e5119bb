import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { leadsToLoopback } from '../../platform/loopback.js';

/**
 * What an OpenID metadata document says of whoever signs tokens (OpenID Connect Discovery 1.0, section 3). Whose issuer is a
 * setting can do without the document's.
 */
const metadataSchema = z.looseObject({ issuer: z.string().min(1).optional(), jwks_uri: z.url() });

/**
 * What Teams' channels a key may vouch for
 * (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication).
 */
const endorsedKey = z.looseObject({ kid: z.string(), endorsements: z.array(z.string()).optional() });

/** The keys of one issuer, as its metadata document names them. */
export interface SigningKeys {
  /** For jose. @throws JWKSNoMatchingKey for a key that is not known to be published, {@link KeysUnavailable}. */
  readonly key: JWTVerifyGetKey;
  /** The issuer that the document names. @throws {@link KeysUnavailable}. */
  issuer(): Promise<string>;
  /** The channels for which a key vouches; none where it is not known, or says nothing. */
  endorsementsOf(kid: string): readonly string[];
}

/** By so much the clocks of servers may differ: https://learn.microsoft.com/entra/identity-platform/claims-validation. */
export const skewSeconds = 300;

/** The issuer's keys can't be read now: nobody can know whether a token is good. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

const minute = 60_000;
/** Document and keys are read again in the background after so long. */
const freshMs = 10 * minute;
/** What was not read again for so long is believed no longer. */
const believedMs = 24 * 60 * minute;
/** After they could not be read, whoever asks next tries again only then. */
const pauseMs = 5_000;
const timeoutMs = 5_000;
/** An unknown key makes the keys be read anew, at most so often: a new one is believed within a minute. */
const cooldownMs = 30_000;

const isSafe = (address: string): boolean => address.startsWith('https://') || leadsToLoopback(address);

interface Options {
  /** For tests; the process's own unless given. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970; the process's own clock unless given. */
  readonly now?: () => number;
}

interface Known {
  readonly issuer: string | undefined;
  readonly address: string;
  readonly set: ReturnType<typeof createRemoteJWKSet>;
  readonly readAt: number;
}

/**
 * The signing keys behind an OpenID metadata document. Both are read when they are first asked for, and again in the
 * background: nobody waits for that, and keys that are known serve for a day while the issuer does not answer.
 * @param metadataUrl https, or http to this machine.
 */
export function signingKeys(metadataUrl: string, options: Options = {}): SigningKeys {
  const { fetch: ask = fetch, now = Date.now } = options;
  let known: Known | undefined;
  let reading: Promise<Known> | undefined;
  let failedAt = -Infinity;

  const keysAt = (address: string): Known['set'] =>
    createRemoteJWKSet(new URL(address), {
      cooldownDuration: cooldownMs,
      // When they are too old is decided here: with an age of its own the set refuses everybody while the issuer is silent.
      cacheMaxAge: Infinity,
      timeoutDuration: timeoutMs,
      [customFetch]: (url, settings) => ask(url, settings),
    });

  async function read(): Promise<Known> {
    const answer = await ask(metadataUrl, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    if (!answer.ok) throw new Error(`the metadata document answered ${String(answer.status)}`);
    const { issuer, jwks_uri: address } = metadataSchema.parse(await answer.json());
    if (!isSafe(address)) throw new Error('the metadata document names keys over plain http');
    const set = known?.address === address ? known.set : keysAt(address);
    await set.reload();
    return { issuer, address, set, readAt: now() };
  }

  /** Reads document and keys; those who ask meanwhile get the same answer. */
  async function readOnce(): Promise<Known> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    try {
      known = await reading;
      return known;
    } catch (error) {
      failedAt = now();
      throw new KeysUnavailable('the signing keys could not be read', { cause: error });
    }
  }

  async function current(): Promise<Known> {
    const age = now() - (known?.readAt ?? -Infinity);
    const mayTry = now() >= failedAt + pauseMs;
    if (known === undefined || age > believedMs) {
      if (!mayTry) throw new KeysUnavailable('the signing keys could not be read lately');
      return readOnce();
    }
    // Whoever asks meanwhile is served by what is known.
    if (age > freshMs && mayTry && reading === undefined) readOnce().catch(() => undefined);
    return known;
  }

  return {
    key: async (header, token) => {
      const { set } = await current();
      try {
        return await set(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
          throw error;
        // The key is unknown, and whether it is new can't be found out now: those that are known go on serving.
        throw new errors.JWKSNoMatchingKey(undefined, { cause: error });
      }
    },
    issuer: async () => {
      const { issuer } = await current();
      if (issuer === undefined) throw new KeysUnavailable('the metadata document names no issuer');
      return issuer;
    },
    endorsementsOf: (kid) => {
      for (const each of known?.set.jwks()?.keys ?? []) {
        const key = endorsedKey.safeParse(each).data;
        if (key?.kid === kid) return key.endorsements ?? [];
      }
      return [];
    },
  };
}
