import type { Language } from '../../src/shared/languages.js';
import {
  type ButtonData,
  type Chip,
  type CommonData,
  type LinkData,
  type Notice,
  type Quote,
  buttons,
  cardAround,
  common,
  header,
  links,
  plain,
  shortened,
} from './parts.js';
import type { IconName } from './icons.js';
import { cardTemplate } from './render.js';

/** What every card about one object shows, a piece of news or a session; each kind adds its own. */
export interface DetailCardData extends CommonData {
  /** What has happened or is asked; none where the card only shows the object. */
  readonly headlines: readonly { readonly text: string }[];
  readonly notices: readonly Notice[];
  /** What somebody wrote about it. */
  readonly quotes: readonly Quote[];
  readonly closings: readonly { readonly text: string }[];
  readonly links: readonly LinkData[];
  readonly actions: readonly ButtonData[];
}

/** The template of a card about one object: its body between the header and the closing texts. */
export function detailCard<Data extends DetailCardData>(name: string, body: readonly object[]) {
  const closings = { ...plain('${text}', {}, { spacing: 'Medium' }), $data: '${closings}' };
  return cardTemplate<Data>(
    name,
    cardAround({ body: [header, ...body, closings], actions: [links, buttons] }),
  );
}

/** The common data of such a card; each text is spoken as a sentence of its own. */
export function detailCommon(
  language: Language,
  icon: IconName,
  kicker: string,
  speak: readonly (string | undefined)[],
): CommonData {
  return common(
    language,
    icon,
    kicker,
    speak.filter((text) => text !== undefined),
  );
}

/** The colour and the sign of each state. */
export type StateLooks<State extends string> = Readonly<
  Record<State, { readonly color: Chip['chipColor']; readonly sign: string }>
>;

/** A state as a chip, such as "✓ Accepted". */
export function stateChip({ color, sign }: StateLooks<string>[string], name: string): Chip {
  return { chipColor: color, chipText: `${sign} ${name}` };
}

const quoteCharacters = 1200;

/** The beginning of what somebody wrote, under a label. */
export const quote = (label: string, text: string): Quote => ({
  label,
  text: shortened(text, quoteCharacters),
});
