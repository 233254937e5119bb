import { IntlMessageFormat } from 'intl-messageformat';
import type { CommonKey, TabKey, Values } from '../src/i18n/keys.js';
import type { Language } from '../src/shared/languages.js';
import type { LoadedTexts } from './text-files.js';

export type TextKey = CommonKey | TabKey;

/** All that the tab can say, in one language. */
export interface Texts {
  readonly language: Language;
  /** The text of a key with its ICU places filled in. A key without a text shows itself. */
  t(key: TextKey, values?: Values): string;
}

/** `t` over texts that have been fetched. */
export function textsOf({ language, texts }: LoadedTexts): Texts {
  const formats = new Map<string, IntlMessageFormat>();
  return {
    language,
    t(key, values) {
      const text = texts[key] ?? key;
      if (!text.includes('{')) return text;
      const format =
        formats.get(key) ?? new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
      formats.set(key, format);
      return format.format(values ?? {}) as string;
    },
  };
}
