import { AppError, type FieldFault } from '../../../src/platform/errors.js';
import { type Language, languages } from '../../../src/shared/languages.js';
import { type NewsItem, audiences, channels } from '../../../src/news/types.js';
import { offeredProjects, type Person, type Programme } from '../../../src/people/person.js';
import { type Choice, earliestFor, faultAtField } from '../../cards/fields.js';
import { type Clock, today } from '../../../src/platform/clock.js';
import { t } from '../../../src/i18n/messages.js';
import { textLimits } from '../../../src/content/text.js';
import { type Card, cardTemplate, render } from '../../cards/render.js';
import { proposedText } from '../../../src/news/proposal.js';
import type { Turn } from '../../conversation/turn.js';
import {
  type ButtonData,
  bodyButton,
  type CommonData,
  type Notice,
  type Quote,
  buttons,
  cardAround,
  common,
  header,
  heading,
  noticeBands,
  plain,
  quoteBoxes,
} from '../../cards/parts.js';

/** One line on a phone, where an address can't be broken. */
const linkCharacters = 32;
const shownLink = (link: string): string => {
  const address = link.replace(/^https?:\/\//, '');
  return address.length <= linkCharacters ? address : `${address.slice(0, linkCharacters)}…`;
};

/** The names of the fields, as the card sends them. */
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
  'urgent',
  'answer',
] as const;
type FieldName = (typeof fieldNames)[number];

interface FieldData {
  readonly label: string;
  readonly example: string;
  readonly value: string;
  /** The client's message when the value is not valid. */
  readonly wants: string;
  readonly faults: readonly { readonly text: string }[];
}

interface FormCardData extends CommonData {
  readonly heading: string;
  readonly intros: readonly { readonly text: string }[];
  readonly notices: readonly Notice[];
  readonly quotes: readonly Quote[];
  readonly fields: Readonly<Record<FieldName, FieldData>>;
  readonly choices: {
    readonly projectId: readonly Choice[];
    /** Empty where the language can't be chosen any more: then the field is left out. */
    readonly language: readonly { readonly options: readonly Choice[] }[];
    readonly audiences: readonly Choice[];
    readonly channels: readonly Choice[];
  };
  readonly earliest: string;
  readonly urgentTitle: string;
  /** One where the answer to the coordinator's question is asked for, else none. */
  readonly answers: readonly object[];
  /** One where title and reason are shown, else none. */
  readonly texts: readonly object[];
  /** The button that proposes title and reason from what is typed; none where they are shown. */
  readonly proposing: readonly ButtonData[];
  /** The link that is kept among the optional fields, while these are folded. */
  readonly keptLinks: readonly { readonly text: string }[];
  readonly showsMore: boolean;
  readonly hidesMore: boolean;
  /** The buttons that show the optional fields and hide them again; none where one of them has a fault. */
  readonly moreButtons: readonly {
    readonly show: string;
    readonly hide: string;
    /** What comes or goes with a press. */
    readonly targets: readonly string[];
  }[];
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
/** Without a `maxLength`, at which clients cut a pasted text silently: a fault at the field says what is too long. */
const text = (more: object): object => ({ type: 'Input.Text', ...more });
const choice = (choices: object[], more: object): object => ({ type: 'Input.ChoiceSet', choices, ...more });

/** What is only there where the list in the data has an entry. */
const where = (list: string, part: object): object => ({ ...part, $data: `\${${list}}` });

const firstFields: readonly object[] = [
  where('answers', field('answer', text({ isMultiline: true }))),
  field('body', text({ isMultiline: true, ...needed('body') })),
  where('texts', field('title', text(wants('title')))),
  where('texts', field('lead', text({ isMultiline: true, ...wants('lead') }))),
  field('projectId', choice(choiceList('projectId'), { style: 'compact', ...needed('projectId') })),
];

/** Where a client can't show several choices in a compact list, it shows them as boxes. */
const several = { isMultiSelect: true, style: 'compact', wrap: true };

const moreInputs: object = {
  type: 'Container',
  id: 'more',
  isVisible: '${showsMore}',
  items: [
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
    field('audiences', choice(choiceList('audiences'), several)),
    field('channels', choice(choiceList('channels'), several)),
    field('link', text({ style: 'Url', ...wants('link') })),
    field('earliestDate', { type: 'Input.Date', min: '${$root.earliest}', ...wants('earliestDate') }),
    field('urgent', {
      type: 'Input.Toggle',
      title: '${$root.urgentTitle}',
      valueOn: 'true',
      valueOff: '',
      wrap: true,
    }),
  ],
};

/** Shows or hides the optional fields, and changes places with the button that does the opposite. */
const toggle = (id: string, title: string, isVisible: string): object => ({
  type: 'ActionSet',
  id,
  isVisible,
  $data: '${moreButtons}',
  spacing: 'Small',
  actions: [{ type: 'Action.ToggleVisibility', title, targetElements: '${targets}' }],
});

/** The form: what happened and in which project; the rest behind buttons that say what it is. */
const formCard = cardTemplate<FormCardData>(
  'form',
  cardAround({
    body: [
      header,
      heading('${heading}'),
      noticeBands,
      { ...plain('${text}', { isSubtle: true }, { spacing: 'Small' }), $data: '${intros}' },
      quoteBoxes,
      ...firstFields,
      { type: 'ActionSet', spacing: 'Medium', $data: '${proposing}', actions: [bodyButton] },
      {
        ...plain('${text}', { size: 'Small' }, { spacing: 'Medium', id: 'keptLink' }),
        $data: '${keptLinks}',
      },
      toggle('showMore', '${show}', '${$root.hidesMore}'),
      moreInputs,
      toggle('hideMore', '${hide}', '${$root.showsMore}'),
    ],
    actions: [buttons],
  }),
);

/** What a person has typed and chosen, as the card sends it: text, and choices joined by commas. */
export type Typed = Readonly<Record<FieldName, string>>;

export interface ReadForm {
  readonly typed: Typed;
  /** Values that the form can't have sent: of the wrong type, or of a field that it does not have. */
  readonly faults: readonly FieldFault[];
}

/** The keys that a client may add to the data of an action by itself. */
const clientKeys: readonly string[] = ['msteams', 'verb'];

export const nothingTyped: Typed = {
  title: '',
  body: '',
  lead: '',
  projectId: '',
  language: '',
  audiences: '',
  channels: '',
  link: '',
  earliestDate: '',
  urgent: '',
  answer: '',
};

/** An empty form in the person's language, with the person's project if there is one. */
export function freshTyped(person: Person, language: Language, programme: Programme): Typed {
  const own = person.projects.find((id) => offeredProjects(programme).some((project) => project.id === id));
  return { ...nothingTyped, language, projectId: own ?? '' };
}

/** The item's text of one language and its details, as the form shows them. */
export function typedOf(item: NewsItem, language: Language): Typed {
  const text = item.texts[language];
  return {
    title: text?.title ?? '',
    body: text?.body ?? '',
    lead: text?.lead ?? '',
    projectId: item.projectId,
    language,
    audiences: item.audiences.join(','),
    channels: item.wishedChannels.join(','),
    link: item.link ?? '',
    earliestDate: item.earliestDate ?? '',
    urgent: item.isUrgent === true ? 'true' : '',
    answer: '',
  };
}

const listOf = (value: unknown): string => (Array.isArray(value) ? value.join(',') : '');
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The details that an edit card showed, as its form had them. */
export function typedDetails(details: Readonly<Record<string, unknown>>) {
  const { projectId, audiences, wishedChannels, link, earliestDate } = details;
  return {
    projectId: textIn(projectId),
    audiences: listOf(audiences),
    channels: listOf(wishedChannels),
    link: textIn(link),
    earliestDate: textIn(earliestDate),
  };
}

/** Reads the inputs from the data of an action. It never throws, so that what was typed can always be shown again. */
export function readForm(data: Readonly<Record<string, unknown>>, own: readonly string[]): ReadForm {
  const faults: FieldFault[] = [];
  const read = (name: FieldName): string => {
    const value = data[name] ?? '';
    if (typeof value === 'string') return value;
    faults.push({ field: name, code: 'wrongType' });
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  };
  const typed = Object.fromEntries(fieldNames.map((name) => [name, read(name)])) as Typed;
  const known: readonly string[] = [...fieldNames, ...clientKeys, ...own];
  for (const name of Object.keys(data)) {
    if (!known.includes(name)) faults.push({ field: name, code: 'unknownField' });
  }
  return { typed, faults };
}

const listed = (choices: string): string[] => choices.split(/[,;]/).filter((choice) => choice !== '');

/** Title and reason as they are typed; where one is left empty, as the text proposes it. */
export function withProposals(typed: Typed): Typed {
  const proposed = proposedText(typed.body);
  const isEmpty = (text: string): boolean => text.trim() === '';
  return {
    ...typed,
    title: isEmpty(typed.title) ? proposed.title : typed.title,
    lead: isEmpty(typed.lead) ? proposed.lead : typed.lead,
  };
}

/** The input of the news service. */
export function submissionOf(given: Typed, formId: string): unknown {
  const typed = withProposals(given);
  return {
    formId,
    projectId: typed.projectId,
    language: typed.language,
    words: { title: typed.title, lead: typed.lead, body: typed.body },
    audiences: listed(typed.audiences),
    wishedChannels: listed(typed.channels),
    link: typed.link.trim(),
    earliestDate: typed.earliestDate,
    urgent: typed.urgent === 'true',
  };
}

const formFields: Readonly<Record<string, FieldName>> = { wishedChannels: 'channels' };

/** The faults that the service found, with the names of the form's fields. */
export function formFaults(error: unknown): FieldFault[] {
  const isForm =
    error instanceof AppError && ['input.invalid', 'text.personalData', 'edit.conflict'].includes(error.code);
  if (!isForm) return [];
  const faults = (error.details.fields ?? []) as readonly FieldFault[];
  return faults.map((fault) => {
    const name = fault.field.replace(/^words\./, '').replace(/\..*$/, '');
    return { ...fault, field: formFields[name] ?? name };
  });
}

const moreFields: readonly FieldName[] = [
  'language',
  'audiences',
  'channels',
  'link',
  'earliestDate',
  'urgent',
];

/** The content of one rendering of the form. */
export interface FormView {
  readonly kicker: string;
  readonly heading: string;
  readonly intro?: string;
  readonly notices?: readonly Notice[];
  readonly quotes?: FormCardData['quotes'];
  readonly typed: Typed;
  readonly faults?: readonly FieldFault[];
  /** Whether the language may still be chosen. */
  readonly asksLanguage: boolean;
  /** Whether title and reason are shown although nothing is typed there. */
  readonly showsTexts?: boolean;
  /** Whether the coordinator's question is to be answered. */
  readonly asksAnswer?: boolean;
  /** The link came with the message that filled in the form: a line says that it is kept, and the optional fields stay folded. */
  readonly foldsLink?: boolean;
  /** The button that proposes title and reason. */
  readonly propose?: ButtonData;
  readonly actions: readonly ButtonData[];
}

const wantsText = (language: Language, name: FieldName): string => {
  switch (name) {
    case 'title':
    case 'lead':
      return t(language, `chat.form.wants.${name}`, { limit: textLimits[name] });
    case 'body':
    case 'projectId':
    case 'language':
    case 'link':
    case 'earliestDate':
      return t(language, `chat.form.wants.${name}`);
    default:
      return '';
  }
};

function fieldData(language: Language, name: FieldName, view: FormView): FieldData {
  const faults = (view.faults ?? []).filter(({ field }) => field === name);
  return {
    label: t(language, `chat.form.${name}.label`),
    example: t(language, `chat.form.${name}.example`),
    value: view.typed[name],
    wants: wantsText(language, name),
    faults: faults.map((fault) => ({ text: faultAtField(language, fault) })),
  };
}

/** The person's own projects first; then the others in the programme's order. */
function projectChoices(programme: Programme, person: Person, language: Language, chosen: string): Choice[] {
  const own = (id: string): boolean => person.projects.some((project) => project === id);
  const sorted = [...offeredProjects(programme, [chosen])].sort(
    (one, other) => Number(own(other.id)) - Number(own(one.id)),
  );
  return sorted.map(({ id, names }) => ({ title: names[language], value: id }));
}

function choicesOf({ programme, person, language }: Turn, view: FormView): FormCardData['choices'] {
  const languageChoices = languages.map((value) => ({
    title: t(language, `language.own.${value}`),
    value,
  }));
  return {
    projectId: projectChoices(programme, person, language, view.typed.projectId),
    language: view.asksLanguage ? [{ options: languageChoices }] : [],
    audiences: audiences.map((value) => ({ title: t(language, `audience.${value}`), value })),
    channels: channels.map((value) => ({ title: t(language, `channel.${value}`), value })),
  };
}

/** The form as the person has filled it in, with what is wrong at each field. */
export function formView(turn: Turn, clock: Clock, view: FormView): Card {
  const { language } = turn;
  const fields = Object.fromEntries(
    fieldNames.map((name) => [name, fieldData(language, name, view)]),
  ) as Record<FieldName, FieldData>;
  const isFaulty = (name: FieldName): boolean => fields[name].faults.length > 0;
  // The language is always chosen, and often rightly. What an edit finds filled in need not be looked at again.
  const isFilled = (name: FieldName): boolean =>
    name !== 'language' && !(name === 'link' && view.foldsLink === true) && view.typed[name] !== '';
  const showsMore = moreFields.some((name) => (view.asksLanguage && isFilled(name)) || isFaulty(name));
  const keptLinks =
    view.foldsLink === true && view.typed.link !== '' && !showsMore
      ? [{ text: t(language, 'chat.form.linkKept', { link: shownLink(view.typed.link) }) }]
      : [];
  const showsTexts =
    view.showsTexts === true || (['title', 'lead'] as const).some((name) => isFilled(name) || isFaulty(name));
  return render(formCard, {
    ...common(language, 'news', view.kicker, [view.heading, ...(view.notices ?? []).map(({ text }) => text)]),
    heading: view.heading,
    intros: view.intro === undefined ? [] : [{ text: view.intro }],
    notices: view.notices ?? [],
    quotes: view.quotes ?? [],
    fields,
    choices: choicesOf(turn, view),
    earliest: view.asksLanguage
      ? today(clock).toString()
      : earliestFor(view.typed.earliestDate, today(clock).toString()),
    urgentTitle: t(language, 'chat.form.urgent.title'),
    answers: view.asksAnswer === true ? [{}] : [],
    texts: showsTexts ? [{}] : [],
    proposing: showsTexts || view.propose === undefined ? [] : [view.propose],
    keptLinks,
    showsMore,
    hidesMore: !showsMore,
    // If they could be hidden, so could a fault in one of them.
    moreButtons: moreFields.some(isFaulty)
      ? []
      : [
          {
            show: t(language, view.asksLanguage ? 'chat.form.more' : 'chat.form.moreOfEdit'),
            hide: t(language, 'chat.form.less'),
            targets: ['more', 'showMore', 'hideMore', ...(keptLinks.length > 0 ? ['keptLink'] : [])],
          },
        ],
    actions: view.actions,
  });
}
