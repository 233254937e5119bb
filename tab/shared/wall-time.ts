import { homeZone } from '../../src/shared/dates.js';

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
