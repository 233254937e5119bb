import { languages, type Language } from '../shared/languages.js';

/** A Finnish public holiday on an ISO date, with its name in each language. */
export interface Holiday {
  readonly date: string;
  readonly names: Readonly<Record<Language, string>>;
}

/** More years than anybody plans: a longer span is cut here. */
const maxYears = 20;

/**
 * The calendar's data is large (27 MB in memory) and most instances never show a month, so it is loaded with the
 * first one.
 */
async function finnishCalendar() {
  const { default: Holidays } = await import('date-holidays');
  return new Holidays('FI');
}

function yearsBetween(first: string, last: string): number[] {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  const length = Math.min(Math.max(to - from + 1, 0), maxYears);
  return Array.from({ length }, (_, index) => from + index);
}

/** The public holidays between two ISO dates, both included, in order of date. */
export async function holidaysBetween(first: string, last: string): Promise<readonly Holiday[]> {
  const calendar = await finnishCalendar();
  const years = yearsBetween(first, last);
  const named = (language: Language): Map<string, string> => {
    calendar.setLanguages(language);
    const all = years.flatMap((year) => calendar.getHolidays(year));
    return new Map(
      all.filter(({ type }) => type === 'public').map(({ date, name }) => [date.slice(0, 10), name]),
    );
  };
  const [fi, sv, en] = languages.map(named);
  return [...(fi ?? [])]
    .filter(([date]) => date >= first && date <= last)
    .map(([date, name]) => ({
      date,
      names: { fi: name, sv: sv?.get(date) ?? name, en: en?.get(date) ?? name },
    }));
}

/**
 * The ISO dates between two, both included, on which offices are closed by law or by custom: the public holidays,
 * and the eves of Midsummer, Christmas and the New Year, which are no public holidays. Weekends are not among them
 * as such.
 */
export async function closedDaysBetween(
  first: string,
  last: string,
): Promise<ReadonlyMap<string, 'public' | 'eve'>> {
  const calendar = await finnishCalendar();
  const all = yearsBetween(first, last).flatMap((year) => calendar.getHolidays(year));
  return new Map(
    all.flatMap(({ date: moment, type }): [string, 'public' | 'eve'][] => {
      const date = moment.slice(0, 10);
      if (date < first || date > last || (type !== 'public' && type !== 'bank')) return [];
      return [[date, type === 'public' ? 'public' : 'eve']];
    }),
  );
}
