import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { may, type Permission } from '../people/permissions.js';
import type { Person } from '../people/person.js';
import { today, type Clock } from '../platform/clock.js';
import { AppError } from '../platform/errors.js';
import type { HolidayBook } from '../platform/holidays.js';
import { isoDateSchema, parse } from '../platform/validation.js';
import type { NewsService } from '../news/service.js';
import type { NewsletterService } from '../newsletter/service.js';
import type { ReleaseService } from '../releases/service.js';
import type { SessionService } from '../sessions/service.js';
import type { CalendarAnswer } from '../shared/answers/calendar.js';

/** What the calendar reads: each list is a range of keys of its own. */
export interface CalendarDeps {
  readonly news: Pick<NewsService, 'days'>;
  readonly newsletter: Pick<NewsletterService, 'issues'>;
  readonly releases: Pick<ReleaseService, 'days'>;
  readonly series: Pick<SessionService, 'days'>;
  readonly holidays: HolidayBook;
  readonly clock: Clock;
}

const daysSchema = z.strictObject({ from: isoDateSchema, to: isoDateSchema });

/** How many weeks from the current one are answered where nobody says which. */
const comingWeeks = 5;

/** A month touches six weeks at most, and nobody looks at more than a quarter. */
const maxWeeks = 14;
/** A release is planned two years ahead at most, so that an earliest date beyond that matters to none. */
const embargoAhead = { years: 2 } as const;

/**
 * The whole weeks from Monday that two ISO dates touch; without dates the five weeks from the current one.
 * @throws AppError `input.invalid` with faults at `from`, `to`: no dates, in the wrong order, or more than 14 weeks.
 */
export function weeksOf(
  query: Readonly<Record<string, string>>,
  present: Temporal.PlainDate,
): { readonly first: string; readonly last: string } {
  if (Object.keys(query).length === 0) {
    const monday = present.subtract({ days: present.dayOfWeek - 1 });
    return { first: monday.toString(), last: monday.add({ days: comingWeeks * 7 - 1 }).toString() };
  }
  const { from, to } = parse(daysSchema, query);
  const [start, end] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  const fault = (code: 'endBeforeStart' | 'dateTooFar') =>
    new AppError('input.invalid', { fields: [{ field: 'to', code }] });
  if (Temporal.PlainDate.compare(start, end) > 0) throw fault('endBeforeStart');
  const first = start.subtract({ days: start.dayOfWeek - 1 });
  if (first.until(end, { largestUnit: 'days' }).days >= maxWeeks * 7) throw fault('dateTooFar');
  return { first: first.toString(), last: end.add({ days: 7 - end.dayOfWeek }).toString() };
}

/** What happens on the weeks that `query` (`from`, `to`) touches, of each source what the person may see of it. */
export async function calendarOf(
  { news, newsletter, releases, series, holidays, clock }: CalendarDeps,
  person: Person,
  query: Readonly<Record<string, string>>,
): Promise<CalendarAnswer> {
  const { first, last } = weeksOf(query, today(clock));
  const embargoEnd = Temporal.PlainDate.from(last).add(embargoAhead).toString();
  const seen = <Line>(
    permission: Permission,
    read: () => Promise<readonly Line[]>,
  ): Promise<readonly Line[]> => (may(person, permission) ? read() : Promise.resolve([]));
  const [found, issues, embargoes, sessions, off] = await Promise.all([
    seen('release:see', () => releases.days(person, first, last)),
    seen('newsletter:see', () => newsletter.issues(person)),
    seen('news:seeOwn', () => news.days(person, first, embargoEnd)),
    seen('session:see', () => series.days(person, first, last)),
    holidays.between(first, last),
  ]);
  const earliestDates = new Map(
    embargoes.flatMap(({ releases: ids, date }) => ids.map((id) => [id, date] as const)),
  );
  return {
    first,
    last,
    releases: found.map((line) => {
      const earliestDate = earliestDates.get(line.id);
      return { ...line, ...(earliestDate !== undefined && { earliestDate }) };
    }),
    issues: issues.filter(({ deadline }) => deadline >= first && deadline <= last),
    embargoes: embargoes.filter(({ date }) => date <= last),
    sessions,
    holidays: off,
  };
}
