import { say } from '../../src/i18n/messages.js';
import type { Language } from '../../src/shared/languages.js';
import type { NewsStateName } from '../../src/news/news.js';
import type { OccurrenceStateName } from '../../src/sessions/occurrences/occurrence.js';

/** A state as sign, word and colour; never colour alone. */
export interface Chip {
  readonly chipColor: 'Accent' | 'Good' | 'Warning' | 'Default';
  readonly chipText: string;
}

const looks: Readonly<Record<NewsStateName, { color: Chip['chipColor']; sign: string }>> = {
  submitted: { color: 'Accent', sign: '●' },
  inReview: { color: 'Accent', sign: '✎' },
  changesRequested: { color: 'Warning', sign: '↻' },
  accepted: { color: 'Good', sign: '✓' },
  rejected: { color: 'Default', sign: '✕' },
  withdrawn: { color: 'Default', sign: '↩' },
};

export function chipOf(language: Language, state: NewsStateName): Chip {
  const { color, sign } = looks[state];
  return { chipColor: color, chipText: `${sign} ${say(language, `news.state.${state}`)}` };
}

const occurrenceLooks: Readonly<Record<OccurrenceStateName, { color: Chip['chipColor']; sign: string }>> = {
  planned: { color: 'Accent', sign: '○' },
  confirmed: { color: 'Good', sign: '✓' },
  held: { color: 'Default', sign: '●' },
  cancelled: { color: 'Default', sign: '✕' },
};

export function occurrenceChip(language: Language, state: OccurrenceStateName): Chip {
  const { color, sign } = occurrenceLooks[state];
  return { chipColor: color, chipText: `${sign} ${say(language, `session.state.${state}`)}` };
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
