import { z } from 'zod';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import type { OccurrenceLine } from '../occurrences/occurrence.js';
import { placeOf } from '../occurrences/schedule.js';
import type { Series, SeriesAudit } from './series.js';
import type {
  OccurrenceMoved,
  OccurrenceView,
  PreviewDate,
  SeriesMoved,
  SeriesService,
  SessionYear,
} from '../service.js';
import { parse } from '../../platform/validation.js';
import type { ClockChange } from '../../platform/wall-time.js';
import { get, json, post, put, type Call, type Reply, type Route } from '../../platform/route.js';
import { occurrenceFor, seriesFor } from '../occurrences/access.js';

/** Answer of GET /api/sessions/year/:year. */
export type SessionYearAnswer = SessionYear;

/** Answer of GET /api/sessions/upcoming. */
export interface UpcomingAnswer {
  readonly lines: readonly OccurrenceLine[];
}

/** Answer of GET /api/series. */
export interface SeriesListAnswer {
  readonly series: readonly Series[];
}

/** Answer of POST /api/series/preview. */
export interface PreviewAnswer {
  readonly dates: readonly PreviewDate[];
}

/** Answer of GET /api/series/:id and of everything that changes a series; `undo` goes to POST .../undo. */
export interface SeriesAnswer {
  readonly series: Series;
  readonly audit: readonly SeriesAudit[];
  readonly undo?: number;
}

/**
 * Answer of GET /api/occurrences/:id and of everything that changes an occurrence. `undo` goes to POST .../undo;
 * `clockChange` tells that the clocks turn at the time that was chosen. The occurrence may have another id than was asked for:
 * the one to which a change of its series brought it.
 */
export interface OccurrenceAnswer extends OccurrenceView {
  readonly undo?: number;
  readonly clockChange?: Exclude<ClockChange, 'plain'>;
}

const yearSchema = z.coerce.number().int().min(2000).max(2100);
const upcomingSchema = z.strictObject({
  most: z.coerce.number().int().min(1).max(24).default(6),
  series: z.string().max(64).optional(),
});
const undoSchema = z.strictObject({ audit: z.number().int().min(1) });
const confirmSchema = z.strictObject({ isConfirmed: z.boolean() });

/** An id that could never have been given out names no series; it is not asked for in storage. */
function asSeriesId(id: string): SeriesId {
  if (!/^[0-9a-f]{26}$/.test(id)) throw new AppError('series.notFound', { id });
  return id as SeriesId;
}

const seriesIdOf = ({ params }: Call): SeriesId => asSeriesId(params.id ?? '');

/** As {@link asSeriesId}, of an occurrence. */
export function occurrenceIdOf({ params: { id = '' } }: Pick<Call, 'params'>): OccurrenceId {
  if (placeOf(id) === undefined) throw new AppError('occurrence.notFound', { id });
  return id as OccurrenceId;
}

/** A route that changes a series and answers with all of it. */
function changingSeries(service: SeriesService, change: (call: Call, id: SeriesId) => Promise<SeriesMoved>) {
  return async (call: Call): Promise<Reply> => {
    const { series, undo } = await change(call, seriesIdOf(call));
    const view = await service.get(call.person, series.id);
    return json({ ...view, ...(undo !== undefined && { undo }) } satisfies SeriesAnswer);
  };
}

type ChangeOccurrence = (
  call: Call,
  id: OccurrenceId,
) => Promise<OccurrenceMoved & { readonly clockChange?: ClockChange }>;

/** A route that changes an occurrence and answers with all of it. */
function changingOccurrence(service: SeriesService, change: ChangeOccurrence) {
  return async (call: Call): Promise<Reply> => {
    const { occurrence, undo, clockChange } = await change(call, occurrenceIdOf(call));
    return json({
      ...occurrenceFor(call.person, await service.occurrence(call.person, occurrence.id)),
      ...(undo !== undefined && { undo }),
      ...(clockChange !== undefined && clockChange !== 'plain' && { clockChange }),
    } satisfies OccurrenceAnswer);
  };
}

function lookingRoutes(service: SeriesService): Route[] {
  return [
    get('/api/sessions/year/:year', 'session:see', async ({ person, params }) => {
      const { year } = parse(z.object({ year: yearSchema }), params);
      return json((await service.year(person, year)) satisfies SessionYearAnswer);
    }),
    get('/api/sessions/upcoming', 'session:see', async ({ person, query }) => {
      const { most, series } = parse(upcomingSchema, query);
      const lines = await service.upcoming(
        person,
        most,
        series === undefined ? undefined : asSeriesId(series),
      );
      return json({ lines } satisfies UpcomingAnswer);
    }),
    get('/api/series', 'session:see', async ({ person }) =>
      json({
        series: (await service.list(person)).map((series) => seriesFor(person, series)),
      } satisfies SeriesListAnswer),
    ),
    get('/api/series/:id', 'session:see', async (call) => {
      const { series, audit } = await service.get(call.person, seriesIdOf(call));
      return json({ series: seriesFor(call.person, series), audit } satisfies SeriesAnswer);
    }),
    get('/api/occurrences/:id', 'session:see', async (call) => {
      const view = await service.occurrence(call.person, occurrenceIdOf(call));
      return json(occurrenceFor(call.person, view) satisfies OccurrenceAnswer);
    }),
  ];
}

function seriesRoutesOf(service: SeriesService): Route[] {
  const edit = changingSeries(service, ({ person, body }, id) => service.edit(person, id, body));
  const changeFrom = changingSeries(service, ({ person, body }, id) => service.changeFrom(person, id, body));
  const end = changingSeries(service, ({ person, body }, id) => service.end(person, id, body));
  const undo = changingSeries(service, ({ person, body }, id) =>
    service.undo(person, id, parse(undoSchema, body).audit),
  );
  return [
    post('/api/series', 'session:edit', async ({ person, body }) => {
      const { series } = await service.create(person, body);
      return {
        json: (await service.get(person, series.id)) satisfies SeriesAnswer,
        status: 201,
      };
    }),
    post('/api/series/preview', 'session:edit', async ({ person, body }) =>
      json({ dates: await service.preview(person, body) } satisfies PreviewAnswer),
    ),
    put('/api/series/:id', 'session:edit', edit),
    post('/api/series/:id/change-from', 'session:edit', changeFrom),
    post('/api/series/:id/end', 'session:edit', end),
    post('/api/series/:id/undo', 'session:edit', undo),
  ];
}

function occurrenceRoutes(service: SeriesService): Route[] {
  const undo: ChangeOccurrence = ({ person, body }, id) =>
    service.undoOccurrence(person, id, parse(undoSchema, body).audit);
  const change = (name: string, how: ChangeOccurrence): Route =>
    post(`/api/occurrences/:id/${name}`, 'session:edit', changingOccurrence(service, how));
  return [
    change('move', ({ person, body }, id) => service.move(person, id, body)),
    change('cancel', ({ person, body }, id) => service.cancel(person, id, body)),
    change('restore', ({ person }, id) => service.restore(person, id)),
    change('keep', ({ person }, id) => service.keepOnHoliday(person, id)),
    change('confirm', ({ person, body }, id) =>
      service.confirm(person, id, parse(confirmSchema, body).isConfirmed),
    ),
    post('/api/occurrences/:id/undo', 'session:take', changingOccurrence(service, undo)),
    put(
      '/api/occurrences/:id',
      'session:edit',
      changingOccurrence(service, ({ person, body }, id) => service.editOccurrence(person, id, body)),
    ),
  ];
}

/** Series, their occurrences, and the year that they make. */
export function seriesRoutes(service: SeriesService): Route[] {
  return [...lookingRoutes(service), ...seriesRoutesOf(service), ...occurrenceRoutes(service)];
}
