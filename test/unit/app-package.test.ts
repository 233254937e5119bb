import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import {
  appPackage,
  exampleInstallation,
  faultsOf,
  localizationFiles,
  manifestFor,
} from '../../appPackage/build.js';
import { understood } from '../bot/understood.js';

interface Manifest {
  readonly name: { readonly short: string; readonly full: string };
  readonly description: { readonly short: string; readonly full: string };
  readonly staticTabs: readonly { readonly name: string }[];
  readonly bots: readonly {
    commandLists: readonly { commands: readonly { title: string; description: string }[] }[];
  }[];
}

const texts = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(`appPackage/${file}`, 'utf8')) as Record<string, string>;

function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

describe('the app package', () => {
  it("is valid by Microsoft's schemas", async () => {
    assert.deepEqual(await faultsOf(await manifestFor(exampleInstallation)), []);
  });

  it('is refused when it is not', async () => {
    const faults = await faultsOf(await manifestFor({ ...exampleInstallation, botId: 'no id' }));
    assert.ok(faults.some((fault) => fault.startsWith('manifest.json:')));
  });

  it('is the same, byte for byte, when it is built twice', async () => {
    const manifest = await manifestFor(exampleInstallation);
    assert.deepEqual(await appPackage(manifest), await appPackage(manifest));
  });

  it('holds the manifest, three languages and two icons of the right size', async () => {
    const files = unzipSync(await appPackage(await manifestFor(exampleInstallation)));
    const names = ['color.png', 'en.json', 'fi.json', 'manifest.json', 'outline.png', 'sv.json'];
    assert.deepEqual(Object.keys(files).sort(), names);
    assert.deepEqual(sizeOf(files['color.png']!), [192, 192]);
    assert.deepEqual(sizeOf(files['outline.png']!), [32, 32]);
  });

  it('says the same in the manifest as in its default language, and all of it in every language', async () => {
    const manifest = JSON.parse(await manifestFor(exampleInstallation)) as Manifest;
    const commands = manifest.bots[0]?.commandLists[0]?.commands ?? [];
    const own = {
      'name.short': manifest.name.short,
      'name.full': manifest.name.full,
      'description.short': manifest.description.short,
      'description.full': manifest.description.full,
      'staticTabs[0].name': manifest.staticTabs[0]?.name,
      ...Object.fromEntries(
        commands.flatMap(({ title, description }, index) => [
          [`bots[0].commandLists[0].commands[${index}].title`, title],
          [`bots[0].commandLists[0].commands[${index}].description`, description],
        ]),
      ),
    };
    const { $schema: _schema, ...finnish } = texts('fi.json');
    assert.deepEqual(finnish, own);
    for (const file of localizationFiles) {
      assert.deepEqual(Object.keys(texts(file)).sort(), Object.keys(texts('fi.json')).sort(), file);
    }
  });

  it('lists commands that the bot understands, in each language', () => {
    const meant = ['news', 'mine', 'sessions', 'next', 'suggest', 'topics', 'reminders', 'help', 'language'];
    for (const file of localizationFiles) {
      const asked = meant.map((_, index) => {
        const title = texts(file)[`bots[0].commandLists[0].commands[${index}].title`];
        return understood(title ?? '').split(':')[0];
      });
      assert.deepEqual(asked, meant, file);
    }
  });
});
