/** Characters that no list has, and that come where something else than a text is read as one. */
const binary = /[\u0000-\u0008\u000e-\u001f]/;

/**
 * The text of a file: in the encoding that its beginning names (UTF-8, UTF-16), else UTF-8 where all of it is that, else
 * Windows-1252, in which spreadsheets here save. Undefined where it is no text, such as a workbook.
 */
export function decodeList(bytes: Uint8Array): string | undefined {
  const [one, two] = bytes;
  const text =
    one === 0xff && two === 0xfe
      ? new TextDecoder('utf-16le').decode(bytes)
      : one === 0xfe && two === 0xff
        ? new TextDecoder('utf-16be').decode(bytes)
        : utf8Of(bytes);
  return binary.test(text.slice(0, 10_000)) ? undefined : text;
}

function utf8Of(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
