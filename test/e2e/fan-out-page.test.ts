import { t } from '../../src/i18n/messages.js';
import { demoRecipients, demoSend, demoSendId } from '../gallery/session-fakes.js';
import { tabWorld, type TabWorld } from './tab-world.js';

describe('the page of a fan-out', () => {
  let world: TabWorld;
  before(async function () {
    // The server and the tab may have to be built first.
    this.timeout(180_000);
    world = await tabWorld();
  });
  after(() => world.stop());

  it('asks about those who are left at that moment, and not once everybody has the message', async function () {
    this.timeout(120_000);
    const page = await world.pageOf('aino');
    const { counts, ...under } = demoSend();
    let open = counts.open;
    await page.route(`**/api/sends/${demoSendId}`, (route) =>
      route.fulfill({
        json: {
          ...under,
          ...(open === 0 && { state: { status: 'done' } }),
          counts: { ...counts, open, sent: counts.sent + counts.open - open },
        },
      }),
    );
    await page.route('**/recipients*', (route) => route.fulfill({ json: { lines: demoRecipients() } }));
    await page.goto(`${world.url}/#/sends/${demoSendId}`);
    await page.getByRole('button', { name: t('fi', 'sends.do.cancel') }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(t('fi', 'sends.cancel.text', { count: open })).waitFor();

    open = 1;
    await dialog.getByText(t('fi', 'sends.cancel.text', { count: 1 })).waitFor();
    open = 0;
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(t('fi', 'sends.cancel.over')).waitFor();
  });
});
