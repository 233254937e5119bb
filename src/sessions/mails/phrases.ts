import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../../platform/clock.js';
import { beforeTime, timeText } from '../../shared/dates.js';
import type { Language } from '../../shared/languages.js';

function monthName(language: Language, month: number): string {
  const date = Temporal.PlainDate.from({ year: 2026, month, day: 1 });
  return date.toLocaleString(language, { month: 'long' });
}

/** The months of a year by their numbers, in words: "heinäkuu", "juni och juli". */
export function monthsPhrase(language: Language, months: readonly number[]): string {
  const names = months.map((month) => monthName(language, month));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

/** An ISO date: "tiistai 1.12.2026", "tisdag 1.12.2026", "Tuesday 1 December 2026". */
export function datePhrase(language: Language, date: string): string {
  const plain = Temporal.PlainDate.from(date);
  const { day, month, year } = plain;
  const weekday = plain.toLocaleString(language, { weekday: 'long' });
  const words =
    language === 'en'
      ? `${String(day)} ${monthName('en', month)} ${String(year)}`
      : `${String(day)}.${String(month)}.${String(year)}`;
  return `${weekday} ${words}`;
}

/** "tiistai 1.12.2026 klo 9.00–9.30", "tisdag 1.12.2026 kl. 9.00–9.30", "Tuesday 1 December 2026, 9:00–9:30". */
export function spanPhrase(
  language: Language,
  { start, end }: { readonly start: string; readonly end: string },
): string {
  const day = Temporal.Instant.from(start).toZonedDateTimeISO(homeZone).toPlainDate();
  const date = datePhrase(language, day.toString());
  return `${date}${beforeTime[language]}${timeText(language, start)}–${timeText(language, end)}`;
}

/** A phrase at the beginning of a line or sentence. */
export function capitalised(language: Language, text: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
