/** Octets that fit on one line, its end not counted (RFC 5545 3.1). */
const maxOctets = 75;

/** A line's end (RFC 5545 3.1). */
const lineEnd = '\r\n';

/** The value of a property, safe to stand on a line: made by the functions of this file alone. */
export interface Value {
  readonly raw: string;
}

/** Parameters of a property, by name; what is `undefined` is left out. */
type Parameters = Readonly<Record<string, string | undefined>>;

/** Line ends of every kind; Unicode has more of them than ASCII. */
const lineEnds = /\r\n|[\r\n\u0085\u2028\u2029]/g;

/** Control characters that no value may hold (RFC 5545 3.1, CONTROL), but for the tab and the end of a line. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** A half of a surrogate pair alone is no character and can't be written as UTF-8. */
const loneSurrogates = /\p{Surrogate}/gu;

function clean(text: string): string {
  return text.replace(lineEnds, '\n').replace(controls, '').replace(loneSurrogates, '\u{fffd}');
}

/** What a person wrote, as a TEXT value with its special characters escaped (RFC 5545 3.3.11). */
export function text(value: string): Value {
  return {
    raw: clean(value)
      .replace(/[\\;,]/g, '\\$&')
      .replaceAll('\n', '\\n'),
  };
}

/** As {@link text}, in one line: for titles and names. */
export function lineOfText(value: string): Value {
  return text(clean(value).replace(/\s+/g, ' ').trim());
}

/** A value that the writer made itself and that needs no escaping: a number, a date, a rule, a word of the standard. */
export function plain(value: string | number): Value {
  return { raw: clean(String(value)).replaceAll('\n', '') };
}

/** A web address (RFC 5545 3.3.13), percent-encoded; `undefined` where the text is no http(s) address. */
export function webAddress(value: string): Value | undefined {
  if (!URL.canParse(value)) return undefined;
  const { protocol, href } = new URL(value);
  return protocol === 'https:' || protocol === 'http:' ? { raw: href } : undefined;
}

/** A mail address as CAL-ADDRESS (RFC 5545 3.3.3), percent-encoded as RFC 6068 2 wants it. */
export function mailAddress(address: string): Value {
  const encoded = encodeURI(clean(address).replaceAll('\n', ''));
  return { raw: `mailto:${encoded.replace(/[?#&;,:/]/g, encodeURIComponent)}` };
}

/**
 * A parameter's value in quotes, so that commas and colons in it are no separators. A quotation mark can't stand in
 * it at all and the escape of RFC 6868 is unknown to Outlook, so it becomes an apostrophe; the caret is escaped.
 */
function parameter(value: string): string {
  const safe = clean(value).replace(/\s+/g, ' ').replaceAll('"', "'").replaceAll('^', '^^');
  return /^[A-Za-z0-9/-]+$/.test(safe) ? safe : `"${safe.trim()}"`;
}

/** One property as a line that is not folded yet: `NAME;PARAMETER=value:value`. */
export function line(name: string, value: Value, parameters: Parameters = {}): string {
  const named = Object.entries(parameters).flatMap(([key, given]) =>
    given === undefined ? [] : [`;${key}=${parameter(given)}`],
  );
  return `${name}${named.join('')}:${value.raw}`;
}

/** Breaks a line so that no part is longer than 75 octets of UTF-8, never within a character (RFC 5545 3.1). */
function fold(whole: string): string {
  const deps: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of whole) {
    const size = Buffer.byteLength(character);
    if (octets + size > maxOctets) {
      deps.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...deps, part].join(lineEnd);
}

/** Lines as the text of a file, folded and ended as the standard wants them. */
export function fileOf(lines: readonly string[]): string {
  return lines.map((whole) => fold(whole) + lineEnd).join('');
}
