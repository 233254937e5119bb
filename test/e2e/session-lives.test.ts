import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { t } from '../../src/i18n/messages.js';
import type { OccurrenceAnswer, WallAnswer } from '../../src/shared/answers/sessions.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const minute = 60_000;

describe('the page and the wall of a session', () => {
  let world: TabWorld;
  before(async function () {
    // The server and the tab may have to be built first.
    this.timeout(180_000);
    world = await tabWorld();
  });
  after(() => world.stop());

  /** The server says that it is so many milliseconds after the start of the session, from the answer on. */
  async function atTime(page: Page, path: RegExp, milliseconds: () => number): Promise<void> {
    await page.route(path, async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as OccurrenceAnswer | WallAnswer;
      const now = new Date(Date.parse(answer.occurrence.start) + milliseconds()).toISOString();
      await route.fulfill({ response, json: { ...answer, now } });
    });
  }

  it('goes from before to now by itself, and keeps move and absence out of the way', async function () {
    this.timeout(120_000);
    const page = await world.pageOf('aino');
    await atTime(page, /api\/occurrences\/[\w-]+$/, () => -15 * minute - 3_000);
    await page.goto(`${world.url}/#/sessions/${world.ids.occurrence('bigRoom', 'planned')}`);
    const move = page.getByRole('button', { name: t('fi', 'sessions.move.verb'), exact: true });
    await move.waitFor();
    await page.getByText(t('fi', 'sessions.life.soon', { minutes: 15 })).waitFor();
    await move.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: t('fi', 'sessions.wall.show') }).waitFor();
    assert.equal(
      await page.getByRole('button', { name: t('fi', 'sessions.coming.answer.notComing') }).count(),
      0,
    );
  });

  it('says on the wall what is on and next, also while the network is away, and is left by Esc', async function () {
    this.timeout(120_000);
    const page = await world.pageOf('aino');
    let isAway = false;
    await atTime(page, /api\/occurrences\/[\w-]+\/wall$/, () => 45 * minute);
    await page.route(/api\/occurrences\/[\w-]+\/wall$/, (route) =>
      isAway ? route.abort('internetdisconnected') : route.fallback(),
    );
    const id = world.ids.occurrence('bigRoom', 'planned');
    await page.goto(`${world.url}/#/sessions/${id}/wall`);
    await page.getByText(t('fi', 'sessions.wall.left', { minutes: 75 })).waitFor();
    const shown = await page.locator('article dl').innerText();
    assert.match(shown, /Nyt\s+13\.30–14\.00[^]*15 min jäljellä[^]*Seuraavaksi\s+14\.00–14\.30/);
    assert.equal(await page.getByRole('navigation').count(), 0);
    assert.equal(await page.getByRole('img').count(), 1, 'the code');
    isAway = true;
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText(t('fi', 'sessions.wall.away', { time: '13.45' })).waitFor();
    assert.match(await page.locator('article dl').innerText(), /Nyt\s+13\.30–14\.00/);
    isAway = false;
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText(t('fi', 'sessions.wall.away', { time: '13.45' })).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.waitForURL(`**/#/sessions/${id}`);
    await page.getByRole('navigation').first().waitFor();
  });
});
