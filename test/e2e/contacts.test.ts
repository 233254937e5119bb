import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { ContactAnswer, ContactListAnswer } from '../../src/shared/answers/contacts.js';
import { tabWorld, type TabWorld } from './tab-world.js';

describe('contacts in the tab', function () {
  this.timeout('300s');
  let world: TabWorld;
  let seriesId: string;

  before(async () => {
    world = await tabWorld({ undoSeconds: 6 });
    seriesId = world.ids.series('hankeradio');
    for (const [name, organisation, language, given] of [
      ['Kylä Kaisa', 'Kylät ry', 'fi', true],
      ['Kylä Kalle', 'Kylät ry', 'fi', true],
      ['By Britta', 'Byarna rf', 'sv', false],
    ] as const)
      await add({
        name,
        organisation,
        address: `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}@kyla.example`,
        language,
        consent: given ? { given, how: 'Kyläillassa' } : { given },
      });
  });
  after(() => world.stop());

  const add = async (more: object): Promise<ContactAnswer['contact']> =>
    (await world.ask<ContactAnswer>('aino', 'POST', '/api/contacts', { series: [seriesId], ...more }))
      .contact;
  const open = async (path = '#/contacts'): Promise<Page> => {
    const page = await world.pageOf('aino');
    await page.goto(`${world.url}/${path}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    return page;
  };
  const found = async (query: string): Promise<ContactListAnswer['lines']> =>
    (await world.ask<ContactListAnswer>('aino', 'GET', `/api/contacts?${query}`)).lines;
  async function listed(page: Page, wanted: readonly string[]): Promise<void> {
    await page.waitForFunction(
      (expected) =>
        [...document.querySelectorAll('main li a[id^=contact-] > span:first-child')]
          .map((element) => element.textContent)
          .join() === expected,
      wanted.join(),
    );
  }

  it('are filtered by organisation, language and consent, and stay so over a reload and behind a contact', async () => {
    const page = await open();
    await page.getByText('Suodata', { exact: true }).click();
    await page.getByLabel('Organisaation alku').fill('kylät');
    await listed(page, ['Kylä Kaisa', 'Kylä Kalle']);
    await page.getByLabel('Organisaation alku').fill('');
    await page.getByRole('combobox', { name: 'Suostumus' }).selectOption('notAsked');
    await page.getByRole('combobox', { name: 'Kieli' }).selectOption('sv');
    await listed(page, ['By Britta']);
    await page.getByRole('link', { name: /By Britta/ }).click();
    await page.getByRole('heading', { name: 'By Britta' }).waitFor();
    await page.reload();
    await listed(page, ['By Britta']);
    await page.getByText('Suodata (2)', { exact: true }).waitFor();
    await page.getByText('Suodata (2)', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Suostumus' }).selectOption('withdrawn');
    await page.getByRole('link', { name: 'Näytä kaikki' }).click();
    await page.getByRole('link', { name: /Kylä Kaisa/ }).waitFor();
    await page.context().close();
  });

  it('are chosen by keys and taken out of a series together, which can be called back', async () => {
    const page = await open('#/contacts?organisation=kylät');
    await listed(page, ['Kylä Kaisa', 'Kylä Kalle']);
    await page.getByRole('button', { name: 'Valitse kaikki' }).focus();
    await page.keyboard.press('Enter');
    const bar = page.getByRole('group', { name: '2 valittu' });
    await bar.getByRole('status').getByText('2 valittu').waitFor();
    await page.getByRole('checkbox', { name: 'Valitse Kylä Kalle' }).focus();
    await page.keyboard.press('Space');
    await page
      .getByRole('group', { name: 'Yksi valittu' })
      .getByRole('button', { name: 'Poista sarjasta' })
      .focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Poistetaanko sarjasta yksi ihminen?' });
    await dialog.getByLabel('Sarja').selectOption(seriesId);
    await dialog.getByRole('button', { name: 'Poista sarjasta' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Yksi poistuu sarjasta Hankeradio').waitFor();
    await page.getByRole('button', { name: 'Kumoa' }).click();
    await page.getByText('Kumottu', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'Valitse Kylä Kalle' }).check();
    await page
      .getByRole('group', { name: 'Yksi valittu' })
      .getByRole('button', { name: 'Poista sarjasta' })
      .click();
    await dialog.getByLabel('Sarja').selectOption(seriesId);
    await dialog.getByRole('button', { name: 'Poista sarjasta' }).click();
    await dialog.waitFor({ state: 'hidden' });
    for (;;) {
      const [kalle] = await found('text=kalle');
      if (kalle?.series.length === 0) break;
      await wait(100);
    }
    assert.deepEqual((await found('text=kaisa'))[0]?.series, [seriesId]);
    await page
      .getByRole('link', { name: /Kylä Kalle/ })
      .getByText('Ei kutsuttu mihinkään')
      .waitFor();
    await page.context().close();
  });

  it('show who answers questions, set in a dialog that says at the field what is wrong', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Lisätietojen antaja' }).click();
    const dialog = page.getByRole('dialog', { name: 'Kuka nimetään lisätietojen antajaksi?' });
    await dialog.getByLabel('Nimi').fill('Eeva Esimerkki');
    await dialog.getByLabel('Puhelin').fill('soita');
    await dialog.getByRole('button', { name: 'Nimeä' }).click();
    await dialog.getByText('Tämä ei näytä puhelinnumerolta').waitFor();
    assert.equal(await dialog.getByLabel('Nimi').inputValue(), 'Eeva Esimerkki');
    await dialog.getByLabel('Puhelin').fill('+358 40 000 0000');
    await dialog.getByRole('button', { name: 'Nimeä' }).click();
    await page.getByText('Yhteystiedot on tallennettu').waitFor();
    const [kaisa] = await found('text=kaisa');
    const { helper } = await world.ask<{ helper: object }>('aino', 'GET', '/api/helper');
    assert.deepEqual(helper, { name: 'Eeva Esimerkki', phone: '+358 40 000 0000' });
    assert.ok(kaisa);
    await page.context().close();
  });

  it('have a history: what they answered, and to which words they agreed', async () => {
    const mails = async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const link = (await world.mails())
          .map((mail) => pattern.exec(mail.replaceAll('=\r\n', '').replaceAll('=3D', '='))?.[0])
          .find((each) => each !== undefined);
        if (link !== undefined) return link;
        await wait(100);
      }
    };
    const { id } = await add({
      name: 'Vastaaja Venla',
      address: 'venla@kyla.example',
      language: 'fi',
      consent: { given: true, how: 'Kyläillassa' },
    });
    const link = await mails(new RegExp(`http\\S+/coming/\\S+/${id}/\\w+`));
    const pressed = await world.browser.newPage();
    await pressed.goto(link);
    await pressed.getByRole('button', { name: 'En pääse' }).click();
    await pressed.getByRole('heading', { name: 'Et pääse tulemaan' }).waitFor();
    await pressed.close();
    const page = await open(`#/contacts/${id}`);
    await page.getByText('Vastaukset', { exact: true }).click();
    await page.getByText(/ei pääse: Hankeradio, .*sähköpostin linkistä/).waitFor();
    const [britta] = await found('text=britta');
    await world.ask('aino', 'POST', `/api/contacts/${britta?.id ?? ''}/ask`);
    await page.goto(`${world.url}/#/contacts/${britta?.id ?? ''}`);
    await page.getByText(/Näin suostumusta kysyttiin: ”Aino/).waitFor();
    await page.context().close();
  });

  it('of an import are listed among what is sent while that waits for its time, with the way to stop it', async () => {
    const page = await open('#/contacts/several');
    await page.getByRole('textbox', { name: 'Luettelo' }).fill('Kutsuttu Kerttu;kerttu@kyla.example;fi');
    await page.getByRole('button', { name: 'Tarkista luettelo' }).click();
    await page.getByRole('group', { name: 'Kutsutaan sarjoihin' }).getByRole('checkbox').first().check();
    await page.getByRole('radio', { name: 'Kaikki ovat antaneet suostumuksen' }).check();
    await page.getByRole('textbox', { name: 'Miten suostumus annettiin' }).fill('Kyläillassa');
    await page.getByRole('radio', { name: 'Valittuna aikana' }).check();
    await page.getByRole('button', { name: 'Tuo yksi' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Tuo' }).click();
    await page.getByText('Yksi kutsu lähtee').waitFor();
    await page.goto(`${world.url}/#/sends`);
    const planned = page.getByRole('region', { name: 'Lähtee myöhemmin' });
    await planned.getByText('Ajastettu').waitFor();
    await planned.getByText('1 henkilölle').waitFor();
    await planned.getByRole('link').click();
    await page.getByRole('button', { name: 'Pysäytä kutsut' }).click();
    await page.goto(`${world.url}/#/sends`);
    await planned.waitFor({ state: 'hidden' });
    await page.context().close();
  });
});
