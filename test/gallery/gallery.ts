import { rm } from 'node:fs/promises';
import { openBrowser } from './browser.js';
import { cardWork } from './cards.js';
import { writeIndexPage } from './index-page.js';
import { readmePictures } from './readme-pictures.js';
import { readingWork } from './reading.js';
import { album, atOnce, galleryFolder, isTheme } from './shots.js';
import { startApp } from './started-app.js';
import { tabWork } from './tab.js';

const concurrency = 3;

/**
 * Pictures everything that people see, for eyes to look through: `npm run gallery`. With words, only the scenes in
 * whose names contain one of them, beside the pictures that are there: `npm run gallery -- tab/item mail`. Names of
 * themes among them choose these alone: `npm run gallery -- tab/ light`.
 */
async function main(): Promise<void> {
  const startedAt = Date.now();
  const asked = process.argv.slice(2);
  const only = asked.filter((word) => !isTheme(word));
  const pictures = album(only, asked.filter(isTheme));
  if (asked.length === 0) await rm(galleryFolder, { recursive: true, force: true });
  const [app, browser] = await Promise.all([startApp(), openBrowser()]);
  try {
    await atOnce(concurrency, [
      ...(only.length === 0 || only.includes('readme') ? await readmePictures(browser, app, pictures) : []),
      ...cardWork(browser, pictures),
      ...(await readingWork(browser, app, pictures)),
      ...(await tabWork(browser, app, pictures)),
    ]);
  } finally {
    await browser.close();
    await app.stop();
  }
  const page = await writeIndexPage(pictures.shots);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(
    `${String(pictures.shots.length)} pictures in ${String(seconds)} s. Look through them: ${page}`,
  );
  if (pictures.faults.length === 0) return;
  console.error(`Not pictured:\n${pictures.faults.map((fault) => `  ${fault}`).join('\n')}`);
  process.exitCode = 1;
}

await main();
