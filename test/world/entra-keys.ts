import { createHmac, generateKeyPair as generate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { exportJWK, SignJWT, type JWK } from 'jose';

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Otherwise than with RS256 and the key's own id, as an attacker would. */
export interface Signing {
  /** Members of the header over the usual ones; one that is `undefined` is left out. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signs with this key, under the name of the right one. */
  readonly by?: SigningKey;
  /** `none`: not at all. `HS256`: with the public key, which everybody knows, as the secret. */
  readonly alg?: 'none' | 'HS256';
}

/** Making an RSA key takes a tenth of a second, so that each is made once for all tests of a process. */
const made = new Map<string, Promise<KeyPair>>();

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A key with which an issuer signs, and as it publishes it. */
export class SigningKey {
  private constructor(
    readonly kid: string,
    private readonly pair: KeyPair,
    /** As the issuer's key set has it (RFC 7517), with the channels for which the Bot Connector's keys vouch. */
    readonly published: JWK,
  ) {}

  /** @param kid the same one gives the same key. */
  static async make(kid: string, endorsements?: readonly string[]): Promise<SigningKey> {
    const making = made.get(kid) ?? promisify(generate)('rsa', { modulusLength: 2048 });
    made.set(kid, making);
    const pair = await making;
    const jwk = await exportJWK(pair.publicKey);
    return new SigningKey(kid, pair, { ...jwk, kid, use: 'sig', ...(endorsements && { endorsements }) });
  }

  async sign(claims: Readonly<Record<string, unknown>>, { header, by, alg }: Signing = {}): Promise<string> {
    const usual = { typ: 'JWT', kid: this.kid, ...header };
    if (alg === undefined) {
      const { privateKey } = (by ?? this).pair;
      return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', ...usual }).sign(privateKey);
    }
    const unsigned = `${base64({ alg, ...usual })}.${base64(claims)}`;
    if (alg === 'none') return `${unsigned}.`;
    const secret = this.pair.publicKey.export({ type: 'spki', format: 'pem' });
    return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
  }
}
