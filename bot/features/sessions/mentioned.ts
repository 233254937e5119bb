import { Temporal } from 'temporal-polyfill';
import type { SeriesKind } from '../../../src/sessions/series/series.js';
import { normalise } from '../../../src/shared/normalise.js';

/** A day or several, as ISO dates in Helsinki, both included. */
export interface Days {
  readonly first: string;
  readonly last: string;
}

/** Which session a sentence means, as far as it says. */
export interface Mentioned {
  readonly kind?: Exclude<SeriesKind, 'own'>;
  /** What the words for the day may mean, the likeliest first: "next Tuesday" is this week's or that of the next one. */
  readonly days: readonly Days[];
}

/** Where the session lies of which somebody speaks. */
export type Direction = 'ahead' | 'back';

const weekdays: readonly RegExp[] = [
  /^(maanantai|maanantain|måndag|mandag|monday|ma$)/u,
  /^(tiistai|tiista|tisdag|tuesday|ti$)/u,
  /^(keskiviik|keskar|onsdag|wednesday|ke$)/u,
  /^(torstai|torsta|torsdag|thursday)/u,
  /^(perjantai|perjanta|fredag|friday|pe$)/u,
  /^(lauantai|lauanta|lördag|lordag|saturday)/u,
  /^(sunnuntai|sunnunta|söndag|sondag|sunday)/u,
];

/** The beginnings of the names of months in the three languages, from January. */
const months: readonly RegExp[] = [
  /^(tammiku|januari|january|jan$)/u,
  /^(helmiku|februari|february|feb$)/u,
  /^(maalisku|mars$|march|mar$)/u,
  /^(huhtiku|april|apr$)/u,
  /^(toukoku|maj$|may$)/u,
  /^(kesäku|kesaku|juni$|june|jun$)/u,
  /^(heinäku|heinaku|juli$|july|jul$)/u,
  /^(eloku|augusti|august|aug$)/u,
  /^(syysku|september|sept?$)/u,
  /^(lokaku|oktober|october|oct$|okt$)/u,
  /^(marrasku|november|nov$)/u,
  /^(jouluku|december|dec$)/u,
];

const kinds: readonly (readonly [Exclude<SeriesKind, 'own'>, RegExp])[] = [
  ['hankeradio', /hanke\s?ra+d?io|hankeraido|projekt?\s?radio|project radio/u],
  ['bigRoom', /big\s?room/u],
  ['training', /koulutu|utbildning|skolning|training|kurssi|\bkurs|\bcourse/u],
];

/** Whoever is away for longer does not say it to a bot. */
const maxPeriodDays = 180;

const iso = (date: Temporal.PlainDate): string => date.toString();
const one = (date: Temporal.PlainDate): Days => ({ first: iso(date), last: iso(date) });

/** The week of a day, from Monday to Sunday. */
function weekOf(date: Temporal.PlainDate): Days {
  const monday = date.subtract({ days: date.dayOfWeek - 1 });
  return { first: iso(monday), last: iso(monday.add({ days: 6 })) };
}

/** A date without a year: the next one, or the one before, within about half a year of which people speak so. */
function nearest(
  today: Temporal.PlainDate,
  { day, month }: { readonly day: number; readonly month: number },
  direction: Direction,
): Temporal.PlainDate | undefined {
  const years = direction === 'ahead' ? [0, 1] : [0, -1];
  for (const shift of years) {
    const date = dateOf(today.year + shift, month, day);
    if (date === undefined) continue;
    const days = today.until(date, { largestUnit: 'days' }).days;
    // Somebody may speak of what was just before as of what is next, and of what is just ahead as of the last one.
    if (direction === 'ahead' ? days >= -7 : days <= 7) return date;
  }
  return undefined;
}

function dateOf(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** A date without a year, in each of the directions in which it may lie, the likelier first. */
function undated(
  today: Temporal.PlainDate,
  named: { readonly day: number; readonly month: number },
  direction: Direction,
): Days[] {
  // Somebody may ask for the recording of what is still to come, and never comes to what is over.
  const directions: readonly Direction[] = direction === 'ahead' ? ['ahead'] : ['back', 'ahead'];
  const farthest = today.add({ months: 6 });
  const dates = directions
    .flatMap((each) => nearest(today, named, each) ?? [])
    .filter((date, at) => at === 0 || Temporal.PlainDate.compare(date, farthest) <= 0);
  return [...new Set(dates.map(iso))].map((date) => ({ first: date, last: date }));
}

/** "1.12.", "1.12.2026", "1/12"; a time of day as "9.30" is none, unless "klo" before it is left out. */
function writtenDate(text: string, today: Temporal.PlainDate, direction: Direction): Days[] {
  const plain = text.replace(/\b(?:klo|kl|kello|klockan|at)\.?\s*\d{1,2}[.:]\d{2}/gu, ' ');
  const found = /(?<!\d)(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?!\d)/u.exec(plain);
  if (found === null) return [];
  const [, day, month, year] = found;
  const named = { day: Number(day), month: Number(month) };
  if (year === undefined) return undated(today, named, direction);
  const date = dateOf(year.length === 2 ? 2000 + Number(year) : Number(year), named.month, named.day);
  return date === undefined ? [] : [one(date)];
}

/** "14.12.–3.1.", "14.–20.12.": all days from one to the other. */
function writtenPeriod(text: string, today: Temporal.PlainDate, direction: Direction): Days[] {
  const found =
    /(?<![\d.])(\d{1,2})(?:[./](\d{1,2}))?\.?(?:\d{4})?\s?[–—-]\s?(\d{1,2})[./](\d{1,2})(?!\d)/u.exec(text);
  if (found === null) return [];
  const [, day, month, lastDay, lastMonth] = found;
  const first = nearest(today, { day: Number(day), month: Number(month ?? lastMonth) }, direction);
  if (first === undefined) return [];
  const sameYear = dateOf(first.year, Number(lastMonth), Number(lastDay));
  if (sameYear === undefined) return [];
  const isBefore = Temporal.PlainDate.compare(sameYear, first) < 0;
  const last = isBefore ? sameYear.add({ years: 1 }) : sameYear;
  const isPeriod = first.until(last).days <= maxPeriodDays;
  return isPeriod ? [{ first: iso(first), last: iso(last) }] : [];
}

/** "1. joulukuuta", "den 1 december", "1st of December", "December 1", and a month alone. */
function namedDate(words: readonly string[], today: Temporal.PlainDate, direction: Direction): Days[] {
  const at = words.findIndex((word) => months.some((month) => month.test(word)));
  if (at < 0) return [];
  const month = months.findIndex((each) => each.test(words[at] ?? '')) + 1;
  const isNumber = (word: string | undefined): boolean => /^\d{1,2}(st|nd|rd|th|:?e|:?a)?$/u.test(word ?? '');
  const before = words[at - 1] === 'of' ? words[at - 2] : words[at - 1];
  const number = [before, words[at + 1]].find(isNumber);
  if (number !== undefined) {
    return undated(today, { day: Number.parseInt(number, 10), month }, direction);
  }
  // "May" and "mars" are words of their own where no day stands beside them.
  if (/^(may|mar|mars|jan|jun|jul|sep|dec|nov|feb|apr|aug|oct|okt|sept|maj)$/u.test(words[at] ?? ''))
    return [];
  const first = nearest(today, { day: today.month === month ? today.day : 1, month }, direction);
  if (first === undefined) return [];
  return [{ first: iso(first.with({ day: 1 })), last: iso(first.with({ day: first.daysInMonth })) }];
}

const nextWords = /^(ensi|ens|seuraava|seuraavan|seuraavana|nästa|nasta|next|tuleva|tulevana)$/u;
const lastWords =
  /^(viime|viimeksi|edellinen|edellisen|edellisenä|förra|forra|senaste|senast|last|previous)$/u;
const week = /^(viiko|viikk|vecka|veckan|week)/u;

function weekDays(words: readonly string[], today: Temporal.PlainDate, direction: Direction): Days[] {
  const at = words.findIndex((word) => weekdays.some((weekday) => weekday.test(word)));
  if (at < 0) return [];
  const number = weekdays.findIndex((weekday) => weekday.test(words[at] ?? '')) + 1;
  const distance = (number - today.dayOfWeek + 7) % 7;
  const coming = today.add({ days: distance });
  if (direction === 'back') {
    const past = distance === 0 ? today : coming.subtract({ days: 7 });
    return [past, past.subtract({ days: 7 })].map(one);
  }
  const isNext = nextWords.test(words[at - 1] ?? '');
  // On a Tuesday "tiistaina" is today, and "ensi tiistaina" is not.
  const first = isNext && distance === 0 ? coming.add({ days: 7 }) : coming;
  return isNext ? [first, first.add({ days: 7 })].map(one) : [one(first)];
}

function relativeDays(words: readonly string[], today: Temporal.PlainDate): Days[] {
  const text = ` ${words.join(' ')} `;
  const has = (pattern: RegExp): boolean => pattern.test(text);
  if (has(/ (ylihuomenna|i övermorgon|övermorgon|day after tomorrow) /u))
    return [one(today.add({ days: 2 }))];
  if (has(/ (huomenna|huomen\p{L}*|huomi[ns]\p{L}*|i morgon|imorgon|morgondag\p{L}*|tomorrow|tomorrow's) /u))
    return [one(today.add({ days: 1 }))];
  if (
    has(
      / (tänään|tanaan|tänä|tämänpäivä\p{L}*|i dag|idag|dagens|today|today's|tonight|ikväll|i kväll|illalla) /u,
    )
  )
    return [one(today)];
  if (has(/ (eilen|eilis\p{L}*|eilinen|i går|igår|gårdag\p{L}*|yesterday|yesterday's) /u))
    return [one(today.subtract({ days: 1 }))];
  const at = words.findIndex((word) => week.test(word));
  if (at < 0) return [];
  const before = words[at - 1] ?? '';
  if (nextWords.test(before)) return [weekOf(today.add({ days: 7 }))];
  if (lastWords.test(before)) return [weekOf(today.subtract({ days: 7 }))];
  const isThis = /^(tällä|talla|tän|tämän|denna|här|this)$/u.test(before);
  return isThis ? [weekOf(today)] : [];
}

/**
 * Which session a sentence is about: the kind that it names, and the days that its words may mean, in the time of Helsinki, in
 * Finnish, Swedish and English. A sentence that names none says nothing.
 * @param today in Helsinki.
 */
export function mentionedIn(text: string, today: Temporal.PlainDate, direction: Direction): Mentioned {
  const lower = normalise(text.slice(0, 500))
    .replace(/<at\b[^>]*>.*?<\/at>|@big room\b|<[^>]*>/gis, ' ')
    .toLowerCase();
  const words = lower
    .split(/[^\p{L}\p{N}'’]+/u)
    .map((word) => word.replaceAll('’', "'"))
    .filter((word) => word !== '');
  const kind = kinds.find(([, pattern]) => pattern.test(lower))?.[0];
  const [found] = [
    writtenPeriod(lower, today, direction),
    writtenDate(lower, today, direction),
    namedDate(words, today, direction),
    weekDays(words, today, direction),
    relativeDays(words, today),
  ].filter((days) => days.length > 0);
  return { ...(kind !== undefined && { kind }), days: found ?? [] };
}
