import assert from 'node:assert/strict';
import { tabWorld, type TabWorld } from './tab-world.js';
import { teamsOfAPhone } from './teams-of-a-phone.js';

describe('the tab in Teams on a phone, which has no frame', () => {
  let world: TabWorld;
  before(async function () {
    // The server and the tab may have to be built first.
    this.timeout(180_000);
    world = await tabWorld();
  });
  after(() => world.stop());

  it('greets Teams, says that it is shown, and follows its theme, language and place', async () => {
    const context = await world.window({ viewport: { width: 360, height: 740 } });
    // The compiler names functions by a helper of its own, which the page has not.
    await context.addInitScript('globalThis.__name = (named) => named');
    await context.addInitScript(teamsOfAPhone, { subEntityId: 'sessions' });
    const page = await context.newPage();
    await page.goto(`${world.url}/`);
    // The theme is followed from the first drawing on, before or after Teams learns of the page.
    await page.waitForFunction(() =>
      ['appInitialization.success', 'registerHandler'].every((what) =>
        (window as unknown as { asked: string[] }).asked.some((each) => each.includes(what)),
      ),
    );
    const asked = await page.evaluate(() => (window as unknown as { asked: string[] }).asked);
    assert.equal(asked[0], 'initialize');
    assert.ok(asked.includes('getContext'), asked.join(', '));
    assert.ok(asked.includes('registerHandler'), asked.join(', '));
    assert.equal(await page.evaluate(() => window.location.hash), '#/sessions');
    const background = await page.evaluate(
      () => getComputedStyle(document.querySelector('.fui-FluentProvider') ?? document.body).backgroundColor,
    );
    assert.notEqual(background, 'rgb(255, 255, 255)');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'sv');
  });
});
