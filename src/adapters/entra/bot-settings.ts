import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { settingsGroup, type Environment } from '../../platform/settings.js';
import { entraId, secretAddress, wantsSecretAddress } from '../../platform/settings-values.js';
import { certificateIn, type AppCredential } from './app-tokens.js';

/** The bot's registration, and where it and the connector sign in. Addresses end without a slash. */
export interface BotSettings {
  readonly botId: string;
  readonly tenantId: string;
  readonly credential: AppCredential;
  /** The OpenID document of those who sign activities. */
  readonly metadataUrl: string;
  /** Whose their tokens are. */
  readonly issuer: string;
  /** Where the bot gets its own. */
  readonly loginUrl: string;
}

const wants = {
  BOT_ID: 'the application id of the bot, as in 00000000-0000-0000-0000-000000000000',
  BOT_TYPE: 'SingleTenant or UserAssignedMSI, as the Azure Bot resource says',
  BOT_PASSWORD: "a secret of the bot's app registration",
  BOT_CERTIFICATE_FILE: 'the path of a PEM file with a private RSA key and its certificate',
  MANAGED_IDENTITY_CLIENT_ID: 'the client id of a managed identity',
  TENANT_ID: 'the id of the Entra tenant, as in 00000000-0000-0000-0000-000000000000',
  BOT_OPENID_METADATA_URL: wantsSecretAddress,
  BOT_TOKEN_ISSUER: 'the issuer of the tokens of activities, such as https://api.botframework.com',
  BOT_LOGIN_URL: wantsSecretAddress,
};

function holdsCertificate(path: string): boolean {
  try {
    certificateIn(readFileSync(path, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

/** An own secret or certificate goes before a managed identity, which Graph may be using alone. */
const ownCredentials = ['BOT_PASSWORD', 'BOT_CERTIFICATE_FILE'] as const;

/** A bot has exactly one credential; the kinds are those of https://learn.microsoft.com/azure/bot-service/provision-and-publish-a-bot. */
function faults(environment: Environment): string[] {
  const { BOT_ID, BOT_TYPE, MANAGED_IDENTITY_CLIENT_ID, BOT_CERTIFICATE_FILE } = environment;
  if (BOT_ID === undefined) return [];
  const own = ownCredentials.filter((name) => environment[name] !== undefined);
  if (BOT_TYPE === 'UserAssignedMSI')
    return own.map(
      (name) => `${name} wants to be left out where BOT_TYPE is UserAssignedMSI: that bot has no secret`,
    );
  if (own.length > 1) return [`${own.join(' and ')} are both set: leave one out, a bot has one credential`];
  if (own.length === 0 && MANAGED_IDENTITY_CLIENT_ID === undefined)
    return [
      `BOT_PASSWORD wants ${wants.BOT_PASSWORD}, or BOT_CERTIFICATE_FILE ${wants.BOT_CERTIFICATE_FILE}, or MANAGED_IDENTITY_CLIENT_ID ${wants.MANAGED_IDENTITY_CLIENT_ID} that the registration trusts, since BOT_ID is set (a bot that is a managed identity itself: BOT_TYPE=UserAssignedMSI)`,
    ];
  return BOT_CERTIFICATE_FILE === undefined || holdsCertificate(BOT_CERTIFICATE_FILE)
    ? []
    : [`BOT_CERTIFICATE_FILE wants ${wants.BOT_CERTIFICATE_FILE}; it is "${BOT_CERTIFICATE_FILE}"`];
}

/** The settings of the bot; their value is `undefined` where it does not sign in. */
export const botSettings = settingsGroup({
  shape: {
    BOT_ID: entraId.optional(),
    BOT_TYPE: z.enum(['SingleTenant', 'UserAssignedMSI']).default('SingleTenant'),
    BOT_PASSWORD: z.string().optional(),
    BOT_CERTIFICATE_FILE: z.string().optional(),
    MANAGED_IDENTITY_CLIENT_ID: entraId.optional(),
    TENANT_ID: entraId.optional(),
    BOT_OPENID_METADATA_URL: secretAddress(
      'https://login.botframework.com/v1/.well-known/openidconfiguration',
    ),
    BOT_TOKEN_ISSUER: z.string().default('https://api.botframework.com'),
    BOT_LOGIN_URL: secretAddress('https://login.microsoftonline.com'),
  },
  wants,
  secrets: ['BOT_PASSWORD'],
  faults,
  value: (read): BotSettings | undefined => {
    const { BOT_ID: botId, TENANT_ID: tenantId } = read;
    const credential = credentialOf(read);
    if (botId === undefined || tenantId === undefined || credential === undefined) return undefined;
    return {
      botId,
      tenantId,
      credential,
      metadataUrl: read.BOT_OPENID_METADATA_URL,
      issuer: read.BOT_TOKEN_ISSUER,
      loginUrl: read.BOT_LOGIN_URL,
    };
  },
});

interface CredentialSettings {
  readonly BOT_ID?: string | undefined;
  readonly BOT_TYPE: 'SingleTenant' | 'UserAssignedMSI';
  readonly BOT_PASSWORD?: string | undefined;
  readonly BOT_CERTIFICATE_FILE?: string | undefined;
  readonly MANAGED_IDENTITY_CLIENT_ID?: string | undefined;
}

function credentialOf(read: CredentialSettings): AppCredential | undefined {
  const { BOT_ID: managedIdentity, BOT_PASSWORD: secret, BOT_CERTIFICATE_FILE: certificateFile } = read;
  const { BOT_TYPE, MANAGED_IDENTITY_CLIENT_ID: federatedBy } = read;
  if (BOT_TYPE === 'UserAssignedMSI') return managedIdentity === undefined ? undefined : { managedIdentity };
  if (secret !== undefined) return { secret };
  if (certificateFile !== undefined) return { certificateFile };
  return federatedBy === undefined ? undefined : { federatedBy };
}
