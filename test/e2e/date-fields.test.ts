import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { tabWorld, type TabWorld } from './tab-world.js';

describe('fields for dates and times', function () {
  this.timeout('240s');
  let world: TabWorld;
  let page: Page;

  before(async () => {
    world = await tabWorld();
    page = await world.pageOf('aino', { locale: 'en-US' });
    await page.addInitScript(
      await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
    );
  });
  after(() => world.stop());

  /** The dialog in which a session is moved, opened anew. */
  async function moveDialog() {
    await page.goto('about:blank');
    await page.goto(`${world.url}/#/sessions/${world.ids.occurrence('bigRoom', 'planned')}?to=move`);
    const dialog = page.getByRole('dialog', { name: 'Mihin aikaan' });
    const [date, time] = [dialog.getByLabel('Päivä'), dialog.getByLabel('Alkaa klo')];
    await date.and(page.locator(':not([readonly])')).waitFor();
    await time.and(page.locator(':not([readonly])')).waitFor();
    return { dialog, date, time };
  }

  /** A Monday more than a month ahead. */
  const day = new Date(Date.now() + 40 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  const [d, m, y] = [day.getUTCDate(), day.getUTCMonth() + 1, day.getUTCFullYear()];

  it('read what is typed as people write it, whatever language the browser has', async () => {
    const { date, time } = await moveDialog();
    await date.fill(`${d}.${m}`);
    await time.fill('930');
    // While it is typed it stays as it is; then it stands there as everywhere else.
    assert.equal(await time.inputValue(), '930');
    await page.keyboard.press('Tab');
    assert.equal(await date.inputValue(), `${d}.${m}.${y}`);
    assert.equal(await time.inputValue(), '9.30');
  });

  it('have the date that was proposed where the dialog was opened with one, and nothing is moved', async () => {
    const { dialog } = await moveDialog();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    const id = world.ids.occurrence('bigRoom', 'planned');
    const changed: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET' && !request.url().endsWith('/preview')) changed.push(request.url());
    });
    await page.goto('about:blank');
    const iso = `${String(y)}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
    await page.goto(`${world.url}/#/sessions/${id}?to=move&date=${iso}`);
    const date = dialog.getByLabel('Päivä');
    await date.and(page.locator(':not([readonly])')).waitFor();
    assert.equal(await date.inputValue(), `${String(d)}.${String(m)}.${String(y)}`);
    await dialog.getByText('siirtyy, ja uusi aika on').waitFor();
    assert.deepEqual(changed, []);
  });

  it('say at the field what is wrong, in the language of the person, and lose nothing', async () => {
    const { dialog, date, time } = await moveDialog();
    await date.fill('31.2.2027');
    await time.fill('9.75');
    await page.keyboard.press('Tab');
    await dialog.getByText('Tällaista päivää ei ole. Tarkista päivä.').waitFor();
    await dialog.getByText('Kirjoita kellonaika muodossa 9.00.').waitFor();
    assert.deepEqual([await date.inputValue(), await time.inputValue()], ['31.2.2027', '9.75']);
    assert.equal(await date.getAttribute('aria-invalid'), 'true');
    await dialog.getByRole('button', { name: 'Siirrä', exact: true }).click();
    assert.deepEqual([await date.inputValue(), await time.inputValue()], ['31.2.2027', '9.75']);
    await date.fill('1.1.2026');
    await page.keyboard.press('Tab');
    await dialog.getByText(/Päivä voi olla aikaisintaan \d+\.\d+\.20\d\d\./).waitFor();
  });

  it('open by keys a calendar and a list, which have no fault that axe finds', async () => {
    const { date, time } = await moveDialog();
    await date.fill(`${d}.${m}.${y}`);
    await page.keyboard.press('ArrowDown');
    const calendar = page.getByRole('dialog', { name: 'Kalenteri' });
    await calendar.waitFor();
    const violations = await page.evaluate(async () => {
      const results = await window.axe.run(
        { exclude: ['[data-tabster-dummy]'] },
        { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] },
      );
      return results.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join()}`,
      );
    });
    assert.deepEqual(violations, []);
    assert.equal(await calendar.getByRole('columnheader').first().textContent(), 'ma');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await calendar.waitFor({ state: 'detached' });
    const next = new Date(Date.UTC(y, m - 1, d + 1));
    assert.equal(
      await date.inputValue(),
      `${next.getUTCDate()}.${next.getUTCMonth() + 1}.${next.getUTCFullYear()}`,
    );
    // Esc closes what is open, and the dialog around it stays.
    await date.press('ArrowDown');
    await calendar.waitFor();
    await page.keyboard.press('Escape');
    await calendar.waitFor({ state: 'detached' });
    await time.fill('14.15');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: '14.15' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await time.inputValue(), '14.30');
  });
});
