/** The languages in which the programme owes its public texts. */
export const publicLanguages = ['fi', 'sv'] as const;
export type PublicLanguage = (typeof publicLanguages)[number];

/** The languages of Big Room's texts for people. */
export const languages = ['fi', 'sv', 'en'] as const;
export type Language = (typeof languages)[number];

/** The other of the two public languages. */
export function otherLanguage(language: PublicLanguage): PublicLanguage {
  return language === 'fi' ? 'sv' : 'fi';
}

/** The language to use for a locale such as `sv-FI`; Finnish where it is none of ours. */
export function languageOf(locale: string | undefined): Language {
  const short = locale?.slice(0, 2).toLowerCase();
  return languages.find((language) => language === short) ?? 'fi';
}

/** The language to show of what exists in several: the wanted one, else the first that there is. */
export function availableLanguage(
  texts: Readonly<Partial<Record<Language, unknown>>>,
  wanted: Language,
): Language | undefined {
  return [wanted, ...languages].find((language) => texts[language] !== undefined);
}
