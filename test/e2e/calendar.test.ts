import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { DemoIds } from '../gallery/demo-ids.js';
import type { Coordinator } from './coordinator.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const dayOf = (entry: Locator): Promise<string | null> =>
  entry.locator('xpath=ancestor::*[@data-day]').getAttribute('data-day');

/** The date so many days later; ISO. */
function later(date: string, days: number): string {
  const moved = new Date(`${date}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

describe('the calendar, used by hand', function () {
  this.timeout('180s');
  let world: TabWorld;
  let tab: Coordinator;
  let page: Page;
  let ids: DemoIds;
  let release: Locator;

  before(async () => {
    world = await tabWorld();
    ({ ids } = world);
    tab = await world.tabOf('aino');
    ({ page } = tab);
    release = page.locator(`#release-${ids.release('scheduled')}`);
    await page.goto(`${world.url}/#/calendar`);
    await release.waitFor();
  });

  after(() => world.stop());

  /** The release stands on this day. */
  const standsOn = (date: string): Promise<void> =>
    page.locator(`[data-day="${date}"] #release-${ids.release('scheduled')}`).waitFor();

  it('the month of the release queue leads to it', async () => {
    await page.goto(`${world.url}/#/releases?view=month`);
    await page.getByRole('heading', { name: 'Kalenteri', level: 1 }).waitFor();
    assert.equal(new URL(page.url()).hash, '#/calendar');
    await release.waitFor();
  });

  it('kinds are hidden by toggles, which stay in the address', async () => {
    const sessions = page.getByRole('button', { name: 'Tilaisuudet' });
    await sessions.click();
    assert.equal(await sessions.getAttribute('aria-pressed'), 'false');
    assert.equal(new URL(page.url()).hash, '#/calendar?hide=session');
    await page.locator('[data-kind="session"]').first().waitFor({ state: 'detached' });
    await page.reload();
    await release.waitFor();
    assert.equal(await page.locator('[data-kind="session"]').count(), 0);
    await page.getByRole('link', { name: 'Näytä kaikki' }).click();
    await page.locator('[data-kind="session"]').first().waitFor();
  });

  it('Space takes a release up, arrows show where it would land, Space puts it down at its time; it can be undone', async () => {
    const day = (await dayOf(release)) ?? '';
    await release.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.locator(`[data-day="${later(day, 7)}"][data-landing="true"]`).waitFor();
    await page.keyboard.press('Space');
    await standsOn(later(day, 7));
    await tab.reads(/Elma kokoaa .*: uusi aika on .* klo 9\.00/);
    assert.equal(
      await page.evaluate(() => document.activeElement?.id),
      `release-${ids.release('scheduled')}`,
    );
    await tab.press('Kumoa');
    await standsOn(day);
  });

  it('Escape leaves it where it was; arrows go from day to day, Enter opens', async () => {
    const day = (await dayOf(release)) ?? '';
    await release.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('[data-landing="true"]').count(), 0);
    assert.equal(await dayOf(release), day);
    await page.keyboard.press('ArrowRight');
    const focused = () =>
      page.evaluate(() => document.activeElement?.closest('[data-day]')?.getAttribute('data-day'));
    assert.equal(await focused(), later(day, 1));
    await page.keyboard.press('ArrowLeft');
    assert.equal(await focused(), day);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`#/releases/${ids.release('scheduled')}`));
    await page.goBack();
    await release.waitFor();
  });

  it('a mouse drags it; the day where it would land shows itself before', async () => {
    const day = (await dayOf(release)) ?? '';
    const to = later(day, 7);
    const from = await release.boundingBox();
    const cell = await page.locator(`[data-day="${to}"]`).boundingBox();
    assert.ok(from && cell);
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(cell.x + 60, cell.y + 60, { steps: 8 });
    await page.locator(`[data-day="${to}"][data-landing="true"]`).getByText('Siirtyy tähän').waitFor();
    await page.mouse.up();
    await standsOn(to);
    assert.match(new URL(page.url()).hash, /^#\/calendar/, 'the press that ended it opened nothing');
    await tab.press('Kumoa');
    await standsOn(day);
  });

  it('what stays where it is says why', async () => {
    await page.locator('[data-kind="embargo"]').first().focus();
    await page.keyboard.press('Space');
    await tab.reads(/Aikaisin julkaisupäivä on kirjoittajan toive/);
  });

  it('a session is moved after a question, since people are notified', async () => {
    const session = page.locator(`#session-${ids.occurrence('bigRoom', 'planned')}`);
    const day = (await dayOf(session)) ?? '';
    await session.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('alertdialog', { name: 'Siirretäänkö tilaisuus?' });
    await dialog.getByRole('button', { name: 'Takaisin' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await dayOf(session), day);
    await session.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Siirrä' }).click();
    await page
      .locator(`[data-day="${later(day, -1)}"] #session-${ids.occurrence('bigRoom', 'planned')}`)
      .waitFor();
    await tab.press('Kumoa');
    await page.locator(`[data-day="${day}"] #session-${ids.occurrence('bigRoom', 'planned')}`).waitFor();
  });

  it('a finger that rests carries it over the days of a list; one that moves at once scrolls', async () => {
    const phone = await world.pageOf('aino', {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    await phone.goto(`${world.url}/#/calendar`);
    const entry = phone.locator(`#release-${ids.release('scheduled')}`);
    await entry.scrollIntoViewIfNeeded();
    const day = (await dayOf(entry)) ?? '';
    const fingers = await phone.context().newCDPSession(phone);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0): Promise<unknown> =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
      });
    const box = await entry.boundingBox();
    assert.ok(box);
    const [x, y] = [box.x + 60, box.y + 12];
    await touch('touchStart', x, y);
    await phone.locator(`#release-${ids.release('scheduled')}[data-carried="pointer"]`).waitFor();
    const to = later(day, 1);
    const target = phone.locator(`[data-day="${to}"]`);
    await target.waitFor();
    const cell = await target.boundingBox();
    assert.ok(cell);
    await touch('touchMove', x, (y + cell.y) / 2);
    await touch('touchMove', x, cell.y + cell.height / 2);
    await phone.locator(`[data-day="${to}"][data-landing="true"]`).waitFor();
    await touch('touchEnd');
    await phone.locator(`[data-day="${to}"] #release-${ids.release('scheduled')}`).waitFor();
    await phone.getByRole('button', { name: 'Kumoa' }).click();
    await phone.locator(`[data-day="${day}"] #release-${ids.release('scheduled')}`).waitFor();
    await phone.context().close();
  });
});
