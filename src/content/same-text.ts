import { AppError } from '../platform/errors.js';
import { languages, type Language } from '../shared/languages.js';
import { textParts } from './deviation.js';
import type { TextContent, Texts } from './text.js';

/** How many words that are no names a part must have before its sameness means anything: a body, in one paragraph. */
const leastWords = { title: 2, lead: 3, body: 6 } as const satisfies Record<keyof TextContent, number>;

/** Addresses and links are the same in each language. */
const addresses = /\S*(?:@|:\/\/|www\.)\S*/g;
/** Words that begin with a small letter: names and numbers are the same in each language, and codes have digits. */
const plainWords = /(?<![\p{L}\p{N}])\p{Ll}[\p{L}-]+(?![\p{L}\p{N}])/gu;

const saysMuch = (text: string, least: number): boolean =>
  (text.replace(addresses, ' ').match(plainWords)?.length ?? 0) >= least;

const normalised = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

const paragraphs = (body: string): string[] => body.split(/\n\s*\n/);

/** The parts in which two texts say the same in the same words; what is names and numbers alone counts for nothing. */
export function sameParts(one: TextContent, other: TextContent): (keyof TextContent)[] {
  return textParts.filter((part) => {
    const theirs = new Set(paragraphs(other[part]).map(normalised));
    return paragraphs(one[part]).some(
      (text) => saysMuch(text, leastWords[part]) && theirs.has(normalised(text)),
    );
  });
}

/**
 * Nobody says that a text is ready which was copied from another language and not translated, unless they say that they want
 * to. A text that the other one was found ready beside was asked about then.
 * @throws AppError `text.sameAsOther` with the `language`, the `other` that has the same, and the `parts`, joined by `_`.
 */
export function requireTranslated(
  {
    id,
    texts,
    originalLanguage,
  }: { readonly id: string; readonly texts: Texts; readonly originalLanguage: Language },
  language: Language,
  { although }: { readonly although: boolean | undefined },
): void {
  const text = texts[language];
  if (although === true || text === undefined || text.ready === text.revision) return;
  for (const other of languages) {
    const beside = other === language ? undefined : texts[other];
    if (beside === undefined) continue;
    const isReady = beside.ready === beside.revision;
    // What a copy that nobody works on yet was made from needs no translation.
    if (language === originalLanguage && !isReady) continue;
    if (isReady && beside.checked[language] === text.revision) continue;
    const parts = sameParts(text, beside);
    if (parts.length > 0)
      throw new AppError('text.sameAsOther', { id, language, other, parts: parts.join('_') });
  }
}
