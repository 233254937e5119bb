/** The headers of the part, and its line ends round it. */
const partHeaders =
  'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'.length;
/** Of the 76 on a line, what mailers put there at least, on average: they break before words and never within a character. */
const lineCharacters = 65;
const lineBreak = '=\r\n'.length;

function encodedWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return character === '=' ? 3 : 1;
  if (code < 0x80) return 3;
  if (code < 0x800) return 6;
  return code < 0x10000 ? 9 : 12;
}

/**
 * Bytes of a mail's HTML part as it travels, to within two in a hundred and never fewer: quoted-printable, in which `ä`
 * takes six (https://www.rfc-editor.org/rfc/rfc2045#section-6.7), with its headers. Mail programs that cut a long mail
 * count these.
 */
export function travelBytes(html: string): number {
  let [bytes, column] = [partHeaders, 0];
  for (const character of html) {
    if (character === '\n') {
      bytes += 2;
      column = 0;
      continue;
    }
    const width = encodedWidth(character);
    if (column + width > lineCharacters) {
      bytes += lineBreak;
      column = 0;
    }
    bytes += width;
    column += width;
  }
  return bytes;
}

/** What a piece of HTML adds to {@link travelBytes} at most, wherever it stands. */
export const addedTravelBytes = (html: string): number => travelBytes(html) - partHeaders + lineBreak;
