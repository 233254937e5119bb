import type { Language } from '../../../src/languages.js';

/** The id of a field in a language's column, by which keys and labels find it. */
export function fieldId(
  language: Language,
  part: 'title' | 'lead' | 'start' | 'heading' | 'history',
): string {
  return `text-${language}-${part}`;
}
