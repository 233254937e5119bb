import { entraId, secretAddress, wantsSecretAddress } from '../../platform/settings-values.js';
import { z } from 'zod';
import { settingsGroup } from '../../platform/settings.js';
import type { AppCredential } from './app-tokens.js';

/** The app registration behind the tab: who signs in is signed in to it, and with it Big Room asks Graph. */
export interface AppSettings {
  readonly tenantId: string;
  readonly clientId: string;
  /** How the application shows Graph who it is; absent where Graph is not used. */
  readonly credential?: AppCredential;
  /** Without a slash at the end. */
  readonly loginUrl: string;
}

/** The settings of the app registration; their value is `undefined` where nobody signs in. */
export const appSettings = settingsGroup({
  shape: {
    TENANT_ID: entraId.optional(),
    CLIENT_ID: entraId.optional(),
    CLIENT_SECRET: z.string().optional(),
    MANAGED_IDENTITY_CLIENT_ID: entraId.optional(),
    LOGIN_URL: secretAddress('https://login.microsoftonline.com'),
  },
  wants: {
    TENANT_ID: 'the id of the Entra tenant, as in 00000000-0000-0000-0000-000000000000',
    CLIENT_ID: 'the id of the app registration of the tab, as in 00000000-0000-0000-0000-000000000000',
    CLIENT_SECRET: 'a secret of that app registration',
    MANAGED_IDENTITY_CLIENT_ID: 'the client id of a managed identity',
    LOGIN_URL: wantsSecretAddress,
  },
  secrets: ['CLIENT_SECRET'],
  value: (read): AppSettings | undefined => {
    const { TENANT_ID: tenantId, CLIENT_ID: clientId, LOGIN_URL: loginUrl } = read;
    if (tenantId === undefined || clientId === undefined) return undefined;
    const { CLIENT_SECRET: secret, MANAGED_IDENTITY_CLIENT_ID: federatedBy } = read;
    return {
      tenantId,
      clientId,
      loginUrl,
      ...(secret !== undefined
        ? { credential: { secret } }
        : federatedBy !== undefined && { credential: { federatedBy } }),
    };
  },
});
