import type { Language } from '../../../src/shared/languages.js';
import type { TextContent } from '../../../src/content/text.js';
import { remember, remembered } from '../chosen.js';

/** A text not stored yet, kept on this device until it is. */
export interface Draft {
  /** The revision over which they were written. */
  readonly basedOn: number;
  readonly words: TextContent;
}

export interface DraftPlace {
  readonly personId: string;
  readonly subjectId: string;
  readonly language: Language;
}

const keyOf = ({ personId, subjectId, language }: DraftPlace): string =>
  `draft.${personId}.${subjectId}.${language}`;

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null || !('basedOn' in value) || !('words' in value))
    return false;
  const { basedOn, words } = value;
  if (typeof basedOn !== 'number' || typeof words !== 'object' || words === null) return false;
  return ['title', 'lead', 'body'].every(
    (field) => typeof (words as Record<string, unknown>)[field] === 'string',
  );
}

export function readDraft(place: DraftPlace): Draft | undefined {
  try {
    const draft: unknown = JSON.parse(remembered(keyOf(place)) ?? 'null');
    return isDraft(draft) ? draft : undefined;
  } catch {
    return undefined;
  }
}

export function keepDraft(place: DraftPlace, draft: Draft | undefined): void {
  remember(keyOf(place), draft === undefined ? undefined : JSON.stringify(draft));
}
