import { seriesIdOf } from '../series/routes.js';
import type { PreferenceService } from './service.js';
import { get, json, put, type Route } from '../../http/route.js';
import type { ChoiceAnswer, ChoicesAnswer } from '../../shared/answers/sessions.js';

/** One's own choices about sessions. */
export function preferenceRoutes(preferences: PreferenceService): Route[] {
  return [
    get('/api/me/sessions', 'session:take', async ({ person }) =>
      json({ choices: await preferences.choices(person) } satisfies ChoicesAnswer),
    ),
    put('/api/me/sessions/:id', 'session:take', async ({ person, params, body }) => {
      const choice = await preferences.choose(person, seriesIdOf({ params }), body);
      return json({ choice } satisfies ChoiceAnswer);
    }),
  ];
}
