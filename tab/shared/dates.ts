import type { Language } from '../../src/shared/languages.js';

const zone = 'Europe/Helsinki';
const locales = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' } as const;

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: string;
}

function partsOf(date: Date): Parts {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const found = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return {
    year: Number(found.year),
    month: Number(found.month),
    day: Number(found.day),
    hour: Number(found.hour),
    minute: found.minute?.padStart(2, '0') ?? '00',
  };
}

function word(date: Date, language: Language, options: Intl.DateTimeFormatOptions): string {
  const text = new Intl.DateTimeFormat(locales[language], { timeZone: zone, ...options }).format(date);
  return text.replace(/\.$/, '');
}

/**
 * Dates as people say them, in Helsinki time; all take ISO instants.
 * fi `ti 1.12. klo 9.00`, sv `tis 1.12 kl. 9.00`, en `Tue 1 Dec, 9:00`.
 */
export interface Dates {
  /** `9.00`, en `9:00` */
  time(instant: string): string;
  /** `ti 1.12.`; with the year where it is another than this one. */
  day(instant: string): string;
  /** `ti 1.12. klo 9.00` */
  moment(instant: string): string;
  /** As short as still clear: `tänään 9.12` for today, the day for others. */
  brief(instant: string): string;
  /** The same for a date without a time, e.g. `2026-12-01`. */
  plainDay(date: string): string;
  /** Whether a date (`2026-12-01`) is before today in Helsinki. */
  isPast(date: string): boolean;
  /** Whole Helsinki days from the instant until now; 0 today. */
  daysSince(instant: string): number;
}

function dayNumber({ year, month, day }: Parts): number {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

export function datesOf(language: Language, now: () => Date = () => new Date()): Dates {
  const time = (instant: string): string => {
    const { hour, minute } = partsOf(new Date(instant));
    return language === 'en' ? `${hour}:${minute}` : `${hour}.${minute}`;
  };
  const day = (instant: string): string => {
    const date = new Date(instant);
    const { year, month, day: dayOfMonth } = partsOf(date);
    const isThisYear = year === partsOf(now()).year;
    const weekday = word(date, language, { weekday: 'short' });
    if (language === 'en') {
      const name = word(date, language, { month: 'short' }).slice(0, 3);
      return `${weekday} ${dayOfMonth} ${name}${isThisYear ? '' : ` ${year}`}`;
    }
    if (language === 'sv') return `${weekday} ${dayOfMonth}.${month}${isThisYear ? '' : `.${year}`}`;
    return `${weekday} ${dayOfMonth}.${month}.${isThisYear ? '' : year}`;
  };
  const daysSince = (instant: string): number =>
    dayNumber(partsOf(now())) - dayNumber(partsOf(new Date(instant)));
  const today = { fi: 'tänään', sv: 'i dag', en: 'today' }[language];
  const between = { fi: ' klo ', sv: ' kl. ', en: ', ' }[language];
  return {
    time,
    day,
    moment: (instant) => `${day(instant)}${between}${time(instant)}`,
    brief: (instant) => (daysSince(instant) === 0 ? `${today} ${time(instant)}` : day(instant)),
    plainDay: (date) => day(`${date}T12:00:00Z`),
    isPast: (date) => daysSince(`${date}T12:00:00Z`) > 0,
    daysSince,
  };
}
