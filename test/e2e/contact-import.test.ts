import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { ContactListAnswer } from '../../src/shared/answers/contacts.js';
import type { ImportListAnswer } from '../../src/shared/answers/imports.js';
import { tabWorld, type TabWorld } from './tab-world.js';

describe('an import of contacts in the tab', function () {
  this.timeout('300s');
  let world: TabWorld;

  before(async () => {
    world = await tabWorld();
  });
  after(() => world.stop());

  const open = async (): Promise<Page> => {
    const page = await world.pageOf('aino');
    await page
      .context()
      .addInitScript(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    await page.goto(`${world.url}/#/contacts/several`);
    await page.getByRole('heading', { name: 'Tuo yhteyshenkilöitä' }).waitFor();
    return page;
  };
  const contacts = async (text: string): Promise<ContactListAnswer['lines']> =>
    (await world.ask<ContactListAnswer>('aino', 'GET', `/api/contacts?text=${text}`)).lines;
  const check = (page: Page) => page.getByRole('button', { name: 'Tarkista luettelo' }).click();
  const state = (page: Page, row: number) => page.locator('tbody tr').nth(row);

  it('takes a list from Outlook, mends a row by keyboard, keeps all of it over a reload, and adds the people', async () => {
    const page = await open();
    await page
      .getByRole('textbox', { name: 'Luettelo' })
      .fill('"Virtanen, Ville" <ville@kylä.example>; Åsa Öst <asa@>; bo@by.example');
    await page.getByText('Luettelossa on 3 riviä').waitFor();
    await check(page);
    await page.getByText('Korjaa tai jätä pois').first().waitFor();
    // Without a language none of them can be written to.
    await page.getByLabel('Kieli niille, joilta se puuttuu').selectOption('sv');
    await state(page, 0).getByText('Uusi').waitFor();
    const address = page.getByRole('textbox', { name: 'Rivi 2, Sähköpostiosoite' });
    await address.focus();
    assert.equal(await address.getAttribute('aria-invalid'), 'true');
    await page.keyboard.press('End');
    await page.keyboard.type('by.example');
    await page.keyboard.press('Enter');
    await state(page, 1).getByText('Uusi').waitFor();
    await page.reload();
    await state(page, 2).getByText('Uusi').waitFor();
    assert.equal(await page.getByLabel('Kieli niille, joilta se puuttuu').inputValue(), 'sv');
    const stored = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    );
    assert.doesNotMatch(stored, /ville|asa@|Virtanen/i);
    await page.getByRole('button', { name: 'Jätä rivi 3 pois' }).click();
    await state(page, 2).getByText('Jää pois').waitFor();
    await page.getByRole('button', { name: 'Tuo 2' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Tuo' }).click();
    await page.getByText('Lisätty: 2 uutta').waitFor();
    await page.getByText('Yksi rivi jäi pois', { exact: true }).waitFor();
    const [ville] = await contacts('ville@');
    assert.deepEqual(
      [ville?.name, ville?.address, ville?.language],
      ['Virtanen, Ville', 'ville@kylä.example', 'sv'],
    );
    assert.deepEqual(await contacts('bo@by'), []);
    await page.context().close();
  });

  it('stores what was typed into rows when somebody goes on, and counts it', async () => {
    const page = await open();
    await page
      .getByRole('textbox', { name: 'Luettelo' })
      .fill('Yksi Oikea;oikea@t.example;fi\nToinen Rikki;toinen@;fi\nKolmas Rikki;kolmas@;fi');
    await check(page);
    await state(page, 0).getByText('Uusi').waitFor();
    await page.getByRole('textbox', { name: 'Rivi 2, Sähköpostiosoite' }).fill('toinen@t.example');
    await page.getByRole('textbox', { name: 'Rivi 3, Sähköpostiosoite' }).fill('kolmas@t.example');
    await state(page, 1).getByText('Uusi').waitFor();
    // The last one is stored by the press that begins the import.
    await page.getByRole('button', { name: 'Tuo 2' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('Tuodaanko 3 uutta yhteyshenkilöä?').waitFor();
    await dialog.getByRole('button', { name: 'Tuo' }).click();
    await page.getByText('Lisätty: 3 uutta').waitFor();
    assert.equal((await contacts('kolmas@t')).length, 1);
    await page.context().close();
  });

  it('reads a file that a spreadsheet has saved here, whose columns are then named by hand', async () => {
    const page = await open();
    // Node 20 writes no Windows-1252: a curly quote (0x92) and a dash (0x96) among letters of ours.
    const bytes = Buffer.from('Ö\x92Brien \x96 Öst;Yhdistys ry;obrien@x.example;ruotsi\r\n', 'latin1');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'Sidosryhmät.csv', mimeType: 'text/csv', buffer: bytes });
    await check(page);
    await page.getByRole('heading', { name: 'Sidosryhmät' }).waitFor();
    await page.getByText('Ö’Brien – Öst').waitFor();
    await page.getByRole('combobox', { name: 'Sarake 1' }).selectOption('organisation');
    await page.getByRole('combobox', { name: 'Sarake 2' }).selectOption('name');
    await state(page, 0).getByText('Uusi').waitFor();
    await page.getByRole('button', { name: 'Tuo yksi' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Tuo' }).click();
    await page.getByText('Lisätty: yksi uusi').waitFor();
    const [one] = await contacts('obrien');
    assert.deepEqual([one?.name, one?.organisation], ['Yhdistys ry', 'Ö’Brien – Öst']);
    await page.context().close();
  });

  it('refuses a workbook in words, and keeps what was pasted while somebody looks at another page', async () => {
    const page = await open();
    await page.locator('input[type=file]').setInputFiles({
      name: 'lista.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('504b030414000600', 'hex'),
    });
    await page.getByText('Tallenna se CSV-muodossa').waitFor();
    await page.getByRole('textbox', { name: 'Luettelo' }).fill('kesken@x.example');
    await page.getByRole('link', { name: 'Yhteyshenkilöt' }).last().click();
    await page.getByRole('link', { name: 'Tuo luettelo' }).first().click();
    assert.equal(await page.getByRole('textbox', { name: 'Luettelo' }).inputValue(), 'kesken@x.example');
    await page.context().close();
  });

  it('says how many are invited, shows the mail, waits for its time, and is undone', async () => {
    const page = await open();
    await page.getByRole('textbox', { name: 'Luettelo' }).fill('Kutsuttu Yksi;kutsuttu@x.example;fi');
    await check(page);
    await state(page, 0).getByText('Uusi').waitFor();
    const series = page.getByRole('group', { name: 'Kutsutaan sarjoihin' }).getByRole('checkbox').first();
    await series.check();
    await page.getByRole('radio', { name: 'Kaikki ovat antaneet suostumuksen' }).check();
    await page.getByRole('textbox', { name: 'Miten suostumus annettiin' }).fill('Messuilla');
    await page.getByText('Kutsun saa yksi ihminen').waitFor();
    await page.getByRole('button', { name: 'Katso viesti' }).click();
    const mail = page.frameLocator('iframe');
    await mail.getByText('Hankeradio').first().waitFor();
    await page.getByRole('dialog').getByRole('combobox', { name: 'Kieli' }).selectOption('sv');
    await mail.locator('html[lang=sv]').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Takaisin' }).click();
    await page.getByRole('radio', { name: 'Valittuna aikana' }).check();
    await page.getByRole('button', { name: 'Tuo yksi' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Tuo' }).click();
    await page.getByText('Yksi kutsu lähtee').waitFor();
    assert.equal((await contacts('kutsuttu@')).length, 1);
    await page.getByRole('button', { name: 'Peru tuonti' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Peru tuonti' }).click();
    await page.getByText('Tuonti on peruttu').waitFor();
    assert.deepEqual(await contacts('kutsuttu@'), []);
    const { lines } = await world.ask<ImportListAnswer>('aino', 'GET', '/api/contacts/imports');
    assert.equal(lines[0]?.state.status, 'undone');
    await page.context().close();
  });

  it('has nothing that keeps people out, at any width and in both schemes', async () => {
    const page = await open();
    await page
      .getByRole('textbox', { name: 'Luettelo' })
      .fill(
        'Nimi\tSähköposti\tKieli\tPuhelin\nYksi\tyksi@x.example\tsuomi\t040\nKaksi\tkaksi@\tklingon\t050',
      );
    await check(page);
    await state(page, 0).getByText('Uusi').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1280, 360]) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 800 });
        await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
        const faults = await page.evaluate(async () => {
          // The colours of the other scheme may still be on their way.
          const passing = document
            .getAnimations()
            .filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
          await Promise.allSettled(passing.map(({ finished }) => finished));
          const { violations } = await window.axe.run(
            { exclude: ['[data-tabster-dummy]'] },
            { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] },
          );
          return violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
          );
        });
        assert.deepEqual(faults, [], `${colorScheme} ${width}`);
        const isScrolled = await page.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
        );
        assert.ok(!isScrolled, `the page scrolls sideways at ${width}`);
      }
    }
    await page.context().close();
  });
});
