import type { Browser, BrowserContext, Page } from 'playwright-core';
import { publicLanguages, type PublicLanguage } from '../../src/shared/languages.js';
import { openWindow } from './browser.js';
import { demoIds, type DemoIds } from './demo-ids.js';
import { type Album, type Theme } from './shots.js';
import type { StartedApp } from './started-app.js';
import { personOf, tabScenes, type TabScene } from './tab-scenes.js';

/** A window in which a person has chosen themselves and a theme. */
export async function windowOf(
  browser: Browser,
  person: string | undefined,
  language: PublicLanguage,
  theme: Theme,
): Promise<BrowserContext> {
  const opened = await openWindow(browser, 1280, theme);
  await opened.addInitScript(
    ({ person, language, theme }) => {
      // The preview of a mail is in a frame that may not store anything.
      if (window.top !== window) return;
      if (person !== undefined) window.localStorage.setItem('bigroom.person', person);
      window.localStorage.setItem('bigroom.language', language);
      window.localStorage.setItem('bigroom.theme', theme);
    },
    { person, language, theme },
  );
  return opened;
}

/** Placeholders of what is still loading: skeletons, and a text before its editor. */
const unfinished = '[aria-busy="true"], [class*="bodyWaiting"]';

/** Until the page shows what it has, rather than the shape of what comes. */
async function settle(page: Page, { waits, as }: TabScene): Promise<void> {
  await page.waitForSelector(as === 'none' ? '#root h1' : '.frame-main', { timeout: 15_000 });
  // What comes first may be a page that asks for more: so it has to be calm for a moment.
  for (let calm = 0; calm < 3;) {
    await page.waitForTimeout(100);
    const isBusy = waits !== true && (await page.locator(unfinished).count()) > 0;
    calm = isBusy ? 0 : calm + 1;
  }
}

/** Opens a scene of the tab, ready to be looked at. @throws Error when the page itself failed. */
export async function openScene(
  window: BrowserContext,
  { url }: Pick<StartedApp, 'url'>,
  scene: TabScene,
  playing: { readonly ids: DemoIds; readonly language: PublicLanguage },
): Promise<Page> {
  const page = await window.newPage();
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => {
    const isOurAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isOurAnswer) failures.push(message.text());
  });
  await scene.before?.({ page, ...playing });
  await page.goto(`${url}/#${scene.at(playing.ids)}`);
  await settle(page, scene);
  if (scene.then !== undefined) {
    await scene.then({ page, ...playing });
    await settle(page, scene);
  }
  const [failure] = failures;
  if (failure !== undefined) throw new Error(`the page failed: ${failure}`);
  return page;
}

/** Every page of the tab, in each of its states. A narrow window is made of the wide one, as on a turned phone. */
export async function tabWork(
  browser: Browser,
  app: StartedApp,
  album: Album,
): Promise<(() => Promise<void>)[]> {
  const ids = await demoIds(app.url);
  const picture = async (scene: TabScene, language: PublicLanguage, theme: Theme): Promise<void> => {
    const window = await windowOf(browser, personOf(scene, language), language, theme);
    try {
      const page = await openScene(window, app, scene, { ids, language });
      const shot = { group: 'tab', name: scene.name, language, theme };
      await album.take({ ...shot, width: 1280 }, page);
      await page.setViewportSize({ width: 360, height: 740 });
      if (scene.shows !== undefined) await page.locator(scene.shows).last().scrollIntoViewIfNeeded();
      await album.take({ ...shot, width: 360 }, page);
    } finally {
      await window.close();
    }
  };
  const wanted = tabScenes.filter(({ name }) => album.wants('tab', name));
  return wanted.flatMap((scene) =>
    publicLanguages.flatMap((language) =>
      album.themes.map(
        (theme) => () =>
          album.attempt(`tab ${scene.name} ${language} ${theme}`, () => picture(scene, language, theme)),
      ),
    ),
  );
}
