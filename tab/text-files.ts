import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import files from 'virtual:texts';
import type { Language } from '../src/shared/languages.js';
import type { Api } from './api.js';

/** The ICU texts of one language, as they came: those with placeholders are parsed already. */
export interface LoadedTexts {
  readonly language: Language;
  readonly texts: Readonly<Record<string, string | MessageFormatElement[]>>;
}

/** Fetches the texts of one language: never the others. */
export async function loadTexts(api: Pick<Api, 'file'>, language: Language): Promise<LoadedTexts> {
  const texts = JSON.parse(await api.file(files[language])) as LoadedTexts['texts'];
  return { language, texts };
}
