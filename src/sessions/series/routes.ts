import type { Actor } from '../../platform/actor.js';
import { leadsSessions } from '../policy.js';
import { shownAddress } from '../../platform/mail-address.js';
import { deterministicId, isId, type SeriesId } from '../../platform/ids.js';
import type { Series } from './series.js';
import { AppError } from '../../platform/errors.js';
import {
  type Call,
  del,
  get,
  json,
  overwrite,
  type OverwritingCall,
  post,
  type Reply,
  type Route,
} from '../../http/route.js';
import type { SeriesMoved } from './change.js';
import type { SeriesService } from './service.js';
import { pageSchema } from '../../platform/pages.js';
import { parse } from '../../platform/validation.js';
import type {
  PreviewAnswer,
  SeriesAnswer,
  SeriesAuditAnswer,
  SeriesListAnswer,
} from '../../shared/answers/sessions.js';

const nowhere = { tenantId: '', userId: '', serviceUrl: '', channelId: '', botId: '' };

/** The series as somebody may see it: addresses of groups and of chats are for those who look after it. */
function seriesFor(actor: Actor, series: Series): Series {
  if (leadsSessions(actor)) return { ...series, groups: series.groups.map(shownAddress) };
  const channels = series.reminders.channels.map(({ chat, ...channel }) => ({
    ...channel,
    // A code in place of the id: channels can be distinguished, and none can be reached.
    chat: { ...nowhere, conversationId: deterministicId('shown', chat.conversationId) },
  }));
  return { ...series, groups: [], reminders: { ...series.reminders, channels } };
}

/** An id that could never have been given out names no series; it is not asked for in storage. */
export function asSeriesId(id: string): SeriesId {
  if (!isId(id)) throw new AppError('series.notFound', { id });
  return id as SeriesId;
}

export const seriesIdOf = ({ params }: Pick<Call, 'params'>): SeriesId => asSeriesId(params.id ?? '');

/** A route that changes a series and answers with all of it. */
export function changingSeries<From extends Call>(
  service: Pick<SeriesService, 'get'>,
  change: (call: From, id: SeriesId) => Promise<SeriesMoved>,
) {
  return async (call: From): Promise<Reply> => {
    const { series, undo } = await change(call, seriesIdOf(call));
    const view = await service.get(call.person, series.id);
    return json({
      ...view,
      series: seriesFor(call.person, view.series),
      ...(undo !== undefined && { undo }),
    } satisfies SeriesAnswer);
  };
}

/** Series without what concerns their single dates. */
export function seriesRoutes(service: SeriesService): Route[] {
  const edit = changingSeries(service, ({ person, body, seen }: OverwritingCall, id) =>
    service.edit(person, id, body, seen),
  );
  const setTiming = changingSeries(service, ({ person, body, seen }: OverwritingCall, id) =>
    service.setTiming(person, id, body, seen),
  );
  const publish = changingSeries(service, ({ person, seen }: OverwritingCall, id) =>
    service.publish(person, id, seen),
  );
  const renewFeed = changingSeries(service, ({ person }: Call, id) => service.renewFeed(person, id));
  return [
    get('/api/series', 'session:see', async ({ person }) => {
      const series = (await service.list(person)).map((each) => seriesFor(person, each));
      return json({ series } satisfies SeriesListAnswer);
    }),
    get('/api/series/:id', 'session:see', async (call) => {
      const { series } = await service.get(call.person, seriesIdOf(call));
      return json({ series: seriesFor(call.person, series) } satisfies SeriesAnswer);
    }),
    get('/api/series/:id/audit', 'session:see', async (call) => {
      const { after } = parse(pageSchema, call.query);
      const page = await service.seriesAudit(call.person, seriesIdOf(call), after);
      return json(page satisfies SeriesAuditAnswer);
    }),
    post('/api/series', 'session:edit', async ({ person, body }) => {
      const { series } = await service.create(person, body);
      const view = await service.get(person, series.id);
      return {
        json: { ...view, series: seriesFor(person, view.series) } satisfies SeriesAnswer,
        status: 201,
      };
    }),
    post('/api/series/preview', 'session:edit', async ({ person, body }) =>
      json({ dates: await service.preview(person, body) } satisfies PreviewAnswer),
    ),
    overwrite('put', '/api/series/:id', 'session:edit', edit),
    overwrite('put', '/api/series/:id/timing', 'session:edit', setTiming),
    overwrite('post', '/api/series/:id/publish', 'session:edit', publish),
    del('/api/series/:id', 'session:edit', async (call) => {
      await service.removeDraft(call.person, seriesIdOf(call));
      return json({});
    }),
    post('/api/series/:id/feed-key', 'session:edit', renewFeed),
  ];
}
