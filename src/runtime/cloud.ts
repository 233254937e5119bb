import { accountByIdentity } from '../adapters/azure/account.js';
import { createGraphClient, type GraphClient } from '../adapters/graph/graph-client.js';
import { graphEdges } from '../adapters/graph/graph-edges.js';
import { graphReach } from '../adapters/graph/graph-reach.js';
import { sharePointModule } from '../adapters/graph/site-module.js';
import { botSignIn } from '../adapters/entra/bot-sign-in.js';
import { signingKeys } from '../adapters/entra/keys.js';
import { smtpMailer } from '../adapters/smtp/smtp-mailer.js';
import { tabTokens } from '../adapters/entra/tab-token.js';
import { localIntranetModule } from '../adapters/local-intranet/module.js';
import type { Adapters } from '../compose.js';
import { entraSignIn } from '../http/sign-in.js';
import { firstPlace } from '../people/programmes.js';
import { systemClock, type Clock } from '../platform/clock.js';
import type { Log } from '../platform/log.js';
import { readProgrammeFile } from './programme-file.js';
import type { CloudSettings, StorageSettings } from './settings.js';
import { openStorage } from './storage.js';

/** The account of the settings, with what opens it. */
export const accountOf = async (storage: StorageSettings) =>
  'connectionString' in storage
    ? { tables: storage, queues: storage }
    : accountByIdentity(storage.account, storage.identity);

/** Where the tenant says who issues its tokens and with which keys; of version 2, as the app registration asks for. */
export const metadataOf = ({ loginUrl, tenantId }: CloudSettings['app']): string =>
  `${loginUrl}/${tenantId}/v2.0/.well-known/openid-configuration`;

/**
 * The outside world in a tenant: Azure Storage, people who sign in with Entra, a bot of Teams, and as much of Microsoft Graph
 * as is set.
 */
export async function cloudAdapters(settings: CloudSettings, log: Log): Promise<Adapters> {
  const { app, publicUrl } = settings;
  const clock = systemClock;
  const client = graphClientOf(settings, clock);
  const { siteId, catalogId, graphUrl = '' } = settings.graph ?? {};
  const first =
    settings.programmeFile === undefined ? undefined : await readProgrammeFile(settings.programmeFile);
  const check = tabTokens({
    keys: signingKeys(metadataOf(app)),
    tenantId: app.tenantId,
    clientId: app.clientId,
    publicUrl,
  });
  return {
    ...openStorage(await accountOf(settings.storage)),
    clock,
    log,
    publicUrl,
    signIn: entraSignIn(check),
    loopbackOnly: false,
    undoSeconds: settings.undoSeconds,
    ...settings.team,
    admins: settings.admins,
    bot: { tenantId: app.tenantId, signIn: botSignIn(settings.bot, clock) },
    firstStart: async ({ people }) => {
      if (first !== undefined) await people.add({ ...first, partition: firstPlace.partition }, []);
    },
    modules: (deps) => [
      client !== undefined && siteId !== undefined
        ? sharePointModule({ ...deps, client, siteId })
        : localIntranetModule({ ...deps, audience: 'members' }),
    ],
    limitsMail: true,
    pageFacts: {
      'sign-in': 'entra',
      'login-url': app.loginUrl,
      'tenant-id': app.tenantId,
      'client-id': app.clientId,
    },
    ...(client && graphEdges(client, settings.graph ?? {}, clock)),
    ...smtpOf(settings, clock),
    ...(client &&
      catalogId !== undefined && { reach: graphReach({ client, graphUrl, catalogId, publicUrl }) }),
  };
}

/** Mail by a mail server goes before mail by Graph; its sender is the organiser where that is an address, as calendars want. */
function smtpOf({ smtpUrl, graph }: CloudSettings, clock: Clock): Partial<Adapters> {
  if (smtpUrl === undefined) return {};
  const organiser = graph?.organiser?.includes('@') === true ? graph.organiser : undefined;
  const sender = organiser ?? graph?.mailFrom ?? '';
  return { mailer: smtpMailer({ url: smtpUrl, sender, clock }), organiser: sender };
}

/** With what Graph is asked; `undefined` where nothing of it is set. */
function graphClientOf({ graph, app }: CloudSettings, clock: Clock): GraphClient | undefined {
  const { credential, ...registration } = app;
  if (graph === undefined || credential === undefined) return undefined;
  return createGraphClient({ ...registration, credential, graphUrl: graph.graphUrl, clock });
}
