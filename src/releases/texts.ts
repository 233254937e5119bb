import { languages, publicLanguages, type PublicLanguage } from '../shared/languages.js';
import type { NewsItem } from '../news/types.js';
import { textStatus, type Text, type Texts } from '../content/text.js';
import type { Release, Revisions } from './types.js';

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

/** Own copies of an item's texts: each starts anew at revision 1, behind the other where it was behind. */
export function copyTexts(texts: Texts, at: string): Texts {
  const copy = (text: Text): Text => ({
    ...text,
    revision: 1,
    at,
    checked: Object.fromEntries(
      languages.flatMap((other) => {
        const seen = text.checked[other];
        return seen === undefined ? [] : [[other, seen >= (texts[other]?.revision ?? 0) ? 1 : 0] as const];
      }),
    ),
  });
  return Object.fromEntries(
    languages.flatMap((language) => {
      const text = texts[language];
      return text === undefined ? [] : [[language, copy(text)] as const];
    }),
  );
}

/** The item's texts that are newer than those last taken from it. */
export function newerTexts(
  { source }: Release,
  item: NewsItem | undefined,
): Partial<Record<PublicLanguage, Text>> {
  const taken = source?.revisions ?? {};
  return Object.fromEntries(
    publicLanguages.flatMap((language): [PublicLanguage, Text][] => {
      const text = item?.texts[language];
      return text !== undefined && text.revision > (taken[language] ?? 0) ? [[language, text]] : [];
    }),
  );
}
