import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { publicLanguages, type PublicLanguage } from '../../src/shared/languages.js';
import { cardSamples } from '../bot/cards-gallery.js';
import { openWindow } from './browser.js';
import { cardPage, draw } from './cards.js';
import { demoIds } from './demo-ids.js';
import type { Album } from './shots.js';
import type { StartedApp } from './started-app.js';
import { showScene, windowOf } from './tab.js';
import { personOf, tabScenes } from './tab-scenes.js';

const folder = 'docs/pictures';

/** Cards of the chat: the name of the file, and of the sample. */
const cards = { card: 'form', receipt: 'receipt-changesRequested', 'session-card': 'session' } as const;

/** Pages of the tab: the name of the file, the scene, and how high the window is. */
const pages = {
  tab: { scene: 'item', height: 640 },
  newsletter: { scene: 'newsletter', height: 640 },
  release: { scene: 'release-published', height: 560 },
  sessions: { scene: 'sessions', height: 640 },
} as const;

async function cardPictures(browser: Browser, language: PublicLanguage): Promise<void> {
  const window = await openWindow(browser, 600, 'light');
  const page = await cardPage(window, 'light');
  for (const [file, name] of Object.entries(cards)) {
    const sample = cardSamples(language).find((each) => each.name === name);
    if (sample === undefined) throw new Error(`There is no sample of the card ${name}`);
    await draw(page, sample.card, 'light');
    await page.locator('#frame').screenshot({ path: `${folder}/${file}-${language}.png` });
  }
  await window.close();
}

async function tabPicture(
  browser: Browser,
  app: StartedApp,
  file: keyof typeof pages,
  language: PublicLanguage,
): Promise<void> {
  const { scene: name, height } = pages[file];
  const ids = await demoIds(app.url);
  const scene = tabScenes.find((each) => each.name === name);
  if (scene === undefined) throw new Error(`There is no scene ${name}`);
  const window = await windowOf(browser, personOf(scene, language), language, 'light');
  const page = await window.newPage();
  await page.setViewportSize({ width: 1120, height });
  await showScene(page, app, scene, { ids, language });
  // The preview of the mail is a page in the page, which comes later.
  if (file === 'newsletter') await page.frameLocator('iframe').locator('h1').first().waitFor();
  await page.screenshot({ path: `${folder}/${file}-${language}.png`, animations: 'disabled' });
  await window.close();
}

/** The pictures of the README and of the pages for workers and coordinators, in Finnish and Swedish, of the demo. */
export async function readmePictures(
  browser: Browser,
  app: StartedApp,
  album: Album,
): Promise<(() => Promise<void>)[]> {
  await mkdir(folder, { recursive: true });
  const files = Object.keys(pages) as (keyof typeof pages)[];
  return publicLanguages.flatMap((language) => [
    () => album.attempt(`README cards ${language}`, () => cardPictures(browser, language)),
    ...files.map(
      (file) => () =>
        album.attempt(`README ${file} ${language}`, () => tabPicture(browser, app, file, language)),
    ),
  ]);
}
