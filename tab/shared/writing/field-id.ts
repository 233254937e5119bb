import type { Language } from '../../../src/shared/languages.js';

/** The id of a field in a language's column, by which keys and labels find it. */
export function fieldId(
  language: Language,
  part: 'title' | 'lead' | 'start' | 'heading' | 'history',
): string {
  return `text-${language}-${part}`;
}

/** The id of the place above the columns where a conflict is shown in full width. */
export const conflictPlace = 'text-conflicts';
