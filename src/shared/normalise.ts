/** What takes no room: soft hyphens, zero-width and direction marks, variation selectors, tags, annotation marks. */
const invisible = '[\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB]';

const picture = '\\p{Extended_Pictographic}(?:[\\uFE0E\\uFE0F]|\\p{Emoji_Modifier})?';
/** An emoji is kept whole: joiners, selectors and the tags of a flag are what it is made of. */
const emoji = [
  '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}',
  `${picture}(?:\\u200D${picture})*`,
  '[0-9#*]\\uFE0F\\u20E3',
].join('|');

const emojiOrInvisible = new RegExp(`(${emoji})|${invisible}`, 'gu');
const allInvisible = new RegExp(invisible, 'gu');

/** Word processors show a soft hyphen here as a hyphen: a personal identity code must not lose its sign. */
const hyphenOfCode = /(?<=\d{6})\u00AD(?=\d{3})/g;

/**
 * Text as it is kept: composed (NFC) and without characters that can't be seen, which come along when text is copied
 * from web pages and word processors. Emoji stay as they are.
 */
export function normalise(text: string): string {
  return text
    .replace(hyphenOfCode, '-')
    .replace(emojiOrInvisible, (_, kept: string | undefined) => kept ?? '')
    .normalize('NFC');
}

/** Text for comparing only: without characters that can't be seen, and with ligatures and full-width forms as plain ones (NFKC). */
export function plainCharacters(text: string): string {
  return text.replace(hyphenOfCode, '-').replace(allInvisible, '').normalize('NFKC');
}

const maxNameCharacters = 120;

/** The name of somebody or something as another system has it: one line of at most 120 characters. */
export function shownName(name: string): string {
  const line = normalise(name)
    .replace(/[\p{Control}\s]+/gu, ' ')
    .replace(/\p{Surrogate}/gu, '')
    .trim();
  return Array.from(line).slice(0, maxNameCharacters).join('').trimEnd();
}
