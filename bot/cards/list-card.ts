import {
  type ButtonData,
  type Chip,
  type CommonData,
  type LinkData,
  type Notice,
  buttons,
  cardAround,
  chipRow,
  header,
  heading,
  links,
  noticeBands,
  plain,
  selectAction,
} from './parts.js';
import { cardTemplate } from './render.js';

/** Lines that one taps: news, sessions, topics, the series of which one is reminded. */
export interface ListCardData extends CommonData {
  readonly heading: string;
  readonly notices: readonly Notice[];
  readonly hints: readonly { readonly text: string }[];
  readonly lines: readonly ListLine[];
  readonly links: readonly LinkData[];
  readonly actions: readonly ButtonData[];
}

export interface ListLine {
  readonly icons: readonly { readonly url: string }[];
  /** Small, above the title. */
  readonly overs: readonly { readonly text: string }[];
  readonly title: string;
  readonly notes: readonly { readonly text: string }[];
  readonly chips: readonly (Chip & { readonly note: string })[];
  /** At the end of the line: what a tap does, or how many have tapped. */
  readonly mark: string;
  readonly markSize: 'Medium' | 'Large';
  readonly action: ButtonData;
}

/** A line with the title, the mark and the action at least; what else it does not say is left out. */
export function listLine(line: Pick<ListLine, 'title' | 'mark' | 'action'> & Partial<ListLine>): ListLine {
  return { icons: [], overs: [], notes: [], chips: [], markSize: 'Medium', ...line };
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
    items: [plain('${mark}', { size: '${markSize}', isSubtle: true })],
  },
];

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
        items: [{ type: 'ColumnSet', columns: lineColumns }],
      },
    ],
    actions: [links, buttons],
  }),
);
