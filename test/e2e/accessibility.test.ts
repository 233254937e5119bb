import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../gallery/browser.js';
import { demoIds } from '../gallery/demo-ids.js';
import { dataFolder, startInstallation, type Installation } from '../world/installation.js';
import { Coordinator } from './coordinator.js';

/** The success criteria that the law asks of a public body. */
const criteria = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** Places that are reached by a link on another, not from the navigation. */
const aside = [
  '#/sends',
  '#/contacts',
  '#/contacts/new',
  '#/contacts/several',
  '#/reminders',
  '#/sessions/series',
  '#/sessions/series/new',
];

/** A session to come, one that was, one whose new time is being chosen, and the settings of a series. */
async function sessionPages(url: string): Promise<string[]> {
  const { occurrence, series } = await demoIds(url);
  return [
    `#/sessions/${occurrence('hankeradio', 'confirmed')}`,
    `#/sessions/${occurrence('hankeradio', 'held')}`,
    `#/sessions/${occurrence('bigRoom', 'planned')}?to=move`,
    `#/sessions/series/${series('hankeradio')}`,
  ];
}

/** What axe finds wrong, in few words: the rule, and where. */
async function faultsOf(page: Page): Promise<string[]> {
  // Fluent's focus keeper puts empty stops at the edges of groups; they are no content.
  const axe = new AxeBuilder({ page }).withTags(criteria).exclude('[data-tabster-dummy]').setLegacyMode();
  const { violations } = await axe.analyze();
  const standing = await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id));
  // Two controls of one id: a press on the label of either reaches the first.
  const twice = standing.filter((id, index) => standing.indexOf(id) !== index).map((id) => `id twice: ${id}`);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    ),
  );
  return [...found, ...twice];
}

describe('accessibility, as far as a machine can tell', function () {
  this.timeout('300s');
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let installation: Installation;
  let browser: Browser;

  before(async () => {
    folder = await dataFolder();
    installation = await startInstallation({ dataDir: folder.path });
    [browser] = await Promise.all([openBrowser(), installation.ready]);
  });

  after(async () => {
    await browser.close();
    installation.signal('SIGTERM');
    await installation.ended;
    await folder.remove();
  });

  // Contrast hangs on the colours, room on the width: two runs see both of each.
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360],
  ] as const) {
    it(`finds nothing wrong in the tab, ${colorScheme}, ${width} px wide`, async () => {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 800 },
        locale: 'fi-FI',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await Coordinator.open(page, installation.url, 'Aino Mallikas');
      const places = await page
        .locator('nav a[href]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      const faults: Record<string, string[]> = {};
      const sessions = await sessionPages(installation.url);
      for (const place of new Set([...places, ...aside, ...sessions])) {
        await page.goto(`${installation.url}/${place ?? ''}`);
        await page.locator('main h1:visible, main h2:visible').first().waitFor();
        await page.locator('[aria-busy="true"], .fui-Skeleton').first().waitFor({ state: 'detached' });
        faults[place ?? ''] = await faultsOf(page);
      }
      assert.ok(Object.keys(faults).length >= 4, 'the places were not found');
      assert.deepEqual(
        Object.fromEntries(Object.entries(faults).filter(([, found]) => found.length > 0)),
        {},
      );
      await context.close();
    });
  }

  it('finds nothing wrong on the intranet', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    for (const path of ['/intranet/fi', '/intranet/sv']) {
      await page.goto(installation.url + path);
      assert.deepEqual(await faultsOf(page), [], path);
      await page.getByRole('article').getByRole('link').first().click();
      await page.getByRole('article').first().waitFor();
      assert.deepEqual(await faultsOf(page), [], `a release under ${path}`);
    }
    await context.close();
  });
});
