import { addDays, addMonths, weekday } from '../../shared/dates.js';
import { href } from '../../shared/route.js';
import { entryKinds, type EntryKind, type Filters } from './entries.js';

export const views = ['list', 'week', 'month'] as const;
export type View = (typeof views)[number];

/** What the address asks for: `#/calendar?view=week&at=2026-12-07&hide=session&project=elma`. */
export interface Wanted extends Filters {
  readonly view: View;
  /** A date in the weeks that are asked for, or a month (`2026-12`); absent where they begin with the current week. */
  readonly at?: string;
}

const weeksAhead = 5;
const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T12:00:00Z`));
const isMonth = (text: string): boolean => /^\d{4}-\d\d$/.test(text) && isDate(`${text}-01`);

const listed = (text: string | undefined): readonly string[] => (text ?? '').split(',').filter(Boolean);

/** Reads an address; what it does not understand is left out. */
export function wantedOf(query: Readonly<Record<string, string>>): Wanted {
  const hidden = listed(query.hide);
  // The month of the release queue had `month`, and its links are kept.
  const at = query.at ?? query.month ?? '';
  return {
    view: views.find((view) => view === query.view) ?? 'month',
    hidden: entryKinds.filter((kind) => hidden.includes(kind)),
    projects: listed(query.project),
    ...((isDate(at) || isMonth(at)) && { at }),
  };
}

/** The address of what is wanted. */
export function addressOf({ view, at, hidden, projects }: Wanted): string {
  return href(['calendar'], {
    view: view === 'month' ? undefined : view,
    at,
    hide: hidden.join(','),
    project: projects.join(','),
  });
}

/** The same with one kind shown or hidden. */
export const withKind = (wanted: Wanted, kind: EntryKind): Wanted => ({
  ...wanted,
  hidden: wanted.hidden.includes(kind)
    ? wanted.hidden.filter((one) => one !== kind)
    : [...wanted.hidden, kind],
});

/** The days on view, and the dates by which one goes on or back; `month` where one whole month is on view. */
export interface Span {
  readonly first: string;
  readonly last: string;
  readonly before: string;
  readonly after: string;
  readonly month?: string;
}

const monday = (date: string): string => addDays(date, -weekday(date));
const lastOf = (month: string): string => addDays(`${addMonths(month, 1)}-01`, -1);

/** The whole weeks that an address means: a week, a month, or the five weeks from a day on. */
export function spanOf({ view, at }: Pick<Wanted, 'view' | 'at'>, today: string): Span {
  const date = at === undefined ? today : isMonth(at) ? `${at}-01` : at;
  const first = monday(date);
  if (view === 'week')
    return { first, last: addDays(first, 6), before: addDays(first, -7), after: addDays(first, 7) };
  const last = addDays(first, weeksAhead * 7 - 1);
  if (view === 'list') {
    return { first, last, before: addDays(first, -weeksAhead * 7), after: addDays(last, 1) };
  }
  if (at === undefined) {
    return { first, last, before: addDays(first, -1).slice(0, 7), after: addDays(last, 1).slice(0, 7) };
  }
  const month = at.slice(0, 7);
  const end = lastOf(month);
  return {
    month,
    first: monday(`${month}-01`),
    last: addDays(end, 6 - weekday(end)),
    before: addMonths(month, -1),
    after: addMonths(month, 1),
  };
}

/** All dates of a span. */
export function datesIn({ first, last }: Pick<Span, 'first' | 'last'>): readonly string[] {
  const dates: string[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
}
