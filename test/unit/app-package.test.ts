import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import {
  appPackage,
  exampleInstallation,
  faultsOf,
  type Installation,
  localizationFiles,
  manifestFor,
  packageFor,
} from '../../appPackage/build.js';
import type { CheckedActivity } from '../../bot/channel/activity.js';
import { writtenText } from '../../bot/channel/written-text.js';
import { understood } from '../bot/understood.js';

interface Command {
  readonly title: string;
  readonly type?: string;
}

interface Manifest {
  readonly version: string;
  readonly id: string;
  readonly staticTabs: readonly { readonly entityId: string; readonly scopes: readonly string[] }[];
  readonly bots: readonly {
    readonly botId: string;
    readonly supportsTargetedMessages: boolean;
    readonly commandLists: readonly {
      readonly scopes: readonly string[];
      readonly triggers?: readonly string[];
      readonly commands: readonly Command[];
    }[];
  }[];
  readonly validDomains: readonly string[];
  readonly webApplicationInfo: { readonly id: string; readonly resource: string };
  readonly authorization: { readonly permissions: { readonly resourceSpecific: readonly unknown[] } };
  readonly activities: { readonly activityTypes: readonly { readonly type: string }[] };
}

const county: Installation = {
  botId: '3f0c3a0e-6a43-4c58-9f0e-5f6f3f6f1a11',
  clientId: '7d5b2c1a-0b56-4f0a-8a55-2a1f6f0c9b22',
  publicUrl: 'https://bigroom.county.fi:8443',
};
const settings = { BOT_ID: county.botId, CLIENT_ID: county.clientId, PUBLIC_URL: county.publicUrl };

const texts = (file: string): Record<string, string> => {
  const { $schema: _schema, ...rest } = JSON.parse(readFileSync(`appPackage/${file}`, 'utf8')) as Record<
    string,
    string
  >;
  return rest;
};
const manifestOf = async (installation: Installation): Promise<Manifest> =>
  JSON.parse(await manifestFor(installation)) as Manifest;

/** Every text of the manifest, under the path by which language files name it. */
function* leaves(value: unknown, path = ''): Generator<[string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value))
    for (const [index, each] of value.entries()) yield* leaves(each, `${path}[${index}]`);
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value))
      yield* leaves(each, path === '' ? name : `${path}.${name}`);
}

/** What may be said in each language, as Microsoft's schema of language files has it. */
function localisable(): (path: string) => boolean {
  const require = createRequire(import.meta.url);
  const root = require.resolve('@microsoft/app-manifest');
  const schema = JSON.parse(
    readFileSync(
      new URL('json-schemas/teams/v1.30/MicrosoftTeams.Localization.schema.json', `file://${root}`),
      'utf8',
    ),
  ) as { readonly properties: object; readonly patternProperties: object };
  const patterns = Object.keys(schema.patternProperties).map((pattern) => new RegExp(pattern));
  const names = Object.keys(schema.properties).filter((name) => name !== '$schema');
  return (path) => names.includes(path) || patterns.some((pattern) => pattern.test(path));
}

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each point, in rows. */
  readonly points: readonly (readonly number[])[];
}

/** A PNG of eight bits a channel with opacity, without interlacing (https://www.w3.org/TR/png-3/). */
function pictureIn(png: Uint8Array): Picture {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  assert.deepEqual([...png.subarray(24, 29)], [8, 6, 0, 0, 0], 'eight bits, RGBA, no interlacing');
  const chunks: Uint8Array[] = [];
  for (let at = 8; at < png.length; at += view.getUint32(at) + 12) {
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (type === 'IDAT') chunks.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const raw = inflateSync(Buffer.concat(chunks));
  const stride = width * 4;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const a = x >= 4 ? (rows[y * stride + x - 4] ?? 0) : 0;
      const b = y > 0 ? (rows[(y - 1) * stride + x] ?? 0) : 0;
      const c = x >= 4 && y > 0 ? (rows[(y - 1) * stride + x - 4] ?? 0) : 0;
      const p = a + b - c;
      const nearest = [a, b, c].reduce((one, other) =>
        Math.abs(p - other) < Math.abs(p - one) ? other : one,
      );
      const added = [0, a, b, (a + b) >> 1, nearest][filter] ?? 0;
      rows[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + added;
    }
  }
  const points = Array.from({ length: width * height }, (_, at) => [...rows.subarray(at * 4, at * 4 + 4)]);
  return { width, height, points };
}

describe('the app package', () => {
  it("is valid by Microsoft's schemas", async () => {
    assert.deepEqual(await faultsOf(await manifestFor(exampleInstallation)), []);
    assert.deepEqual(await faultsOf(await manifestFor(county)), []);
  });

  it('is refused when it is not', async () => {
    const faults = await faultsOf(await manifestFor({ ...county, botId: 'no id' }));
    assert.ok(faults.some((fault) => fault.startsWith('manifest.json:')));
  });

  it('is the same, byte for byte, when it is built twice', async () => {
    const manifest = await manifestFor(county);
    assert.deepEqual(await appPackage(manifest), await appPackage(manifest));
  });

  it('has the version of the project', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    assert.equal((await manifestOf(county)).version, version);
    // The Agents Toolkit takes the file as it is.
    const template = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8')) as Manifest;
    assert.equal(template.version, version);
  });

  it('holds the manifest, three languages and two icons', async () => {
    const files = unzipSync(await appPackage(await manifestFor(county)));
    const names = ['color.png', 'en.json', 'fi.json', 'manifest.json', 'outline.png', 'sv.json'];
    assert.deepEqual(Object.keys(files).sort(), names);
  });

  it('has a colour icon without holes of 192 by 192, and a white outline of 32 by 32 on nothing', () => {
    const color = readFileSync('appPackage/color.png');
    assert.deepEqual([color.readUInt32BE(16), color.readUInt32BE(20)], [192, 192]);
    assert.equal(color[25], 2, 'red, green and blue, and no opacity');
    const outline = pictureIn(readFileSync('appPackage/outline.png'));
    assert.deepEqual([outline.width, outline.height], [32, 32]);
    const drawn = outline.points.filter(([, , , opacity = 0]) => opacity > 0);
    assert.ok(drawn.length > 0 && drawn.length < outline.points.length, 'something on nothing');
    assert.ok(
      drawn.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255),
      'white',
    );
  });
});

describe('the texts of the app package', () => {
  it('are in each language, whatever of the manifest may be', async () => {
    const may = localisable();
    const own = Object.fromEntries([...leaves(await manifestOf(county))].filter(([path]) => may(path)));
    assert.deepEqual(texts('fi.json'), own);
    for (const file of localizationFiles)
      assert.deepEqual(Object.keys(texts(file)).sort(), Object.keys(own).sort(), file);
  });

  it('name the same values in each language where a notification has some', () => {
    const values = (text = ''): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
    const finnish = Object.entries(texts('fi.json')).filter(([key]) => key.endsWith('.templateText'));
    assert.ok(finnish.length > 0);
    for (const [key, text] of finnish)
      for (const file of localizationFiles) {
        assert.ok(values(text).length > 0, key);
        assert.deepEqual(values(texts(file)[key]), values(text), `${file} ${key}`);
      }
  });

  it('keep to the lengths that the store shows, and no two commands of a list have one title', async () => {
    const { bots } = await manifestOf(county);
    for (const file of localizationFiles) {
      const text = texts(file);
      assert.ok((text['name.short'] ?? '').length <= 30, file);
      assert.ok((text['description.short'] ?? '').length <= 80, file);
      for (const [list, { commands }] of (bots[0]?.commandLists ?? []).entries()) {
        const titles = commands.map((_, at) => text[`bots[0].commandLists[${list}].commands[${at}].title`]);
        assert.equal(new Set(titles).size, titles.length, `${file} ${list}`);
        // What is longer is cut off in the list.
        for (const title of titles) assert.ok((title ?? '').length <= 32, title);
      }
    }
  });
});

const messageOf = (text: string): CheckedActivity => ({
  type: 'message',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  from: { id: '29:vilma' },
  recipient: { id: '28:bot', isTargeted: true },
  conversation: { id: '19:abc@thread.tacv2' },
  text,
});

/** What each command stands for, in the order of its list. */
const meant: Readonly<Record<string, readonly string[]>> = {
  personal: 'news mine sessions next suggest topics reminders help language news status slot'.split(' '),
  team: 'news sessions next join question suggest topics past reminders help'.split(' '),
};

describe('the commands of the app package', () => {
  it('are a list for each place, of twelve at most; those before others are slash commands too', async () => {
    const { bots } = await manifestOf(county);
    const [bot] = bots;
    assert.deepEqual(
      bot?.commandLists.map(({ scopes, triggers = ['mention'] }) => [scopes, triggers]),
      [
        [['personal'], ['mention']],
        [['team'], ['mention', 'slash']],
        [['groupChat'], ['mention', 'slash']],
      ],
    );
    assert.equal(bot.supportsTargetedMessages, true);
    for (const { commands } of bot.commandLists) assert.ok(commands.length <= 12);
  });

  it('and what they begin a conversation with are understood by the bot, in each language', async () => {
    const { bots } = await manifestOf(county);
    for (const [list, { scopes, commands }] of (bots[0]?.commandLists ?? []).entries()) {
      const expected = meant[scopes[0] === 'groupChat' ? 'team' : (scopes[0] ?? '')];
      for (const file of localizationFiles) {
        const of = (at: number, field: string): string =>
          texts(file)[`bots[0].commandLists[${list}].commands[${at}].${field}`] ?? '';
        const read = (text: string): string | undefined => understood(text).split(':')[0];
        assert.deepEqual(
          commands.map(({ type }, at) => read(of(at, type === 'prompt' ? 'prompt' : 'title'))),
          expected,
          `${file} ${list}`,
        );
        // A slash command may come with its slash, and with the name of the app before it.
        for (const at of commands.keys()) {
          const title = of(at, 'title');
          for (const text of [`/${title}`, `/Big Room ${title}`, `/bigroom ${title}`])
            assert.equal(read(writtenText(messageOf(text))), read(title), text);
        }
      }
    }
  });
});

describe('what the app package asks of Teams', () => {
  it('is the right to notify a person in the activity feed, and nothing else', async () => {
    const { authorization } = await manifestOf(county);
    assert.deepEqual(authorization.permissions.resourceSpecific, [
      { name: 'TeamsActivity.Send.User', type: 'Application' },
    ]);
  });

  it('is one tab for oneself, for channels, chats and meetings', async () => {
    const { staticTabs } = await manifestOf(county);
    assert.deepEqual(
      staticTabs.map(({ entityId, scopes }) => [entityId, scopes]),
      [['big-room', ['personal', 'team', 'groupChat']]],
    );
  });

  it('is a sign-in for the host where people reach it, with its port', async () => {
    const { id, bots, validDomains, webApplicationInfo } = await manifestOf(county);
    assert.equal(id, county.botId);
    assert.equal(bots[0]?.botId, county.botId);
    assert.deepEqual(validDomains, ['bigroom.county.fi:8443']);
    assert.deepEqual(webApplicationInfo, {
      id: county.clientId,
      resource: `api://bigroom.county.fi:8443/${county.clientId}`,
    });
  });
});

describe('npm run package', () => {
  const built = (environment: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    packageFor(args, environment);

  async function why(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
    const answer = await built(environment, ...args);
    assert.equal(answer.is, 'refused');
    return answer.why;
  }

  it('takes the settings of the installation, and arguments before them', async () => {
    const fromSettings = await built(settings);
    const fromArguments = await built(
      { BOT_ID: 'other', CLIENT_ID: county.clientId },
      '--bot-id',
      county.botId,
      '--url',
      `${county.publicUrl}/`,
    );
    assert.equal(fromSettings.is, 'ready');
    assert.deepEqual(fromArguments, fromSettings);
  });

  it('makes an example where nothing of an installation is set, also with the settings of trial mode', async () => {
    const example = await built({});
    assert.equal(example.is, 'example');
    assert.deepEqual(
      await built({ CLIENT_ID: county.clientId, PUBLIC_URL: 'http://127.0.0.1:3978' }),
      example,
    );
  });

  it('names what is missing', async () => {
    assert.equal(
      await why({ BOT_ID: county.botId }),
      'The app package wants --client-id or CLIENT_ID, and --url or PUBLIC_URL as well.',
    );
    assert.match(
      await why({}, '--url', county.publicUrl),
      /--bot-id or BOT_ID, and --client-id or CLIENT_ID/,
    );
  });

  it('refuses an example as an installation, and what Teams could not reach', async () => {
    const { botId, clientId } = exampleInstallation;
    assert.match(await why({ ...settings, BOT_ID: botId }), /is an example of a bot's id/);
    assert.match(await why({ ...settings, CLIENT_ID: clientId }), /is an example of an application's id/);
    for (const host of ['big-room.example', 'example.org', 'a.example.com', 'bigroom.test'])
      assert.match(
        await why({ ...settings, PUBLIC_URL: `https://${host}` }),
        /is an example of an address/,
        host,
      );
    assert.match(await why({ ...settings, PUBLIC_URL: 'https://127.0.0.1:3978' }), /this machine alone/);
    assert.match(await why({ ...settings, PUBLIC_URL: 'http://bigroom.county.fi' }), /https:\/\/ alone/);
    assert.match(await why({ ...settings, PUBLIC_URL: 'bigroom' }), /is no address/);
    assert.match(await why(settings, '--bot', 'x'), /--bot/);
  });

  it('says where ids and addresses do not belong together, and what was not filled in', async () => {
    const manifest = await manifestFor(county);
    const faults = async (from: string, to: string): Promise<string> =>
      (await faultsOf(manifest.replace(from, to))).join('\n');
    const other = '11aa22bb-1111-4111-8111-111111111111';
    assert.match(await faults(`"botId": "${county.botId}"`, `"botId": "${other}"`), /are to be the same/);
    assert.match(
      await faults(`${county.publicUrl}/privacy`, 'https://elsewhere.fi/privacy'),
      /elsewhere\.fi/,
    );
    assert.match(await faults(`/${county.clientId}"`, `/${other}"`), /the tab signs in for/);
    assert.match(await faults('"color.png"', '"${{ICON}}"'), /nothing was filled in for ICON/);
  });
});
