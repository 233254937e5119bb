import {
  type ButtonData,
  type CommonData,
  type LinkData,
  type Notice,
  buttons,
  cardAround,
  header,
  links,
  noticeBands,
  plain,
} from './parts.js';
import { cardTemplate } from './render.js';

/** How the bot begins: what waits for the person, and what can be done here. */
export interface StartCardData extends CommonData {
  /** May hold a person's name. */
  readonly heading: string;
  readonly notices: readonly Notice[];
  readonly things: readonly { readonly about: string; readonly title: string; readonly text: string }[];
  readonly paragraphs: readonly { readonly text: string }[];
  readonly hints: readonly { readonly text: string }[];
  readonly links: readonly LinkData[];
  readonly actions: readonly ButtonData[];
}

export const startCard = cardTemplate<StartCardData>(
  'start',
  cardAround({
    body: [
      header,
      plain('${heading}', { size: 'Large', weight: 'Bolder' }, { spacing: 'Small' }),
      noticeBands,
      {
        $data: '${things}',
        type: 'Container',
        style: 'emphasis',
        spacing: 'Medium',
        items: [
          plain('${about}', { size: 'Small', isSubtle: true }),
          plain('${title}', { weight: 'Bolder' }, { spacing: 'None' }),
          plain('${text}', {}, { spacing: 'None' }),
        ],
      },
      { ...plain('${text}', {}, { spacing: 'Small' }), $data: '${paragraphs}' },
      { ...plain('${text}', { size: 'Small', isSubtle: true }, { spacing: 'Medium' }), $data: '${hints}' },
    ],
    actions: [links, buttons],
  }),
);
