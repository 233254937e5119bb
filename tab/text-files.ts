import type { Language } from '../src/shared/languages.js';
import commonEn from '../src/i18n/common/en.json?url';
import commonFi from '../src/i18n/common/fi.json?url';
import commonSv from '../src/i18n/common/sv.json?url';
import tabEn from '../src/i18n/tab/en.json?url';
import tabFi from '../src/i18n/tab/fi.json?url';
import tabSv from '../src/i18n/tab/sv.json?url';
import type { Api } from './api.js';

const files: Readonly<Record<Language, readonly [string, string]>> = {
  fi: [commonFi, tabFi],
  sv: [commonSv, tabSv],
  en: [commonEn, tabEn],
};

/** The ICU texts of one language, as they came. */
export interface LoadedTexts {
  readonly language: Language;
  readonly texts: Readonly<Record<string, string>>;
}

/** Fetches the texts of one language: never the others. */
export async function loadTexts(api: Pick<Api, 'file'>, language: Language): Promise<LoadedTexts> {
  const parts = await Promise.all(files[language].map((file) => api.file(file)));
  const texts = Object.assign({}, ...parts.map((part): unknown => JSON.parse(part))) as Record<
    string,
    string
  >;
  return { language, texts };
}
