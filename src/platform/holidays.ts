import { Temporal } from 'temporal-polyfill';
import { languages, type Language } from '../shared/languages.js';

/** A day off on an ISO date, with its name in each language: a public holiday, an eve, or one of the organisation's own. */
export interface Holiday {
  readonly date: string;
  readonly names: Readonly<Record<Language, string>>;
}

/** Days on which the organisation is closed beside those of the calendar: ISO dates, both included. */
export interface ClosedDays {
  readonly id: string;
  readonly first: string;
  readonly last: string;
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
  // What failed is tried again by whoever asks next.
  days.catch(() => knownYears.delete(year));
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

/**
 * Whether an eve is a day off as public holidays are. Midsummer Eve and Christmas Eve are: the collective agreements of
 * municipalities and wellbeing services counties (KVTES and HYVTES, weekday holidays) give the day off. New Year's Eve
 * and May Day Eve are working days, however short; an organisation that closes then adds them to its own.
 */
const isDayOff = ({ date, closed }: CalendarDay): boolean => closed === 'public' || !date.endsWith('-12-31');

function datesOf({ first, last }: ClosedDays, from: string, to: string): string[] {
  const start = Temporal.PlainDate.from(first > from ? first : from);
  const { days } = start.until(last < to ? last : to, { largestUnit: 'days' });
  return Array.from({ length: Math.max(0, days + 1) }, (_, index) => start.add({ days: index }).toString());
}

/**
 * The days off of the programme's people: those of Finland, and the organisation's own.
 * @param own the organisation's own; asked for each time, so it had better be kept somewhere.
 */
export function holidayBook(own: () => Promise<readonly ClosedDays[]> = () => Promise.resolve([])) {
  /**
   * The days off between two ISO dates, both included, in order of date and each once: public holidays, Midsummer Eve,
   * Christmas Eve, and the organisation's own.
   */
  async function between(first: string, last: string): Promise<readonly Holiday[]> {
    const [days, spans] = await Promise.all([daysBetween(first, last), own()]);
    const known = days.filter(isDayOff).map(({ date, names }): Holiday => ({ date, names }));
    const taken = new Set(known.map(({ date }) => date));
    const added: Holiday[] = [];
    for (const span of spans) {
      for (const date of datesOf(span, first, last)) {
        if (taken.has(date)) continue;
        taken.add(date);
        added.push({ date, names: span.names });
      }
    }
    if (added.length === 0) return known;
    return [...known, ...added].sort((one, other) => (one.date < other.date ? -1 : 1));
  }

  return {
    between,
    /** The ISO dates between two, both included, on which nothing is planned: the days off, and New Year's Eve. */
    closedBetween: async (first: string, last: string): Promise<ReadonlySet<string>> => {
      const [closed, off] = await Promise.all([closedDaysBetween(first, last), between(first, last)]);
      return new Set([...closed.keys(), ...off.map(({ date }) => date)]);
    },
  };
}

export type HolidayBook = ReturnType<typeof holidayBook>;
