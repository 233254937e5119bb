import {
  beforeTime,
  dateText,
  dayText,
  timeText,
  wallClockOf,
  homeZone,
  type WallClock,
} from '../../src/shared/dates.js';
import type { Language } from '../../src/shared/languages.js';

/**
 * Dates as people write them, in Helsinki time; all take ISO instants.
 * fi `ti 1.12. klo 9.00`, sv `tis 1.12 kl. 9.00`, en `Tue 1 Dec, 9:00`.
 */
export interface Dates {
  /** `9.00`, en `9:00` */
  time(instant: string): string;
  /** `ti 1.12.`; with the year where it is another than this one. */
  day(instant: string): string;
  /** `1.12.`, sv `1.12`, en `1 Dec`; without the weekday, for headings. */
  plainDate(instant: string): string;
  /** `ti 1.12. klo 9.00` */
  moment(instant: string): string;
  /** As short as still clear: `tänään klo 9.12` for today, the day for others. */
  brief(instant: string): string;
  /** The same for a date without a time, e.g. `2026-12-01`. */
  plainDay(date: string): string;
  /** Whether a date (`2026-12-01`) is before today in Helsinki. */
  isPast(date: string): boolean;
  /** Whole Helsinki days from the instant until now; 0 today. */
  daysSince(instant: string): number;
}

function dayNumber({ year, month, day }: WallClock): number {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

export function datesOf(language: Language, now: () => Date = () => new Date()): Dates {
  const time = (instant: string): string => timeText(language, instant);
  const day = (instant: string): string => {
    const isThisYear = wallClockOf(instant).year === wallClockOf(now()).year;
    return dayText(language, instant, isThisYear ? '' : 'withYear');
  };
  const daysSince = (instant: string): number =>
    dayNumber(wallClockOf(now())) - dayNumber(wallClockOf(instant));
  const today = { fi: 'tänään', sv: 'i dag', en: 'today' }[language];
  return {
    time,
    day,
    plainDate: (instant) => dateText(language, instant),
    moment: (instant) => `${day(instant)}${beforeTime[language]}${time(instant)}`,
    brief: (instant) =>
      daysSince(instant) === 0 ? `${today}${beforeTime[language]}${time(instant)}` : day(instant),
    plainDay: (date) => day(`${date}T12:00:00Z`),
    isPast: (date) => daysSince(`${date}T12:00:00Z`) > 0,
    daysSince,
  };
}

/** A date and a time as the clocks of Helsinki show them: `2026-12-01`, `09:00`. */
export interface WallTime {
  readonly date: string;
  readonly time: string;
}

const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: homeZone,
  dateStyle: 'short',
  timeStyle: 'short',
});

/** What the clocks of Helsinki show at an instant. */
export function wallTimeOf(instant: string | Date): WallTime {
  const [date = '', time = ''] = format.format(new Date(instant)).split(' ');
  return { date, time };
}

export function todayInHelsinki(): string {
  return wallTimeOf(new Date()).date;
}

/** The date so many days later; ISO. */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** The month so many months later: `2026-12`. */
export function addMonths(month: string, months: number): string {
  const moved = new Date(`${month}-01T12:00:00Z`);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  return moved.toISOString().slice(0, 7);
}

/** Monday to Sunday as 0 to 6. */
export function weekday(date: string): number {
  return (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;
}

/** The time that is offered first: where it stands, else the next weekday at nine, not before the earliest date. */
export function offeredTime(due: string | undefined, earliest: string | undefined): WallTime {
  const today = todayInHelsinki();
  if (due !== undefined) {
    const current = wallTimeOf(due);
    if (current.date >= today) return current;
  }
  let date = addDays(today, 1);
  if (earliest !== undefined && earliest > date) date = earliest;
  while (weekday(date) > 4) date = addDays(date, 1);
  return { date, time: '09:00' };
}
