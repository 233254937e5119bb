import { Temporal } from 'temporal-polyfill';
import { plainCharacters } from '../shared/normalise.js';
import { shownParts } from './markdown.js';

const sign = '([-+A-FU-Ya-fu-y])';
const check = '([0-9A-FHJ-NPR-Ya-fhj-npr-y])';
/** A break, spaces or marks of Markdown that are shown as typed. */
const gap = '[\\s*_]';
/** Letters may be joined to the last character (`131052-308Tn`), but not where it stands apart (`131052-308 Tampere`). */
const lastCharacter = `(?:${check}|${gap}{1,2}${check}(?!\\p{L}))(?!\\d)`;

/**
 * How a code is written: in one piece, its sign or its last character apart; its date in pairs; with the dots of a date;
 * each character apart. Other groups are left alone, as telephone numbers have them (`040 123-4567`).
 */
const patterns = [
  `(?<!\\d)(\\d{6})${gap}{0,4}${sign}${gap}{0,4}(\\d{3})${lastCharacter}`,
  `(?<!\\d)(\\d\\d${gap}{1,2}\\d\\d${gap}{1,2}\\d\\d)${gap}{0,4}${sign}${gap}{0,4}(\\d{3})${lastCharacter}`,
  `(?<!\\d)(\\d\\d\\.\\d\\d\\.\\d\\d)${sign}(\\d{3})${lastCharacter}`,
  `(?<!\\d)((?:\\d${gap}{1,2}){5}\\d)${gap}{1,4}${sign}${gap}{1,4}((?:\\d${gap}{1,2}){2}\\d)${lastCharacter}`,
].map((pattern) => new RegExp(pattern, 'gu'));
/** Hyphens, dashes and the minus that word processors put where `-` was typed. */
const dashes = /[\p{Dash_Punctuation}\u2212\u2043]/gu;
/** Ids in links, in which digits and letters may happen to be in the order of a code. */
const uuids = /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi;
const underlines = /[\p{Nonspacing_Mark}\p{Enclosing_Mark}]/gu;
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

function holdsCode(text: string): boolean {
  for (const pattern of patterns)
    for (const match of text.matchAll(pattern)) {
      const [, date = '', mark = '', three = '', joined, spaced = ''] = match;
      const [digits, individual] = [date.replace(/\D/g, ''), three.replace(/\D/g, '')];
      const [day = '', month = '', year = ''] = digits.match(/\d\d/g) ?? [];
      const fullYear = centuryOf(mark.toUpperCase()) + Number(year);
      const expected = checkCharacters[Number(digits + individual) % 31];
      const isRight = expected === (joined ?? spaced).toUpperCase();
      if (isRight && isDate(Number(day), Number(month), fullYear)) return true;
    }
  return false;
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

const comparable = (text: string): string =>
  plainCharacters(text).replace(underlines, '').replace(dashes, '-').replace(uuids, ' ');

/** The text as it was written, as Markdown shows it, and each of them with its addresses decoded. */
function* readings(text: string): Generator<string> {
  for (const part of [text, ...shownParts(text)]) {
    yield part;
    const decoded = percentDecoded(part);
    if (decoded !== part) yield decoded;
  }
}

/**
 * Whether a reader of the text finds a Finnish personal identity code in it: a real date, any of the century signs in
 * use since 2023, and the right check character (https://dvv.fi/en/reform-of-personal-identity-code). Any dash counts
 * as `-`, and what Markdown, addresses and invisible characters hide is looked at as it is shown. Other digit runs pass.
 */
export function hasPersonalId(text: string): boolean {
  for (const reading of readings(text)) if (holdsCode(comparable(reading))) return true;
  return false;
}

/** Stands for each digit that is masked. */
export const maskSign = '●';
const mask = `${maskSign.repeat(6)}-${maskSign.repeat(4)}`;

/**
 * The text with its personal identity codes masked and all else as it was. Where a code is hidden among marks that only
 * a reader does not see, every digit of the text is masked.
 */
export function maskedPersonalIds(text: string): string {
  if (!hasPersonalId(text)) return text;
  const direct = patterns.reduce((masked, pattern) => masked.replace(pattern, mask), text);
  return hasPersonalId(direct) ? text.replace(/\p{Nd}/gu, maskSign) : direct;
}
