import type { Locator, Page } from 'playwright-core';
import type { PublicLanguage } from '../../src/shared/languages.js';

const columns: Readonly<Record<PublicLanguage, string>> = {
  fi: 'Suomenkielinen teksti',
  sv: 'Ruotsinkielinen teksti',
};

export interface TypedText {
  readonly title: string;
  readonly lead: string;
  readonly body: string;
}

/** The tab, used as the coordinator uses it: by what can be read on it. */
export class Coordinator {
  private constructor(readonly page: Page) {}

  /** Opens the tab and takes the person of this name. */
  static async open(page: Page, url: string, name: string): Promise<Coordinator> {
    await page.goto(url);
    await page.getByRole('button', { name }).click();
    await page.getByRole('heading', { name: /^(Hei|Hej|Hello)/ }).waitFor();
    return new Coordinator(page);
  }

  /** Goes on in a tab where somebody is already. */
  static on(page: Page): Coordinator {
    return new Coordinator(page);
  }

  async go(place: string): Promise<void> {
    await this.page.getByRole('navigation').first().getByRole('link', { name: place }).click();
  }

  async openLine(title: string): Promise<void> {
    await this.page.getByRole('link', { name: title }).first().click();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).first();
  }

  async press(name: string | RegExp): Promise<void> {
    await this.button(name).click();
  }

  /** Waits until this can be read somewhere. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** The places where the open item can be read. */
  get outlets(): Locator {
    return this.page.getByRole('region', { name: 'Julkaisupaikat' });
  }

  /** Turns the switch of a place on or off. */
  async turn(place: string): Promise<void> {
    await this.outlets.getByRole('switch', { name: place }).click();
  }

  column(language: PublicLanguage): Locator {
    return this.page.getByRole('region', { name: columns[language], exact: true });
  }

  /** Writes the text of one language, and waits until the page shows that it is saved. */
  async write(language: PublicLanguage, { title, lead, body }: TypedText): Promise<void> {
    const column = this.column(language);
    await column.getByRole('textbox', { name: /otsikko$/ }).fill(title);
    await column.getByRole('textbox', { name: /ingressi:/ }).fill(lead);
    const editor = column.getByRole('textbox', { name: /leipäteksti$/ });
    await editor.click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(body);
    await column.getByText(/^tallennettu/).waitFor();
  }
}
