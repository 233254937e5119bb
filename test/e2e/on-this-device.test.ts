import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ReleaseCreatedAnswer } from '../../src/shared/answers/releases.js';
import { openSettings } from '../gallery/open-settings.js';
import { visit } from '../gallery/tab.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const code = '131052-308T';

/** A form whose text is kept on the device until it is stored. */
interface Form {
  readonly place: () => string;
  readonly write: (text: string) => Promise<void>;
  /** Sends it, where it is not saved by itself. */
  readonly verb?: string;
}

describe('what is kept on this device until it is stored', function () {
  this.timeout('180s');
  let world: TabWorld;
  let page: Page;
  let release: string;

  before(async () => {
    world = await tabWorld();
    ({ page } = await world.tabOf('aino'));
    const { release: made } = await world.ask<ReleaseCreatedAnswer>('aino', 'POST', '/api/releases', {
      formId: 'form-on-device',
      language: 'fi',
      words: { title: 'Tiedote', lead: '', body: '' },
    });
    release = made.id;
    await world.ask('aino', 'PUT', `/api/releases/${release}/texts/fi`, {
      words: { lead: 'Oma' },
      replaces: null,
    });
  });

  after(() => world.stop());

  const fill =
    (name: string | RegExp) =>
    (text: string): Promise<void> =>
      page.getByRole('textbox', { name }).first().fill(text);
  const insert =
    (name: string | RegExp) =>
    async (text: string): Promise<void> => {
      await page.getByRole('textbox', { name }).first().click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    };

  const forms: Readonly<Record<string, Form>> = {
    'a new news item': {
      place: () => '/news/new',
      write: insert('Mitä tapahtui?'),
      verb: 'Tallenna uutinen',
    },
    'the text of an item': {
      place: () => `/news/${world.ids.news('elma-whole-region')}`,
      write: fill(/otsikko$/),
    },
    'a new release': {
      place: () => '/releases/new',
      write: fill('Otsikko suomeksi'),
      verb: 'Jatka kirjoittamista',
    },
    'what a release says otherwise': { place: () => `/releases/${release}`, write: fill('Oma ingressi') },
    'a new series': {
      place: () => '/sessions/series/new',
      write: fill('Nimi suomeksi'),
      verb: 'Luo luonnos',
    },
    'the settings of a series': {
      place: () => `/sessions/series/${world.ids.series('hankeradio')}`,
      write: async (text) => {
        await openSettings(page);
        await fill('Kuvaus suomeksi')(text);
      },
      verb: 'Tallenna',
    },
    'the notes of a session': {
      place: () => `/sessions/${world.ids.occurrence('hankeradio', 'held')}`,
      write: insert('Muistiinpanot'),
    },
  };

  const kept = () => page.evaluate(() => Object.values(window.localStorage).join('\n'));

  for (const [name, { place, write, verb }] of Object.entries(forms))
    it(`${name}: until a personal identity code is found in it, and then not before it was stored without`, async () => {
      await visit(page, world.url, place());
      await write('Odottaa tallennusta');
      await page.waitForFunction(() =>
        Object.values(window.localStorage).some((value: string) => value.includes('Odottaa')),
      );
      const refused = page.waitForResponse((answer) => answer.status() >= 400);
      await write(`Tunnus ${code}`);
      if (verb !== undefined) await page.getByRole('button', { name: verb, exact: true }).click();
      assert.match(await (await refused).text(), /personalId/);
      await page.waitForFunction(
        (secret) => !Object.values(window.localStorage).some((value: string) => value.includes(secret)),
        code,
      );
      await write(`Tunnus ${code} ja muuta`);
      // Two frames on, whatever follows from the typing has been done.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      assert.doesNotMatch(await kept(), new RegExp(code));
    });
});
