import { z } from 'zod';
import { mailAddressSchema } from '../../platform/mail-address.js';
import { entraId, secretAddress, wantsSecretAddress } from '../../platform/settings-values.js';
import { settingsGroup, type Environment } from '../../platform/settings.js';

/** What Big Room does through Microsoft Graph. */
export interface GraphSettings {
  /** With its version, without a slash at the end. */
  readonly graphUrl: string;
  /** Address or object id of the mailbox that owns the sessions; without it they go out as calendar files and feeds. */
  readonly organiser?: string;
  /** The mailbox of the newsletter, and of all mail where there is no organiser. */
  readonly mailFrom?: string;
  /** The SharePoint site where releases are published, as Graph names it. */
  readonly siteId?: string;
  /** The app in the organisation's catalogue, by its id there: it is installed for members, and notifies them in their activity feed. */
  readonly catalogId?: string;
}

/** Each of them makes Big Room ask Graph. */
export const graphUses = ['ORGANISER', 'MAIL_FROM', 'SITE_ID', 'APP_CATALOG_ID'] as const;

const mailbox = z.string().regex(/^([^\s@/]+@[^\s@/]+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i);

/** `county.sharepoint.com,<site collection>,<site>`, or the shorter `county.sharepoint.com:/sites/name`. */
const site = z
  .string()
  .regex(/^[\w-]+(\.[\w-]+)+(:\d+)?((,[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}){2}|:\/[^\s?#]+)$/i);

function faults(environment: Environment): string[] {
  // With a mail server of its own, the sender alone makes nobody ask Graph.
  const uses = graphUses.filter(
    (name) =>
      environment[name] !== undefined && !(name === 'MAIL_FROM' && environment.SMTP_URL !== undefined),
  );
  const { CLIENT_SECRET: secret, MANAGED_IDENTITY_CLIENT_ID: identity } = environment;
  if (uses.length === 0 || secret !== undefined || identity !== undefined) return [];
  return [
    `CLIENT_SECRET wants a secret of the app registration (or MANAGED_IDENTITY_CLIENT_ID a managed identity that it trusts), since ${uses.join(', ')} make Big Room ask Graph`,
  ];
}

/** The settings of Graph; their value is `undefined` where nothing goes through it. */
export const graphSettings = settingsGroup({
  shape: {
    GRAPH_URL: secretAddress('https://graph.microsoft.com/v1.0'),
    ORGANISER: mailbox.optional(),
    MAIL_FROM: mailAddressSchema.optional(),
    SITE_ID: site.optional(),
    APP_CATALOG_ID: entraId.optional(),
  },
  wants: {
    GRAPH_URL: wantsSecretAddress,
    ORGANISER: "a user's object id or mail address",
    MAIL_FROM: 'the mail address of a mailbox',
    SITE_ID: 'a SharePoint site as Graph names it: host,id,id or host:/sites/name',
    APP_CATALOG_ID:
      "the id of the app in the organisation's catalogue, as Teams admin center shows it (not that of the package)",
  },
  faults,
  value: ({
    GRAPH_URL: graphUrl,
    ORGANISER,
    MAIL_FROM,
    SITE_ID,
    APP_CATALOG_ID,
  }): GraphSettings | undefined => {
    if ((ORGANISER ?? MAIL_FROM ?? SITE_ID ?? APP_CATALOG_ID) === undefined) return undefined;
    return {
      graphUrl,
      ...(ORGANISER !== undefined && { organiser: ORGANISER }),
      ...(MAIL_FROM !== undefined && { mailFrom: MAIL_FROM }),
      ...(SITE_ID !== undefined && { siteId: SITE_ID }),
      ...(APP_CATALOG_ID !== undefined && { catalogId: APP_CATALOG_ID }),
    };
  },
});
