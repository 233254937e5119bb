import type { Locator, Page } from 'playwright-core';
import type { Playground } from './playground.js';

/**
 * What somebody does with their hands, counted: each click or tap, each command by a key, each message in the chat. A click into
 * a field counts too; the typing itself does not.
 */
export class Steps {
  private count = 0;

  get taken(): number {
    return this.count;
  }

  async click(target: Locator): Promise<void> {
    this.count += 1;
    await target.click();
  }

  /** A command by a key, such as `n` for the next item. */
  async key(page: Page, key: string): Promise<void> {
    this.count += 1;
    await page.keyboard.press(key);
  }

  /** A message in the chat. */
  async say(chat: Playground, text: string): Promise<void> {
    this.count += 1;
    await chat.say(text);
  }

  /** Clicks into a field and writes at its end. */
  async writeInto(field: Locator, text: string): Promise<void> {
    await this.click(field);
    await field.press('Control+End');
    await field.page().keyboard.insertText(text);
  }
}

/** Does something by hand. @returns how many steps it took */
export async function stepsOf(act: (steps: Steps) => Promise<void>): Promise<number> {
  const steps = new Steps();
  await act(steps);
  return steps.taken;
}
