import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { RunOptions } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import type { DemoIds } from '../gallery/demo-ids.js';
import { openSettings } from '../gallery/open-settings.js';
import { tabWorld, type TabWorld } from './tab-world.js';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/** The success criteria that the law asks of a public body. */
const criteria = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** Places that are reached by a link on another, not from the navigation. */
const aside = [
  '#/news/new',
  '#/releases/new',
  '#/calendar?view=list',
  '#/sends',
  '#/contacts',
  '#/contacts/new',
  '#/contacts/several',
  '#/reminders',
  '#/sessions/series',
  '#/sessions/recordings',
  '#/sessions/series/new',
  '#/sessions/days-off',
];

/** A session to come, one that was, one whose new time is being chosen, and the settings of a series. */
function sessionPages({ occurrence, series }: DemoIds): string[] {
  return [
    `#/sessions/${occurrence('hankeradio', 'confirmed')}`,
    `#/sessions/${occurrence('hankeradio', 'held')}`,
    `#/sessions/${occurrence('bigRoom', 'planned')}?to=move`,
    `#/sessions/series/${series('hankeradio')}`,
  ];
}

/** Items with their outlets, one with a question to its author, and releases: one that waits for its time, one that is out. */
function writtenPages({ news, release }: DemoIds): string[] {
  return [
    `#/news/${news('elma-whole-region')}`,
    `#/news/${news('elma-walking-groups')}`,
    `#/releases/${release('scheduled')}`,
    `#/releases/${release('published')}`,
  ];
}

/** How people have their screens: contrast hangs on the colours, room on the width. */
const looks = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
] as const;
type Look = (typeof looks)[number];

/** Pages that are looked at side by side. */
const pagesAtOnce = 2;

/**
 * What axe finds wrong, in few words: the rule, and where. Colours change nothing but contrast, so that the second look
 * at the same page need not ask for all else again.
 */
async function faultsOf(page: Page, { colorScheme }: Pick<Look, 'colorScheme'>): Promise<string[]> {
  const options: RunOptions = {
    runOnly: colorScheme === 'light' ? criteria : ['color-contrast'],
    resultTypes: ['violations'],
  };
  const violations = await page.evaluate(async (asked) => {
    // Fluent's focus keeper puts empty stops at the edges of groups; they are no content.
    const results = await window.axe.run({ exclude: ['[data-tabster-dummy]'] }, asked);
    return results.violations;
  }, options);
  const current = await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id));
  // Two controls of one id: a press on the label of either reaches the first.
  const twice = current.filter((id, index) => current.indexOf(id) !== index).map((id) => `id twice: ${id}`);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    ),
  );
  const hasHeading = (await page.locator('main h1').count()) > 0;
  return [...found, ...twice, ...(hasHeading ? [] : ['no h1 on the page'])];
}

/** Puts axe into every page that is opened, once: that takes longer than a look. */
async function bringAxe(context: BrowserContext): Promise<void> {
  const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  await context.addInitScript(await readFile(script, 'utf8'));
}

/** Turns the page's light on or off, or its width, and waits until it shows it. */
async function show(page: Page, { colorScheme, width }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: 800 });
  await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(drawn));
    // While colours change from light to dark they are neither.
    const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(fading.map(({ finished }) => finished));
  });
}

describe('accessibility, as far as a machine can tell', function () {
  this.timeout('300s');
  let world: TabWorld;

  before(async () => {
    world = await tabWorld();
  });
  after(() => world.stop());

  describe('in the tab', () => {
    const faults = new Map<Look, Record<string, string[]>>(looks.map((look) => [look, {}]));
    let count = 0;

    async function openTab(): Promise<Page> {
      const page = await world.pageOf('aino');
      await bringAxe(page.context());
      await page.goto(world.url);
      await page.getByRole('heading', { name: /^Hei/ }).waitFor();
      return page;
    }

    it('is there again for screen readers when the panel behind the name is closed with Escape', async () => {
      const page = await openTab();
      await page.getByRole('button', { name: /Aino Mallikas/ }).click();
      const panel = page.getByRole('dialog');
      await panel.waitFor();
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'hidden' });
      await page.getByRole('navigation').first().waitFor();
      await page.context().close();
    });

    async function findFaultsAt(page: Page, place: string): Promise<void> {
      await show(page, looks[0]);
      await page.goto(`${world.url}/${place}`);
      await page.locator('main h1:visible, main h2:visible').first().waitFor();
      await page.locator('[aria-busy="true"], .fui-Skeleton').first().waitFor({ state: 'detached' });
      // They are folded in, and what is folded in is not looked at.
      if (/sessions\/series\/[0-9a-f]{26}$/.test(place)) {
        await openSettings(page);
        await page.locator('#meeting [role=status]').first().waitFor();
      }
      for (const look of looks) {
        await show(page, look);
        const found = await faultsOf(page, look);
        if (found.length > 0) faults.set(look, { ...faults.get(look), [place]: found });
      }
      count += 1;
    }

    before(async () => {
      const pages = await Promise.all(Array.from({ length: pagesAtOnce }, openTab));
      const links = await pages[0]!
        .locator('nav a[href]')
        .evaluateAll((found) => found.flatMap((link) => link.getAttribute('href') ?? []));
      const waiting = [
        ...new Set([...links, ...aside, ...sessionPages(world.ids), ...writtenPages(world.ids)]),
      ];
      await Promise.all(
        pages.map(async (page) => {
          for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
            await findFaultsAt(page, next);
          await page.context().close();
        }),
      );
    });

    for (const look of looks)
      it(`finds nothing wrong, ${look.colorScheme}, ${look.width} px wide`, () => {
        assert.ok(count >= 4, 'the places were not found');
        assert.deepEqual(faults.get(look), {});
      });
  });

  it('finds nothing wrong in the settings, which those who manage the programme see', async () => {
    const page = await world.pageOf('tuomo');
    await bringAxe(page.context());
    await page.goto(world.url);
    await page.getByRole('heading', { name: /^Hei/ }).waitFor();
    const faults: Record<string, readonly string[]> = {};
    for (const place of ['#/settings', '#/settings/people', '#/settings/approvals']) {
      await page.goto(`${world.url}/${place}`);
      await page.locator('main h1:visible').first().waitFor();
      await page.locator('[aria-busy="true"], .fui-Skeleton').first().waitFor({ state: 'detached' });
      for (const look of looks) {
        await show(page, look);
        const found = await faultsOf(page, look);
        if (found.length > 0) faults[`${place} ${look.colorScheme}`] = found;
      }
    }
    assert.deepEqual(faults, {});
    await page.context().close();
  });

  it('finds nothing wrong on the intranet', async () => {
    const context = await world.window();
    await bringAxe(context);
    const page = await context.newPage();
    for (const path of ['/intranet/fi', '/intranet/sv']) {
      await page.goto(world.url + path);
      assert.deepEqual(await faultsOf(page, { colorScheme: 'light' }), [], path);
      await page.getByRole('article').getByRole('link').first().click();
      await page.getByRole('article').first().waitFor();
      assert.deepEqual(await faultsOf(page, { colorScheme: 'light' }), [], `a release under ${path}`);
    }
    await context.close();
  });
});
