import { withDatesWritten } from './dates.js';
import type { Language } from './languages.js';

/**
 * What the text of an error may name of its facts, such as `{who}`: those that are a text or a number, with dates as people
 * write them. A text asks for what its code always has.
 */
export function errorValues(
  language: Language,
  facts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string | number>> {
  const sayable = Object.entries(facts).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return withDatesWritten(language, Object.fromEntries(sayable));
}
