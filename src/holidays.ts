import { languages, type Language } from '../languages.js';

/** A Finnish public holiday on an ISO date, with its name in each language. */
export interface Holiday {
  readonly date: string;
  readonly names: Readonly<Record<Language, string>>;
}

/**
 * The public holidays between two ISO dates, both included. The calendar's data is large (27 MB in memory) and most
 * instances never show a month, so it is loaded with the first one.
 */
export async function holidaysBetween(first: string, last: string): Promise<readonly Holiday[]> {
  const { default: Holidays } = await import('date-holidays');
  const calendar = new Holidays('FI');
  const years = [...new Set([first, last].map((date) => Number(date.slice(0, 4))))];
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
