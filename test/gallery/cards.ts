import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { publicLanguages, type PublicLanguage } from '../../src/shared/languages.js';
import { cardSamples } from '../bot/cards-gallery.js';
import { openWindow } from './browser.js';
import { hostConfigOf, teamsColours } from './host-config.js';
import { themes, type Album, type Theme, type Width } from './shots.js';

const renderer = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.js');
const widths = [1280, 360] as const satisfies readonly Width[];
/** The widest that Teams draws a card in a chat. */
const greatestCardWidth = 560;

/** What the renderer leaves to its host: buttons, fields and the bubble, in the colours of the theme. */
function styleOf(theme: Theme): string {
  const { ground, ink, accent, emphasis, line, field, attention } = teamsColours[theme];
  const onAccent = theme === 'light' ? '#ffffff' : '#000000';
  return `
body { margin: 0 } #frame { display: inline-block; box-sizing: border-box; width: 100%;
  max-width: ${String(greatestCardWidth + 32)}px; padding: 16px; background: ${theme === 'highContrast' ? '#000' : emphasis}; color: ${ink};
  font: 14px/20px 'Segoe UI', 'Open Sans', system-ui, sans-serif }
#card { background: ${ground}; border: 1px solid ${line}; border-radius: 8px; overflow: hidden }
.ac-actionSet { flex-wrap: wrap !important; gap: 8px !important; overflow: visible !important }
.ac-pushButton { font: 600 14px/20px inherit; padding: 5px 12px; border-radius: 4px; border: 1px solid ${line};
  background: ${ground}; color: ${ink} }
.ac-pushButton.style-positive, .ac-pushButton.primary { background: ${accent}; border-color: ${accent}; color: ${onAccent} }
.ac-pushButton.style-destructive { color: ${attention} }
.ac-input, .ac-multichoiceInput { font: inherit; color: ${ink}; box-sizing: border-box }
input.ac-input, textarea.ac-input, select.ac-input { width: 100%; background: ${field}; border: 1px solid ${line};
  border-radius: 4px; padding: 5px 10px; min-height: 32px }
textarea.ac-input { min-height: 96px }
.ac-anchor { color: ${accent} }`;
}

/** Draws a card into the page of {@link cardPage}. */
export async function draw(page: Page, card: unknown, theme: Theme): Promise<void> {
  await page.evaluate(
    ({ card, config }) => {
      const place = document.getElementById('card');
      const { AdaptiveCard, HostConfig } = (globalThis as unknown as { AdaptiveCards: CardLibrary })
        .AdaptiveCards;
      const drawn = new AdaptiveCard();
      drawn.hostConfig = new HostConfig(config);
      drawn.parse(card);
      const element = drawn.render();
      if (place !== null && element !== undefined) place.replaceChildren(element);
    },
    { card, config: hostConfigOf(theme) },
  );
}

/** What of the renderer is used, as it is in the page. */
interface CardLibrary {
  readonly AdaptiveCard: new () => {
    hostConfig: unknown;
    parse(card: unknown): void;
    render(): HTMLElement | undefined;
  };
  readonly HostConfig: new (config: unknown) => unknown;
}

async function picture(
  page: Page,
  theme: Theme,
  width: Width,
  language: PublicLanguage,
  album: Album,
): Promise<void> {
  for (const { name, card } of cardSamples(language).filter(({ name }) => album.wants('cards', name))) {
    await album.attempt(`card ${name} ${language} ${theme} ${String(width)}`, async () => {
      await draw(page, card, theme);
      await album.take({ group: 'cards', name, language, theme, width }, page, { element: '#frame' });
    });
  }
}

/** An empty page with the renderer, in which cards can be drawn. */
export async function cardPage(window: BrowserContext, theme: Theme): Promise<Page> {
  const page = await window.newPage();
  await page.setContent(
    `<!doctype html><style>${styleOf(theme)}</style><div id="frame"><div id="card"></div></div>`,
  );
  await page.addScriptTag({ path: renderer });
  return page;
}

/** Every card, as Teams would draw it: by the renderer of Adaptive Cards with sizes and colours of Teams. */
export function cardWork(browser: Browser, album: Album): (() => Promise<void>)[] {
  return themes.flatMap((theme) =>
    widths.map((width) => async () => {
      const window = await openWindow(browser, width, theme);
      const page = await cardPage(window, theme);
      for (const language of publicLanguages) await picture(page, theme, width, language, album);
      await window.close();
    }),
  );
}
