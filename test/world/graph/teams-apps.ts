import { readFileSync } from 'node:fs';
import { Refusal } from './refusal.js';

interface Manifest {
  readonly activities: {
    readonly activityTypes: readonly { readonly type: string; readonly templateText: string }[];
  };
  readonly authorization: {
    readonly permissions: { readonly resourceSpecific: readonly { readonly name: string }[] };
  };
}

interface Installation {
  readonly id: string;
  readonly chatId: string;
  readonly consented: readonly string[];
}

interface InstallBody {
  readonly 'teamsApp@odata.bind'?: string;
  readonly consentedPermissionSet?: {
    readonly resourceSpecificPermissions?: readonly { readonly permissionValue: string }[];
  };
}

interface NotificationBody {
  readonly topic: { readonly source: string; readonly value: string; readonly webUrl?: string };
  readonly activityType: string;
  readonly previewText: { readonly content: string };
  readonly templateParameters?: readonly { readonly name: string; readonly value: string }[];
  readonly teamsAppId?: string;
}

/** What somebody's activity feed shows. */
export interface ShownActivity {
  readonly user: string;
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly topic: string;
  readonly webUrl: string;
  readonly preview: string;
}

/**
 * The app of the package in this project, in the organisation's catalogue and with people
 * (https://learn.microsoft.com/graph/api/userteamwork-post-installedapps and
 * https://learn.microsoft.com/graph/teams-send-activityfeednotifications).
 */
export class TeamsApps {
  readonly catalogId = '9c1b2a3d-4e5f-4061-8273-94a5b6c7d8e9';
  /** Ids of those whom the directory knows; everybody, unless a test names some. */
  users: ReadonlySet<string> | undefined;
  /** Whether the application may install the app, and consent to what it asks for. */
  mayInstall = true;
  /** For whom a policy of the organisation allows no app. */
  readonly forbidden = new Set<string>();
  readonly shown: ShownActivity[] = [];
  /** Called when the app has come to somebody, as Teams reports it to the bot. */
  onInstalled: (user: string) => void = () => undefined;
  readonly #manifest = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8')) as Manifest;
  readonly #installed = new Map<string, Installation>();

  /** Whether somebody has the app. */
  has(user: string): boolean {
    return this.#installed.has(user);
  }

  /** Somebody has the app already, and has consented to what it asks for unless `consented` says otherwise. */
  give(
    user: string,
    consented = this.#manifest.authorization.permissions.resourceSpecific.map(({ name }) => name),
  ): Installation {
    const installation = {
      id: Buffer.from(`${user}##${this.catalogId}`).toString('base64'),
      chatId: `19:${user}_bot@unq.gbl.spaces`,
      consented,
    };
    this.#installed.set(user, installation);
    return installation;
  }

  remove(user: string): void {
    this.#installed.delete(user);
  }

  #admit(user: string): void {
    if (this.users?.has(user) === false) throw new Refusal(404, 'NotFound', 'No user found');
  }

  install(user: string, body: InstallBody): void {
    if (!this.mayInstall) throw new Refusal(403, 'Forbidden', 'Missing role permissions on the request');
    this.#admit(user);
    const [, id] = /\/appCatalogs\/teamsApps\/([^/]+)$/.exec(body['teamsApp@odata.bind'] ?? '') ?? [];
    if (id !== this.catalogId) throw new Refusal(404, 'NotFound', 'No app found');
    if (this.forbidden.has(user)) throw new Refusal(403, 'Forbidden', 'The app is blocked by policy');
    if (this.has(user)) throw new Refusal(409, 'Conflict', 'App is already installed in this scope');
    const consented = (body.consentedPermissionSet?.resourceSpecificPermissions ?? []).map(
      ({ permissionValue }) => permissionValue,
    );
    const wanted = this.#manifest.authorization.permissions.resourceSpecific.map(({ name }) => name);
    if (wanted.some((name) => !consented.includes(name)))
      throw new Refusal(403, 'Forbidden', 'The permissions that the app requires were not consented to');
    this.give(user, consented);
    this.onInstalled(user);
  }

  list(user: string, filter: string | null): object[] {
    this.#admit(user);
    const installed = this.#installed.get(user);
    const isAsked = filter === null || filter === `teamsApp/id eq '${this.catalogId}'`;
    return installed === undefined || !isAsked ? [] : [{ id: installed.id }];
  }

  chat(user: string, id: string): object {
    const installed = this.#installed.get(user);
    if (installed?.id !== id) throw new Refusal(404, 'NotFound');
    return { id: installed.chatId, chatType: 'oneOnOne' };
  }

  notify(user: string, body: NotificationBody): void {
    this.#admit(user);
    const installed = this.#installed.get(user);
    const isAllowed = installed?.consented.includes('TeamsActivity.Send.User') === true;
    if (!isAllowed)
      throw new Refusal(
        403,
        'Forbidden',
        'Application is not authorized to generate custom text notifications to the recipient. Ensure that the expected Teams app is installed in the target scope (user, team, or chat).',
      );
    const { topic, activityType, templateParameters = [], previewText } = body;
    const declared = this.#manifest.activities.activityTypes.find(({ type }) => type === activityType);
    if (declared === undefined) throw new Refusal(400, 'BadRequest', 'The activity type is not declared');
    const wanted = [...declared.templateText.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const given = templateParameters.map(({ name }) => name);
    const isComplete = wanted.every((name) => given.includes(name));
    if (!isComplete || templateParameters.some(({ value }) => value === ''))
      throw new Refusal(400, 'BadRequest', 'A template parameter has no value');
    const { webUrl = '' } = topic;
    if (topic.source === 'text' && !webUrl.startsWith('https://teams.microsoft.com/'))
      throw new Refusal(400, 'BadRequest', 'The webUrl of a topic starts with the domain of Teams');
    this.shown.push({
      user,
      type: activityType,
      parameters: Object.fromEntries(templateParameters.map(({ name, value }) => [name, value])),
      topic: topic.value,
      webUrl,
      preview: previewText.content,
    });
  }
}
