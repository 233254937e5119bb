import {
  type ButtonData,
  type CommonData,
  type Notice,
  type Quote,
  buttons,
  cardAround,
  header,
  heading,
  noticeBands,
  plain,
  quoteBoxes,
} from '../../cards/parts.js';
import { cardTemplate } from '../../cards/render.js';
import type { Choice } from '../../cards/fields.js';

/** The fields by the names under which the card sends them. */
export const fieldNames = [
  'title',
  'body',
  'lead',
  'projectId',
  'language',
  'audiences',
  'channels',
  'link',
  'earliestDate',
] as const;
export type FieldName = (typeof fieldNames)[number];

export interface FieldData {
  readonly label: string;
  readonly example: string;
  readonly value: string;
  /** Said by the client when it is not filled in rightly. */
  readonly wants: string;
  readonly faults: readonly { readonly text: string }[];
}

export interface FormCardData extends CommonData {
  readonly heading: string;
  readonly intros: readonly { readonly text: string }[];
  readonly notices: readonly Notice[];
  readonly quotes: readonly Quote[];
  readonly fields: Readonly<Record<FieldName, FieldData>>;
  readonly choices: {
    readonly projectId: readonly Choice[];
    /** Empty where the language is settled: then the field is left out. */
    readonly language: readonly { readonly options: readonly Choice[] }[];
    readonly audiences: readonly Choice[];
    readonly channels: readonly Choice[];
  };
  readonly today: string;
  readonly showsMore: boolean;
  /** The button that shows the rest; none where it is on show already. */
  readonly moreButtons: readonly { readonly title: string }[];
  readonly actions: readonly ButtonData[];
}

const choiceList = (name: string): object[] => [
  { $data: `\${$root.choices.${name}}`, title: '${title}', value: '${value}' },
];

/** The input, then what is wrong with it, then an example. */
function field(name: FieldName, input: object, spacing = 'Medium'): object {
  return {
    type: 'Container',
    spacing,
    items: [
      {
        id: name,
        label: `\${$root.fields.${name}.label}`,
        value: `\${$root.fields.${name}.value}`,
        ...input,
      },
      {
        ...plain('⚠ ${text}', { color: 'Attention', weight: 'Bolder', size: 'Small' }, { spacing: 'None' }),
        $data: `\${$root.fields.${name}.faults}`,
      },
      plain(`\${$root.fields.${name}.example}`, { size: 'Small', isSubtle: true }, { spacing: 'None' }),
    ],
  };
}

const wants = (name: FieldName): object => ({ errorMessage: `\${$root.fields.${name}.wants}` });
const needed = (name: FieldName): object => ({ isRequired: true, ...wants(name) });
/** Without a `maxLength`: there clients cut a pasted text in silence. What is too long is said at the field. */
const text = (more: object): object => ({ type: 'Input.Text', ...more });
const choice = (choices: object[], more: object): object => ({ type: 'Input.ChoiceSet', choices, ...more });

const firstFields: readonly object[] = [
  field('title', text(needed('title'))),
  field('body', text({ isMultiline: true, ...needed('body') })),
  field('lead', text({ isMultiline: true, ...needed('lead') })),
  field('projectId', choice(choiceList('projectId'), { style: 'compact', ...needed('projectId') })),
  {
    ...field(
      'language',
      choice([{ $data: '${options}', title: '${title}', value: '${value}' }], {
        style: 'compact',
        ...needed('language'),
      }),
    ),
    $data: '${choices.language}',
  },
];

const moreFields: object = {
  type: 'Container',
  id: 'more',
  isVisible: '${showsMore}',
  items: [
    field(
      'audiences',
      choice(choiceList('audiences'), { isMultiSelect: true, style: 'expanded', wrap: true }),
    ),
    field('channels', choice(choiceList('channels'), { isMultiSelect: true, style: 'expanded', wrap: true })),
    field('link', text({ style: 'Url', ...wants('link') })),
    field('earliestDate', { type: 'Input.Date', min: '${$root.today}', ...wants('earliestDate') }),
  ],
};

/** The form: what is needed first, in an order of talk; the rest behind one button. */
export const formCard = cardTemplate<FormCardData>(
  'form',
  cardAround({
    body: [
      header,
      heading('${heading}'),
      noticeBands,
      { ...plain('${text}', { isSubtle: true }, { spacing: 'Small' }), $data: '${intros}' },
      quoteBoxes,
      ...firstFields,
      {
        $data: '${moreButtons}',
        type: 'ActionSet',
        id: 'showMore',
        spacing: 'Medium',
        // The button goes when the fields come: hidden again, a fault in one of them could not be seen.
        actions: [
          { type: 'Action.ToggleVisibility', title: '${title}', targetElements: ['more', 'showMore'] },
        ],
      },
      moreFields,
    ],
    actions: [buttons],
  }),
);
