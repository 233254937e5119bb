import type { Browser } from 'playwright-core';
import { openBrowser } from '../gallery/browser.js';

/** How long a browser stays that nobody uses: longer than from one file of tests to the next. */
const idleMilliseconds = 2_000;

let opened: Promise<Browser> | undefined;
let closing: NodeJS.Timeout | undefined;

/**
 * The browser of this process: files of tests, of which a process runs one after the other, need not start one each.
 * Whoever took it gives it back with {@link giveBackBrowser}.
 */
export async function takeBrowser(): Promise<Browser> {
  clearTimeout(closing);
  const browser = await opened;
  if (browser?.isConnected() === true) return browser;
  opened = openBrowser();
  return opened;
}

/** Closes all windows, and the browser too unless it is taken again at once. */
export async function giveBackBrowser(): Promise<void> {
  const browser = await opened;
  if (browser === undefined) return;
  await Promise.all(browser.contexts().map((context) => context.close()));
  closing = setTimeout(() => {
    opened = undefined;
    void browser.close();
  }, idleMilliseconds);
}
