import { languages, type Language } from '../../src/shared/languages.js';

type Titles = Readonly<Partial<Record<Language, string>>>;

/** The title in the wanted language, else in the first that there is, with the language that it is in. */
export function titleOf(
  titles: Titles,
  wanted: Language,
): { readonly title: string; readonly language: Language } {
  const language = [wanted, ...languages].find((candidate) => titles[candidate] !== undefined) ?? wanted;
  return { title: titles[language] ?? '', language };
}

export function titleIn(wanted: Language, titles: Titles): string {
  return titleOf(titles, wanted).title;
}
