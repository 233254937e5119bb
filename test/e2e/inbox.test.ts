import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { demoPeopleByKey } from '../../src/demo/people.js';
import type { NewsItemAnswer, NewsListAnswer } from '../../src/shared/answers/news.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const { aino, linnea, eeva } = demoPeopleByKey;

/** A morning's news, as it waits when the coordinator comes. */
const morning = Array.from(
  { length: 10 },
  (_, index) => `Aamun uutinen ${String(index + 1).padStart(2, '0')}`,
);

describe('a morning at the inbox', function () {
  this.timeout(240_000);
  let world: TabWorld;
  let page: Page;

  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const row = (title: string) => page.getByRole('link', { name: title });
  const view = (name: string) =>
    page.getByRole('navigation', { name: 'Uutisten näkymät' }).getByRole('link', { name });

  before(async () => {
    world = await tabWorld();
    const { lines } = await world.ask<NewsListAnswer>('aino', 'GET', '/api/news?view=new');
    for (const { id } of lines)
      await world.ask('aino', 'POST', `/api/news/${id}/reject`, { reason: 'Vanha.' });
    for (const [index, title] of [...morning].reverse().entries()) {
      await world.ask('eeva', 'POST', '/api/news', {
        formId: `morning-${String(index)}-form`,
        projectId: eeva.projects[0],
        language: 'fi',
        words: { title, lead: 'Tämä helpottaa arkea.', body: 'Näin kävi eilen.' },
        audiences: ['residents'],
        wishedChannels: ['newsletter'],
      });
    }
    page = await world.pageOf('aino');
    await page.goto(`${world.url}/#/news`);
    await row(morning[9] ?? '').waitFor();
  });

  after(() => world.stop());

  it('opens, accepts and goes on by keys alone, and what was decided stays in view while it is open', async () => {
    await view('Uudet').getByText('10').waitFor();
    await page.keyboard.press('j');
    assert.match(await focused(), /Aamun uutinen 01/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Uutinen: Aamun uutinen 01' }).waitFor();
    await page.keyboard.press('a');
    await page.getByText(/Hyväksytty\. .* saa siitä tiedon/).waitFor();
    await row('Aamun uutinen 01').getByText('Hyväksytty').waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'Uutinen: Aamun uutinen 02' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Valitse uutinen' }).waitFor();
  });

  it('selects several by keys, and accepts them together', async () => {
    await row('Aamun uutinen 02').focus();
    for (const number of ['02', '03', '04']) {
      assert.match(await focused(), new RegExp(`Aamun uutinen ${number}`));
      await page.keyboard.press('x');
      await page.keyboard.press('j');
    }
    const bar = page.getByRole('group', { name: 'Valituille uutisille' });
    await bar.getByText('3 uutista valittu').waitFor();
    await bar.getByRole('button', { name: 'Hyväksy' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('3 uutista hyväksytty').waitFor();
    await row('Aamun uutinen 03').waitFor({ state: 'detached' });
    await view('Uudet').getByText('6').waitFor();
  });

  it('gives an item to a colleague, who finds it among their own', async () => {
    await row('Aamun uutinen 05').click();
    await page
      .getByRole('article')
      .getByRole('combobox', { name: 'Vastuuhenkilö' })
      .selectOption({ label: linnea.name });
    await page.getByText(`Uutisen vastuuhenkilö on nyt ${linnea.name}`).waitFor();
    await row('Aamun uutinen 05').getByText(`Vastuussa: ${linnea.name}`).waitFor();
    const { lines } = await world.ask<NewsListAnswer>('linnea', 'GET', '/api/news?view=new&assigned=me');
    assert.deepEqual(
      lines.map(({ titles }) => titles.fi),
      ['Aamun uutinen 05'],
    );
  });

  it('shows who else has an item open, and what they change, without leaving the page', async () => {
    const other = await world.pageOf('linnea');
    const { lines } = await world.ask<NewsListAnswer>('aino', 'GET', '/api/news?view=new');
    const sixth = lines.find(({ titles }) => titles.fi === 'Aamun uutinen 06');
    assert.ok(sixth);
    await other.goto(`${world.url}/#/news/${sixth.id}`);
    await row('Aamun uutinen 06').getByText(`${linnea.name} lukee`).waitFor();
    await world.ask('linnea', 'POST', `/api/news/${sixth.id}/accept`);
    await row('Aamun uutinen 06').waitFor({ state: 'detached' });
    await other.context().close();
  });

  it('writes news from a mail, once, and opens it', async () => {
    await page.getByRole('heading', { name: /^Uutinen:/ }).focus();
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: 'Uusi uutinen' }).waitFor();
    await page.getByRole('textbox', { name: 'Otsikko' }).fill('Sähköpostista tullut');
    await page.getByRole('textbox', { name: /^Ingressi/ }).fill('Tämä auttaa monia.');
    await page.getByRole('textbox', { name: 'Mistä uutinen tuli' }).fill('Sähköposti Maijalta');
    await page.keyboard.press('Enter');
    // Refused at the field; nothing that was typed is lost, not even by leaving.
    await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
    await page.reload();
    await page.getByRole('textbox', { name: 'Leipäteksti' }).click();
    await page.keyboard.insertText('Maija kertoi, että neuvonta alkoi.');
    await page.getByRole('button', { name: 'Tallenna uutinen' }).click();
    await page.getByRole('heading', { name: 'Uutinen: Sähköpostista tullut' }).waitFor();
    await page.getByText('Lähde: Sähköposti Maijalta').waitFor();
  });

  it('offers to undo beside the history', async () => {
    const id = page.url().split('/').at(-1)?.split('?')[0] ?? '';
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Valitse uutinen' }).waitFor();
    await world.ask<NewsItemAnswer>('aino', 'POST', `/api/news/${id}/start-review`);
    await page.goto(`${world.url}/#/news/${id}`);
    await page.locator('details summary').last().click();
    await page.getByRole('button', { name: 'Kumoa viimeisin' }).click();
    await page.getByText('kumosi edellisen toiminnon').waitFor();
  });

  it('lets people switch off the keys of a single letter', async () => {
    await page.getByRole('button', { name: aino.name }).click();
    await page.getByRole('checkbox', { name: 'Kirjaimet toimivat pikanäppäiminä' }).uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await row('Aamun uutinen 07').waitFor();
    await row('Aamun uutinen 07').focus();
    await page.keyboard.press('j');
    assert.match(await focused(), /Aamun uutinen 07/);
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(), /Aamun uutinen 08/);
  });
});
