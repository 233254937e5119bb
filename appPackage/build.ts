// `npm run package`: the app package for Teams, checked against Microsoft's schemas.
//   npm run package -- --bot-id <id> --url https://big-room.example
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { AppManifestUtils } from '@microsoft/app-manifest';
import Draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { zipSync, type Zippable } from 'fflate';

/** Which bot the package is for, and where it is reached. */
export interface Installation {
  /** The bot's application id, a GUID; it is the app's id too. */
  readonly botId: string;
  /** Without a slash at the end; Teams wants https. */
  readonly publicUrl: string;
}

/** Stands in until there is a bot to sign in: a package that is whole but leads nowhere. */
export const exampleInstallation: Installation = {
  botId: 'b1600000-0000-4000-8000-000000000000',
  publicUrl: 'https://big-room.example',
};

export const localizationFiles = ['fi.json', 'sv.json', 'en.json'] as const;
const icons = ['color.png', 'outline.png'] as const;

/** The same moment for every file, so that the same content is the same package. */
const fixedTime = new Date(2026, 0, 1);

const here = (file: string): URL => new URL(file, import.meta.url);

/** The manifest's text for one installation. */
export async function manifestFor({ botId, publicUrl }: Installation): Promise<string> {
  const values = { APP_ID: botId, BOT_ID: botId, PUBLIC_URL: publicUrl, DOMAIN: new URL(publicUrl).host };
  const template = await readFile(here('manifest.json'), 'utf8');
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{{${name}}}`, value),
    template,
  );
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
  const faults = parsed.map((fault) => `manifest.json: ${fault}`);
  for (const file of localizationFiles) {
    if (validate(JSON.parse(await readFile(here(file), 'utf8')))) continue;
    faults.push(
      ...(validate.errors ?? []).map((fault) => `${file}: ${fault.instancePath} ${fault.message ?? ''}`),
    );
  }
  return faults;
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

async function main(): Promise<void> {
  const options = { 'bot-id': { type: 'string' }, url: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const manifest = await manifestFor({
    botId: values['bot-id'] ?? exampleInstallation.botId,
    publicUrl: (values.url ?? exampleInstallation.publicUrl).replace(/\/+$/, ''),
  });
  const faults = await faultsOf(manifest);
  if (faults.length > 0) {
    console.error(`The app package is not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    process.exitCode = 1;
    return;
  }
  await mkdir('dist', { recursive: true });
  await writeFile('dist/big-room.zip', await appPackage(manifest));
  const isExample = values['bot-id'] === undefined || values.url === undefined;
  console.log(
    `dist/big-room.zip is valid${isExample ? ', for an example bot (give --bot-id and --url)' : ''}.`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
