import { z } from 'zod';
import { json, post, type Route } from '../../http/route.js';
import { parse } from '../../platform/validation.js';
import { occurrenceIdOf } from '../occurrences/routes.js';
import { seriesIdOf } from '../series/routes.js';
import type { ChangePreviewAnswer } from '../../shared/answers/sessions.js';
import type { PreviewService } from './preview.js';

/** The inputs themselves are checked by the change that they are for. */
const changeSchema = z.discriminatedUnion('change', [
  z.looseObject({ change: z.literal('move') }),
  z.strictObject({ change: z.literal('cancel') }),
  z.strictObject({ change: z.literal('restore') }),
]);
const inputSchema = z.looseObject({});

/** What a change would mean; nothing is stored or sent. */
export function previewRoutes(preview: PreviewService): Route[] {
  return [
    post('/api/occurrences/:id/preview', 'session:edit', async (call) => {
      const { change, ...input } = parse(changeSchema, call.body);
      const id = occurrenceIdOf(call);
      const found =
        change === 'move' ? preview.move(call.person, id, input) : preview[change](call.person, id);
      return json((await found) satisfies ChangePreviewAnswer);
    }),
    post('/api/series/:id/change-from/preview', 'session:edit', async (call) => {
      const input = parse(inputSchema, call.body);
      const found = await preview.changeFrom(call.person, seriesIdOf(call), input);
      return json(found satisfies ChangePreviewAnswer);
    }),
    post('/api/series/:id/end/preview', 'session:edit', async (call) => {
      const found = await preview.end(call.person, seriesIdOf(call), parse(inputSchema, call.body));
      return json(found satisfies ChangePreviewAnswer);
    }),
  ];
}
