// Mail addresses as people have them: copied out of mail programs, spreadsheets and web pages. Runs in the browser too.

/** Characters that nobody sees and that only come along when text is copied. Joiners stay: some scripts need them. */
const unseen = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;

/** The text without what isn't seen, and with one plain space where there is white space; none at its ends. */
export function tidied(text: string): string {
  return text.replace(unseen, '').replace(/\s+/g, ' ').trim();
}

const pairs: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '”': '”',
  '“': '”',
  '’': '’',
  '‘': '’',
};

/** The text inside quotation marks that surround all of it; any other text as it is. */
export function unquoted(text: string): string {
  const inner = text.slice(1, -1);
  if (text.length < 2 || pairs[text.slice(0, 1)] !== text.slice(-1)) return text;
  return inner
    .replace(/""/g, '"')
    .replace(/\\(["\\])/g, '$1')
    .trim();
}

/** A quoted text at the start of a piece, up to the mark that is followed by the end of the piece or by `<`. */
const quoted = String.raw`(?=")(?<=(?:^|[;,\t\n])[^\S\t\n]*)"(?:[^"\\]|""|\\.)*"(?=[^\S\t\n]*(?:[<;,\t\n]|$))`;
const tokens = new RegExp(String.raw`${quoted}|<[^<>\n]*>|[^"<;,\t\n]+|[^]`, 'gu');
const quotedTokens = new RegExp(quoted, 'gu');

/** The pieces of a text between separators, but for separators inside quotation marks and `<…>`. */
export function piecesOf(text: string, separators: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const [token] of text.matchAll(tokens)) {
    if (token.length > 1 || !separators.includes(token)) piece += token;
    else {
      pieces.push(piece);
      piece = '';
    }
  }
  return [...pieces, piece].map((each) => each.trim());
}

/** Whether a piece begins with a quotation mark that nothing closes, so that the next line may belong to it. */
export function hasOpenQuote(text: string): boolean {
  return /(?:^|[;,\t\n])[^\S\t\n]*"/.test(text.replace(quotedTokens, ''));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An address without what stands round it: `<…>`, `mailto:`, quotation marks, brackets, a separator behind it. */
function bare(text: string): string {
  const inner = unquoted(text.replace(/[\s;,.]+$/, '').replace(/^[\s;,]+/, ''));
  const plain = inner.replace(/^[<([](.*)[>)\]]$/, '$1').trim();
  const scheme = /^(?:mailto|smtp):/i.exec(plain);
  const found = scheme ? decoded(plain.slice(scheme[0].length).replace(/\?.*$/, '')) : plain;
  return found === text ? found : bare(found);
}

/** Beyond this it is no address, whatever stands round it. */
const maxMailbox = 1000;

/**
 * A name and an address, such as `"Virtanen, Eeva" <eeva@example.org>` or `eeva@example.org (Eeva)`; the name is empty
 * where there is none. Whether the address is one is not looked at.
 */
export function mailboxOf(text: string): { readonly name: string; readonly address: string } {
  if (text.length > maxMailbox) return { name: '', address: text.trim() };
  const plain = tidied(text).replace(/[\s;,]+$/, '');
  const whole = plain.includes('<') ? unquoted(plain) : plain;
  const [, before = '', inside = ''] = /^([^<>]*)<([^<>]*)>$/.exec(whole) ?? [];
  const [, first = '', comment = ''] = /^([^\s()<>]+@[^\s()<>]+) \(([^()]*)\)$/.exec(whole) ?? [];
  const name = unquoted((inside === '' ? comment : before).trim());
  const address = bare(inside || first || whole);
  // Mail programs write an address twice where they know no name.
  return { name: bare(name).toLowerCase() === address.toLowerCase() ? '' : name, address };
}

/**
 * Whether a text is meant as an address and is none: `kalle at example.fi`, `kalle(at)example.fi`, `Kalle <kalle.example.fi>`,
 * `Kalle <>`.
 */
export function isBrokenAddress(text: string): boolean {
  if (text.length > maxMailbox) return false;
  const plain = tidied(text);
  if (/[@＠]/.test(plain)) return false;
  return (
    /<[^<>]*>$/.test(plain) ||
    /\S ?(?:[([{] ?(?:at|ät|a) ?[)\]}]| at ) ?\S+(?:\.| dot | piste )\S+$/i.test(plain)
  );
}
