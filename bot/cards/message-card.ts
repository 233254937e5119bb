import { cardAround, type CommonData, header, type LinkData, links, plain } from './parts.js';
import { cardTemplate } from './render.js';

interface MessageData extends CommonData {
  readonly heading: string;
  readonly text: string;
  readonly links: readonly LinkData[];
}

/** Something that is said in a heading and a text, and where one goes on from there. */
export const messageCard = cardTemplate<MessageData>(
  'message',
  cardAround({
    body: [
      header,
      plain('${heading}', { size: 'Large', weight: 'Bolder' }, { spacing: 'Small' }),
      plain('${text}', {}, { spacing: 'Small' }),
    ],
    actions: [links],
  }),
);
