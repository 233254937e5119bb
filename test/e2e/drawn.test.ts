import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { button } from '../../bot/cards/parts.js';
import { plainCard } from '../../bot/cards/plain-card.js';
import { type Card, maxShownButtons, render } from '../../bot/cards/render.js';
import { t } from '../../src/i18n/messages.js';
import { languages } from '../../src/shared/languages.js';
import { cardSamples } from '../bot/cards-gallery.js';
import { openWindow } from '../gallery/browser.js';
import { cardPage, draw } from '../gallery/cards.js';
import { samplePages, sampleStoppedMail } from '../make-public-pages.js';
import { sampleNames, sampleSessionMail } from '../make-session-mails.js';
import { giveBackBrowser, takeBrowser } from './browser.js';

/** The width of a small phone. */
const phone = 360;

/** A button or a text of the card that is drawn. */
interface Drawn {
  readonly is: 'button' | 'menu' | 'text';
  readonly text: string;
  readonly lines: number;
  /** Whether a part of it can't be seen: inside it, or beyond the edge of the card. */
  readonly isCut: boolean;
}

/** The buttons and texts of the card on the page, in its order. Runs there. */
function measured(): Drawn[] {
  const card = document.getElementById('card');
  if (card === null) return [];
  const edge = card.getBoundingClientRect().right + 1;
  const elements = [...card.querySelectorAll('.ac-pushButton, .ac-richTextBlock, .ac-textBlock, .ac-input')];
  return elements.map((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
    const isButton = element.classList.contains('ac-pushButton');
    const isMenu = isButton && element.hasAttribute('aria-expanded');
    return {
      is: isMenu ? 'menu' : isButton ? 'button' : 'text',
      text: element.textContent,
      lines: new Set(rects.map(({ bottom }) => Math.round(bottom / 4))).size,
      isCut:
        (isButton && element.scrollWidth > element.clientWidth) ||
        element.getBoundingClientRect().right > edge,
    };
  });
}

/** What a person would see wrong in a card. */
function faultsOf(card: Card, drawn: readonly Drawn[]): string[] {
  const texts = drawn.filter(({ is }) => is === 'text');
  const [header, heading] = texts;
  const foot = (card.actions as readonly { readonly mode?: string }[]).filter(
    ({ mode }) => mode !== 'secondary',
  );
  const wrapped = drawn.filter((each) => each.lines > 1 && (each.is === 'button' || each === header));
  return [
    ...(foot.length > maxShownButtons ? [`${String(foot.length)} buttons side by side`] : []),
    ...(drawn.filter(({ is }) => is === 'menu').length > 1 ? ['several menus'] : []),
    ...wrapped.map(({ text }) => `"${text}" takes several lines`),
    ...drawn.filter(({ isCut }) => isCut).map(({ text }) => `"${text}" is cut off`),
    ...(heading?.text.startsWith(header?.text ?? '') === true ? [`"${heading.text}" under the same`] : []),
  ];
}

describe('cards, as Teams’ renderer draws them on a phone', () => {
  let page: Page;
  before(async () => {
    page = await cardPage(await openWindow(await takeBrowser(), phone, 'light'), 'light');
  });
  after(giveBackBrowser);

  for (const language of languages) {
    it(`have at most ${String(maxShownButtons)} buttons, whole labels on one line, and nothing that sticks out (${language})`, async () => {
      const faults: string[] = [];
      for (const { name, card } of cardSamples(language)) {
        await draw(page, card, 'light');
        const drawn = await page.evaluate(measured);
        faults.push(...faultsOf(card, drawn).map((fault) => `${name}: ${fault}`));
      }
      assert.deepEqual(faults, []);
    });
  }

  it('begin news with a form that is seen whole on a phone', async () => {
    for (const language of languages) {
      const linked = cardSamples(language).find(({ name }) => name === 'form-link');
      assert.ok(linked);
      await draw(page, linked.card, 'light');
      const ofLink = await page.locator('#card').boundingBox();
      assert.ok(ofLink !== null && ofLink.height <= 640, `${language}, a link: ${String(ofLink?.height)} px`);
      const form = cardSamples(language).find(({ name }) => name === 'form');
      assert.ok(form);
      await draw(page, form.card, 'light');
      const box = await page.locator('#card').boundingBox();
      assert.ok(box !== null && box.height <= 640, `${language}: ${String(box?.height)} px`);
      // The rest comes and goes with its button.
      const link = page.getByText(t(language, 'chat.form.link.label'));
      for (const [press, isShown] of [
        ['more', true],
        ['less', false],
      ] as const) {
        await page.getByRole('button', { name: t(language, `chat.form.${press}`) }).click();
        assert.equal(await link.isVisible(), isShown, `${language} ${press}`);
      }
    }
  });

  it('are measured: a label that is too long, a header of two lines and a name that stands twice are found', async () => {
    const long = 'A label that is longer than a small phone is wide, whatever one does';
    const common = { language: 'en', fallbackText: 'x', speak: 'x', iconUrl: '', iconAlt: '' } as const;
    const card = render(plainCard, {
      ...common,
      kicker: long,
      heading: `${long} again`,
      notices: [],
      paragraphs: [],
      hints: [],
      actions: [1, 2, 3, 4, 5].map(() => button(long, 'help.open')),
    });
    await draw(page, card, 'light');
    const drawn = await page.evaluate(measured);
    assert.deepEqual(
      drawn.map(({ is }) => is),
      ['text', 'text', 'button', 'button', 'button', 'menu'],
    );
    const found = new Set(faultsOf(card, drawn).map((fault) => fault.replaceAll(long, '…')));
    assert.deepEqual([...found], ['"…" takes several lines', '"…" is cut off', '"… again" under the same']);
  });
});

/** What is wider than the window, without what is hidden. */
function stickingOut(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = [...document.body.querySelectorAll('*')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return (
      width > 1 && (right > clientWidth + 1 || left < -1) && getComputedStyle(element).overflow !== 'hidden'
    );
  });
  const faults = wide.map((element) => `${element.tagName} "${element.textContent.trim().slice(0, 40)}"`);
  for (const button of document.querySelectorAll('button')) {
    const range = document.createRange();
    range.selectNodeContents(button);
    if (range.getClientRects().length > 1)
      faults.push(`the button "${button.textContent}" has several lines`);
  }
  return scrollWidth > clientWidth ? [`the page is ${String(scrollWidth)} wide`, ...faults] : faults;
}

describe('mails and public pages on a phone', () => {
  let page: Page;
  before(async () => {
    page = await (await openWindow(await takeBrowser(), phone, 'light')).newPage();
  });
  after(giveBackBrowser);

  for (const language of languages) {
    it(`need no scrolling sideways, and no button wraps (${language})`, async () => {
      const mails = await Promise.all(
        sampleNames.map(async (name) => ({ name, html: (await sampleSessionMail(name, language)).html })),
      );
      const stopped = { name: 'stopped', html: (await sampleStoppedMail(language)).html };
      const faults: string[] = [];
      for (const { name, html } of [...mails, stopped, ...(await samplePages(language))]) {
        await page.setContent(html);
        faults.push(...(await page.evaluate(stickingOut)).map((fault) => `${name}: ${fault}`));
      }
      assert.deepEqual(faults, []);
    });
  }
});
