import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../../platform/clock.js';
import type { Language } from '../../shared/languages.js';

const atHome = (instant: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(homeZone);

function clock(
  language: Language,
  { hour, minute }: Pick<Temporal.ZonedDateTime, 'hour' | 'minute'>,
): string {
  return `${String(hour)}${language === 'en' ? ':' : '.'}${String(minute).padStart(2, '0')}`;
}

const before: Readonly<Record<Language, string>> = { fi: ' klo ', sv: ' kl. ', en: ', ' };

/** "1.12.", "1.12", "1 Dec". */
export function dayPhrase(language: Language, instant: string): string {
  const { day, month } = atHome(instant);
  if (language === 'en') return `${String(day)} ${monthName('short', month)}`;
  return `${String(day)}.${String(month)}${language === 'fi' ? '.' : ''}`;
}

function monthName(width: 'short' | 'long', month: number, language: Language = 'en'): string {
  const date = Temporal.PlainDate.from({ year: 2026, month, day: 1 });
  return date.toLocaleString(language, { month: width });
}

/** The months of a year by their numbers, in words: "heinäkuu", "juni och juli". */
export function monthsPhrase(language: Language, months: readonly number[]): string {
  const names = months.map((month) => monthName('long', month, language));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

/** The time of the day: "9.00", "9:00". */
export function timePhrase(language: Language, instant: string): string {
  return clock(language, atHome(instant));
}

/** "ti 1.12. klo 9.00", "tis 1.12 kl. 9.00", "Tue 1 Dec, 9:00". */
export function shortPhrase(language: Language, instant: string): string {
  const weekday = atHome(instant).toPlainDate().toLocaleString(language, { weekday: 'short' });
  return `${weekday} ${dayPhrase(language, instant)}${before[language]}${timePhrase(language, instant)}`;
}

/** An ISO date: "tiistai 1.12.2026", "tisdag 1.12.2026", "Tuesday 1 December 2026". */
export function datePhrase(language: Language, date: string): string {
  const plain = Temporal.PlainDate.from(date);
  const { day, month, year } = plain;
  const weekday = plain.toLocaleString(language, { weekday: 'long' });
  const words =
    language === 'en'
      ? `${String(day)} ${monthName('long', month)} ${String(year)}`
      : `${String(day)}.${String(month)}.${String(year)}`;
  return `${weekday} ${words}`;
}

/** "tiistai 1.12.2026 klo 9.00–9.30", "tisdag 1.12.2026 kl. 9.00–9.30", "Tuesday 1 December 2026, 9:00–9:30". */
export function spanPhrase(
  language: Language,
  { start, end }: { readonly start: string; readonly end: string },
): string {
  const date = datePhrase(language, atHome(start).toPlainDate().toString());
  return `${date}${before[language]}${timePhrase(language, start)}–${timePhrase(language, end)}`;
}

/** A phrase at the beginning of a line or sentence. */
export function capitalised(language: Language, text: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
