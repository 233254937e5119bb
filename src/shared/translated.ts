import { type Language, languages, publicLanguages } from './languages.js';

/** What somebody wrote, and the same in other languages as far as somebody has put it into them. */
export interface Translated<Words extends object> {
  /** In which it was written; absent where that was not asked, as in older releases. */
  readonly language?: Language;
  readonly translations?: Readonly<Partial<Record<Language, Words>>>;
}

/** The words in the readers' language where they exist in it, else as they were written; `language` is that of the words. */
export function translatedTo<Value extends Translated<object>>(wanted: Language, value: Value): Value {
  const words = value.language === wanted ? undefined : value.translations?.[wanted];
  return words === undefined ? value : { ...value, ...words, language: wanted };
}

/** The public languages other than the one in which something was written: those into which it is to be put. */
export function otherLanguages(written: Language): readonly Language[] {
  return publicLanguages.filter((language) => language !== written);
}

/** The languages in which something that was written is still owed; none where nobody knows in which it was written. */
export function missingTranslations({ language, translations }: Translated<object>): readonly Language[] {
  if (language === undefined) return [];
  return otherLanguages(language).filter((other) => translations?.[other] === undefined);
}

/** A longer text in which each language is written, and versioned, by itself. */
interface Readable extends Translated<{ readonly text: string }> {
  readonly text: string;
}

const isWritten = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

/**
 * The text of a language, with what else is kept of it; `undefined` where none has been written. What was written without
 * its language is of none of them.
 */
export function textIn<Value extends Readable>(
  language: Language,
  value: Value | undefined,
): Value | NonNullable<NonNullable<Value['translations']>[Language]> | undefined {
  if (value === undefined || value.language === language) return value;
  return value.translations?.[language];
}

/**
 * What there is to read: the text in the readers' language, else as it was first written, else in any other. `language` is
 * absent where nobody knows it.
 */
export function textToRead(
  wanted: Language,
  value: Readable | undefined,
): { readonly text: string; readonly language?: Language } | undefined {
  if (value === undefined) return undefined;
  const own = textIn(wanted, value);
  if (own !== undefined && isWritten(own.text)) return { text: own.text, language: wanted };
  if (isWritten(value.text))
    return { text: value.text, ...(value.language !== undefined && { language: value.language }) };
  const other = languages.find((language) => isWritten(value.translations?.[language]?.text));
  return other && { text: value.translations?.[other]?.text ?? '', language: other };
}

/** The public languages in which a text is still owed, once it has been written in any. */
export function missingTexts(value: Readable | undefined): readonly Language[] {
  if (value?.language === undefined || textToRead(value.language, value) === undefined) return [];
  return publicLanguages.filter((language) => !isWritten(textIn(language, value)?.text));
}
