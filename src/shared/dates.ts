import type { Language } from './languages.js';

// Dates and times as people write them, in the time of Helsinki: the same texts in the tab, in chat and in mails.
// All functions take ISO instants.

/** The time zone of the programme. */
export const homeZone = 'Europe/Helsinki';

/** What a calendar and a clock on the wall show; `weekday` from Monday, 1 to 7. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

const weekdays: Readonly<Record<Language, readonly string[]>> = {
  fi: ['ma', 'ti', 'ke', 'to', 'pe', 'la', 'su'],
  sv: ['mån', 'tis', 'ons', 'tors', 'fre', 'lör', 'sön'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};
const englishMonths = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

/** The text between a day and a time of day. */
export const beforeTime: Readonly<Record<Language, string>> = { fi: ' klo ', sv: ' kl. ', en: ', ' };

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: homeZone,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
});

/** What the clocks of Helsinki show at an instant. */
export function wallClockOf(instant: string | Date): WallClock {
  const parts = format.formatToParts(new Date(instant));
  const number = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [number('year'), number('month'), number('day')];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
  return { year, month, day, weekday, hour: number('hour'), minute: number('minute') };
}

/** `9.00`, `9:00` */
export function timeText(language: Language, instant: string): string {
  const { hour, minute } = wallClockOf(instant);
  return `${hour}${language === 'en' ? ':' : '.'}${String(minute).padStart(2, '0')}`;
}

/** `1.12.`, `1.12`, `1 Dec` */
export function dateText(language: Language, instant: string): string {
  const { day, month } = wallClockOf(instant);
  if (language === 'en') return `${day} ${englishMonths[month - 1] ?? ''}`;
  return `${day}.${month}${language === 'fi' ? '.' : ''}`;
}

/** `1.12.2026`, `1 Dec 2026` */
export function dateWithYearText(language: Language, instant: string): string {
  const { day, month, year } = wallClockOf(instant);
  return language === 'en' ? `${day} ${englishMonths[month - 1] ?? ''} ${year}` : `${day}.${month}.${year}`;
}

/** Values for a text in which ISO dates and instants are written as people write them: `2026-12-01` as `1.12.2026`, `1 Dec 2026`. */
export function withDatesWritten(
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): Readonly<Record<string, string | number>> {
  const written = (value: string | number): string | number => {
    // What looks like a date need be none, such as an id that somebody made up.
    if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return value;
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dateWithYearText(language, `${value}T12:00:00Z`);
    return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? momentText(language, value) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, written(value)]));
}

/** `ti 1.12.`, `tis 1.12`, `Tue 1 Dec`; `withYear` adds the year: `ti 1.12.2026`. */
export function dayText(language: Language, instant: string, withYear: 'withYear' | '' = ''): string {
  const date = withYear === '' ? dateText(language, instant) : dateWithYearText(language, instant);
  return `${weekdays[language][wallClockOf(instant).weekday - 1] ?? ''} ${date}`;
}

/** `ti 1.12. klo 9.00`, `tis 1.12 kl. 9.00`, `Tue 1 Dec, 9:00` */
export function momentText(language: Language, instant: string): string {
  return `${dayText(language, instant)}${beforeTime[language]}${timeText(language, instant)}`;
}

/** `ti 1.12. klo 9.00–9.30`, `tis 1.12 kl. 9.00–9.30`, `Tue 1 Dec, 9:00–9:30` */
export function spanText(language: Language, start: string, end: string): string {
  return `${momentText(language, start)}–${timeText(language, end)}`;
}
