import { z } from 'zod';
import { languages } from '../shared/languages.js';
import { permissionsOf } from './permissions.js';
import type { Person, Programme } from './person.js';
import type { PeopleService } from './service.js';
import { parse } from '../platform/validation.js';
import { get, json, open, put, type Route } from '../http/route.js';
import type { PeopleAnswer, SessionAnswer, SignInMode } from '../shared/answers/people.js';

const languageSchema = z.strictObject({ language: z.enum(languages) });

function publicPerson({ chat: _chat, ...person }: Person): Omit<Person, 'chat'> {
  return person;
}

function publicProgramme({
  partition: _partition,
  calendarNamespace: _calendarNamespace,
  ...programme
}: Programme): SessionAnswer['programme'] {
  return programme;
}

/** Who there is to pick from, and the person who is signed in. */
export function signedInRoutes(people: PeopleService, { mode }: { readonly mode: SignInMode }): Route[] {
  const answer = async (person: Person): Promise<SessionAnswer> => ({
    person: publicPerson(person),
    programme: publicProgramme(await people.programme()),
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
