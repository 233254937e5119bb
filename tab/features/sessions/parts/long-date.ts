import { homeZone, timeText } from '../../../../src/shared/dates.js';
import type { Language } from '../../../../src/shared/languages.js';
import { wallTimeOf } from '../../../shared/dates.js';

const locales = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' } as const;

const part = (date: Date, language: Language, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locales[language], { timeZone: homeZone, ...options }).format(date);

/** `tiistai 1. joulukuuta`, `tisdag 1 december`, `Tuesday 1 December`; with the year where it is not this one. */
export function longDay(language: Language, instant: string, now: Date = new Date()): string {
  const date = new Date(instant);
  const isThisYear = part(date, 'en', { year: 'numeric' }) === part(now, 'en', { year: 'numeric' });
  const text = part(date, language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
  return text.replace('na ', ' ').replace(',', '');
}

/** The days between which a session's clock time stands: `klo 9.00–9.30`, `kl. 9.00–9.30`, `9:00–9:30`. */
export function timeSpan(language: Language, start: string, end: string): string {
  const before = { fi: 'klo ', sv: 'kl. ', en: '' }[language];
  return `${before}${timeText(language, start)}–${timeText(language, end)}`;
}

/** The name of a month (`2026-12`), alone: `joulukuu`, `december`, `December`; or short: `joulu`, `dec`, `Dec`. */
export function monthName(language: Language, month: number, length: 'long' | 'short' = 'long'): string {
  const date = new Date(Date.UTC(2026, month - 1, 15, 12));
  if (length === 'long') {
    return new Intl.DateTimeFormat(locales[language], { timeZone: homeZone, month: 'long' }).format(date);
  }
  const name = new Intl.DateTimeFormat(locales[language], { timeZone: homeZone, month: 'long' }).format(date);
  return language === 'fi' ? name.replace(/kuu$/, '') : name.slice(0, 3);
}

/** The name of a weekday, 1 (Monday) to 7: `tiistai` or `ti`. */
export function weekdayName(language: Language, weekday: number, length: 'long' | 'short' = 'long'): string {
  const date = new Date(Date.UTC(2026, 5, weekday, 12));
  const name = new Intl.DateTimeFormat(locales[language], { timeZone: homeZone, weekday: length }).format(
    date,
  );
  return name.replace(/\.$/, '');
}

/** The clock's offset from UTC at noon of an ISO date, in minutes. */
function offsetOn(date: string): number {
  const noon = new Date(`${date}T12:00:00Z`);
  const { date: day, time } = wallTimeOf(noon);
  return (Date.parse(`${day}T${time}:00Z`) - noon.getTime()) / 60_000;
}

/** Whether the clocks turn in the night before an ISO date, and which way. */
export function clockTurnBefore(date: string): 'summer' | 'winter' | undefined {
  const before = new Date(Date.parse(`${date}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const change = offsetOn(date) - offsetOn(before);
  if (change === 0) return undefined;
  return change > 0 ? 'summer' : 'winter';
}
