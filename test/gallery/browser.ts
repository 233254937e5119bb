import chromium from '@sparticuz/chromium';
import { chromium as launcher, type Browser, type BrowserContext } from 'playwright-core';
import type { Theme, Width } from './shots.js';

export async function openBrowser(): Promise<Browser> {
  return launcher.launch({
    executablePath: await chromium.executablePath(),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-dev-shm-usage',
      // There is none, and imitating it takes a process of its own.
      '--disable-gpu',
      '--lang=fi-FI',
    ],
  });
}

/**
 * A window of this width, for people who like it so; every picture shows Helsinki's time. Pages of the tab draw
 * high contrast themselves; for others (`forcedColors`) the browser does, as Windows has it.
 */
export function openWindow(
  browser: Browser,
  width: Width,
  theme: Theme,
  { forcedColors = false }: { readonly forcedColors?: boolean } = {},
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width, height: width === 360 ? 740 : 860 },
    colorScheme: theme === 'light' ? 'light' : 'dark',
    forcedColors: forcedColors && theme === 'highContrast' ? 'active' : 'none',
    locale: 'fi-FI',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Helsinki',
  });
}
