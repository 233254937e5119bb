import { holidaysBetween, type Holiday } from '../holidays.js';
import type { HolidayBook } from './reading.js';

/** Public holidays that are worked out once a year of the calendar, and then kept. */
export function holidayBook(): HolidayBook {
  const years = new Map<number, Promise<readonly Holiday[]>>();
  const ofYear = (year: number): Promise<readonly Holiday[]> => {
    const kept = years.get(year);
    if (kept !== undefined) return kept;
    const made = holidaysBetween(`${String(year)}-01-01`, `${String(year)}-12-31`);
    years.set(year, made);
    return made;
  };
  return {
    between: async (first, last) => {
      const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
      const all = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ofYear(from + index));
      return (await Promise.all(all)).flat().filter(({ date }) => date >= first && date <= last);
    },
  };
}
