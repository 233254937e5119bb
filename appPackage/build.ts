// `npm run package`: the app package for Teams, checked against Microsoft's schemas. README.md says how it is used.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { AppManifestUtils } from '@microsoft/app-manifest';
import Draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { zipSync, type Zippable } from 'fflate';
import { leadsToLoopback } from '../src/platform/loopback.js';
import { processEnvironment } from '../src/runtime/settings.js';

/** For which installation the package is. */
export interface Installation {
  /** The bot's application id, a GUID; it is the app's id too. */
  readonly botId: string;
  /** The application id under which people sign in to the tab, and under which Graph is asked; a GUID. */
  readonly clientId: string;
  /** Where people reach Big Room, without a slash at the end; Teams wants https. */
  readonly publicUrl: string;
}

/** Stands in where there is no installation yet: a package that is whole but leads nowhere. */
export const exampleInstallation: Installation = {
  botId: 'b1600000-0000-4000-8000-000000000000',
  clientId: 'b1600000-0000-4000-8000-000000000001',
  publicUrl: 'https://big-room.example',
};

/** Where each value of an installation is given: as an argument, or as a setting of Big Room. */
const given = [
  { name: 'botId', argument: '--bot-id', setting: 'BOT_ID' },
  { name: 'clientId', argument: '--client-id', setting: 'CLIENT_ID' },
  { name: 'publicUrl', argument: '--url', setting: 'PUBLIC_URL' },
] as const satisfies readonly { readonly name: keyof Installation; argument: string; setting: string }[];

export const localizationFiles = ['fi.json', 'sv.json', 'en.json'] as const;
const icons = ['color.png', 'outline.png'] as const;

/** The same moment for every file, so that the same content is the same package. */
const fixedTime = new Date(2026, 0, 1);

const here = (file: string): URL => new URL(file, import.meta.url);

/** What the package must say of an installation, as `manifest.json` calls it: the Agents Toolkit fills in the same names. */
function placeholders({ botId, clientId, publicUrl }: Installation): Readonly<Record<string, string>> {
  return {
    TEAMS_APP_ID: botId,
    BOT_ID: botId,
    CLIENT_ID: clientId,
    PUBLIC_URL: publicUrl,
    DOMAIN: new URL(publicUrl).host,
  };
}

/** The manifest's text for one installation, in the version of the project. */
export async function manifestFor(installation: Installation): Promise<string> {
  const template = await readFile(here('manifest.json'), 'utf8');
  const { version } = JSON.parse(await readFile(here('../package.json'), 'utf8')) as { version: string };
  const filled = Object.entries(placeholders(installation)).reduce(
    // A function: `$` in a value is a dollar sign.
    (text, [name, value]) => text.replaceAll(`\${{${name}}}`, () => JSON.stringify(value).slice(1, -1)),
    template,
  );
  return `${JSON.stringify({ ...(JSON.parse(filled) as object), version }, undefined, 2)}\n`;
}

/** What is wrong with the manifest and its languages, by the schemas of the version that they name; empty when good. */
export async function faultsOf(manifest: string): Promise<string[]> {
  const parsed = await AppManifestUtils.validateAgainstSchema(
    JSON.parse(manifest) as Parameters<typeof AppManifestUtils.validateAgainstSchema>[0],
    schema('MicrosoftTeams.schema.json'),
  );
  // The schemas of Teams are older than strict mode, and one of their expressions is older than the u flag.
  const ajv = new Draft04.default({ strict: false, unicodeRegExp: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(schema<object>('MicrosoftTeams.Localization.schema.json'));
  const faults = [...parsed, ...disagreementsIn(manifest)].map((fault) => `manifest.json: ${fault}`);
  for (const file of localizationFiles) {
    if (validate(JSON.parse(await readFile(here(file), 'utf8')))) continue;
    faults.push(
      ...(validate.errors ?? []).map((fault) => `${file}: ${fault.instancePath} ${fault.message ?? ''}`),
    );
  }
  return faults;
}

interface Identified {
  readonly id: string;
  readonly bots: readonly { readonly botId: string }[];
  readonly validDomains: readonly string[];
  readonly webApplicationInfo: { readonly id: string; readonly resource: string };
}

/** What no schema sees: ids and addresses that do not belong together, and values that were never filled in. */
export function disagreementsIn(manifest: string): string[] {
  const { id, bots, validDomains, webApplicationInfo } = JSON.parse(manifest) as Identified;
  const [domain = ''] = validDomains;
  const left = [...new Set([...manifest.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))];
  const hosts = [...manifest.matchAll(/"https?:\/\/([^/"]+)/g)].map(([, host = '']) => host);
  const isOpen = manifest.includes('"http://');
  const foreign = [...new Set(hosts)].filter((host) => host !== domain && host !== schemaHost);
  const resource = `api://${domain}/${webApplicationInfo.id}`;
  return [
    ...left.map((name) => `nothing was filled in for ${name}`),
    ...bots
      .filter(({ botId }) => botId !== id)
      .map(({ botId }) => `the app's id ${id} and the bot's id ${botId} are to be the same`),
    ...(isOpen ? ['an address begins with http://; Teams takes https:// alone'] : []),
    ...foreign.map((host) => `it leads to ${host}, which is not its domain ${domain}`),
    ...(webApplicationInfo.resource === resource
      ? []
      : [`the tab signs in for ${webApplicationInfo.resource}, which is to be ${resource}`]),
  ];
}

const schemaHost = 'developer.microsoft.com';

/** Why a package of this installation could not be uploaded, although it may be valid; empty when it can. */
export function examplesIn({ botId, clientId, publicUrl }: Installation): string[] {
  const { hostname } = new URL(publicUrl);
  const isExampleHost = /(^|\.)(example|invalid|test|localhost)$|(^|\.)example\.(com|net|org)$/.test(
    hostname,
  );
  const isExampleId = (id: string): boolean =>
    id === exampleInstallation.botId || id === exampleInstallation.clientId || /^([0-9a-f])\1{7}-/i.test(id);
  return [
    ...(isExampleId(botId) ? [`${botId} is an example of a bot's id`] : []),
    ...(isExampleId(clientId) ? [`${clientId} is an example of an application's id`] : []),
    ...(isExampleHost ? [`${publicUrl} is an example of an address`] : []),
    ...(leadsToLoopback(publicUrl) ? [`Teams can't reach ${publicUrl}, which is this machine alone`] : []),
  ];
}

function schema<Schema>(name: string): Schema {
  const require = createRequire(import.meta.url);
  const root = require.resolve('@microsoft/app-manifest');
  return require(new URL(`json-schemas/teams/v1.30/${name}`, pathToFileURL(root)).pathname) as Schema;
}

/** The package: a zip that two builds of the same content make alike, byte for byte. */
export async function appPackage(manifest: string): Promise<Uint8Array> {
  const files: Zippable = { 'manifest.json': new TextEncoder().encode(manifest) };
  for (const file of [...localizationFiles, ...icons]) files[file] = await readFile(here(file));
  return zipSync(files, { mtime: fixedTime, level: 9 });
}

/** The package for what was asked, or why there is none. */
type Built =
  | { readonly is: 'refused'; readonly why: string }
  | { readonly is: 'example' | 'ready'; readonly zip: Uint8Array };

/**
 * The package that arguments and settings ask for: of an example where they name nothing of an installation, which is to be
 * looked at and not uploaded.
 * @param args as `--bot-id <id> --client-id <id> --url <https address>`; what they leave out comes from the environment
 */
export async function packageFor(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Built> {
  const installation = installationOf(args, environment);
  if (typeof installation === 'string') return { is: 'refused', why: installation };
  const asked = installation ?? exampleInstallation;
  const manifest = await manifestFor(asked);
  const faults = [...(await faultsOf(manifest)), ...(installation ? examplesIn(installation) : [])];
  if (faults.length > 0)
    return {
      is: 'refused',
      why: `The app package can't be uploaded:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    };
  return { is: installation ? 'ready' : 'example', zip: await appPackage(manifest) };
}

/** What was asked for: a sentence where it is not enough, `undefined` where it is nothing. */
function installationOf(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Installation | string | undefined {
  const options = {
    'bot-id': { type: 'string' },
    'client-id': { type: 'string' },
    url: { type: 'string' },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    return error instanceof Error ? error.message : 'These arguments are not known.';
  }
  const fromArguments = { botId: values['bot-id'], clientId: values['client-id'], publicUrl: values.url };
  const named = given.map(({ name, argument, setting }) => ({
    name,
    way: `${argument} or ${setting}`,
    value: (fromArguments[name] ?? environment[setting] ?? '').trim(),
  }));
  const missing = named.filter(({ value }) => value === '');
  // CLIENT_ID and PUBLIC_URL are settings of trial mode too: the bot's id is what makes an installation.
  const isAsked = Object.values(fromArguments).some(Boolean) || named[0]?.value !== '';
  if (!isAsked) return undefined;
  if (missing.length > 0)
    return `The app package wants ${missing.map(({ way }) => way).join(', and ')} as well.`;
  const [botId = '', clientId = '', address = ''] = named.map(({ value }) => value);
  const publicUrl = address.replace(/\/+$/, '');
  if (!URL.canParse(publicUrl)) return `${address} is no address: it begins with https://.`;
  return { botId: botId.toLowerCase(), clientId: clientId.toLowerCase(), publicUrl };
}

async function main(): Promise<void> {
  const built = await packageFor(process.argv.slice(2), processEnvironment());
  if (built.is === 'refused') {
    console.error(built.why);
    process.exitCode = 1;
    return;
  }
  const file = built.is === 'ready' ? 'dist/big-room.zip' : 'dist/big-room-example.zip';
  await mkdir('dist', { recursive: true });
  await writeFile(file, built.zip);
  console.log(
    built.is === 'ready'
      ? `${file} is valid. Upload it in the Teams admin center or in Teams: appPackage/README.md says how.`
      : `${file} is valid and leads nowhere: it is an example, not to be uploaded. For your own, give ${given
          .map(({ argument, setting }) => `${argument} (or ${setting})`)
          .join(', ')}.`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
