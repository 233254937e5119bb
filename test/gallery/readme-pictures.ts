import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { cardSamples } from '../bot/cards-gallery.js';
import { openWindow } from './browser.js';
import { cardPage, draw } from './cards.js';
import { demoIds } from './demo-ids.js';
import type { Album } from './shots.js';
import type { StartedApp } from './started-app.js';
import { showScene, windowOf } from './tab.js';
import { personOf, type TabScene } from './tab-scenes.js';

const folder = 'docs/pictures';

async function cardPicture(browser: Browser): Promise<void> {
  const window = await openWindow(browser, 600, 'light');
  const page = await cardPage(window, 'light');
  const [sample] = cardSamples('fi').filter(({ name }) => name.includes('form'));
  if (sample === undefined) throw new Error('There is no sample of the form');
  await draw(page, sample.card, 'light');
  await page.locator('#frame').screenshot({ path: `${folder}/card-fi.png` });
  await window.close();
}

async function tabPicture(browser: Browser, app: StartedApp): Promise<void> {
  const ids = await demoIds(app.url);
  const scene: TabScene = { name: 'readme', at: ({ news }) => `/news/${news('elma-reader-panel')}` };
  const window = await windowOf(browser, personOf(scene, 'fi'), 'fi', 'light');
  const page = await window.newPage();
  await showScene(page, app, scene, { ids, language: 'fi' });
  await page.setViewportSize({ width: 1120, height: 640 });
  await page.screenshot({ path: `${folder}/tab-fi.png` });
  await window.close();
}

/** The pictures of the README: the card in which news is submitted, and the tab in which it is edited. */
export async function readmePictures(
  browser: Browser,
  app: StartedApp,
  album: Album,
): Promise<(() => Promise<void>)[]> {
  await mkdir(folder, { recursive: true });
  return [
    () => album.attempt('README card', () => cardPicture(browser)),
    () => album.attempt('README tab', () => tabPicture(browser, app)),
  ];
}
