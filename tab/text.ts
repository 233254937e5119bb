import { IntlMessageFormat } from 'intl-messageformat';
import { fill } from '../src/i18n/fill.js';
import type { CommonKey, TabKey, Values } from '../src/i18n/keys.js';
import { availableLanguage, type Language } from '../src/shared/languages.js';
import type { LoadedTexts, OtherTexts } from './text-files.js';

export type TextKey = CommonKey | TabKey;

/** All that the tab can say, in one language. */
export interface Texts {
  readonly language: Language;
  /** The text of a key with its ICU places filled in. A key without a text shows itself. */
  t(key: TextKey, values?: Values): string;
  /** Those that may be on their way still; absent where all are here. */
  readonly others?: OtherTexts;
}

/** `t` over texts that have been fetched. */
export function textsOf({ language, texts, others }: LoadedTexts): Texts {
  const formats = new Map<string, IntlMessageFormat>();
  return {
    language,
    ...(others && { others }),
    t(key, values) {
      const text = texts[key] ?? key;
      if (typeof text === 'string' && !text.includes('{')) return text;
      const format =
        formats.get(key) ?? new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
      formats.set(key, format);
      return fill(format, values ?? {});
    },
  };
}

type Titles = Readonly<Partial<Record<Language, string>>>;

/** The title in the wanted language, else in the first that there is, with the language that it is in. */
export function titleOf(
  titles: Titles,
  wanted: Language,
): { readonly title: string; readonly language: Language } {
  const language = availableLanguage(titles, wanted) ?? wanted;
  return { title: titles[language] ?? '', language };
}

export function titleIn(wanted: Language, titles: Titles): string {
  return titleOf(titles, wanted).title;
}
