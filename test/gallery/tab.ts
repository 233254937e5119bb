import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
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

/** A page that is busy for so long stays so: tenths of a second. */
const busyLimit = 600;

/** Until the page shows what it has, rather than the shape of what comes. */
async function settle(page: Page, { waits, as }: TabScene): Promise<void> {
  await page.waitForSelector(as === 'none' ? '#root h1' : '.frame-main', { timeout: 15_000 });
  // What comes first may be a page that asks for more: so it has to be calm for a moment.
  for (let calm = 0, turns = 0; calm < 3; turns += 1) {
    if (turns === busyLimit) throw new Error(`the page does not become calm: ${page.url()}`);
    await page.waitForTimeout(100);
    const isBusy = waits !== true && (await page.locator(unfinished).count()) > 0;
    calm = isBusy ? 0 : calm + 1;
  }
}

let visits = 0;

/**
 * Loads the tab anew at a place of it, as a new address does. The page stays in the process that has compiled the tab's
 * scripts; with a page for each visit, or a blank one between, most of the time goes into compiling them again.
 * @param place the address after `#`
 */
export async function visit(page: Page, url: string, place: string): Promise<void> {
  visits += 1;
  await page.goto(`${url}/?visit=${String(visits)}#${place}`);
}

/** Shows a scene of the tab on a page, ready to be looked at. @throws Error when the page itself failed. */
export async function showScene(
  page: Page,
  { url }: Pick<StartedApp, 'url'>,
  scene: TabScene,
  playing: { readonly ids: DemoIds; readonly language: PublicLanguage },
): Promise<void> {
  const failures: string[] = [];
  const onError = (error: Error): unknown => failures.push(error.message);
  const onConsole = (message: ConsoleMessage): void => {
    const isOurAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isOurAnswer) failures.push(message.text());
  };
  page.on('pageerror', onError).on('console', onConsole);
  try {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await scene.before?.({ page, ...playing });
    await visit(page, url, scene.at(playing.ids));
    await settle(page, scene);
    if (scene.then !== undefined) {
      await scene.then({ page, ...playing });
      await settle(page, scene);
    }
  } finally {
    page.off('pageerror', onError).off('console', onConsole);
  }
  const [failure] = failures;
  if (failure !== undefined) throw new Error(`the page failed: ${failure}`);
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
      const page = await window.newPage();
      await showScene(page, app, scene, { ids, language });
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
