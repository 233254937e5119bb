import { Temporal } from 'temporal-polyfill';

const pattern = /(?<![0-9A-Za-z])(\d{2})(\d{2})(\d{2})([-+A-FU-Ya-fu-y])(\d{3})([0-9A-Ya-y])(?![0-9A-Za-z])/g;
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
 * 2023, and the right check character
 * (https://dvv.fi/en/reform-of-personal-identity-code). Other digit runs pass.
 */
export function hasPersonalId(text: string): boolean {
  for (const match of text.matchAll(pattern)) {
    const [, day = '', month = '', year = '', sign = '', individual = '', check = ''] = match;
    const fullYear = centuryOf(sign.toUpperCase()) + Number(year);
    const expected = checkCharacters[Number(`${day}${month}${year}${individual}`) % 31];
    if (expected === check.toUpperCase() && isDate(Number(day), Number(month), fullYear)) return true;
  }
  return false;
}
