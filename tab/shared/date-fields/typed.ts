import { dateWithYearText, timeText } from '../../../src/shared/dates.js';
import type { Language } from '../../../src/shared/languages.js';

// Dates and times as people type them. The value of a field is ISO text (`2026-12-01`, `09:00`), empty, or what was typed
// where that is no date: so nothing typed is lost, and the server refuses what nobody could read.

const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const isoTime = /^([01]\d|2[0-3]):[0-5]\d$/;

const two = (number: number): string => String(number).padStart(2, '0');

function isoOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isThere = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isThere && year >= 1000 ? `${year}-${two(month)}-${two(day)}` : undefined;
}

/** Whether the value of a field is a date that there is, `2026-12-01`. */
export function isDate(value: string): boolean {
  const [, year, month, day] = isoDate.exec(value) ?? [];
  return isoOf(Number(year), Number(month), Number(day)) === value;
}

/** Whether the value of a field is a time of day, `09:00`. */
export const isTime = (value: string): boolean => isoTime.test(value);

const englishMonths = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Day, month, and year where it was written. */
function partsOf(text: string): readonly [number, number, number?] | undefined {
  const [, day, month, year] = /^(\d{1,2})[./ ]\s*(\d{1,2})(?:[./ ]\s*(\d{4}|\d{2})?)?\.?$/.exec(text) ?? [];
  if (day !== undefined && month !== undefined) {
    const years = year === undefined ? [] : [year.length === 2 ? 2000 + Number(year) : Number(year)];
    return [Number(day), Number(month), ...(years as [number?])];
  }
  const [, date, name = '', yearAfter] = /^(\d{1,2})\.? ([a-z]{3,9})\.?,? ?(\d{4})?$/i.exec(text) ?? [];
  const index = englishMonths.indexOf(name.slice(0, 3).toLowerCase());
  if (date === undefined || index < 0) return undefined;
  return [Number(date), index + 1, ...((yearAfter === undefined ? [] : [Number(yearAfter)]) as [number?])];
}

/**
 * The date that was typed: `1.12.2026`, `1.12.`, `1.12.26`, `1/12`, `1 Dec 2026`, `2026-12-01`; undefined where it is none.
 * @param earliest ISO date: without a year the next such date from it on is meant.
 */
export function dateTyped(text: string, earliest: string): string | undefined {
  const typed = text.trim();
  if (isDate(typed)) return typed;
  // A weekday before it is what we write ourselves.
  const parts = partsOf(typed.replace(/^\p{L}{2,9}\.?\s+(?=\d)/u, ''));
  if (parts === undefined) return undefined;
  const [day, month, year] = parts;
  if (year !== undefined) return isoOf(year, month, day);
  const first = Number(earliest.slice(0, 4));
  // The 29th of February comes every fourth year, once in a century after eight.
  const years = Array.from({ length: 9 }, (_, after) => first + after);
  return years.map((each) => isoOf(each, month, day)).find((date) => date !== undefined && date >= earliest);
}

/** The time that was typed: `9.30`, `9:30`, `930`, `0930`, `9`, `klo 9.30`; undefined where it is none. */
export function timeTyped(text: string): string | undefined {
  const typed = text.trim().replace(/^kl(?:o|\.)?\s*/i, '');
  const [, hour, minute] =
    /^(\d{1,2})[.:, ](\d{2})$/.exec(typed) ??
    /^(\d{1,2})(\d{2})$/.exec(typed) ??
    /^(\d{1,2})()$/.exec(typed) ??
    [];
  if (hour === undefined) return undefined;
  const time = `${hour.padStart(2, '0')}:${minute === '' ? '00' : minute}`;
  return isTime(time) ? time : undefined;
}

/** The value of a field as its language writes it: `1.12.2026`, `1 Dec 2026`; what is no date stays as it is. */
export const dateShown = (language: Language, value: string): string =>
  isDate(value) ? dateWithYearText(language, `${value}T12:00:00Z`) : value;

/** The same of a time: `9.30`, `9:30`. In January Helsinki is two hours ahead of UTC. */
export const timeShown = (language: Language, value: string): string =>
  isTime(value) ? timeText(language, `2026-01-15T${value}:00+02:00`) : value;

/** What is wrong with a date where somebody is still at its form. */
export function dateProblem(
  value: string,
  { min, max }: { readonly min?: string | undefined; readonly max?: string | undefined },
):
  | {
      readonly code: 'field.notADate' | 'field.noSuchDay' | 'field.tooEarly' | 'field.tooLate';
      readonly date: string;
    }
  | undefined {
  if (value === '') return undefined;
  if (!isDate(value)) {
    const [day = 0, month = 0] = partsOf(value) ?? [];
    // Written as a date, but the month has no such day.
    const isMeant = day >= 1 && day <= 31 && month >= 1 && month <= 12;
    return { code: isMeant ? 'field.noSuchDay' : 'field.notADate', date: '' };
  }
  if (min !== undefined && value < min) return { code: 'field.tooEarly', date: min };
  if (max !== undefined && value > max) return { code: 'field.tooLate', date: max };
  return undefined;
}
