import {
  type ButtonData,
  type CommonData,
  type Notice,
  buttons,
  cardAround,
  header,
  heading,
  noticeBands,
  plain,
  selectAction,
} from './parts.js';
import { cardTemplate } from './render.js';
import { type Chip, chipRow } from './state-chip.js';
import type { LinkData } from '../features/sessions/session-card.js';

/** Lines that one taps: sessions, topics, the series that remind. */
export interface LinesCardData extends CommonData {
  readonly heading: string;
  readonly notices: readonly Notice[];
  readonly hints: readonly { readonly text: string }[];
  readonly lines: readonly Line[];
  readonly links: readonly LinkData[];
  readonly actions: readonly ButtonData[];
}

export interface Line {
  readonly icons: readonly { readonly url: string }[];
  /** Small, above the title. */
  readonly overs: readonly { readonly text: string }[];
  readonly title: string;
  readonly notes: readonly { readonly text: string }[];
  readonly chips: readonly (Chip & { readonly note: string })[];
  /** At the end of the line: what a tap does, or how many have tapped. */
  readonly mark: string;
  readonly action: ButtonData;
}

const lineColumns: readonly object[] = [
  {
    type: 'Column',
    width: 'auto',
    $data: '${icons}',
    items: [{ type: 'Image', url: '${url}', altText: '', width: '28px', height: '28px' }],
  },
  {
    type: 'Column',
    width: 'stretch',
    items: [
      { ...plain('${text}', { size: 'Small', isSubtle: true }), $data: '${overs}' },
      plain('${title}', { weight: 'Bolder' }, { spacing: 'None' }),
      { ...plain('${text}', { size: 'Small' }, { spacing: 'None' }), $data: '${notes}' },
      { ...chipRow('${note}'), $data: '${chips}' },
    ],
  },
  {
    type: 'Column',
    width: 'auto',
    verticalContentAlignment: 'Center',
    items: [plain('${mark}', { size: 'Medium', isSubtle: true })],
  },
];

export const linesCard = cardTemplate<LinesCardData>(
  'lines',
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
        items: [{ type: 'ColumnSet', columns: lineColumns }],
      },
    ],
    actions: [
      { $data: '${links}', type: 'Action.OpenUrl', title: '${title}', url: '${url}', style: '${style}' },
      buttons,
    ],
  }),
);
