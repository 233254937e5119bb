import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { demoPeopleByKey, type DemoPersonKey } from '../../src/demo/people.js';
import { homeZone } from '../../src/platform/clock.js';
import { demoIds, type DemoIds } from '../gallery/demo-ids.js';
import { demoApp, playgroundFor, type DemoApp, type DemoWish, type Running } from '../world/demo-app.js';
import { giveBackBrowser, takeBrowser } from './browser.js';
import { Coordinator } from './coordinator.js';
import { Playground } from './playground.js';

/** How long an element may take to come: as long as a busy machine takes. */
export const patience = 60_000;

/** Big Room with the demo programme, and people who look at its tab in Chromium. */
export interface TabWorld extends Pick<DemoApp, 'mails' | 'restart'> {
  readonly url: string;
  readonly browser: Browser;
  /** The items, releases and sessions that the demo begins with. */
  readonly ids: DemoIds;
  /** A request of a demo person; gives the JSON of the answer. @throws AssertionError where it is refused */
  ask<Answer>(person: DemoPersonKey, method: string, path: string, body?: object): Promise<Answer>;
  /** A window of somebody who reads Finnish in Helsinki; 1280 px wide unless something else is said. */
  window(look?: BrowserContextOptions): Promise<BrowserContext>;
  /** An empty page in a window of its own, in which the tab knows this person. */
  pageOf(person: DemoPersonKey, look?: BrowserContextOptions): Promise<Page>;
  /** The tab in a window of its own, in which this person has been chosen as people choose themselves. */
  tabOf(person: DemoPersonKey, look?: BrowserContextOptions): Promise<Coordinator>;
  /** The chat with the bot, in a window of its own; starts the Playground. To be opened once. */
  chat(look?: BrowserContextOptions): Promise<Playground>;
  readonly stop: () => Promise<void>;
}

export async function tabWorld(wish?: DemoWish): Promise<TabWorld> {
  const app = await demoApp(wish);
  const browser = await takeBrowser();
  const { url, mails, restart } = app;
  const running: Running[] = [app];

  const window = async (look: BrowserContextOptions = {}): Promise<BrowserContext> => {
    const context = await browser.newContext({
      locale: 'fi-FI',
      timezoneId: homeZone,
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
      ...look,
    });
    context.setDefaultTimeout(patience);
    return context;
  };

  return {
    url,
    mails,
    restart,
    browser,
    ids: await demoIds(url),
    window,

    async ask<Answer>(person: DemoPersonKey, method: string, path: string, body?: object) {
      const answer = await fetch(url + path, {
        method,
        headers: {
          authorization: `Trial ${demoPeopleByKey[person].id}`,
          'content-type': 'application/json',
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      assert.ok(answer.ok, `${method} ${path}: ${String(answer.status)} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as Answer;
    },

    async pageOf(person, look) {
      const context = await window(look);
      await context.addInitScript(
        `if (window.top === window) { localStorage.setItem('bigroom.person', '${demoPeopleByKey[person].id}'); localStorage.setItem('bigroom.language', 'fi'); }`,
      );
      return context.newPage();
    },

    async tabOf(person, look) {
      const page = await (await window(look)).newPage();
      return Coordinator.open(page, url, demoPeopleByKey[person].name);
    },

    async chat(look) {
      const playground = await playgroundFor(app);
      running.unshift(playground);
      return Playground.open(await (await window(look)).newPage(), playground.url);
    },

    async stop() {
      await giveBackBrowser();
      for (const each of running) await each.stop();
    },
  };
}
