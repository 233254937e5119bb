import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';

/** Microsoft Graph for the sessions: the organiser's calendar, attendance and mail. Addresses end without a slash. */
export interface GraphSettings {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Address or object id of the mailbox that owns the sessions. */
  readonly organiser: string;
  readonly graphUrl: string;
  readonly loginUrl: string;
}

/** What the installation is told from outside, checked. Trial mode is the only one yet: nobody signs in, all is local. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** Absolute path of the folder in which trial mode keeps everything. */
  readonly dataDir: string;
  /** Azure Tables and Queues; `undefined` only where the caller brings its own (see {@link readSettings}). */
  readonly storageConnectionString: string | undefined;
  /** The chat that stands in for Teams; `undefined` where it is left out. */
  readonly playgroundPort: number | undefined;
  /** Absent where the sessions have no calendar of their own: they go out as files and feeds. */
  readonly graph?: GraphSettings;
}

/** Names and values as the process was given them. */
export type Environment = Readonly<Record<string, string | undefined>>;

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

/** They connect the sessions to Graph together, or not at all. */
const graphSettings = ['TENANT_ID', 'CLIENT_ID', 'CLIENT_SECRET', 'ORGANISER'] as const;

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(65_535));

function port(otherwise: number) {
  return z.preprocess((value) => value ?? String(otherwise), portNumber);
}

const webAddress = z
  .url({ protocol: /^https?$/ })
  .transform((address) => address.replace(/\/+$/, ''))
  .optional();

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** A secret goes there: over plain http at most to this machine. */
const secretAddress = (otherwise: string) =>
  z
    .url({ protocol: /^https?$/ })
    .refine((address) => {
      // That it is none was said already.
      if (!URL.canParse(address)) return true;
      const { protocol, hostname } = new URL(address);
      return protocol === 'https:' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
    })
    .default(otherwise)
    .transform((address) => address.replace(/\/+$/, ''));

const schema = z.object({
  PORT: port(3978),
  HOST: z.string().default('127.0.0.1').refine(isLoopback),
  PUBLIC_URL: webAddress,
  DATA_DIR: z.string().default('.data'),
  STORAGE_CONNECTION_STRING: z
    .string()
    .refine((text) => text === 'UseDevelopmentStorage=true' || /(^|;)AccountName=/.test(text))
    .optional(),
  PLAYGROUND: z.enum(['on', 'off']).default('on'),
  PLAYGROUND_PORT: port(56_150),
  TENANT_ID: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
  CLIENT_ID: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),
  CLIENT_SECRET: z.string().optional(),
  ORGANISER: z
    .string()
    .regex(/^([^\s@/]+@[^\s@/]+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i)
    .optional(),
  GRAPH_URL: secretAddress('https://graph.microsoft.com/v1.0'),
  LOGIN_URL: secretAddress('https://login.microsoftonline.com'),
});

/** What each setting wants, in the words of the fault. */
const wants: Readonly<Record<keyof typeof schema.shape, string>> = {
  PORT: 'a port number from 1 to 65535',
  HOST: 'a loopback address (127.0.0.1, ::1 or localhost): in trial mode nobody signs in, so nobody else may reach it',
  PUBLIC_URL: 'an address that begins with http:// or https://',
  DATA_DIR: 'a folder',
  STORAGE_CONNECTION_STRING: 'a connection string of Azure Storage with tables and queues',
  PLAYGROUND: 'on or off',
  PLAYGROUND_PORT: 'a port number from 1 to 65535',
  TENANT_ID: 'the id of an Entra tenant, or a domain of it',
  CLIENT_ID: 'the id of an app registration',
  CLIENT_SECRET: 'a secret of the app registration',
  ORGANISER: "a user's object id or mail address",
  GRAPH_URL: 'an address that begins with https:// (http:// on this machine only)',
  LOGIN_URL: 'an address that begins with https:// (http:// on this machine only)',
};

const secrets: readonly string[] = ['STORAGE_CONNECTION_STRING', 'CLIENT_SECRET'];

/** The names of all settings that mean something today. */
export const settingNames = Object.keys(wants);

const missingStorage = `STORAGE_CONNECTION_STRING wants ${wants.STORAGE_CONNECTION_STRING}; \`npm start\` brings its own`;

function cloudFaults(environment: Environment): string[] {
  return cloudSettings
    .filter((name) => environment[name] !== undefined)
    .map(
      (name) =>
        `${name} is set, but signing in with Entra is not built yet: leave it out to run in trial mode`,
    );
}

/** Half of a connection connects nothing: each setting that it lacks is a fault. */
function graphFaults(environment: Environment): string[] {
  const given = [...graphSettings, 'GRAPH_URL', 'LOGIN_URL'].filter(
    (name) => environment[name] !== undefined,
  );
  if (given.length === 0) return [];
  return graphSettings
    .filter((name) => environment[name] === undefined)
    .map((name) => `${name} wants ${wants[name]}, since ${given.join(', ')} connect the sessions to Graph`);
}

/**
 * The settings of an environment; an empty value counts as none.
 * @param storage `own` where the caller starts its own storage, so that none need be named.
 * @throws SettingsError that lists every fault.
 */
export function readSettings(given: Environment, storage: 'own' | 'given' = 'given'): Settings {
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(environment);
  const faults = (parsed.error?.issues ?? []).map(({ path: [name] }) => {
    const setting = String(name) as keyof typeof wants;
    const wanted = `${setting} wants ${wants[setting]}`;
    // Faults are printed, and prints are kept.
    return secrets.includes(setting) ? wanted : `${wanted}; it is "${environment[setting] ?? ''}"`;
  });
  faults.push(...cloudFaults(environment), ...graphFaults(environment));
  const needsStorage = storage === 'given' && environment.STORAGE_CONNECTION_STRING === undefined;
  if (needsStorage) faults.push(missingStorage);
  if (!parsed.success || faults.length > 0) throw new SettingsError(faults);
  return toSettings(parsed.data);
}

function toGraph(read: z.infer<typeof schema>): GraphSettings | undefined {
  const {
    TENANT_ID: tenantId,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
    ORGANISER: organiser,
  } = read;
  const isGiven =
    tenantId !== undefined && clientId !== undefined && clientSecret !== undefined && organiser !== undefined;
  if (!isGiven) return undefined;
  return { tenantId, clientId, clientSecret, organiser, graphUrl: read.GRAPH_URL, loginUrl: read.LOGIN_URL };
}

function toSettings(read: z.infer<typeof schema>): Settings {
  const host = read.HOST.includes(':') ? `[${read.HOST}]` : read.HOST;
  const graph = toGraph(read);
  return {
    host: read.HOST,
    port: read.PORT,
    publicUrl: read.PUBLIC_URL ?? `http://${host}:${String(read.PORT)}`,
    dataDir: resolve(read.DATA_DIR),
    storageConnectionString: read.STORAGE_CONNECTION_STRING,
    playgroundPort: read.PLAYGROUND === 'on' ? read.PLAYGROUND_PORT : undefined,
    ...(graph !== undefined && { graph }),
  };
}

/** The process's environment over what `.env` says, where there is such a file. */
export function processEnvironment(): Environment {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return { ...file, ...process.env };
}
