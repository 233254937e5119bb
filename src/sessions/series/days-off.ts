import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { del, get, json, post, type Route } from '../../http/route.js';
import { requirePermission } from '../../people/permissions.js';
import type { ProgrammeEvent } from '../../people/person.js';
import type { PeopleService } from '../../people/service.js';
import type { LogEntry } from '../../platform/audit-trail.js';
import type { Actor } from '../../platform/actor.js';
import { today, type Clock } from '../../platform/clock.js';
import { AppError, type FieldFault } from '../../platform/errors.js';
import type { ClosedDays } from '../../platform/holidays.js';
import { deterministicId } from '../../platform/ids.js';
import { pageSchema, type Page } from '../../platform/pages.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import type { DaysOffAnswer, DaysOffAuditAnswer } from '../../shared/answers/sessions.js';
import { namesSchema } from './input.js';

/** More than any organisation is closed at a time in a year; all of them are in one row. */
const maxSpans = 100;
const ahead = { years: 2 } as const;

const schema = z.strictObject({
  formId: z.string().regex(/^[\w-]{8,64}$/, { error: 'wrongType' }),
  names: namesSchema,
  first: isoDateSchema,
  last: isoDateSchema.nullable().optional(),
});

/** What is wrong with the days, each at its field. */
function faultsOf(
  { first, last }: Pick<ClosedDays, 'first' | 'last'>,
  present: Temporal.PlainDate,
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (last < first) faults.push({ field: 'last', code: 'endBeforeStart' });
  else if (last < present.toString())
    faults.push({ field: last === first ? 'first' : 'last', code: 'datePast' });
  const end = present.add(ahead).toString();
  if (first > end) faults.push({ field: 'first', code: 'dateTooFar' });
  else if (last > end) faults.push({ field: 'last', code: 'dateTooFar' });
  return faults;
}

/**
 * The days off that the organisation has beside those of the calendar, each a day or several with a name. Sessions on
 * them are flagged with another date, as those on public holidays; none of them is moved.
 */
export function daysOffService({
  people,
  clock,
}: {
  readonly people: Pick<PeopleService, 'closedDays' | 'changeClosedDays' | 'audit'>;
  readonly clock: Clock;
}) {
  return {
    /** All of them, by their first day. */
    list: async (actor: Actor): Promise<readonly ClosedDays[]> => {
      requirePermission(actor, 'session:see');
      return people.closedDays();
    },

    /**
     * Adds `{ formId, names, first, last? }`, ISO dates, both included; the same form once.
     * @throws AppError `input.invalid`: `last` `endBeforeStart`; both `datePast`, `dateTooFar`; `first` `standsAlready`
     *   where these days are there already, `tooMany`.
     */
    add: async (actor: Actor, input: unknown): Promise<readonly ClosedDays[]> => {
      requirePermission(actor, 'session:edit');
      const { formId, names, first, last: given } = parse(schema, input);
      const last = given ?? first;
      const faults = faultsOf({ first, last }, today(clock));
      if (faults.length > 0) throw new AppError('input.invalid', { fields: faults });
      const id = deterministicId('daysOff', actor.id, formId);
      return people.changeClosedDays(actor, (days) => {
        if (days.some((each) => each.id === id)) return days;
        const isThere = days.some((each) => each.first === first && each.last === last);
        if (isThere)
          throw new AppError('input.invalid', { fields: [{ field: 'first', code: 'standsAlready' }] });
        const values = { length: days.length + 1, limit: maxSpans };
        if (values.length > maxSpans)
          throw new AppError('input.invalid', { fields: [{ field: 'first', code: 'tooMany', values }] });
        return [...days, { id, names, first, last }];
      });
    },

    /** Who added and took away which, newest first, 50 a page. */
    audit: async (actor: Actor, after?: string): Promise<Page<LogEntry<ProgrammeEvent>>> => {
      requirePermission(actor, 'session:edit');
      return people.audit('days-off', after);
    },

    /** Takes one away; nothing happens where it is not there any more. */
    remove: async (actor: Actor, id: string): Promise<readonly ClosedDays[]> => {
      requirePermission(actor, 'session:edit');
      return people.changeClosedDays(actor, (days) =>
        days.some((each) => each.id === id) ? days.filter((each) => each.id !== id) : days,
      );
    },
  };
}

export type DaysOffService = ReturnType<typeof daysOffService>;

/** The organisation's own days off. */
export function daysOffRoutes(service: DaysOffService): Route[] {
  const answer = (days: readonly ClosedDays[]) => json({ days } satisfies DaysOffAnswer);
  return [
    get('/api/days-off', 'session:see', async ({ person }) => answer(await service.list(person))),
    post('/api/days-off', 'session:edit', async ({ person, body }) => ({
      ...answer(await service.add(person, body)),
      status: 201,
    })),
    get('/api/days-off/audit', 'session:edit', async ({ person, query }) =>
      json((await service.audit(person, parse(pageSchema, query).after)) satisfies DaysOffAuditAnswer),
    ),
    del('/api/days-off/:id', 'session:edit', async ({ person, params }) =>
      answer(await service.remove(person, params.id ?? '')),
    ),
  ];
}
