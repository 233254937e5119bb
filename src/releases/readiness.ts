import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { textStatus, type Texts } from '../content/text.js';
import type { Revisions } from './release.js';

/** A page needs a title, which every text has, and a body. */
const hasBody = (texts: Texts, language: PublicLanguage): boolean => (texts[language]?.body ?? '') !== '';

/** Public languages that can't go out without a waiver: missing, without a body, or behind the other. */
export function unreadyLanguages(texts: Texts): PublicLanguage[] {
  return publicLanguages.filter(
    (language) => textStatus(texts, language) !== 'ready' || !hasBody(texts, language),
  );
}

/** The revisions that would be published now: of each public language that has a whole text. */
export function publishableRevisions(texts: Texts): Revisions {
  return Object.fromEntries(
    publicLanguages.flatMap((language) => {
      const text = texts[language];
      return text === undefined || !hasBody(texts, language) ? [] : [[language, text.revision] as const];
    }),
  );
}
