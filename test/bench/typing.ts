import type { Page } from 'playwright-core';
import { openBrowser } from '../gallery/browser.js';
import { demoIds } from '../gallery/demo-ids.js';
import { demoPeopleByKey } from '../../src/demo/people.js';
import { dataFolder, startInstallation } from '../world/installation.js';
import type { Finding } from './measure.js';

/** What the browser itself calls a long task, in milliseconds: https://www.w3.org/TR/longtasks-1/ */
const long = 50;
const words = 'Elma neuvoo elintavoissa, ja neuvon saa ilman jonoa. ';

declare global {
  interface Window {
    tasks: number[];
  }
}

/** The milliseconds of the long tasks while so much is typed into the body of an item, saved in between. */
async function longTasks(page: Page, slower: number): Promise<readonly number[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const body = page.locator('[role="textbox"][lang="fi"][aria-multiline="true"]').first();
  await body.click();
  await page.keyboard.press('Control+End');
  await page.evaluate(() => {
    window.tasks = [];
    new PerformanceObserver((list) => {
      window.tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  });
  // As fast as a quick typist: 120 words a minute.
  await page.keyboard.type(words.repeat(4), { delay: 100 });
  const tasks = await page.evaluate(() => window.tasks);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return tasks;
}

/** How long the page is busy at most while somebody types in the editor of a real item, beside one that is saved. */
export async function typing(): Promise<Finding[]> {
  const folder = await dataFolder();
  const installation = await startInstallation({ dataDir: folder.path });
  const [browser] = await Promise.all([openBrowser(), installation.ready]);
  try {
    const ids = await demoIds(installation.url);
    const context = await browser.newContext({ locale: 'fi-FI', viewport: { width: 1280, height: 900 } });
    await context.addInitScript((id) => {
      window.localStorage.setItem('bigroom.person', id);
    }, demoPeopleByKey.aino.id);
    const page = await context.newPage();
    await page.goto(`${installation.url}/#/news/${ids.news('elma-whole-region')}`);
    await page.locator('[role="textbox"][aria-multiline="true"]').first().waitFor();
    const usual = await longTasks(page, 1);
    const slow = await longTasks(page, 4);
    const longest = (tasks: readonly number[]): string =>
      tasks.length === 0 ? `none over ${String(long)} ms` : `${Math.max(...tasks).toFixed(0)} ms`;
    return [
      {
        what: 'typing 200 letters in the editor, longest task',
        measured: longest(usual),
        against: `a processor four times slower: ${longest(slow)}`,
        goal: `none over ${String(long)} ms`,
        isMet: usual.length === 0,
      },
    ];
  } finally {
    await browser.close();
    installation.signal('SIGTERM');
    await installation.ended;
    await folder.remove();
  }
}
