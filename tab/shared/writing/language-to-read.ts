import { publicLanguages, type Language, type PublicLanguage } from '../../../src/shared/languages.js';
import type { Subject } from './subject.js';

/** Which text to show where there is room for one: the reader's own language, else the one in which it was told. */
export function languageToRead(
  subject: Pick<Subject, 'texts' | 'originalLanguage'>,
  reader: Language,
): PublicLanguage {
  const wishes = [reader, subject.originalLanguage, ...publicLanguages];
  const isThere = (language: PublicLanguage): boolean => subject.texts[language] !== undefined;
  const own = publicLanguages.find((language) => language === reader);
  for (const wish of wishes) {
    const language = publicLanguages.find((candidate) => candidate === wish);
    if (language !== undefined && isThere(language)) return language;
  }
  return own ?? 'fi';
}
