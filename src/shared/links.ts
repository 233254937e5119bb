const control = /[\u0000-\u001F\u007F\u2028\u2029]/;
const number = /^\+?[\d().-]{3,30}$/;
const mailboxPattern = /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+\.[^\s@<>()[\],;:\\"]+$/;
/** Of the headers that a `mailto:` address may set, those that only write the mail: none that sends it to more people. */
const mailHeaders = new Set(['subject', 'body']);

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Line breaks would let it add headers of its own (RFC 6068, 7). */
function isMail(rest: string): boolean {
  const [to = '', query = '', ...more] = rest.split('?');
  if (more.length > 0 || !mailboxPattern.test(decoded(to) ?? '')) return false;
  return [...new URLSearchParams(query)].every(
    ([name, value]) => mailHeaders.has(name.toLowerCase()) && !control.test(value),
  );
}

/**
 * The address, read; `undefined` where it is none. `URL.canParse` is not asked: once it has been called some thousands of times,
 * Node 20 answers that an address with a letter such as ä is none.
 */
export function urlOf(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

const withoutScheme = /^[^\s/?#@:]+\.[a-z\u00a1-\uffff]{2,}(:\d+)?([/?#]\S*)?$/iu;

/** The name of a file on somebody's disk, which is no host. */
const fileName = /^[^/?#]+\.(csv|docx?|jpe?g|odp|ods|odt|pdf|png|pptx?|rtf|txt|xlsx?)$/iu;

/** An address as people write it, such as `www.example.org/page`, with the `https://` that it lacks; others as they are. */
export function completedLink(address: string): string {
  const text = address.trim();
  return withoutScheme.test(text) && !fileName.test(text) ? `https://${text}` : text;
}

/** Whether a name or a password stands before the host: it would be given away, and it makes one host look like another. */
export function namesSomebody(address: string): boolean {
  const url = urlOf(address);
  return url !== undefined && (url.username !== '' || url.password !== '');
}

const isWeb = (address: string): boolean =>
  /^https?:\/\/./i.test(address) && urlOf(address) !== undefined && !namesSomebody(address);

/**
 * Whether an address may be a link in what people read, wherever that is: http, https, a mail to one person, a telephone
 * number. A link to anything else (a file on somebody's disk, a place in another document, a script) is only its text.
 */
export function isSafeLink(address: string): boolean {
  const text = address.trim();
  if (control.test(text) || /\s/.test(text)) return false;
  const [, scheme = '', rest = ''] = /^(https?|mailto|tel):(.*)$/is.exec(text) ?? [];
  switch (scheme.toLowerCase()) {
    case 'http':
    case 'https':
      return isWeb(text);
    case 'mailto':
      return isMail(rest);
    case 'tel':
      return number.test((decoded(rest) ?? '').replace(/\s/g, ''));
    default:
      return false;
  }
}
