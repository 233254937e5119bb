import { z } from 'zod';
import type { Outcome } from '../../delivery/outbox/message.js';
import type { FeedActivity, Installed, TeamsReach } from '../../delivery/reach/teams-reach.js';
import type { PersonId } from '../../platform/ids.js';
import type { GraphClient } from './graph-client.js';
import { GraphFault, isFault } from './graph-http.js';

interface Deps {
  readonly client: GraphClient;
  /** With its version, without a slash at the end. */
  readonly graphUrl: string;
  /** The id of the app in the organisation's catalogue. */
  readonly catalogId: string;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

/** The one tab of the app package. */
const entityId = 'big-room';
const maxPreview = 150;
const timeoutMs = 15_000;

const installations = z.object({ value: z.array(z.object({ id: z.string() })) });
const chat = z.object({ id: z.string() });

/** What the app package asks for of a person's own, to be agreed to where it is installed for them. */
const consentedPermissionSet = {
  resourceSpecificPermissions: [
    { permissionValue: 'TeamsActivity.Send.User', permissionType: 'application' },
  ],
};

/** Opens a place of the tab; by the id that the app has in the organisation's catalogue. */
function deepLink({ catalogId, publicUrl }: Deps, { subPage, topic }: FeedActivity): string {
  const [, name, place = ''] = /^p\/([^/]+)\/(.*)$/.exec(subPage) ?? [];
  const page = name === undefined ? `${publicUrl}/#/${subPage}` : `${publicUrl}/p/${name}/#/${place}`;
  const query = new URLSearchParams({
    webUrl: page,
    label: topic,
    context: JSON.stringify({ subEntityId: subPage }),
  });
  const path = `${encodeURIComponent(catalogId)}/${entityId}`;
  return `https://teams.microsoft.com/l/entity/${path}?${query.toString().replaceAll('+', '%20')}`;
}

const waitOf = ({ afterSeconds }: GraphFault) => (afterSeconds === undefined ? {} : { afterSeconds });

/** A token that was refused or not given: a matter of the settings, which somebody may be mending. */
const isPassing = ({ kind, status, atSignIn }: GraphFault): boolean =>
  kind === 'throttled' || status === 401 || atSignIn;

const reasonOf = ({ status, code }: GraphFault): string =>
  status === undefined ? code : `${String(status)} ${code}`;

function notified(fault: unknown): Outcome {
  if (!(fault instanceof GraphFault)) throw fault;
  if (isPassing(fault)) return { result: 'retry', reason: fault.code, ...waitOf(fault) };
  if (fault.kind === 'unknown') return { result: 'uncertain', reason: reasonOf(fault) };
  // 403: the app is not there for the person, or may not; 404: Teams does not know them.
  const isTheirs = fault.status === 403 || fault.status === 404 || fault.status === 409;
  return { result: isTheirs ? 'undeliverable' : 'failed', reason: reasonOf(fault) };
}

/**
 * Teams through Graph: the app for people whom the bot has not met
 * (https://learn.microsoft.com/graph/api/userteamwork-post-installedapps), and their activity feed
 * (https://learn.microsoft.com/graph/api/userteamwork-sendactivitynotification). The first wants the application permission
 * TeamsAppInstallation.ReadWriteAndConsentSelfForUser.All, since the app package asks for a permission of the person's own,
 * which is the one that the second wants: TeamsActivity.Send.User.
 */
export function graphReach(deps: Deps): TeamsReach {
  const { client, graphUrl, catalogId } = deps;
  const app = `${graphUrl}/appCatalogs/teamsApps/${catalogId}`;

  /** The conversation of the person and the bot, where the app is there already. */
  async function conversationOf(id: PersonId): Promise<{ readonly conversationId?: string }> {
    const $filter = `teamsApp/id eq '${catalogId}'`;
    const path = '/teamwork/installedApps';
    const found = installations.safeParse(await client.call(id, { method: 'GET', path, query: { $filter } }));
    const [installed] = found.data?.value ?? [];
    if (installed === undefined) return {};
    const own = `${path}/${encodeURIComponent(installed.id)}/chat`;
    const read = chat.safeParse(await client.call(id, { method: 'GET', path: own }));
    return read.data === undefined ? {} : { conversationId: read.data.id };
  }

  function refusedInstall(fault: unknown): Installed {
    if (!(fault instanceof GraphFault)) throw fault;
    if (isPassing(fault) || fault.kind === 'unknown')
      return { result: 'retry', reason: reasonOf(fault), ...waitOf(fault) };
    return { result: fault.status === 404 ? 'notFound' : 'refused', reason: reasonOf(fault) };
  }

  return {
    async install(id) {
      const body = { 'teamsApp@odata.bind': app, consentedPermissionSet };
      try {
        const path = '/teamwork/installedApps';
        await client.call(id, { method: 'POST', path, body, patienceSeconds: 0, timeoutMs });
        return { result: 'installed' };
      } catch (fault) {
        if (!isFault(fault, 409)) return refusedInstall(fault);
      }
      try {
        return { result: 'hadIt', ...(await conversationOf(id)) };
      } catch (fault) {
        return refusedInstall(fault);
      }
    },

    async notify(id, activity) {
      const { type, parameters, preview, topic } = activity;
      const body = {
        topic: { source: 'text', value: topic, webUrl: deepLink(deps, activity) },
        activityType: type,
        previewText: { content: preview.slice(0, maxPreview) },
        templateParameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
        // Of several apps with one registration only this one is meant.
        teamsAppId: catalogId,
      };
      try {
        const path = '/teamwork/sendActivityNotification';
        await client.call(id, { method: 'POST', path, body, patienceSeconds: 0, timeoutMs });
        return { result: 'sent' };
      } catch (fault) {
        return notified(fault);
      }
    },
  };
}
