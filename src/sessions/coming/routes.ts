import { z } from 'zod';
import { get, json, put, type Route } from '../../http/route.js';
import { AppError } from '../../platform/errors.js';
import type { SeriesId } from '../../platform/ids.js';
import { pageSchema } from '../../platform/pages.js';
import { parse } from '../../platform/validation.js';
import type {
  ComingAnswer,
  ComingNamesAnswer,
  PresentersAwayAnswer,
  PublicPageAnswer,
} from '../../shared/answers/sessions.js';
import { occurrenceIdOf } from '../occurrences/routes.js';
import { answerValues } from './answer.js';
import type { ComingService } from './service.js';

const answerSchema = z.strictObject({
  answer: z.enum(['coming', 'notComing'], { error: 'unknownChoice' }),
});
const groupSchema = z.enum([...answerValues, 'noAnswer']);

/** Who is invited to a session and who comes; the names are for coordinators. */
export function comingRoutes(
  coming: ComingService,
  pages: { readonly pathOf: (id: SeriesId) => Promise<string | undefined> },
): Route[] {
  return [
    get('/api/sessions/presenters-away', 'session:edit', async ({ person }) =>
      json({ sessions: await coming.presentersAway(person) } satisfies PresentersAwayAnswer),
    ),
    get('/api/occurrences/:id/coming', 'session:see', async (call) => {
      const answer: ComingAnswer = await coming.coming(call.person, occurrenceIdOf(call));
      return json(answer);
    }),
    put('/api/occurrences/:id/coming', 'session:take', async (call) => {
      const { answer } = parse(answerSchema, call.body);
      await coming.answer(call.person, occurrenceIdOf(call), answer, 'tab');
      return json((await coming.coming(call.person, occurrenceIdOf(call))) satisfies ComingAnswer);
    }),
    get('/api/series/:id/public-page', 'session:see', async ({ params }) => {
      const path = await pages.pathOf((params.id ?? '') as SeriesId);
      return json({ ...(path !== undefined && { path }) } satisfies PublicPageAnswer);
    }),
    get('/api/occurrences/:id/coming/:group', 'session:edit', async (call) => {
      const { after } = parse(pageSchema, call.query);
      const group = groupSchema.safeParse(call.params.group);
      if (!group.success) throw new AppError('route.notFound');
      const names = await coming.names(call.person, occurrenceIdOf(call), group.data, after);
      return json(names satisfies ComingNamesAnswer);
    }),
  ];
}
