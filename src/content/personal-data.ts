import { Temporal } from 'temporal-polyfill';
import { plainCharacters } from '../shared/normalise.js';
import { shownParts } from './markdown.js';

/**
 * Letters may be joined to a code (`hetu131052-308T`, `131052-308Tn`), and a break, spaces or marks of Markdown that
 * are shown as typed may be round its sign.
 */
const pattern =
  /(?<!\d)(\d{2})(\d{2})(\d{2})[\s*_]{0,4}([-+A-FU-Ya-fu-y])[\s*_]{0,4}(\d{3})([0-9A-FHJ-NPR-Ya-fhj-npr-y])(?!\d)/g;
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
  for (const match of text.matchAll(pattern)) {
    const [, day = '', month = '', year = '', sign = '', individual = '', check = ''] = match;
    const fullYear = centuryOf(sign.toUpperCase()) + Number(year);
    const expected = checkCharacters[Number(`${day}${month}${year}${individual}`) % 31];
    if (expected === check.toUpperCase() && isDate(Number(day), Number(month), fullYear)) return true;
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

const mask = '●●●●●●-●●●●';

/**
 * The text with its personal identity codes masked and all else as it was. Where a code is hidden among marks that only
 * a reader does not see, every digit of the text is masked.
 */
export function maskedPersonalIds(text: string): string {
  if (!hasPersonalId(text)) return text;
  const direct = text.replace(pattern, mask);
  return hasPersonalId(direct) ? text.replace(/\p{Nd}/gu, '●') : direct;
}
