import {
  type ButtonData,
  type CommonData,
  type Notice,
  buttons,
  cardAround,
  header,
  noticeBands,
  plain,
} from './parts.js';
import { cardTemplate } from './render.js';

/** Something said, and what can be done next: help, the welcome, the choice of language, a fault. */
export interface PlainCardData extends CommonData {
  /** May hold a person's name. */
  readonly heading: string;
  readonly notices: readonly Notice[];
  readonly paragraphs: readonly { readonly text: string }[];
  readonly hints: readonly { readonly text: string }[];
  readonly actions: readonly ButtonData[];
}

export const plainCard = cardTemplate<PlainCardData>(
  'plain',
  cardAround({
    body: [
      header,
      plain('${heading}', { size: 'Large', weight: 'Bolder' }, { spacing: 'Small' }),
      noticeBands,
      { ...plain('${text}', {}, { spacing: 'Small' }), $data: '${paragraphs}' },
      { ...plain('${text}', { size: 'Small', isSubtle: true }, { spacing: 'Medium' }), $data: '${hints}' },
    ],
    actions: [buttons],
  }),
);
