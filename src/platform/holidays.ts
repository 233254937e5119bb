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

/** A day of one year: a public holiday, or another day on which offices are closed. */
interface CalendarDay extends Holiday {
  readonly closed: 'public' | 'eve';
}

const yearsKept = 50;
/** To compute a year takes some milliseconds, and everything about sessions asks for one or two. */
const knownYears = new Map<number, Promise<readonly CalendarDay[]>>();

async function computeYear(year: number): Promise<readonly CalendarDay[]> {
  const calendar = await finnishCalendar();
  const [fi, sv, en] = languages.map((language) => {
    calendar.setLanguages(language);
    return calendar.getHolidays(year).filter(({ type }) => type === 'public' || type === 'bank');
  });
  const nameIn = (days: typeof fi, date: string): string | undefined =>
    days?.find((day) => day.date === date)?.name;
  return (fi ?? []).map(({ date, name, type }) => ({
    date: date.slice(0, 10),
    names: { fi: name, sv: nameIn(sv, date) ?? name, en: nameIn(en, date) ?? name },
    closed: type === 'public' ? 'public' : 'eve',
  }));
}

/** The days of a year, computed once; of the years that people ask for some are kept. */
function daysOf(year: number): Promise<readonly CalendarDay[]> {
  const known = knownYears.get(year);
  if (known !== undefined) return known;
  if (knownYears.size >= yearsKept) knownYears.clear();
  const days = computeYear(year);
  knownYears.set(year, days);
  return days;
}

function yearsBetween(first: string, last: string): number[] {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  const length = Math.min(Math.max(to - from + 1, 0), maxYears);
  return Array.from({ length }, (_, index) => from + index);
}

async function daysBetween(first: string, last: string): Promise<readonly CalendarDay[]> {
  const all = (await Promise.all(yearsBetween(first, last).map(daysOf))).flat();
  return all.filter(({ date }) => date >= first && date <= last);
}

/** The public holidays between two ISO dates, both included, in order of date. */
export async function holidaysBetween(first: string, last: string): Promise<readonly Holiday[]> {
  const days = await daysBetween(first, last);
  return days.filter(({ closed }) => closed === 'public').map(({ date, names }) => ({ date, names }));
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
  const days = await daysBetween(first, last);
  return new Map(days.map(({ date, closed }) => [date, closed]));
}
