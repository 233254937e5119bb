import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { languages, type Language } from '../shared/languages.js';
import type { MessageKey, Values } from './keys.js';

const areas = ['common', 'chat', 'tab', 'mail'] as const;

function load(language: Language): Readonly<Record<string, string>> {
  const deps = areas.map((area): unknown =>
    JSON.parse(readFileSync(new URL(`./${area}/${language}.json`, import.meta.url), 'utf8')),
  );
  return Object.assign({}, ...deps) as Record<string, string>;
}

const texts = Object.fromEntries(languages.map((language) => [language, load(language)])) as Record<
  Language,
  Readonly<Record<string, string>>
>;
const formats = new Map<string, IntlMessageFormat>();

/**
 * The text of a key in a language, its ICU placeholders filled in.
 * @throws Error when the key stands in no language, or a placeholder has no value: a fault of the program.
 */
export function t(language: Language, key: MessageKey, values: Values = {}): string {
  const cacheKey = `${language} ${key}`;
  let format = formats.get(cacheKey);
  if (format === undefined) {
    const text = texts[language][key];
    if (text === undefined) throw new Error(`No text for ${key} in ${language}`);
    format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
    formats.set(cacheKey, format);
  }
  return format.format(values) as string;
}

export { t as say };
