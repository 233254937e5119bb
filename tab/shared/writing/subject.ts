import type { TextContent, Texts } from '../../../src/content/text.js';
import { publicLanguages, type Language, type PublicLanguage } from '../../../src/shared/languages.js';

/** Something written in both languages: a news item, wherever it is read. */
export interface Subject {
  readonly id: string;
  /** Its address; below it are `texts/<language>` and `texts/<language>/history`. */
  readonly path: string;
  readonly texts: Texts;
  /** In which languages it is owed; all where it is not said. */
  readonly owed?: readonly PublicLanguage[] | undefined;
  /** The language in which it was written first, where there is one. */
  readonly originalLanguage?: Language;
  /** Where it is to be read; the narrowest decides how long it should be. */
  readonly channels: readonly string[];
  /** Stores words over a revision, shows what came of it, and gives the texts as they then stand. Must not change while the subject stays. */
  readonly save: (language: Language, content: TextContent, basedOn: number) => Promise<Texts>;
  /** Says that a language is ready, beside the others as they stand; tells what came of it. */
  readonly ready: (language: Language) => Promise<void>;
}

/** Somebody else who has it open now. */
export interface Other {
  readonly person: { readonly id: string; readonly name: string };
  readonly isTyping: boolean;
  /** In which of its texts they are. */
  readonly language?: PublicLanguage;
}

/** The id of a field in a language's column, by which keys and labels find it. */
export function fieldId(
  language: Language,
  part: 'title' | 'lead' | 'start' | 'heading' | 'history',
): string {
  return `text-${language}-${part}`;
}

/** The id of the place above the columns where a conflict is shown in full width. */
export const conflictPlace = 'text-conflicts';

/** Which text to show where there is room for one: the reader's own language, else the one in which it was written. */
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
