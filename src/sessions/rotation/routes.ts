import { z } from 'zod';
import type { PersonId, ProjectId } from '../../platform/ids.js';
import { get, json, overwrite, type OverwritingCall, post, type Route } from '../../http/route.js';
import { parse } from '../../platform/validation.js';
import type { OccurrenceQueries } from '../occurrences/queries.js';
import { changingOccurrence, type OccurrenceChange, occurrenceIdOf } from '../occurrences/routes.js';
import { seriesIdOf } from '../series/routes.js';
import type { RotationService } from './service.js';
import type { RotationAnswer } from '../../shared/answers/sessions.js';

const projectId = z.string().min(1).max(64);
const assignSchema = z.strictObject({
  projectId: projectId.nullable(),
  /** Who of the project; `null` leaves it to the project. */
  personId: z.string().min(1).max(128).nullable().optional(),
});

/** What a coordinator chose, as the service takes it. */
export function chosenOf(body: unknown): Parameters<RotationService['assign']>[2] {
  const { projectId: project, personId } = parse(assignSchema, body);
  if (project === null) return null;
  return {
    projectId: project as ProjectId,
    ...(personId !== undefined && { personId: personId as PersonId | null }),
  };
}

const volunteerSchema = z.strictObject({ projectId });
/** `seen`: the project that was on the screen. */
const swapSchema = z.strictObject({ with: z.string().max(64), seen: projectId });
/** `with`: the slot for which was asked, as it was on the screen. */
const answerSchema = z.strictObject({ with: z.string().max(64), isAccepted: z.boolean() });

/** Which project presents when. */
export function rotationRoutes(
  rotation: RotationService,
  queries: Pick<OccurrenceQueries, 'occurrence'>,
): Route[] {
  const changing = (change: OccurrenceChange) => changingOccurrence(queries, change);
  const assign: OccurrenceChange<OverwritingCall> = ({ person, body, seen }, id) =>
    rotation.assign(person, id, chosenOf(body), seen);
  const volunteer: OccurrenceChange = ({ person, body }, id) =>
    rotation.volunteer(person, id, parse(volunteerSchema, body).projectId as ProjectId);
  const swap: OccurrenceChange = ({ person, body }, id) => {
    const { with: withId, seen } = parse(swapSchema, body);
    const other = occurrenceIdOf({ params: { id: withId } });
    return rotation.swap(person, id, other, seen as ProjectId);
  };
  const answerSwap: OccurrenceChange = ({ person, body }, id) => {
    const { with: withId, isAccepted } = parse(answerSchema, body);
    return rotation.answerSwap(person, id, occurrenceIdOf({ params: { id: withId } }), isAccepted);
  };
  const giveUp: OccurrenceChange = ({ person }, id) => rotation.giveUp(person, id);
  const askVolunteers: OccurrenceChange = ({ person }, id) => rotation.askVolunteers(person, id);
  const answer: OccurrenceChange<OverwritingCall> = ({ person, body, seen }, id) =>
    rotation.answer(person, id, body, seen);
  return [
    get('/api/series/:id/rotation', 'session:see', async (call) =>
      json((await rotation.rotation(call.person, seriesIdOf(call))) satisfies RotationAnswer),
    ),
    overwrite('put', '/api/occurrences/:id/turn', 'session:edit', changingOccurrence(queries, assign)),
    post('/api/occurrences/:id/volunteer', 'session:take', changing(volunteer)),
    post('/api/occurrences/:id/ask-volunteers', 'session:edit', changing(askVolunteers)),
    post('/api/occurrences/:id/give-up', 'session:take', changing(giveUp)),
    post('/api/occurrences/:id/swap', 'session:take', changing(swap)),
    post('/api/occurrences/:id/swap/answer', 'session:take', changing(answerSwap)),
    overwrite('put', '/api/occurrences/:id/talk', 'session:take', changingOccurrence(queries, answer)),
  ];
}
