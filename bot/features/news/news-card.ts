import { buttons, cardAround, header, heading, noticeBands, plain } from '../../cards/parts.js';
import type { ButtonData, CommonData, Notice } from '../../cards/parts.js';
import { cardTemplate } from '../../cards/render.js';
import { chipRow, type Chip } from '../../cards/state-chip.js';

/** One piece of news: a receipt, a notice about it, or the question whether to take it back. */
export interface NewsCardData extends CommonData, Chip {
  /** What has happened, above the title; none on a receipt. */
  readonly headlines: readonly { readonly text: string }[];
  readonly title: string;
  readonly summaries: readonly { readonly text: string }[];
  /** When and by whom it came into its state. */
  readonly stateNote: string;
  readonly notices: readonly Notice[];
  /** Where it is used. */
  readonly facts: readonly { readonly text: string }[];
  /** What somebody wrote about it. */
  readonly quotes: readonly { readonly label: string; readonly text: string }[];
  readonly closings: readonly { readonly text: string }[];
  readonly actions: readonly ButtonData[];
  readonly links: readonly {
    readonly title: string;
    readonly url: string;
    readonly style: 'default' | 'positive';
  }[];
}

export const newsCard = cardTemplate<NewsCardData>(
  'news',
  cardAround({
    body: [
      header,
      noticeBands,
      { ...heading('${text}'), $data: '${headlines}' },
      plain('${title}', { size: 'Medium', weight: 'Bolder' }),
      { ...plain('${text}', {}, { spacing: 'Small' }), $data: '${summaries}' },
      chipRow('${stateNote}'),
      { ...plain('${text}', { size: 'Small' }, { spacing: 'Small' }), $data: '${facts}' },
      {
        $data: '${quotes}',
        type: 'Container',
        style: 'emphasis',
        spacing: 'Medium',
        items: [
          plain('${label}', { size: 'Small', weight: 'Bolder' }),
          plain('${text}', {}, { spacing: 'None' }),
        ],
      },
      { ...plain('${text}', {}, { spacing: 'Medium' }), $data: '${closings}' },
    ],
    actions: [
      { $data: '${links}', type: 'Action.OpenUrl', title: '${title}', url: '${url}', style: '${style}' },
      buttons,
    ],
  }),
);
