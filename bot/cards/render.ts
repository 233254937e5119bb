// The package's own entry drags the TypeScript sources of the renderer into the type check.
import { GlobalSettings, Template } from 'adaptivecards-templating/lib/template-engine.js';

import { ofProgramme } from './programme.js';

/** A finished card, as it goes into an attachment or an invoke answer. */
export type Card = Readonly<Record<string, unknown>> & { readonly type: 'AdaptiveCard' };

/** A card with holes, of which `Data` says what fills them. */
export interface CardTemplate<Data extends object> {
  readonly name: string;
  readonly template: Template;
  /** Never set; ties the data to the template. */
  readonly data?: Data;
}

/** @param payload The card with `${...}` where data goes; parsed once, here. */
export function cardTemplate<Data extends object>(name: string, payload: object): CardTemplate<Data> {
  return { name, template: new Template(payload) };
}

/**
 * Bytes, as {@link bytesOf} counts them, within which Teams promises to take a message; from about 100 KB on it
 * answers 413 (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages).
 */
export const maxMessageBytes = 80 * 1024;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Where texts stand inside a card; what stands in fields or goes along with buttons is not among them. */
const textHolders: readonly string[] = ['body', 'items', 'columns', 'inlines'];

/** The part of a card with each of its texts as `change` gives it. */
function withTexts(part: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(part)) return part.map((each: unknown) => withTexts(each, change));
  if (!isRecord(part)) return part;
  const isText = part.type === 'TextRun' || part.type === 'TextBlock';
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      if (isText && name === 'text' && typeof value === 'string') return [name, change(value)];
      return [name, textHolders.includes(name) ? withTexts(value, change) : value];
    }),
  );
}

/** The texts of a card in the order in which one reads them: the header's first. */
export function shownTexts(card: Card): string[] {
  const texts: string[] = [];
  withTexts(card, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

const joiner = '\u2060';

/** Days and times of day on one line: `ti 1.12.`, `klo 9.00–9.30`, `kl. 9.00`. */
function unbroken(text: string): string {
  return text
    .replace(/(?<!\p{L})(ma|ti|ke|to|pe|la|su|mån|tis|ons|tors|fre|lör|sön) (?=\d{1,2}\.\d)/gu, '$1\u00a0')
    .replace(/(?<!\p{L})(klo|kl\.) (?=\d)/gu, '$1\u00a0')
    .replace(/(\d[.:]\d\d)–(?=\d)/g, `$1${joiner}–${joiner}`);
}

/** How many buttons stand side by side at the foot of a card; the others are in the menu behind "…". */
export const maxShownButtons = 3;

type Action = Readonly<Record<string, unknown>>;

/**
 * The buttons at the foot, the main one first. Those beyond {@link maxShownButtons} get `mode: secondary`, which Teams
 * shows in an overflow menu on every device
 * (https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format).
 */
function ordered(actions: readonly Action[]): Action[] {
  const isMain = ({ style }: Action): boolean => style === 'positive';
  const sorted = actions.toSorted((one, other) => Number(isMain(other)) - Number(isMain(one)));
  let shown = 0;
  return sorted.map((action) => {
    if (action.mode !== 'secondary') shown += 1;
    return shown > maxShownButtons ? { ...action, mode: 'secondary' } : action;
  });
}

/**
 * A card from its template. What stands in the data is put in as it is and never read as a template.
 * @throws Error when the template asks for what the data does not hold: a fault of the program.
 */
export function render<Data extends object>(card: CardTemplate<Data>, data: Data): Card {
  const missing: string[] = [];
  const before = GlobalSettings.getUndefinedFieldValueSubstitutionString;
  // The library swallows what this hook throws, and would leave the expression's text in the card: so it is noted.
  GlobalSettings.getUndefinedFieldValueSubstitutionString = (path) => {
    missing.push(path);
    return undefined;
  };
  try {
    const rendered = card.template.expand({ $root: data }) as Card;
    if (missing.length > 0) throw new Error(`Card ${card.name} has no value for ${missing.join(', ')}`);
    const shown = withTexts(rendered, unbroken) as Card;
    const { actions } = shown;
    return ofProgramme(
      Array.isArray(actions) ? { ...shown, actions: ordered(actions as readonly Action[]) } : shown,
    );
  } finally {
    if (before === undefined) delete GlobalSettings.getUndefinedFieldValueSubstitutionString;
    else GlobalSettings.getUndefinedFieldValueSubstitutionString = before;
  }
}

/** The size of a card as Teams measures it: the bytes of its JSON in UTF-16. */
export function bytesOf(card: Card): number {
  return Buffer.byteLength(JSON.stringify(card), 'utf16le');
}
