import { Temporal } from 'temporal-polyfill';
import { AppError, type FieldFault } from '../platform/errors.js';

const pattern = /(?<![0-9A-Za-z])(\d{2})(\d{2})(\d{2})([-+A-FU-Ya-fu-y])(\d{3})([0-9A-Ya-y])(?![0-9A-Za-z])/g;
/** Hyphens, dashes and the minus that word processors put where `-` was typed, and the hyphen that is not seen. */
const dashes = /[\u2010-\u2015\u2212\u00AD]/g;
const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';

function centuryOf(sign: string): number {
  if (sign === '+') return 1800;
  return /[A-F]/.test(sign) ? 2000 : 1900;
}

function isDate(day: number, month: number, year: number): boolean {
  try {
    Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the text holds a Finnish personal identity code: a real date, any of the century signs in use since
 * 2023 with any dash for `-`, and the right check character
 * (https://dvv.fi/en/reform-of-personal-identity-code). Other digit runs pass.
 */
export function hasPersonalId(text: string): boolean {
  for (const match of text.replace(dashes, '-').matchAll(pattern)) {
    const [, day = '', month = '', year = '', sign = '', individual = '', check = ''] = match;
    const fullYear = centuryOf(sign.toUpperCase()) + Number(year);
    const expected = checkCharacters[Number(`${day}${month}${year}${individual}`) % 31];
    if (expected === check.toUpperCase() && isDate(Number(day), Number(month), fullYear)) return true;
  }
  return false;
}

/**
 * Stops texts that look like a person's data before they are stored; `fields` are the texts by field name.
 * @throws AppError `text.personalData` with the fields that hold it.
 */
export function assertNoPersonalData(fields: Readonly<Record<string, string>>): void {
  const faults = Object.entries(fields)
    .filter(([, text]) => hasPersonalId(text))
    .map(([field]): FieldFault => ({ field, code: 'personalId' }));
  if (faults.length > 0) throw new AppError('text.personalData', { fields: faults });
}
