import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../shared/languages.js';
import chatEn from './chat/en.json' with { type: 'json' };
import chatFi from './chat/fi.json' with { type: 'json' };
import chatSv from './chat/sv.json' with { type: 'json' };
import commonEn from './common/en.json' with { type: 'json' };
import commonFi from './common/fi.json' with { type: 'json' };
import commonSv from './common/sv.json' with { type: 'json' };
import mailEn from './mail/en.json' with { type: 'json' };
import mailFi from './mail/fi.json' with { type: 'json' };
import mailSv from './mail/sv.json' with { type: 'json' };
import tabEn from './tab/en.json' with { type: 'json' };
import tabFi from './tab/fi.json' with { type: 'json' };
import tabSv from './tab/sv.json' with { type: 'json' };
import { fill } from './fill.js';
import type { MessageKey, Values } from './keys.js';

const texts: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fi: { ...commonFi, ...chatFi, ...tabFi, ...mailFi },
  sv: { ...commonSv, ...chatSv, ...tabSv, ...mailSv },
  en: { ...commonEn, ...chatEn, ...tabEn, ...mailEn },
};
const formats = new Map<string, IntlMessageFormat>();

/**
 * The text of a key in a language, its ICU placeholders filled in.
 * @throws Error when the key has no text in the language, or a placeholder has no value: a fault of the program.
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
  return fill(format, values);
}
