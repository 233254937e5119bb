import { t } from '../../src/i18n/messages.js';
import { button, common, shortened } from '../cards/parts.js';
import { plainCard } from '../cards/plain-card.js';
import { type Card, render } from '../cards/render.js';
import type { Turn } from '../conversation/turn.js';
import type { MenuItem } from '../feature.js';

const maxCharacters = 200;

interface Waited {
  /** The cards for which this one stands, newest first. */
  readonly cards: readonly Card[];
  /** How many older messages are not among them. */
  readonly leftOut: number;
  readonly menu: readonly MenuItem[];
}

/** What has waited for somebody whom the bot could not reach: a line for each message, as its card says it first. */
export function waitedView({ language }: Turn, { cards, leftOut, menu }: Waited): Card {
  const heading = t(language, 'chat.waited.heading', { count: cards.length });
  const intro = t(language, 'chat.waited.intro');
  const lines = cards.map(({ speak }) => shortened(typeof speak === 'string' ? speak : '', maxCharacters));
  const older = leftOut === 0 ? [] : [{ text: t(language, 'chat.waited.older', { count: leftOut }) }];
  return render(plainCard, {
    ...common(language, 'help', t(language, 'chat.kicker.app'), [heading, intro]),
    heading,
    notices: [],
    paragraphs: [{ text: intro }, ...lines.map((text) => ({ text: `• ${text}` }))],
    hints: older,
    actions: menu.map(({ title, verb, style }) => button(t(language, title), verb, {}, style)),
  });
}
