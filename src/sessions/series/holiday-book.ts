import { holidaysBetween, type Holiday } from '../../platform/holidays.js';
import type { HolidayBook } from '../occurrences/reading.js';

/** More years than anybody looks at; the oldest gives way. */
const maxYears = 40;

/** The public holidays of Finland, each year worked out once. */
export function holidayBook(): HolidayBook {
  const years = new Map<number, Promise<readonly Holiday[]>>();
  const yearOf = (year: number): Promise<readonly Holiday[]> => {
    const known = years.get(year);
    if (known !== undefined) return known;
    if (years.size >= maxYears) years.clear();
    const found = holidaysBetween(`${year}-01-01`, `${year}-12-31`);
    years.set(year, found);
    // A fault is no answer to keep.
    found.catch(() => years.delete(year));
    return found;
  };
  return {
    between: async (first, last) => {
      const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
      const wanted = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => yearOf(from + index));
      return (await Promise.all(wanted)).flat().filter(({ date }) => date >= first && date <= last);
    },
  };
}
