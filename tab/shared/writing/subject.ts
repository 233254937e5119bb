import type { Language, PublicLanguage } from '../../../src/shared/languages.js';
import type { TextContent, Texts } from '../../../src/content/text.js';

/** Something that is told in both languages: a news item, a release. */
export interface Subject {
  readonly id: string;
  /** Its address; below it are `texts/<language>` and `texts/<language>/history`. */
  readonly path: string;
  readonly texts: Texts;
  /** The language in which it was told first, where there is one. */
  readonly originalLanguage?: Language;
  /** Where it is to be read; the narrowest tells how long it should be. */
  readonly channels: readonly string[];
  /** Stores words over a revision, shows what came of it, and gives the texts as they then stand. Must not change while the subject stays. */
  readonly save: (language: Language, words: TextContent, basedOn: number) => Promise<Texts>;
  /** Marks a language as looked at beside the other; says so, and what went wrong. */
  readonly check: (language: PublicLanguage) => Promise<void>;
}
