import { z } from 'zod';
import { json, post, type Route } from '../../http/route.js';
import type { Actor } from '../../platform/actor.js';
import type { OccurrenceId, ProjectId } from '../../platform/ids.js';
import { parse } from '../../platform/validation.js';
import { occurrenceIdOf } from '../occurrences/routes.js';
import { chosenOf } from '../rotation/routes.js';
import { seriesIdOf } from '../series/routes.js';
import type { ChangePreviewAnswer } from '../../shared/answers/sessions.js';
import type { PreviewService } from './preview.js';

/** The inputs themselves are checked by the change that they are for. */
const changeSchema = z.discriminatedUnion('change', [
  z.looseObject({ change: z.literal('move') }),
  z.strictObject({ change: z.literal('cancel') }),
  z.strictObject({ change: z.literal('restore') }),
  z.looseObject({ change: z.literal('edit') }),
  z.looseObject({ change: z.literal('talk') }),
  z.looseObject({ change: z.literal('assign') }),
  z.strictObject({ change: z.literal('volunteer'), projectId: z.string().min(1).max(64) }),
  z.strictObject({ change: z.literal('giveUp') }),
  z.strictObject({ change: z.literal('askVolunteers') }),
  z.strictObject({ change: z.literal('swap'), with: z.string().max(64) }),
]);
type Change = z.output<typeof changeSchema>;
const inputSchema = z.looseObject({});

/** What a change would mean; nothing is stored or sent. */
export function previewRoutes(preview: PreviewService): Route[] {
  function ofOccurrence(actor: Actor, id: OccurrenceId, wanted: Change): Promise<ChangePreviewAnswer> {
    const { change: _change, ...input } = wanted;
    switch (wanted.change) {
      case 'move':
      case 'edit':
      case 'talk':
        return preview[wanted.change](actor, id, input);
      case 'assign':
        return preview.assign(actor, id, chosenOf(input));
      case 'volunteer':
        return preview.volunteer(actor, id, wanted.projectId as ProjectId);
      case 'swap':
        return preview.swap(actor, id, occurrenceIdOf({ params: { id: wanted.with } }));
      case 'cancel':
      case 'restore':
      case 'giveUp':
      case 'askVolunteers':
        return preview[wanted.change](actor, id);
    }
  }
  return [
    // Whoever may make a change may ask what it would mean; the change itself decides who that is.
    post('/api/occurrences/:id/preview', 'session:take', async (call) => {
      const found = ofOccurrence(call.person, occurrenceIdOf(call), parse(changeSchema, call.body));
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
