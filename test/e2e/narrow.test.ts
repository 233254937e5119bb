import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { t } from '../../src/i18n/messages.js';
import { publicLanguages, type PublicLanguage } from '../../src/shared/languages.js';
import { atOnce } from '../gallery/shots.js';
import { openSettings } from '../gallery/open-settings.js';
import { showScene, visit, windowOf } from '../gallery/tab.js';
import { personOf, tabScenes, type TabScene } from '../gallery/tab-scenes.js';
import { sampled } from '../world/length.js';
import { tabWorld, type TabWorld } from './tab-world.js';

/** Scenes that are opened side by side. */
const concurrency = 2;

/** What a phone does not show: what is wider than the page, and labels that are cut or stand on two lines. */
function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth} px wide`);
    for (const element of document.querySelectorAll<HTMLElement>(
      'button, .fui-Button, nav a, [role="tab"]',
    )) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const texts: Text[] = [];
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const isSeen = node.parentElement?.checkVisibility({ visibilityProperty: true }) === true;
        if (isSeen && node.textContent?.trim() !== '') texts.push(node as Text);
      }
      // Rows and cards of several texts are no labels.
      const [label, ...others] = texts;
      if (label === undefined || others.length > 0) continue;
      const range = document.createRange();
      range.selectNodeContents(label);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) faults.push(`on ${lines.size} lines: ${label.data.trim()}`);
      if (element.scrollWidth > element.clientWidth) faults.push(`cut: ${label.data.trim()}`);
    }
    return faults;
  });
}

describe('the tab on a phone', function () {
  this.timeout('400s');
  let world: TabWorld;

  before(async () => {
    world = await tabWorld();
  });
  after(() => world.stop());

  /** Pages that nobody uses now, by person and language. */
  const idle = new Map<string, Page[]>();

  /** Plays a scene as the gallery does, made as narrow as a phone. */
  async function at<Result>(
    scene: TabScene,
    language: PublicLanguage,
    look: (page: Page) => Promise<Result>,
  ): Promise<Result> {
    const person = personOf(scene, language);
    const key = `${String(person)} ${language}`;
    const page =
      idle.get(key)?.pop() ?? (await (await windowOf(world.browser, person, language, 'light')).newPage());
    await page.setViewportSize({ width: 1280, height: 860 });
    await showScene(page, world, scene, { ids: world.ids, language });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    const result = await look(page);
    if (scene.usesUpPage === true) await page.context().close();
    else idle.set(key, [...(idle.get(key) ?? []), page]);
    return result;
  }

  const scene = (name: string): TabScene => {
    const found = tabScenes.find((each) => each.name === name);
    assert.ok(found, name);
    return found;
  };

  for (const language of publicLanguages)
    it(`has room for every page and every label in ${language}`, async () => {
      const found: Record<string, string[]> = {};
      const look = async (each: TabScene): Promise<void> => {
        const faults = await at(each, language, faultsOf);
        if (faults.length > 0) found[each.name] = [...new Set(faults)];
      };
      await atOnce(
        concurrency,
        sampled(tabScenes, { every: 8 }).map((each) => () => look(each)),
      );
      assert.deepEqual(found, {});
    });

  it('names who could not be reached: on the page of messages and on that of the session', async () => {
    for (const name of ['outbox-unreached', 'session-unreached'])
      await at(scene(name), 'fi', async (page) => {
        const people = page.getByRole('listitem').filter({ hasText: 'Jari Keksitty' }).last();
        assert.match(
          await people.innerText(),
          /Ei ole vielä kirjoittanut Big Roomille Teamsissa\.\s+12 viestiä odottaa, vanhin /,
          name,
        );
        await page.getByText('Pyydä heitä avaamaan Big Room Teamsissa').first().waitFor();
      });
  });

  it('says of what was sent to nobody that there were no recipients', async () => {
    await at(scene('send-empty'), 'fi', async (page) => {
      await page.getByText('Ei vastaanottajia', { exact: true }).first().waitFor();
      assert.equal(await page.getByText('Valmis', { exact: true }).count(), 0);
    });
  });

  it('says a reason that nobody foresaw as a sentence, with its code behind a press', async () => {
    await at(scene('send'), 'fi', async (page) => {
      const reasons = page.locator('[aria-labelledby="fan-out-reasons"]');
      await reasons.getByText('Palvelu ei ottanut viestiä vastaan.').waitFor();
      const code = reasons.getByText('418 Teapot');
      assert.equal(await code.isVisible(), false);
      await reasons.getByText(t('fi', 'sends.reason.code')).click();
      assert.equal(await code.isVisible(), true);
    });
  });

  it('requires no English name of a series', async () => {
    for (const name of ['series', 'series-new'])
      await at(scene(name), 'fi', async (page) => {
        const field = (language: 'fi' | 'en') =>
          page.getByRole('textbox', { name: t('fi', 'sessions.field.name', { language }) });
        if (name === 'series') await openSettings(page);
        await field('en').waitFor();
        assert.equal(await field('en').getAttribute('required'), null, name);
        if (name === 'series') assert.notEqual(await field('fi').getAttribute('required'), null);
      });
  });

  it('asks for nothing that a worker may not see', async () => {
    const places = [
      '/',
      '/news',
      '/newsletter',
      '/releases',
      '/sessions',
      '/sessions/recordings',
      '/reminders',
      '/sessions/days-off',
      '/messages',
      '/sends',
    ];
    const asked: string[] = [];
    const refused: string[] = [];
    const window = await windowOf(world.browser, personOf(scene('overview-worker'), 'fi'), 'fi', 'light');
    const page = await window.newPage();
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      asked.push(pathname);
      if (response.status() >= 400) refused.push(`${response.status()} ${pathname}`);
    });
    for (const place of places) {
      await page.goto(`${world.url}/#${place}`);
      await page.locator('.frame-main').waitFor();
      await page.waitForLoadState('networkidle');
      // As somebody does who opens the app at this place.
      await visit(page, world.url, place);
      await page.waitForLoadState('networkidle');
    }
    await window.close();
    assert.ok(asked.includes('/api/news/mine'), asked.join('\n'));
    assert.deepEqual([refused, asked.filter((path) => path === '/api/news')], [[], []]);
  });
});
