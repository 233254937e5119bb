import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { graphSettings } from '../adapters/graph/settings.js';
import { peopleSettings } from '../people/settings.js';
import { isLoopback, leadsToLoopback } from '../platform/loopback.js';
import { settingsGroup, type Environment, type SettingsGroup } from '../platform/settings.js';

/** Where the process listens and what it keeps where. Trial mode is the only one yet: nobody signs in, all is local. */
interface ProcessSettings {
  readonly host: string;
  readonly port: number;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** Absolute path of the folder in which trial mode keeps everything. */
  readonly dataDir: string;
  /** Azure Tables and Queues; `undefined` only where the caller brings its own (see {@link readSettings}). */
  readonly storageConnectionString: string | undefined;
  /** For how long what somebody did can be taken back, before anybody is notified of it. */
  readonly undoSeconds: number;
  /** The chat that replaces Teams on this machine; `undefined` where it is left out. */
  readonly playgroundPort: number | undefined;
}

/** Every fault of the settings at once; the message is for the person who starts the programme. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly faults: readonly string[]) {
    super(`Big Room cannot start with these settings:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** Settings of the cloud, which are refused rather than passed over: without sign-in they would promise too much. */
export const cloudSettings = [
  'BOT_ID',
  'BOT_PASSWORD',
  'BOT_TYPE',
  'STORAGE_ACCOUNT',
  'BOT_OPENID_METADATA_URL',
  'BOT_TOKEN_ISSUER',
  'BOT_LOGIN_URL',
  'SITE_ID',
] as const;

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(65_535));

const port = (otherwise: number) => z.preprocess((value) => value ?? String(otherwise), portNumber);

const processSettings = settingsGroup({
  shape: {
    PORT: port(3978),
    HOST: z.string().default('127.0.0.1').refine(isLoopback),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .transform((address) => address.replace(/\/+$/, ''))
      .optional(),
    DATA_DIR: z.string().default('.data'),
    STORAGE_CONNECTION_STRING: z
      .string()
      .refine((text) => text === 'UseDevelopmentStorage=true' || /(^|;)AccountName=/.test(text))
      .optional(),
    PLAYGROUND: z.enum(['on', 'off']).default('on'),
    PLAYGROUND_PORT: port(56_150),
    UNDO_SECONDS: z.coerce.number().int().min(1).max(60).default(10),
  },
  wants: {
    PORT: 'a port number from 1 to 65535',
    HOST: 'a loopback address (127.0.0.1, ::1 or localhost): in trial mode nobody signs in, so nobody else may reach it',
    PUBLIC_URL: 'an address that begins with http:// or https://',
    DATA_DIR: 'a folder',
    STORAGE_CONNECTION_STRING: 'a connection string of Azure Storage with tables and queues',
    PLAYGROUND: 'on or off',
    PLAYGROUND_PORT: 'a port number from 1 to 65535',
    UNDO_SECONDS: 'a whole number from 1 to 60',
  },
  secrets: ['STORAGE_CONNECTION_STRING'],
  faults: (environment) =>
    cloudSettings
      .filter((name) => environment[name] !== undefined)
      .map(
        (name) =>
          `${name} is set, but signing in with Entra is not built yet: leave it out to run in trial mode`,
      ),
  value: (read): ProcessSettings => {
    const host = read.HOST.includes(':') ? `[${read.HOST}]` : read.HOST;
    return {
      host: read.HOST,
      port: read.PORT,
      publicUrl: read.PUBLIC_URL ?? `http://${host}:${String(read.PORT)}`,
      dataDir: resolve(read.DATA_DIR),
      storageConnectionString: read.STORAGE_CONNECTION_STRING,
      playgroundPort: read.PLAYGROUND === 'on' ? read.PLAYGROUND_PORT : undefined,
      undoSeconds: read.UNDO_SECONDS,
    };
  },
});

/** The groups that parts of Big Room declare beside themselves, each under the name by which {@link Settings} hold its value. */
const declared = { graph: graphSettings, team: peopleSettings };

type Groups = Readonly<Record<string, SettingsGroup>>;

type ValuesOf<Of extends Groups> = { readonly [Name in keyof Of]?: ReturnType<Of[Name]['value']> };

/** The settings of the installation from outside, checked; an empty group is left out. */
export type Settings = ProcessSettings & ValuesOf<typeof declared>;

/**
 * Where people reach Big Room in trial mode: the public address, where it leads to this machine. Requests that name any other
 * host are refused there, so that a link to one would be dead.
 */
export function urlOnThisMachine({ host, port, publicUrl }: Settings): string {
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return leadsToLoopback(publicUrl) ? publicUrl : `http://${shownHost}:${String(port)}`;
}

/** The names of all settings that mean something today. */
export const settingNames = [processSettings, ...Object.values(declared)].flatMap(({ wants }) =>
  Object.keys(wants),
);

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
 * The settings of an environment; an empty value counts as none.
 * @param storage `own` where the caller starts its own storage, so that none need be named.
 * @throws SettingsError that lists every fault.
 */
export function readSettings(given: Environment, storage: 'own' | 'given' = 'given'): Settings {
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const groups: Groups = declared;
  const own = readGroup(processSettings, environment);
  const read = Object.entries(groups).map(([name, group]) => ({ name, ...readGroup(group, environment) }));
  const needsStorage = storage === 'given' && environment.STORAGE_CONNECTION_STRING === undefined;
  const { STORAGE_CONNECTION_STRING: wanted } = processSettings.wants;
  const faults = [
    ...[own, ...read].flatMap((group) => group.faults),
    ...[processSettings, ...Object.values(groups)].flatMap((group) => group.faults?.(environment) ?? []),
    ...(needsStorage ? [`STORAGE_CONNECTION_STRING wants ${wanted}; \`npm start\` brings its own`] : []),
  ];
  if (own.value === undefined || faults.length > 0) throw new SettingsError(faults);
  const values = read.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
  return { ...own.value, ...(Object.fromEntries(values) as ValuesOf<typeof declared>) };
}

/** The process's environment over the values of `.env`, where there is such a file. */
export function processEnvironment(): Environment {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return { ...file, ...process.env };
}
