import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { AppError } from '../../platform/errors.js';
import type { DirectoryMember } from '../../people/member.js';
import { KeysUnavailable, skewSeconds, type SigningKeys } from './keys.js';

/** The permission that a client asks for in the name of whoever signs in; the app registration exposes it. */
export const tabScope = 'access_as_user';

const id = z.string().regex(/^[\w-]{1,64}$/);

/** What Big Room reads of a token (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference). */
const claimsSchema = z.looseObject({
  tid: id,
  oid: id,
  scp: z.string(),
  name: z.string().optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
  roles: z.array(z.string()).catch([]),
  /** 0 a member of the tenant, 1 a guest. */
  acct: z.coerce.number().optional().catch(undefined),
  /** Who knows the person, where that is not the tenant itself. */
  idp: z.string().optional().catch(undefined),
});

type Claims = z.output<typeof claimsSchema>;

/** Somebody of another tenant or with a private account, whom ours has invited. */
function isGuest({ acct, idp, tid, preferred_username: user = '' }: Claims): boolean {
  return acct === 1 || user.toUpperCase().includes('#EXT#') || (idp !== undefined && !idp.includes(tid));
}

interface Deps {
  /** Those of the tenant, whose issuer is that of version 2 tokens. */
  readonly keys: SigningKeys;
  readonly tenantId: string;
  readonly clientId: string;
  /** Where people reach Big Room. */
  readonly publicUrl: string;
}

/** Why a token is not believed, for the log: nothing of what stands in it. */
class NotBelieved extends Error {
  override readonly name = 'NotBelieved';
}

/**
 * The check of a token with which the tab signs somebody in, as Teams or the browser's sign-in gave it
 * (https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-overview).
 * @returns who they are. @throws AppError `signIn.needed` for a token that is not good, with the reason as its cause;
 *   `signIn.guest`; `signIn.unavailable` while the tenant's keys can't be read.
 */
export function tabTokens({ keys, tenantId, clientId, publicUrl }: Deps) {
  const audience = [clientId, `api://${new URL(publicUrl).host}/${clientId}`];

  async function claimsOf(token: string): Promise<Claims> {
    const { payload } = await jwtVerify(token, keys.key, {
      algorithms: ['RS256'],
      issuer: await keys.issuer(),
      audience,
      clockTolerance: skewSeconds,
      requiredClaims: ['exp', 'oid', 'tid', 'scp'],
    });
    const claims = claimsSchema.parse(payload);
    if (claims.tid.toLowerCase() !== tenantId) throw new NotBelieved('of another tenant');
    if (!claims.scp.split(' ').includes(tabScope)) throw new NotBelieved('not for the tab');
    return claims;
  }

  return async (token: string): Promise<DirectoryMember> => {
    let claims: Claims;
    try {
      claims = await claimsOf(token);
    } catch (error) {
      if (error instanceof KeysUnavailable) throw new AppError('signIn.unavailable', {}, { cause: error });
      const isRefused =
        error instanceof errors.JOSEError || error instanceof NotBelieved || error instanceof z.ZodError;
      // jose reads whatever it is given; what is no token makes it stumble in other ways too.
      throw new AppError('signIn.needed', {}, { cause: isRefused ? error : new NotBelieved('not a token') });
    }
    if (isGuest(claims)) throw new AppError('signIn.guest');
    const name = claims.name?.trim() ?? '';
    return {
      id: claims.oid.toLowerCase(),
      name: name === '' ? (claims.preferred_username ?? '') : name,
      appRoles: claims.roles,
    };
  };
}
