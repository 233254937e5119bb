import { fieldList, type Field } from '../../cards/fields.js';
import { buttons, cardAround, header, noticeBands, plain } from '../../cards/parts.js';
import type { ButtonData, CommonData, Notice } from '../../cards/parts.js';
import { cardTemplate } from '../../cards/render.js';
import { chipRow, type Chip } from '../../cards/state-chip.js';

export interface LinkData {
  readonly title: string;
  readonly url: string;
  readonly style: 'default' | 'positive';
}

/** One session: what it is, a reminder of it, a question about it, or a form that belongs to it. */
export interface SessionCardData extends CommonData {
  /** What has happened or is asked; none where the card only shows. */
  readonly headlines: readonly { readonly text: string }[];
  readonly notices: readonly Notice[];
  readonly titles: readonly { readonly text: string }[];
  /** When it is, as people say it. */
  readonly whens: readonly { readonly text: string }[];
  readonly chips: readonly (Chip & { readonly note: string })[];
  readonly paragraphs: readonly { readonly text: string }[];
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** As {@link facts}, with a text that opens an address. */
  readonly linkFacts: readonly { readonly label: string; readonly text: string; readonly url: string }[];
  readonly agendas: readonly {
    readonly heading: string;
    readonly lines: readonly { readonly text: string; readonly note: string }[];
  }[];
  readonly quotes: readonly { readonly label: string; readonly text: string }[];
  readonly fields: readonly Field[];
  readonly closings: readonly { readonly text: string }[];
  readonly links: readonly LinkData[];
  readonly actions: readonly ButtonData[];
}

const agenda: object = {
  $data: '${agendas}',
  type: 'Container',
  style: 'emphasis',
  spacing: 'Medium',
  items: [
    plain('${heading}', { size: 'Small', weight: 'Bolder' }),
    {
      $data: '${lines}',
      type: 'RichTextBlock',
      spacing: 'Small',
      inlines: [
        { type: 'TextRun', text: '${text}' },
        { type: 'TextRun', text: '${note}', size: 'Small', isSubtle: true },
      ],
    },
  ],
};

const quotes: object = {
  $data: '${quotes}',
  type: 'Container',
  style: 'emphasis',
  spacing: 'Medium',
  items: [plain('${label}', { size: 'Small', weight: 'Bolder' }), plain('${text}', {}, { spacing: 'None' })],
};

/** The label small above what it names: beside each other they would break on a phone. */
const facts: object = {
  $data: '${facts}',
  type: 'Container',
  spacing: 'Small',
  items: [plain('${label}', { size: 'Small', isSubtle: true }), plain('${text}', {}, { spacing: 'None' })],
};

const linkFacts: object = {
  $data: '${linkFacts}',
  type: 'Container',
  spacing: 'Small',
  items: [
    plain('${label}', { size: 'Small', isSubtle: true }),
    {
      type: 'RichTextBlock',
      spacing: 'None',
      inlines: [
        {
          type: 'TextRun',
          text: '${text}',
          color: 'Accent',
          underline: true,
          selectAction: { type: 'Action.OpenUrl', title: '${text}', url: '${url}' },
        },
      ],
    },
  ],
};

export const sessionCard = cardTemplate<SessionCardData>(
  'session',
  cardAround({
    body: [
      header,
      // May hold the name that a coordinator gave to a series.
      {
        ...plain('${text}', { size: 'Large', weight: 'Bolder' }, { spacing: 'Small' }),
        $data: '${headlines}',
      },
      noticeBands,
      { ...plain('${text}', { size: 'Medium', weight: 'Bolder' }), $data: '${titles}' },
      { ...plain('${text}', {}, { spacing: 'Small' }), $data: '${whens}' },
      { ...chipRow('${note}'), $data: '${chips}' },
      { ...plain('${text}', {}, { spacing: 'Small' }), $data: '${paragraphs}' },
      facts,
      linkFacts,
      agenda,
      quotes,
      fieldList,
      { ...plain('${text}', {}, { spacing: 'Medium' }), $data: '${closings}' },
    ],
    actions: [
      { $data: '${links}', type: 'Action.OpenUrl', title: '${title}', url: '${url}', style: '${style}' },
      buttons,
    ],
  }),
);
