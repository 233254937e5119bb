import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { ActivitySender } from '../../platform/bot-sign-in.js';
import { AppError } from '../../platform/errors.js';
import { KeysUnavailable, skewSeconds, type SigningKeys } from './keys.js';

interface Deps {
  /** Those of the Bot Connector. */
  readonly keys: SigningKeys;
  /** The bot's application id, for which the tokens must be. */
  readonly botId: string;
  /** `https://api.botframework.com` */
  readonly issuer: string;
  /** For tests; the process's own clock unless given. */
  readonly now?: () => Date;
}

const claimsSchema = z.looseObject({ serviceurl: z.string().min(1) });

/** Why a token is not believed, for the log: nothing of what stands in it, and what to do where that can be known. */
class NotBelieved extends Error {
  override readonly name = 'NotBelieved';

  constructor(cause: unknown) {
    super(NotBelieved.reasonOf(cause), { cause });
  }

  private static reasonOf(error: unknown): string {
    if (error instanceof errors.JWTExpired)
      return 'the token has ended: if Teams has just sent it, the clock of this machine is fast';
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf')
      return 'the token is not good yet: if Teams has just sent it, the clock of this machine is slow';
    return error instanceof errors.JOSEError ? error.message : 'not a token';
  }
}

/** The scheme's name in any case (RFC 9110, 11.1), and the token as RFC 6750, 2.1 writes it. */
const bearer = /^bearer ([\w.~+/-]+=*)$/i;

/**
 * The check of the token with which Teams' connector sends an activity
 * (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication, "Step 4: Verify the
 * JWT token"). No other token opens: neither that of a person, nor of an emulator or another bot, nor one of the bot's own,
 * as all of these are signed by the tenant and not by the connector.
 * @returns for what the token vouches; whether that covers the activity is the bot's to check.
 * @throws AppError `signIn.needed`, with the reason as its cause; `signIn.unavailable`.
 */
export function botTokens({ keys, botId, issuer, now = () => new Date() }: Deps) {
  return async (authorization: string | undefined): Promise<ActivitySender> => {
    const token = bearer.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new AppError('signIn.needed');
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys.key, {
        algorithms: ['RS256'],
        issuer,
        audience: botId,
        clockTolerance: skewSeconds,
        requiredClaims: ['exp', 'serviceurl'],
        currentDate: now(),
      });
      const { serviceurl: serviceUrl } = claimsSchema.parse(payload);
      // A key without a name vouches for nothing: nobody could look up for what.
      return { serviceUrl, channels: keys.endorsementsOf(protectedHeader.kid ?? '') };
    } catch (error) {
      if (error instanceof KeysUnavailable) throw new AppError('signIn.unavailable', {}, { cause: error });
      throw new AppError('signIn.needed', {}, { cause: new NotBelieved(error) });
    }
  };
}
