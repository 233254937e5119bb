import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openWindow } from '../gallery/browser.js';
import { cardPage, draw } from '../gallery/cards.js';
import { botWorld, buttonOf, typed, valuesOf, type BotWorld } from './bot-world.js';

interface Executed {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Library {
  readonly AdaptiveCard: { onExecuteAction: (action: Executed) => void };
}

/** Presses a button of a card that is drawn, and gives what the renderer would send; nothing where a field is refused. */
async function pressed(page: Page, title: string): Promise<Executed[]> {
  await page.evaluate(() => {
    const { AdaptiveCards, executed } = Object.assign(globalThis, {
      executed: [] as Executed[],
    }) as unknown as {
      AdaptiveCards: Library;
      executed: Executed[];
    };
    AdaptiveCards.AdaptiveCard.onExecuteAction = ({ verb, data }) => executed.push({ verb, data });
  });
  await page.getByRole('button', { name: title, exact: true }).click();
  return page.evaluate(() => (globalThis as unknown as { executed: Executed[] }).executed);
}

describe('a date that has passed since it was typed, in the renderer that Teams has', function () {
  this.timeout('60s');
  let world: BotWorld;
  let browser: Browser;
  let page: Page;

  before(async () => {
    [world, browser] = await Promise.all([botWorld(), openBrowser()]);
    page = await cardPage(await openWindow(browser, 360, 'light'), 'light');
  });

  after(() => Promise.all([world.stop(), browser.close()]));

  it('does not keep an edit from being saved, and a new date may not be earlier than it', async () => {
    const vilma = world.talker('vilma');
    const receipt = await vilma.presses(await vilma.says('uutinen'), 'news.submit', typed);
    world.clock.forward(world.clock.now().until('2026-12-02T10:00:00Z'));
    const edit = await vilma.presses(receipt, 'news.edit');
    assert.equal(valuesOf(edit).earliestDate, '2026-12-01');
    const { title } = buttonOf(edit, 'news.save');

    await draw(page, edit, 'light');
    const [saved, ...more] = await pressed(page, title);
    assert.deepEqual([saved?.verb, saved?.data.earliestDate, more], ['news.save', '2026-12-01', []]);

    await page.locator('input[type="date"]').evaluate((input: HTMLInputElement) => {
      input.value = '2026-11-30';
    });
    assert.deepEqual(await pressed(page, title), []);
  });
});
