import type { Page } from 'playwright-core';

/** Opens the settings of a series on its page, where they are closed. */
export async function openSettings(page: Page): Promise<void> {
  const settings = page.locator('details', { has: page.locator('#names') });
  await settings.waitFor({ state: 'attached' });
  if ((await settings.getAttribute('open')) === null) await settings.locator('summary').first().click();
}
