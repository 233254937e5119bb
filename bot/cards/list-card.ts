import { buttons, cardAround, header, heading, noticeBands, plain, selectAction } from './parts.js';
import type { ButtonData, CommonData, Notice } from './parts.js';
import { cardTemplate } from './render.js';
import { chipRow, type Chip } from './state-chip.js';

/** A list of one's own news, each line a button that opens it. */
export interface ListCardData extends CommonData {
  readonly heading: string;
  readonly notices: readonly Notice[];
  readonly hints: readonly { readonly text: string }[];
  readonly lines: readonly ListLine[];
  readonly actions: readonly ButtonData[];
}

export interface ListLine extends Chip {
  readonly title: string;
  readonly note: string;
  readonly action: ButtonData;
}

export const listCard = cardTemplate<ListCardData>(
  'list',
  cardAround({
    body: [
      header,
      heading('${heading}'),
      noticeBands,
      { ...plain('${text}', { isSubtle: true }, { spacing: 'Small' }), $data: '${hints}' },
      {
        $data: '${lines}',
        type: 'Container',
        separator: true,
        spacing: 'Medium',
        selectAction,
        items: [
          {
            type: 'ColumnSet',
            columns: [
              {
                type: 'Column',
                width: 'stretch',
                items: [plain('${title}', { weight: 'Bolder' }), chipRow('${note}')],
              },
              {
                type: 'Column',
                width: 'auto',
                verticalContentAlignment: 'Center',
                items: [plain('›', { size: 'Large', isSubtle: true })],
              },
            ],
          },
        ],
      },
    ],
    actions: [buttons],
  }),
);
