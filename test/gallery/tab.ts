import type { Browser, BrowserContext, Page } from 'playwright-core';
import { publicLanguages, type PublicLanguage } from '../../src/languages.js';
import { openWindow } from './browser.js';
import { demoIds, type DemoIds } from './demo-ids.js';
import { themes, type Album, type Theme } from './shots.js';
import type { StartedApp } from './started-app.js';
import { personOf, tabScenes, type TabScene } from './tab-scenes.js';

/** A window in which a person has chosen themselves and a theme. */
export async function windowOf(
  browser: Browser,
  person: string,
  language: PublicLanguage,
  theme: Theme,
): Promise<BrowserContext> {
  const opened = await openWindow(browser, 1280, theme);
  await opened.addInitScript(
    ({ person, language, theme }) => {
      window.localStorage.setItem('bigroom.person', person);
      window.localStorage.setItem('bigroom.language', language);
      window.localStorage.setItem('bigroom.theme', theme);
    },
    { person, language, theme },
  );
  return opened;
}

/** Until the page shows what it has, rather than the shape of what comes. */
async function settle(page: Page, { waits }: TabScene): Promise<void> {
  await page.waitForSelector('.frame-main', { timeout: 15_000 });
  if (waits === true) {
    await page.waitForTimeout(600);
    return;
  }
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null, undefined, {
    timeout: 15_000,
  });
}

/** Opens a scene of the tab, ready to be looked at. */
export async function openScene(
  window: BrowserContext,
  { url }: StartedApp,
  ids: DemoIds,
  scene: TabScene,
): Promise<Page> {
  const page = await window.newPage();
  await scene.before?.(page);
  await page.goto(`${url}/#${scene.at(ids)}`);
  await settle(page, scene);
  await scene.then?.(page, ids);
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
      const page = await openScene(window, app, ids, scene);
      const shot = { group: 'tab', name: scene.name, language, theme };
      await album.take({ ...shot, width: 1280 }, page);
      await page.setViewportSize({ width: 360, height: 740 });
      await album.take({ ...shot, width: 360 }, page);
    } finally {
      await window.close();
    }
  };
  return tabScenes.flatMap((scene) =>
    publicLanguages.flatMap((language) =>
      themes.map(
        (theme) => () =>
          album.attempt(`tab ${scene.name} ${language} ${theme}`, () => picture(scene, language, theme)),
      ),
    ),
  );
}
