/** Whether a name or a password stands before the host: it would be given away, and it makes one host look like another. */
export function namesSomebody(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username !== '' || password !== '';
}

/**
 * Whether a line break stands in the address once it is decoded, as mail programs do: behind it a `mailto:` could add headers
 * of its own, such as more recipients (RFC 6068, 7).
 */
function breaksLine(address: string): boolean {
  return /[\r\n]|%0[ad]/iu.test(address);
}

/** Whether an address may be a link in a text: of http, https or mailto, and nothing hidden in it. */
export function isSafeLink(address: string): boolean {
  const trimmed = address.trim();
  if (/^mailto:\S/iu.test(trimmed)) return !breaksLine(trimmed);
  return /^https?:\/\/\S/iu.test(trimmed) && !namesSomebody(trimmed);
}
