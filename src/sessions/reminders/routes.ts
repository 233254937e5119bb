import { z } from 'zod';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import type { PreferenceService } from './service.js';
import { parse } from '../../platform/validation.js';
import { get, json, put, type Route } from '../../http/route.js';
import type { AbsenceAnswer, ChoiceAnswer, ChoicesAnswer } from '../../shared/answers/sessions.js';

const absenceSchema = z.strictObject({ cannot: z.boolean() });

/** One's own choices about sessions, and "I can't come". */
export function preferenceRoutes(preferences: PreferenceService): Route[] {
  return [
    get('/api/me/sessions', 'session:take', async ({ person }) =>
      json({ choices: await preferences.choices(person) } satisfies ChoicesAnswer),
    ),
    put('/api/me/sessions/:id', 'session:take', async ({ person, params, body }) => {
      const choice = await preferences.choose(person, (params.id ?? '') as SeriesId, body);
      return json({ choice } satisfies ChoiceAnswer);
    }),
    get('/api/occurrences/:id/absence', 'session:see', async ({ person, params }) => {
      const answer: AbsenceAnswer = await preferences.absences(person, (params.id ?? '') as OccurrenceId);
      return json(answer);
    }),
    put('/api/occurrences/:id/absence', 'session:take', async ({ person, params, body }) => {
      const { cannot } = parse(absenceSchema, body);
      const id = (params.id ?? '') as OccurrenceId;
      await preferences.cannotCome(person, id, cannot);
      const answer: AbsenceAnswer = await preferences.absences(person, id);
      return json(answer);
    }),
  ];
}
