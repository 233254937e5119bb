import { z } from 'zod';
import { AppError } from '../../platform/errors.js';
import { isId, type NewsId, type SeriesId } from '../../platform/ids.js';
import { pageSchema } from '../../platform/pages.js';
import { parse } from '../../platform/validation.js';
import type { OccurrenceQueries } from '../occurrences/queries.js';
import type { FollowUpService } from './service.js';
import {
  get,
  json,
  overwrite,
  type OverwritingCall,
  post,
  put,
  type Call,
  type Route,
} from '../../http/route.js';
import { changingOccurrence, type OccurrenceChange, occurrenceIdOf } from '../occurrences/routes.js';
import type {
  ArchiveAnswer,
  NewsDraftAnswer,
  OccurrenceNewsAnswer,
  PulseAnswer,
} from '../../shared/answers/sessions.js';

const archiveSchema = pageSchema.extend({
  series: z.string().max(64).optional(),
  text: z.string().max(120).optional(),
});

function newsIdOf({ params: { news = '' } }: Call): NewsId {
  if (!isId(news)) throw new AppError('news.notFound', { id: news });
  return news as NewsId;
}

function newsRoutes(followUp: FollowUpService): Route[] {
  return [
    get('/api/occurrences/:id/news-draft', 'session:take', async (call) => {
      const answer: NewsDraftAnswer = {
        draft: await followUp.newsDraft(call.person, occurrenceIdOf(call)),
      };
      return json(answer);
    }),
    get('/api/occurrences/:id/news', 'session:see', async (call) => {
      const answer: OccurrenceNewsAnswer = {
        news: await followUp.newsOf(call.person, occurrenceIdOf(call)),
      };
      return json(answer);
    }),
    put('/api/occurrences/:id/news/:news', 'session:take', async (call) => {
      const id = occurrenceIdOf(call);
      await followUp.linkNews(call.person, id, newsIdOf(call));
      const answer: OccurrenceNewsAnswer = { news: await followUp.newsOf(call.person, id) };
      return json(answer);
    }),
  ];
}

/** What is kept of a session, and thanks and answers after it. */
export function followUpRoutes(
  followUp: FollowUpService,
  series: Pick<OccurrenceQueries, 'occurrence'>,
): Route[] {
  const changing = <From extends Call>(change: OccurrenceChange<From>) => changingOccurrence(series, change);
  return [
    get('/api/sessions/archive', 'session:see', async ({ person, query }) => {
      const { series: of, text, after } = parse(archiveSchema, query);
      const filter = { ...(of && { seriesId: of as SeriesId }), ...(text && { text }) };
      return json((await followUp.archive(person, filter, after)) satisfies ArchiveAnswer);
    }),
    overwrite(
      'put',
      '/api/occurrences/:id/materials',
      'session:take',
      changing(({ person, body, seen }: OverwritingCall, id) =>
        followUp.setMaterials(person, id, body, seen),
      ),
    ),
    put(
      '/api/occurrences/:id/notes',
      'session:take',
      changing(({ person, body }, id) => followUp.setNotes(person, id, body)),
    ),
    overwrite(
      'put',
      '/api/occurrences/:id/attendance',
      'session:edit',
      changing(({ person, body, seen }: OverwritingCall, id) =>
        followUp.setAttendance(person, id, body, seen),
      ),
    ),
    overwrite(
      'post',
      '/api/occurrences/:id/attendance/fetch',
      'session:edit',
      changing(({ person, seen }: OverwritingCall, id) => followUp.fetchAttendance(person, id, seen)),
    ),
    post(
      '/api/occurrences/:id/thanks',
      'session:edit',
      changing(({ person, body }, id) => followUp.thank(person, id, body)),
    ),
    get('/api/occurrences/:id/pulse', 'session:see', async (call) => {
      const answer: PulseAnswer = await followUp.pulseOf(call.person, occurrenceIdOf(call));
      return json(answer);
    }),
    put('/api/occurrences/:id/pulse', 'session:take', async (call) => {
      const id = occurrenceIdOf(call);
      await followUp.pulse(call.person, id, call.body);
      const answer: PulseAnswer = await followUp.pulseOf(call.person, id);
      return json(answer);
    }),
    ...newsRoutes(followUp),
  ];
}
