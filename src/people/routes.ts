import type { Role } from '../platform/actor.js';
import { z } from 'zod';
import { languages, type Language } from '../shared/languages.js';
import type { PersonId } from '../platform/ids.js';
import { permissionsOf, type Permission } from './permissions.js';
import type { Person, Programme } from './person.js';
import type { PeopleService } from './service.js';
import { parse } from '../platform/validation.js';
import { get, json, open, put, type Route } from '../platform/route.js';
import type { SignIn } from '../http/sign-in.js';

/** Answer of GET /api/session: who I am, what I may do, and the programme. */
export interface SessionAnswer {
  readonly person: Omit<Person, 'chat'>;
  readonly programme: Programme;
  readonly permissions: readonly Permission[];
  readonly mode: SignIn['mode'];
}

/** Answer of GET /api/people: whom one can be in trial mode. */
export interface PeopleAnswer {
  readonly people: readonly { id: PersonId; name: string; role: Role; language: Language }[];
}

const languageSchema = z.strictObject({ language: z.enum(languages) });

function publicPerson({ chat: _chat, ...person }: Person): Omit<Person, 'chat'> {
  return person;
}

export function sessionRoutes(people: PeopleService, { mode }: Pick<SignIn, 'mode'>): Route[] {
  const answer = async (person: Person): Promise<SessionAnswer> => ({
    person: publicPerson(person),
    programme: await people.programme(),
    permissions: permissionsOf(person.role),
    mode,
  });
  return [
    open('get', '/api/people', async () => {
      const all = await people.all();
      const shown = all.map(({ id, name, role, language }) => ({ id, name, role, language }));
      return json({ people: shown } satisfies PeopleAnswer);
    }),
    get('/api/session', 'programme:see', async ({ person }) => json(await answer(person))),
    put('/api/session/language', 'programme:see', async ({ person, body }) => {
      const { language } = parse(languageSchema, body);
      return json(await answer(await people.setLanguage(person.id, language)));
    }),
  ];
}
