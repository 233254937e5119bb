import type { IntlMessageFormat } from 'intl-messageformat';
import type { Values } from './keys.js';

/** Marks where a value ended that ends a sentence by itself. Private use: no text that people write keeps it. */
const end = '\u{E000}';
/** The full stop of the text after such a value, with the quotation mark that closes the value. */
const afterEnd = new RegExp(`${end}([”’]?)\\.(?!\\.)`, 'gu');

/**
 * A text with its placeholders filled in. Its full stop is left out after a value that has one already: a Finnish date
 * (`ti 1.12.`), an abbreviation, or a sentence that somebody typed.
 */
export function fill(format: IntlMessageFormat, values: Values): string {
  const marked = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' && /[.!?…]$/u.test(value) ? value + end : value,
  ]);
  const text = format.format(Object.fromEntries(marked) as Values) as string;
  return text.replace(afterEnd, '$1').replaceAll(end, '');
}
