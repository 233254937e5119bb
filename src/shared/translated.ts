import { type Language, publicLanguages } from './languages.js';

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
