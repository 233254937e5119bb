import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { appSettings, type AppSettings } from '../adapters/entra/app-settings.js';
import { botSettings, type BotSettings } from '../adapters/entra/bot-settings.js';
import { graphSettings, graphUses, type GraphSettings } from '../adapters/graph/settings.js';
import { smtpSettings } from '../adapters/smtp/settings.js';
import { peopleSettings } from '../people/settings.js';
import type { PersonId } from '../platform/ids.js';
import { isLoopback, leadsToLoopback } from '../platform/loopback.js';
import { entraId, isPrivateAddress } from '../platform/settings-values.js';
import { settingsGroup, type Environment, type SettingsGroup } from '../platform/settings.js';
import { urlOf } from '../shared/links.js';

/** What holds in both modes. */
interface CommonSettings {
  readonly host: string;
  readonly port: number;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** For how long what somebody did can be taken back, before anybody is notified of it. */
  readonly undoSeconds: number;
  readonly team?: ReturnType<typeof peopleSettings.value>;
}

/** Nobody signs in, and all is on this machine. */
export interface TrialSettings extends CommonSettings {
  readonly mode: 'trial';
  /** Absolute path of the folder in which trial mode keeps everything. */
  readonly dataDir: string;
  /** Azure Tables and Queues; `undefined` only where the caller brings its own (see {@link readSettings}). */
  readonly storageConnectionString: string | undefined;
  /** The chat that replaces Teams on this machine; `undefined` where it is left out. */
  readonly playgroundPort: number | undefined;
}

/** Where the tables and queues are, and how they are opened. */
export type StorageSettings =
  | { readonly connectionString: string }
  /** By the managed identity of the machine; `identity` names one of several by its client id. */
  | { readonly account: string; readonly identity?: string };

/** In a tenant: people sign in with Entra, and the bot is one of Teams. */
export interface CloudSettings extends CommonSettings {
  readonly mode: 'cloud';
  readonly storage: StorageSettings;
  readonly app: AppSettings;
  readonly bot: BotSettings;
  readonly graph?: GraphSettings;
  /** The mail server in place of Graph. */
  readonly smtpUrl?: string;
  /** Object ids of those who are administrators whatever anybody decides in the tab. */
  readonly admins: readonly PersonId[];
  /** Path of a file from which an empty installation makes its first programme. */
  readonly programmeFile?: string;
}

/** The settings of the installation from outside, checked. */
export type Settings = TrialSettings | CloudSettings;

/** Every fault of the settings at once; the message is for the person who starts the programme. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly faults: readonly string[]) {
    super(`Big Room cannot start with these settings:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** What each setting of cloud mode needs beside it, in the order in which an administrator meets them. */
const neededInCloud = ['TENANT_ID', 'CLIENT_ID', 'PUBLIC_URL'] as const;

/** Settings that mean something in cloud mode alone: in trial mode they would promise too much, and are refused. */
export const cloudSettings = [
  'BOT_ID',
  'BOT_TYPE',
  'BOT_PASSWORD',
  'BOT_CERTIFICATE_FILE',
  'BOT_OPENID_METADATA_URL',
  'BOT_TOKEN_ISSUER',
  'BOT_LOGIN_URL',
  'TENANT_ID',
  'CLIENT_ID',
  'CLIENT_SECRET',
  'MANAGED_IDENTITY_CLIENT_ID',
  'LOGIN_URL',
  'GRAPH_URL',
  ...graphUses,
  'SMTP_URL',
  'STORAGE_ACCOUNT',
  'ADMINS',
  'PROGRAMME_FILE',
] as const;

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(65_535));

const port = (otherwise: number) => z.preprocess((value) => value ?? String(otherwise), portNumber);

/** The addresses in a connection string (https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string). */
function isPrivateStorage(text: string): boolean {
  const addresses = [...text.matchAll(/(?:^|;)\w+Endpoint=([^;]+)/g)].map(([, address = '']) => address);
  const isPlain = /(^|;)DefaultEndpointsProtocol=http(;|$)/.test(text) && addresses.length === 0;
  return !isPlain && addresses.every((address) => urlOf(address) === undefined || isPrivateAddress(address));
}

const processSettings = settingsGroup({
  shape: {
    PORT: port(3978),
    HOST: z.string().optional(),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .transform((address) => address.replace(/\/+$/, ''))
      .optional(),
    DATA_DIR: z.string().default('.data'),
    STORAGE_CONNECTION_STRING: z
      .string()
      .refine((text) => text === 'UseDevelopmentStorage=true' || /(^|;)AccountName=/.test(text))
      .refine(isPrivateStorage)
      .optional(),
    STORAGE_ACCOUNT: z
      .string()
      .regex(/^[a-z\d]{3,24}$/)
      .optional(),
    PLAYGROUND: z.enum(['on', 'off']).default('on'),
    PLAYGROUND_PORT: port(56_150),
    UNDO_SECONDS: z.coerce.number().int().min(1).max(60).default(10),
    ADMINS: z
      .string()
      .transform((ids) => ids.split(/[\s,;]+/).filter((id) => id !== ''))
      .pipe(z.array(entraId))
      .optional(),
    PROGRAMME_FILE: z.string().optional(),
  },
  wants: {
    PORT: 'a port number from 1 to 65535',
    HOST: 'an address of this machine',
    PUBLIC_URL: 'an address that begins with http:// or https://',
    DATA_DIR: 'a folder',
    STORAGE_CONNECTION_STRING:
      'a connection string of Azure Storage with tables and queues, over https (http on this machine only)',
    STORAGE_ACCOUNT: 'the name of a storage account, to which a managed identity has access',
    PLAYGROUND: 'on or off',
    PLAYGROUND_PORT: 'a port number from 1 to 65535',
    UNDO_SECONDS: 'a whole number from 1 to 60',
    ADMINS: 'object ids of people, with commas between them',
    PROGRAMME_FILE: 'the path of a JSON file with the first programme',
  },
  secrets: ['STORAGE_CONNECTION_STRING'],
  value: (read) => read,
});

const loopbackWanted =
  'a loopback address (127.0.0.1, ::1 or localhost): in trial mode nobody signs in, so nobody else may reach it';

/** What is wrong for trial mode: it is on this machine alone, and knows nothing of a tenant. */
function faultsInTrial(environment: Environment): string[] {
  const { HOST } = environment;
  const given = cloudSettings.filter((name) => name !== 'BOT_ID' && environment[name] !== undefined);
  return [
    ...(HOST !== undefined && !isLoopback(HOST)
      ? [
          `HOST wants ${loopbackWanted}; it is "${HOST}". To let others in, set up sign-in: BOT_ID and the other settings of cloud mode`,
        ]
      : []),
    ...(given.length > 0
      ? [
          `BOT_ID wants ${botSettings.wants.BOT_ID}, since ${given.join(', ')} ${given.length === 1 ? 'is' : 'are'} for cloud mode; leave ${given.length === 1 ? 'it' : 'them'} out to run in trial mode`,
        ]
      : []),
  ];
}

/** What cloud mode lacks. */
function faultsInCloud(environment: Environment): string[] {
  const wants: Readonly<Record<string, string>> = { ...appSettings.wants, ...processSettings.wants };
  const lacking = neededInCloud
    .filter((name) => environment[name] === undefined)
    .map((name) => `${name} wants ${wants[name] ?? 'a value'}, since BOT_ID is set, which means cloud mode`);
  const {
    STORAGE_CONNECTION_STRING: connection,
    STORAGE_ACCOUNT: account,
    PUBLIC_URL: url = '',
  } = environment;
  return [
    ...lacking,
    ...(connection === undefined && account === undefined
      ? [
          `STORAGE_CONNECTION_STRING wants ${wants.STORAGE_CONNECTION_STRING ?? ''}, or STORAGE_ACCOUNT ${wants.STORAGE_ACCOUNT ?? ''}`,
        ]
      : []),
    ...(connection !== undefined && account !== undefined
      ? [
          'STORAGE_ACCOUNT wants to be left out where STORAGE_CONNECTION_STRING is set: one of them says where everything is stored',
        ]
      : []),
    ...(isPrivateAddress(url)
      ? []
      : [
          `PUBLIC_URL wants an address that begins with https:// (http:// on this machine only), since people sign in there; it is "${url}"`,
        ]),
    ...(['', '/'].includes(urlOf(url)?.pathname ?? '')
      ? []
      : [`PUBLIC_URL wants an address without a path: Big Room has paths of its own; it is "${url}"`]),
    ...(environment.PLAYGROUND === 'on'
      ? ['PLAYGROUND wants to be left out in cloud mode: there Teams itself is the chat']
      : []),
  ];
}

/** The groups that parts of Big Room declare beside themselves. */
const declared = {
  process: processSettings,
  app: appSettings,
  bot: botSettings,
  graph: graphSettings,
  smtp: smtpSettings,
  team: peopleSettings,
};

type Groups = Readonly<Record<string, SettingsGroup>>;

type ValuesOf<Of extends Groups> = { readonly [Name in keyof Of]: ReturnType<Of[Name]['value']> };

type Read = ValuesOf<typeof declared>;

/**
 * Where people reach Big Room in trial mode: the public address, where it leads to this machine. Requests that name any other
 * host are refused there, so that a link to one would be dead.
 */
export function urlOnThisMachine({ host, port, publicUrl }: TrialSettings): string {
  return leadsToLoopback(publicUrl) ? publicUrl : urlAt(host, port);
}

/** The names of all settings that mean something today. */
export const settingNames = [...new Set(Object.values(declared).flatMap(({ wants }) => Object.keys(wants)))];

const urlAt = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;

function trialSettings({ process: read, team }: Read): TrialSettings {
  const host = read.HOST ?? '127.0.0.1';
  return {
    mode: 'trial',
    host,
    port: read.PORT,
    publicUrl: read.PUBLIC_URL ?? urlAt(host, read.PORT),
    dataDir: resolve(read.DATA_DIR),
    storageConnectionString: read.STORAGE_CONNECTION_STRING,
    playgroundPort: read.PLAYGROUND === 'on' ? read.PLAYGROUND_PORT : undefined,
    undoSeconds: read.UNDO_SECONDS,
    team,
  };
}

/** The managed identity that is named for anything; where none is, the machine's own one. */
function identityIn({ app, bot }: Read): string | undefined {
  for (const credential of [app?.credential, bot?.credential]) {
    if (credential === undefined) continue;
    if ('federatedBy' in credential) return credential.federatedBy;
    if ('managedIdentity' in credential) return credential.managedIdentity;
  }
  return undefined;
}

/** @throws Error where the faults of cloud mode were not looked for first. */
function cloudSettingsOf(all: Read): CloudSettings {
  const { process: read, app, bot, graph, smtp, team } = all;
  const identity = identityIn(all);
  const { PUBLIC_URL: publicUrl, PROGRAMME_FILE: programmeFile } = read;
  if (app === undefined || bot === undefined || publicUrl === undefined) throw new Error('incomplete');
  const { STORAGE_CONNECTION_STRING: connectionString, STORAGE_ACCOUNT: account = '' } = read;
  return {
    mode: 'cloud',
    host: read.HOST ?? '0.0.0.0',
    port: read.PORT,
    publicUrl,
    undoSeconds: read.UNDO_SECONDS,
    team,
    storage:
      connectionString === undefined
        ? { account, ...(identity !== undefined && { identity }) }
        : { connectionString },
    app,
    bot,
    ...(graph && { graph }),
    ...(smtp !== undefined && { smtpUrl: smtp }),
    admins: (read.ADMINS ?? []) as PersonId[],
    ...(programmeFile !== undefined && { programmeFile: resolve(programmeFile) }),
  };
}

/** A group as it was read: what its part is given, or what is wrong. */
function readGroup<Value>(
  group: SettingsGroup<z.ZodRawShape, Value>,
  environment: Environment,
): { readonly faults: readonly string[]; readonly value?: Value } {
  const { shape, wants, secrets = [] } = group;
  const parsed = z.object(shape).safeParse(environment);
  if (parsed.success) return { faults: [], value: group.value(parsed.data) };
  const faults = parsed.error.issues.map(({ path: [first] }) => {
    const name = String(first);
    const wanted = `${name} wants ${wants[name] ?? 'another value'}`;
    // Faults are printed, and prints are kept.
    return secrets.includes(name) ? wanted : `${wanted}; it is "${environment[name] ?? ''}"`;
  });
  return { faults };
}

/**
 * The settings of an environment; an empty value counts as none. `BOT_ID` means cloud mode.
 * @param storage `own` where the caller starts its own storage in trial mode, so that none need be named.
 * @throws SettingsError that lists every fault.
 */
export function readSettings(given: Environment, storage: 'own' | 'given' = 'given'): Settings {
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const isCloud = environment.BOT_ID !== undefined;
  const groups: Groups = declared;
  const read = Object.entries(groups).map(([name, group]) => ({ name, ...readGroup(group, environment) }));
  const needsStorage = !isCloud && storage === 'given' && environment.STORAGE_CONNECTION_STRING === undefined;
  const { STORAGE_CONNECTION_STRING: wanted } = processSettings.wants;
  const faults = [
    ...read.flatMap((group) => group.faults),
    ...(isCloud ? faultsInCloud(environment) : faultsInTrial(environment)),
    ...(isCloud ? Object.values(groups) : [peopleSettings]).flatMap(
      (group) => group.faults?.(environment) ?? [],
    ),
    ...(needsStorage ? [`STORAGE_CONNECTION_STRING wants ${wanted}; \`npm start\` brings its own`] : []),
  ];
  // A setting that two groups use has the same fault in both.
  if (faults.length > 0) throw new SettingsError([...new Set(faults)]);
  const values = Object.fromEntries(read.map(({ name, value }) => [name, value])) as Read;
  return isCloud ? cloudSettingsOf(values) : trialSettings(values);
}

/** The process's environment over the values of `.env`, where there is such a file. */
export function processEnvironment(): Environment {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return { ...file, ...process.env };
}
