/** Characters that a table key can't hold, and those with which keys are put together. */
const notInKeys = /[\u0000-\u001f\u007f-\u009f/\\#?|%]/gu;

/** Å, ä and ö come after z in Finnish and Swedish; so do these, in this order. */
const behindZ: Readonly<Record<string, string>> = { å: '{', ä: '}', ö: '~' };

const maxCharacters = 80;

/**
 * A text as it stands in a key: small letters that sort as in Finnish and Swedish, without other accents. Two texts that
 * people take for the same give the same, and the beginning of a text gives the beginning.
 */
export function sortable(text: string): string {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[{}~]/g, ' ')
    .replace(/[åäö]/g, (letter) => behindZ[letter] ?? letter)
    .normalize('NFD')
    // Pictures and rare scripts come as pairs, of which a cut could leave half.
    .replace(/[\p{Mark}\u{10000}-\u{10ffff}\p{Surrogate}]/gu, '')
    .replace(notInKeys, ' ')
    .replace(/\s+/g, ' ')
    .trimStart();
  return plain.slice(0, maxCharacters);
}
