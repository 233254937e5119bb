import type { Locator } from 'playwright-core';
import type { Playground } from './playground.js';

/**
 * What somebody does with their hands, counted: each click or tap, each message in the chat. A click
 * into a field counts too; the typing itself does not.
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

  /** A message in the chat. */
  async say(chat: Playground, text: string): Promise<void> {
    this.count += 1;
    await chat.say(text);
  }
}

/** Does something by hand. @returns how many steps it took */
export async function stepsOf(act: (steps: Steps) => Promise<void>): Promise<number> {
  const steps = new Steps();
  await act(steps);
  return steps.taken;
}
