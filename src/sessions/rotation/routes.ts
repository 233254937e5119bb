import { z } from 'zod';
import type { ProjectId } from '../../platform/ids.js';
import { get, json, post, put, type Route } from '../../http/route.js';
import { parse } from '../../platform/validation.js';
import type { OccurrenceQueries } from '../occurrences/queries.js';
import { changingOccurrence, occurrenceIdOf } from '../occurrences/routes.js';
import { seriesIdOf } from '../series/routes.js';
import type { RotationService } from './service.js';
import type { RotationAnswer } from '../../shared/answers/sessions.js';

const projectId = z.string().min(1).max(64);
const assignSchema = z.strictObject({ projectId: projectId.nullable() });
const volunteerSchema = z.strictObject({ projectId });
/** `seen`: the project that was on the screen. */
const swapSchema = z.strictObject({ with: z.string().max(64), seen: projectId.optional() });
/** `with`: the slot for which was asked, as it was on the screen. */
const answerSchema = z.strictObject({ with: z.string().max(64), isAccepted: z.boolean() });

type Change = Parameters<typeof changingOccurrence>[1];

/** Which project presents when. */
export function rotationRoutes(
  rotation: RotationService,
  queries: Pick<OccurrenceQueries, 'occurrence'>,
): Route[] {
  const changing = (change: Change) => changingOccurrence(queries, change);
  const assign: Change = ({ person, body }, id) =>
    rotation.assign(person, id, parse(assignSchema, body).projectId as ProjectId | null);
  const volunteer: Change = ({ person, body }, id) =>
    rotation.volunteer(person, id, parse(volunteerSchema, body).projectId as ProjectId);
  const swap: Change = ({ person, body }, id) => {
    const { with: withId, seen } = parse(swapSchema, body);
    const other = occurrenceIdOf({ params: { id: withId } });
    return rotation.swap(person, id, other, seen as ProjectId | undefined);
  };
  const answerSwap: Change = ({ person, body }, id) => {
    const { with: withId, isAccepted } = parse(answerSchema, body);
    return rotation.answerSwap(person, id, occurrenceIdOf({ params: { id: withId } }), isAccepted);
  };
  const giveUp: Change = ({ person }, id) => rotation.giveUp(person, id);
  const answer: Change = ({ person, body }, id) => rotation.answer(person, id, body);
  return [
    get('/api/series/:id/rotation', 'session:see', async (call) =>
      json((await rotation.rotation(call.person, seriesIdOf(call))) satisfies RotationAnswer),
    ),
    put('/api/occurrences/:id/turn', 'session:edit', changing(assign)),
    post('/api/occurrences/:id/volunteer', 'session:take', changing(volunteer)),
    post('/api/occurrences/:id/give-up', 'session:take', changing(giveUp)),
    post('/api/occurrences/:id/swap', 'session:take', changing(swap)),
    post('/api/occurrences/:id/swap/answer', 'session:take', changing(answerSwap)),
    put('/api/occurrences/:id/talk', 'session:take', changing(answer)),
  ];
}
