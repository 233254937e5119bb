import { say } from '../../src/i18n/messages.js';
import type { Language } from '../../src/languages.js';
import type { NewsStateName } from '../../src/news/news.js';
import { plain } from './parts.js';

/** A state as sign, word and colour; never colour alone. */
export interface Chip {
  readonly chipStyle: 'accent' | 'good' | 'warning' | 'attention' | 'emphasis';
  readonly chipText: string;
}

const looks: Readonly<Record<NewsStateName, { style: Chip['chipStyle']; sign: string }>> = {
  submitted: { style: 'accent', sign: '●' },
  inReview: { style: 'accent', sign: '✎' },
  changesRequested: { style: 'warning', sign: '↻' },
  accepted: { style: 'good', sign: '✓' },
  rejected: { style: 'emphasis', sign: '✕' },
  withdrawn: { style: 'emphasis', sign: '↩' },
};

export function chipOf(language: Language, state: NewsStateName): Chip {
  const { style, sign } = looks[state];
  // A no-break space keeps the sign with its word.
  return { chipStyle: style, chipText: `${sign}\u00A0${say(language, `news.state.${state}`)}` };
}

/** The chip, with room on its right for what belongs to it. */
export function chipRow(beside: string): object {
  return {
    type: 'ColumnSet',
    spacing: 'Medium',
    columns: [
      {
        type: 'Column',
        width: 'auto',
        style: '${chipStyle}',
        verticalContentAlignment: 'Center',
        items: [plain('${chipText}', { size: 'Small', weight: 'Bolder' })],
      },
      {
        type: 'Column',
        width: 'stretch',
        spacing: 'Small',
        verticalContentAlignment: 'Center',
        items: [plain(beside, { size: 'Small', isSubtle: true })],
      },
    ],
  };
}
