import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { tabWorld, type TabWorld } from './tab-world.js';
import { teamsOfAPhone } from './teams-of-a-phone.js';

const chat = '19:meeting_ODg3NjU0MzIxMDEyMzQ1Njc4OQ@thread.v2';
const link = `https://teams.microsoft.com/l/meetup-join/${encodeURIComponent(chat)}/0`;
const meeting = { meetingId: Buffer.from(`0#${chat}#0`).toString('base64'), frameContext: 'sidePanel' };

describe('the tab in a meeting', () => {
  let world: TabWorld;
  before(async function () {
    // The server and the tab may have to be built first.
    this.timeout(180_000);
    world = await tabWorld();
  });
  after(() => world.stop());

  /** The tab of Eeva, a worker, as Teams opens it, as wide as the panel beside a meeting. */
  async function opened(context: Readonly<Record<string, unknown>>): Promise<Page> {
    const page = await world.pageOf('eeva', { viewport: { width: 320, height: 740 } });
    // The compiler names functions by a helper of its own, which the page has not.
    await page.addInitScript('globalThis.__name = (named) => named');
    await page.addInitScript(teamsOfAPhone, context);
    await page.goto(`${world.url}/`);
    await page.locator('h1').waitFor();
    return page;
  }
  const addressOf = (page: Page): Promise<string> => page.evaluate(() => window.location.hash);

  it('opens at the session whose link leads to it, beside the meeting too', async () => {
    const id = world.ids.occurrence('hankeradio', 'confirmed');
    await world.ask('aino', 'PUT', `/api/occurrences/${id}`, {
      joinUrl: link,
      seen: { joinUrl: null },
    });
    const page = await opened({ ...meeting, chatId: chat });
    assert.equal(await addressOf(page), `#/sessions/${id}`);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `${overflow} px wider than the panel`);
  });

  it('opens at all sessions where nothing says which it is', async () => {
    const other = '19:meeting_other@thread.v2';
    const page = await opened({ meetingId: Buffer.from(`0#${other}#0`).toString('base64'), chatId: other });
    assert.match(await addressOf(page), /^#\/sessions(\/|$)/);
  });

  it('opens where a link leads, and where everybody begins in a chat that is no meeting', async () => {
    assert.equal(await addressOf(await opened({ ...meeting, subEntityId: 'news' })), '#/news');
    assert.equal(await addressOf(await opened({ chatId: '19:abc@thread.v2' })), '');
  });

  it('says that it guessed by the time of day, and leads to all sessions', async () => {
    const id = world.ids.occurrence('hankeradio', 'confirmed');
    const page = await world.pageOf('eeva', { viewport: { width: 320, height: 740 } });
    await page.goto(`${world.url}/#/sessions/${id}?found=byTime`);
    const note = page.getByRole('note');
    await note.waitFor();
    await note.getByRole('link').click();
    await page.waitForURL(/#\/sessions$/);
  });
});
