import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { DemoIds } from '../gallery/demo-ids.js';
import type { Coordinator } from './coordinator.js';
import { tabWorld, type TabWorld } from './tab-world.js';

/** A part of the page that moved by itself, with how far. The words in a head make room for each other in their own row. */
interface Shift {
  readonly value: number;
  readonly what: readonly string[];
}

declare global {
  interface Window {
    shifts: Shift[];
  }
}

/** Keeps what moves on the page from now on. */
const watchShifts = (page: Page): Promise<void> =>
  page.evaluate(() => {
    type Source = { readonly node?: Node | null };
    type Entry = PerformanceEntry & { readonly value: number; readonly sources: readonly Source[] };
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Entry[]) {
        const moved = entry.sources.filter(
          ({ node }) => (node instanceof Element ? node : node?.parentElement)?.closest('header') === null,
        );
        const what = moved.map(({ node }) =>
          node instanceof Element ? `${node.tagName} ${node.className}` : (node?.textContent ?? ''),
        );
        if (what.length > 0) window.shifts.push({ value: entry.value, what });
      }
    }).observe({ type: 'layout-shift' });
  });

describe('writing in the tab', function () {
  this.timeout('180s');
  let world: TabWorld;
  let tab: Coordinator;
  let page: Page;
  let ids: DemoIds;

  before(async () => {
    world = await tabWorld();
    ({ ids } = world);
    tab = await world.tabOf('aino');
    ({ page } = tab);
  });

  after(() => world.stop());

  const openItem = async (key: string): Promise<void> => {
    await page.goto(`${world.url}/#/news/${ids.news(key)}`);
    await tab
      .column('fi')
      .getByRole('textbox', { name: /otsikko$/ })
      .waitFor();
    await page.locator('[class*="bodyWaiting"]').first().waitFor({ state: 'detached' });
  };

  it('nothing moves while somebody types, is saved, and the other language falls behind', async () => {
    await openItem('elma-whole-region');
    const finnish = tab.column('fi');
    const lead = finnish.getByRole('textbox', { name: /ingressi:/ });
    await lead.click();
    await page.keyboard.press('End');
    await watchShifts(page);
    await page.keyboard.type('x');
    await finnish.getByText('tallennetaan pian').waitFor();
    await finnish.getByText(/^tallennettu/).waitFor();
    await page.keyboard.type('y');
    await finnish.getByText('tallennetaan pian').waitFor();
    await finnish.getByText(/^tallennettu/).waitFor();
    assert.deepEqual(await page.evaluate(() => window.shifts), []);
  });

  it('says at the field how much is too much, sends nothing in vain, and offers no useless try again', async () => {
    await openItem('elma-whole-region');
    const finnish = tab.column('fi');
    const title = finnish.getByRole('textbox', { name: /otsikko$/ });
    const before = await title.inputValue();
    let sent = 0;
    page.on('request', (request) => {
      if (request.method() === 'PUT' && request.url().includes('/texts/')) sent += 1;
    });
    await title.fill('o'.repeat(115));
    await finnish.getByText('5 merkkiä jäljellä').waitFor();
    await finnish.getByText(/^tallennettu/).waitFor();
    const sentBefore = sent;
    await title.fill('o'.repeat(202));
    await finnish.getByText('82 merkkiä liikaa').waitFor();
    await finnish.getByText(/Liian pitkä tallennettavaksi/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Yritä uudelleen' }).count(), 0);
    await title.fill(before);
    await finnish.getByText(/^tallennettu/).waitFor();
    assert.equal(sent, sentBefore + 1, 'what is too long was not sent');
  });

  it('says whole, where nothing is saved for want of a connection, that what was typed is on this device', async () => {
    await openItem('elma-whole-region');
    const finnish = tab.column('fi');
    const lead = finnish.getByRole('textbox', { name: /ingressi:/ });
    await page.route('**/texts/fi', (route) => route.abort());
    await lead.click();
    await page.keyboard.press('End');
    await page.keyboard.type(' z');
    const said = finnish.getByText(/Kirjoittamasi on tallessa tällä laitteella/);
    await said.waitFor();
    const isWhole = (status: HTMLElement | SVGElement): boolean =>
      status.scrollHeight <= status.clientHeight && status.scrollWidth <= status.clientWidth;
    assert.ok(await said.evaluate(isWhole), 'no line of it is cut');
    await page.unroute('**/texts/fi');
    await finnish.getByRole('button', { name: 'Yritä uudelleen' }).click();
    await finnish.getByText(/^tallennettu/).waitFor();
  });

  it('a translation begins with the other text, its headings and lists kept', async () => {
    await openItem('contact-search');
    const finnish = tab.column('fi');
    const swedish = tab.column('sv');
    const structure = (column: typeof finnish): Promise<string[]> =>
      column
        .getByRole('textbox', { name: /leipäteksti$/ })
        .evaluate((body) => [...body.children].map(({ tagName }) => tagName));
    const original = await structure(finnish);
    await swedish.getByRole('button', { name: 'Aloita suomenkielisestä' }).click();
    await swedish.getByText(/^tallennettu/).waitFor();
    assert.deepEqual(await structure(swedish), original);
    assert.equal(
      await swedish.getByRole('textbox', { name: /otsikko$/ }).inputValue(),
      await finnish.getByRole('textbox', { name: /otsikko$/ }).inputValue(),
    );
  });

  it('a translation that is still the other text is asked about before it is ready', async () => {
    await openItem('contact-search');
    const swedish = tab.column('sv');
    const ready = swedish.getByRole('button', { name: 'Merkitse valmiiksi' });
    await ready.click();
    const question = page.getByRole('alertdialog', { name: 'Onko ruotsinkielinen teksti käännetty?' });
    await question.getByText(/samat? kuin suomeksi\./).waitFor();
    await question.getByRole('button', { name: 'Takaisin' }).click();
    await question.waitFor({ state: 'detached' });
    await ready.click();
    await question.getByRole('button', { name: 'Merkitse valmiiksi silti' }).click();
    await question.waitFor({ state: 'detached' });
    await ready.waitFor({ state: 'detached' });
  });
});
