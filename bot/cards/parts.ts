import type { ProjectId } from '../../src/platform/ids.js';
import { availableLanguage, type Language } from '../../src/shared/languages.js';
import { t } from '../../src/i18n/messages.js';
import { type IconName, icons } from './icons.js';
import { asSentences, withDaysSpoken } from './spoken.js';
import { kickerOfProgramme } from './programme.js';
import { projectNames, type Programme } from '../../src/people/person.js';

/**
 * Fragments of templates. Whatever a person may have written goes through {@link plain}: a TextRun is shown as it is,
 * while a TextBlock would read it as Markdown.
 */

/** What every card's data holds. */
export interface CommonData {
  readonly language: Language;
  /** Where a client cannot show the card. */
  readonly fallbackText: string;
  /** What a screen reader or a speaker says first. */
  readonly speak: string;
  readonly kicker: string;
  readonly iconUrl: string;
  readonly iconAlt: string;
}

type TextLook = Readonly<Record<string, unknown>>;

/** Text that is never read as Markdown. */
export function plain(text: string, look: TextLook = {}, block: TextLook = {}): object {
  return { type: 'RichTextBlock', ...block, inlines: [{ type: 'TextRun', text, ...look }] };
}

/** The card round a body: version, language, and what is said where it cannot be shown. */
export function cardAround(parts: Readonly<Record<string, unknown>>): object {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: '${language}',
    fallbackText: '${fallbackText}',
    speak: '${speak}',
    ...parts,
  };
}

/** The small line on top: the tile, and what kind of thing this is. */
export const header: object = {
  type: 'ColumnSet',
  columns: [
    {
      type: 'Column',
      width: 'auto',
      verticalContentAlignment: 'Center',
      items: [{ type: 'Image', url: '${iconUrl}', altText: '${iconAlt}', width: '20px', height: '20px' }],
    },
    {
      type: 'Column',
      width: 'stretch',
      spacing: 'Small',
      verticalContentAlignment: 'Center',
      items: [plain('${kicker}', { size: 'Small', isSubtle: true, weight: 'Bolder' })],
    },
  ],
};

/** A fixed heading of Big Room's own, marked as a heading for screen readers. */
export function heading(text: string): object {
  return {
    type: 'TextBlock',
    style: 'heading',
    text,
    size: 'Large',
    weight: 'Bolder',
    wrap: true,
    spacing: 'Small',
  };
}

/** What the person should know before all else; a coloured band each. */
export interface Notice {
  readonly style: 'good' | 'warning' | 'attention' | 'accent' | 'emphasis';
  readonly text: string;
}

export const noticeBands: object = {
  $data: '${notices}',
  type: 'Container',
  style: '${style}',
  spacing: 'Small',
  items: [plain('${text}')],
};

/** A state as sign, word and colour; never colour alone. */
export interface Chip {
  readonly chipColor: 'Accent' | 'Good' | 'Warning' | 'Default';
  readonly chipText: string;
}

/**
 * The chip, and beside it what belongs to it. Cards of version 1.5 have no badge, and a coloured column would be a
 * block of its own in size: so sign and word stand in the colour, on one line.
 */
export function chipRow(beside: string): object {
  return {
    type: 'RichTextBlock',
    spacing: 'Small',
    inlines: [
      { type: 'TextRun', text: '${chipText}', color: '${chipColor}', size: 'Small', weight: 'Bolder' },
      { type: 'TextRun', text: `\u2003${beside}`, size: 'Small', isSubtle: true },
    ],
  };
}

/** One button. `inputs`: whether what is typed goes along and is checked first. */
export interface Button {
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly style: 'default' | 'positive' | 'destructive';
  readonly inputs: 'auto' | 'none';
}

/** The template of one button: Execute, and Submit where the client knows no Execute. */
const execute: Readonly<Record<string, unknown>> = {
  type: 'Action.Execute',
  verb: '${verb}',
  data: '${data}',
  associatedInputs: '${inputs}',
  fallback: {
    type: 'Action.Submit',
    title: '${title}',
    data: '${submitData}',
    associatedInputs: '${inputs}',
  },
};

/** The buttons at the foot of a card, from `actions` of its data. */
export const buttons: object = {
  ...execute,
  $data: '${actions}',
  title: '${title}',
  style: '${style}',
};

/** A button in the body of a card; the data around it is the button's. */
export const bodyButton: object = { ...execute, title: '${title}', style: '${style}' };

/** A button at the foot of a card that opens an address. */
export interface LinkData {
  readonly title: string;
  readonly url: string;
  readonly style: 'default' | 'positive';
  /** Whether it stands among the buttons, or in the menu behind them. */
  readonly mode: 'primary' | 'secondary';
}

/** The addresses at the foot of a card, from `links` of its data. */
export const links: object = {
  $data: '${links}',
  type: 'Action.OpenUrl',
  title: '${title}',
  url: '${url}',
  style: '${style}',
  mode: '${mode}',
};

/** What somebody wrote, under who or what it is from; from `quotes` of the data. */
export interface Quote {
  readonly label: string;
  readonly text: string;
}

export const quoteBoxes: object = {
  $data: '${quotes}',
  type: 'Container',
  style: 'emphasis',
  spacing: 'Medium',
  items: [plain('${label}', { size: 'Small', weight: 'Bolder' }), plain('${text}', {}, { spacing: 'None' })],
};

/** A whole container that is a button, from `action` of its data. */
export const selectAction: object = { ...execute, $data: '${action}', title: '${title}' };

/** A button as its template wants it: Submit carries the verb among its data. */
export interface ButtonData extends Button {
  readonly submitData: Readonly<Record<string, unknown>>;
}

export function button(
  title: string,
  verb: string,
  data: Readonly<Record<string, unknown>> = {},
  style: Button['style'] = 'default',
  inputs: Button['inputs'] = 'none',
): ButtonData {
  return { title, verb, data, style, inputs, submitData: { verb, ...data } };
}

/** SSML reads `<` and `&` as its own. */
function spoken(text: string): string {
  return text.replace(/[<>&]/g, ' ').replace(/\s+/g, ' ').trim();
}

export function common(
  language: Language,
  icon: IconName,
  kicker: string,
  speak: readonly string[],
): CommonData {
  return {
    language,
    kicker: kickerOfProgramme(kicker, language),
    iconUrl: icons[icon],
    fallbackText: t(language, 'chat.fallback'),
    speak: spoken(asSentences(speak.map((text) => withDaysSpoken(language, text)))),
    iconAlt: t(language, 'chat.icon.alt'),
  };
}

/** The beginning of a text, cut between words, on one line. */
export function shortened(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= max) return line;
  const cut = line.slice(0, max - 1);
  const lastSpace = cut.lastIndexOf(' ');
  const kept = lastSpace > max * 0.6 ? cut.slice(0, lastSpace) : cut.replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.replace(/[\s.,;:–-]+$/, '')}…`;
}

/** The reader's language of something written in several, else what there is. */
export function shownIn<T>(each: Partial<Record<Language, T>>, language: Language): T | undefined {
  const available = availableLanguage(each, language);
  return available && each[available];
}

export function projectName(programme: Programme, id: string, language: Language): string {
  return projectNames(programme, id as ProjectId)[language];
}
