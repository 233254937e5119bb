import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** Where a person may talk with the bot in the Agents Playground. */
export type Conversation = 'Personal Chat' | 'Viestintäryhmä' | 'Hankkeet - General' | 'Hankkeet - Uutiset';

const box = '[role="textbox"][contenteditable="true"]';
const botName = 'Big Room';

/** The Playground's page, used as a person uses it: by what can be read on it. */
export class Playground {
  private constructor(readonly page: Page) {}

  /** Opens the page and waits until it may be typed in. Opening installs the bot, which then says its welcome. */
  static async open(page: Page, address: string): Promise<Playground> {
    // Its fonts come from a CDN; it does as well without them.
    await page.route(/res-1\.cdn\.office\.net/, (route) => route.abort());
    await page.goto(address);
    await page.getByRole('button', { name: 'Send Message' }).waitFor();
    return new Playground(page);
  }

  async go(conversation: Conversation): Promise<void> {
    await this.page.getByRole('treeitem', { name: conversation }).click();
  }

  /** Types a message and sends it, and does not wait for an answer. */
  async say(text: string): Promise<void> {
    const field = this.page.locator(box).last();
    await field.click();
    await this.page.keyboard.insertText(text);
    // The page learns of the text in its own time, and sends none where it has none yet.
    const [line = ''] = text.split('\n');
    await field.filter({ hasText: line }).waitFor();
    await this.page.getByRole('button', { name: 'Send Message' }).click();
    await field.filter({ hasNotText: line }).waitFor();
  }

  /** Writes to the bot in the group chat. As in Teams, it gets only messages that mention it there. */
  async sayInGroup(text: string): Promise<void> {
    await this.mention(this.page.locator(box).last(), text);
    await this.page.getByRole('button', { name: 'Send Message' }).click();
  }

  /** Starts a post to the bot in a channel. */
  async post(text: string): Promise<void> {
    await this.mention(this.page.locator(box).first(), text);
    await this.page.getByRole('button', { name: 'Post', exact: true }).click();
  }

  /** The newest card that holds all of these texts; waits for it. */
  card(...texts: readonly (string | RegExp)[]): Card {
    const all = this.page.locator('.ac-adaptiveCard');
    return new Card(texts.reduce((cards, hasText) => cards.filter({ hasText }), all).last());
  }

  /** Waits until this message is in the chat. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).last().waitFor();
  }

  private async mention(into: Locator, text: string): Promise<void> {
    await into.click();
    await this.page.keyboard.type(`@${botName.slice(0, 3)}`);
    await this.page.getByRole('menuitem', { name: botName }).click();
    await this.page.keyboard.insertText(` ${text}`);
  }
}

/** A card in the chat. A card that an action has changed is found again by its new text. */
export class Card {
  /** What was written since something was pressed, by the label of its field. */
  private readonly written = new Map<string, string>();

  constructor(readonly locator: Locator) {}

  /** What it reads, once it is there, with ordinary spaces where others keep days and times together. */
  async text(): Promise<string> {
    await this.locator.waitFor();
    return (await this.locator.innerText()).replaceAll('\u00a0', ' ').replaceAll('\u2060', '');
  }

  /** Writes into the field with this label; a date as ISO text. */
  async write(label: string, value: string): Promise<void> {
    const field = this.locator.getByRole('textbox', { name: label }).or(this.dateField(label));
    await field.fill(value);
    await field.press('Tab');
    this.written.set(label, value);
  }

  /**
   * The Playground, unlike Teams, gives the fields of every card what they began with when another message comes, such as a
   * reminder on the day before a session of the demo. What was lost so is written again.
   */
  private async keepWritten(): Promise<void> {
    for (const [label, value] of this.written) {
      const field = this.locator.getByRole('textbox', { name: label });
      if ((await field.count()) === 1 && (await field.inputValue()) !== value) await field.fill(value);
    }
    this.written.clear();
  }

  /** Chooses from the list with this label. */
  async choose(label: string, choice: string): Promise<void> {
    const list = this.locator.getByRole('combobox', { name: label });
    await list.click();
    await this.locator.page().getByRole('option', { name: choice, exact: true }).click();
    assert.equal(await list.inputValue().catch(() => list.innerText()), choice);
  }

  /** Ticks a box of the group with this label. */
  async tick(label: string, choice: string): Promise<void> {
    await this.locator.getByRole('checkbox', { name: `${label} ${choice}` }).check({ force: true });
  }

  button(name: string | RegExp): Locator {
    return this.locator.getByRole('button', { name, exact: true });
  }

  async press(name: string | RegExp): Promise<void> {
    await this.keepWritten();
    await this.button(name).click();
  }

  /** What the field with this label holds. */
  async valueOf(label: string): Promise<string> {
    return this.locator.getByLabel(label).first().inputValue();
  }

  private dateField(label: string): Locator {
    return this.locator.locator('input[role="combobox"]').and(this.locator.getByLabel(label));
  }
}
