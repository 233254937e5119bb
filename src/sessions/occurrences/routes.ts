import type { Actor } from '../../platform/actor.js';
import { leadsSessions } from '../policy.js';
import { type Occurrence, seriesAndDateOf } from './occurrence.js';
import type { OccurrenceQueries, OccurrenceView } from './queries.js';
import { z } from 'zod';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId } from '../../platform/ids.js';
import {
  type Call,
  get,
  json,
  overwrite,
  type OverwritingCall,
  post,
  type Reply,
  type Route,
} from '../../http/route.js';
import { auditNumber, parse, wholeNumber } from '../../platform/validation.js';
import type { ClockChange } from '../../platform/wall-time.js';
import { asSeriesId, changingSeries } from '../series/routes.js';
import type { SeriesService } from '../series/service.js';
import type { OccurrenceChanged } from './change.js';
import type { OccurrenceService } from './service.js';
import type { ThisAndFollowing } from './this-and-following.js';
import { pageSchema } from '../../platform/pages.js';
import type {
  OccurrenceAnswer,
  OccurrenceAuditAnswer,
  OfMeetingAnswer,
  RecentAnswer,
  SessionYearAnswer,
  UpcomingAnswer,
} from '../../shared/answers/sessions.js';

/** The occurrence with how many were there, and without who they were and how long they stayed. */
function withoutNames(occurrence: Occurrence): Occurrence {
  const { record } = occurrence;
  if (record?.attendance?.from !== 'meeting') return occurrence;
  return { ...occurrence, record: { ...record, attendance: { ...record.attendance, people: [] } } };
}

/** An occurrence as somebody may see it: who was there is for those who look after the sessions. */
export function occurrenceFor(actor: Actor, view: OccurrenceView): OccurrenceView {
  return leadsSessions(actor) ? view : { ...view, occurrence: withoutNames(view.occurrence) };
}

const yearSchema = z.coerce.number().pipe(wholeNumber(2000, 2100));
/** A number in an address, of how many lines are wanted. */
const maxLines = z.coerce.number().pipe(wholeNumber(1, 24));
const recentSchema = z.strictObject({ most: maxLines.default(5) });
const upcomingSchema = z.strictObject({
  most: maxLines.default(6),
  series: z.string().max(64).optional(),
});
/** The chat of a meeting in Teams; empty where Teams does not say which it is. */
const meetingSchema = z.strictObject({ chat: z.string().max(300).default('') });
const undoSchema = z.strictObject({ audit: auditNumber });
const confirmSchema = z.strictObject({ isConfirmed: z.boolean() });

/** An id that could never have been given out names no occurrence; it is not asked for in storage. */
export function occurrenceIdOf({ params: { id = '' } }: Pick<Call, 'params'>): OccurrenceId {
  if (seriesAndDateOf(id) === undefined) throw new AppError('occurrence.notFound', { id });
  return id as OccurrenceId;
}

/** What an operation on an occurrence gives back; `isAsked`: another project was asked to swap. */
interface RouteResult extends OccurrenceChanged {
  readonly clockChange?: ClockChange;
  readonly isAsked?: boolean;
}

export type OccurrenceChange<From extends Call = Call> = (
  call: From,
  id: OccurrenceId,
) => Promise<RouteResult>;

/** A route that changes an occurrence and answers with all of it. */
export function changingOccurrence<From extends Call>(
  queries: Pick<OccurrenceQueries, 'occurrence'>,
  change: OccurrenceChange<From>,
) {
  return async (call: From): Promise<Reply> => {
    const { occurrence, undo, clockChange, isAsked } = await change(call, occurrenceIdOf(call));
    return json({
      ...occurrenceFor(call.person, await queries.occurrence(call.person, occurrence.id)),
      ...(undo !== undefined && { undo }),
      ...(clockChange !== undefined && clockChange !== 'plain' && { clockChange }),
      ...(isAsked !== undefined && { isAsked }),
    } satisfies OccurrenceAnswer & { readonly isAsked?: boolean });
  };
}

type Service = SeriesService & ThisAndFollowing & OccurrenceQueries & OccurrenceService;

/** Occurrences, the year that they make, and the changes of series that move them to other dates. */
export function occurrenceRoutes(service: Service): Route[] {
  const change = (name: string, how: OccurrenceChange): Route =>
    post(`/api/occurrences/:id/${name}`, 'session:edit', changingOccurrence(service, how));
  const edit: OccurrenceChange<OverwritingCall> = ({ person, body, seen }, id) =>
    service.editOccurrence(person, id, body, seen);
  const move: OccurrenceChange<OverwritingCall> = ({ person, body, seen }, id) =>
    service.move(person, id, body, seen);
  const undo: OccurrenceChange = ({ person, body }, id) =>
    service.undoOccurrence(person, id, parse(undoSchema, body).audit);
  const changeFrom = changingSeries(service, ({ person, body, seen }: OverwritingCall, id) =>
    service.changeFrom(person, id, body, seen),
  );
  const end = changingSeries(service, ({ person, body, seen }: OverwritingCall, id) =>
    service.end(person, id, body, seen),
  );
  const undoSeries = changingSeries(service, ({ person, body }: Call, id) =>
    service.undo(person, id, parse(undoSchema, body).audit),
  );
  return [
    get('/api/sessions/year/:year', 'session:see', async ({ person, params }) => {
      const { year } = parse(z.object({ year: yearSchema }), params);
      return json((await service.year(person, year)) satisfies SessionYearAnswer);
    }),
    get('/api/sessions/upcoming', 'session:see', async ({ person, query }) => {
      const { most, series } = parse(upcomingSchema, query);
      const of = series === undefined ? undefined : asSeriesId(series);
      return json({ lines: await service.upcoming(person, most, of) } satisfies UpcomingAnswer);
    }),
    get('/api/sessions/of-meeting', 'session:see', async ({ person, query }) => {
      const { chat } = parse(meetingSchema, query);
      return json({ session: (await service.ofMeeting(person, chat)) ?? null } satisfies OfMeetingAnswer);
    }),
    get('/api/sessions/recent', 'session:see', async ({ person, query }) => {
      const { most } = parse(recentSchema, query);
      return json({ lines: await service.recent(person, most) } satisfies RecentAnswer);
    }),
    overwrite('post', '/api/series/:id/change-from', 'session:edit', changeFrom),
    overwrite('post', '/api/series/:id/end', 'session:edit', end),
    post('/api/series/:id/undo', 'session:edit', undoSeries),
    get('/api/occurrences/:id', 'session:see', async (call) => {
      const view = await service.occurrence(call.person, occurrenceIdOf(call));
      return json(occurrenceFor(call.person, view) satisfies OccurrenceAnswer);
    }),
    overwrite('post', '/api/occurrences/:id/move', 'session:edit', changingOccurrence(service, move)),
    get('/api/occurrences/:id/audit', 'session:see', async (call) => {
      const { after } = parse(pageSchema, call.query);
      const page = await service.occurrenceAudit(call.person, occurrenceIdOf(call), after);
      return json(page satisfies OccurrenceAuditAnswer);
    }),
    change('cancel', ({ person, body }, id) => service.cancel(person, id, body)),
    change('restore', ({ person, body }, id) => service.restore(person, id, body)),
    change('keep', ({ person }, id) => service.keepOnHoliday(person, id)),
    change('confirm', ({ person, body }, id) =>
      service.confirm(person, id, parse(confirmSchema, body).isConfirmed),
    ),
    post('/api/occurrences/:id/undo', 'session:take', changingOccurrence(service, undo)),
    overwrite('put', '/api/occurrences/:id', 'session:edit', changingOccurrence(service, edit)),
  ];
}
