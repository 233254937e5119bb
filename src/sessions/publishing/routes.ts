import { get, json, type Route } from '../../http/route.js';
import type { SeriesGlancesAnswer, SeriesReviewAnswer } from '../../shared/answers/sessions.js';
import { seriesIdOf } from '../series/routes.js';
import type { PublishingService } from './service.js';

/** What is looked at of series before and beside their settings. */
export function publishingRoutes(service: PublishingService): Route[] {
  return [
    get('/api/series-at-a-glance', 'session:edit', async ({ person }) =>
      json({ glances: await service.glances(person) } satisfies SeriesGlancesAnswer),
    ),
    get('/api/series/:id/review', 'session:edit', async (call) =>
      json((await service.review(call.person, seriesIdOf(call))) satisfies SeriesReviewAnswer),
    ),
  ];
}
