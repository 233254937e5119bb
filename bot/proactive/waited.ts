import { t } from '../../src/i18n/messages.js';
import {
  type ButtonData,
  type CommonData,
  button,
  buttons,
  cardAround,
  common,
  header,
  heading,
  plain,
  shortened,
} from '../cards/parts.js';
import { type Card, cardTemplate, render, shownTexts } from '../cards/render.js';
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

interface WaitedCardData extends CommonData {
  readonly heading: string;
  readonly intro: string;
  readonly lines: readonly { readonly about: string; readonly title: string; readonly text: string }[];
  readonly hints: readonly { readonly text: string }[];
  readonly actions: readonly ButtonData[];
}

const waitedCard = cardTemplate<WaitedCardData>(
  'waited',
  cardAround({
    body: [
      header,
      heading('${heading}'),
      plain('${intro}', {}, { spacing: 'Small' }),
      {
        $data: '${lines}',
        type: 'Container',
        separator: true,
        spacing: 'Medium',
        items: [
          plain('${about}', { size: 'Small', isSubtle: true }),
          plain('${title}', { weight: 'Bolder' }, { spacing: 'None' }),
          plain('${text}', {}, { spacing: 'None' }),
        ],
      },
      { ...plain('${text}', { size: 'Small', isSubtle: true }, { spacing: 'Medium' }), $data: '${hints}' },
    ],
    actions: [buttons],
  }),
);

/** A card in three lines: its header, its heading, and what it says next. */
function lineOf(card: Card): WaitedCardData['lines'][number] {
  const [about = '', title = '', text = ''] = shownTexts(card).map((each) => shortened(each, maxCharacters));
  return { about, title, text };
}

/** What has waited for somebody whom the bot could not reach, each message in a few lines. */
export function waitedView({ language }: Turn, { cards, leftOut, menu }: Waited): Card {
  const title = t(language, 'chat.waited.heading', { count: cards.length });
  const intro = t(language, 'chat.waited.intro');
  const older = leftOut === 0 ? [] : [{ text: t(language, 'chat.waited.older', { count: leftOut }) }];
  return render(waitedCard, {
    ...common(language, 'help', t(language, 'chat.kicker.app'), [title, intro]),
    heading: title,
    intro,
    lines: cards.map(lineOf),
    hints: older,
    actions: menu.map(({ title: key, verb, style }) => button(t(language, key), verb, {}, style)),
  });
}
