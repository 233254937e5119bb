import { z } from 'zod';
import { languages } from '../shared/languages.js';
import { permissionsOf } from './permissions.js';
import { firstProgramme, usualNotify, type Person, type Programme } from './person.js';
import type { Programmes } from './programmes.js';
import type { PeopleService } from './service.js';
import { parse } from '../platform/validation.js';
import { get, json, open, put, type Route } from '../http/route.js';
import type { NotifyChoice, PeopleAnswer, SessionAnswer, SignInMode } from '../shared/answers/people.js';

const languageSchema = z.strictObject({ language: z.enum(languages) });

/** By which way somebody is notified, as they may see it. */
export function notifyChoiceOf({ notifyBy, feed }: Person, hasFeed: boolean): NotifyChoice {
  const refused = feed?.result === 'refused' ? feed : undefined;
  return {
    by: notifyBy ?? usualNotify,
    hasFeed,
    ...(hasFeed &&
      refused && {
        refused: { at: refused.at, ...(refused.reason !== undefined && { reason: refused.reason }) },
      }),
  };
}

/** Somebody as they are kept now, with the role that they have signed in with: it may be one of the directory. */
const withRoleOf = ({ role }: Person, now: Person): Person => ({ ...now, role });

function publicPerson({
  chat: _chat,
  notifyBy: _notifyBy,
  install: _install,
  feed: _feed,
  absences: _absences,
  standsInFor: _standsInFor,
  for: _for,
  ...person
}: Person): SessionAnswer['person'] {
  return person;
}

function publicProgramme({
  partition: _partition,
  calendarNamespace: _calendarNamespace,
  closedDays: _closedDays,
  ...programme
}: Programme): SessionAnswer['programme'] {
  return programme;
}

const noProgramme: SessionAnswer['programme'] = {
  id: firstProgramme.id,
  names: { fi: '', sv: '', en: '' },
  projects: [],
};

interface SignedInDeps {
  readonly mode: SignInMode;
  readonly loopbackOnly: boolean;
  /** Where the person is; none where the installation has one programme. */
  readonly programmesOf?: Programmes['of'] | undefined;
}

/** The person who is signed in, and where nobody signs in who there is to pick from. */
export function signedInRoutes(
  people: PeopleService,
  { mode, loopbackOnly, programmesOf = () => Promise.resolve([]) }: SignedInDeps,
): Route[] {
  const adminNames = async (): Promise<readonly string[]> =>
    (await people.all()).filter(({ role }) => role === 'admin').map(({ name }) => name);
  const answer = async (person: Person): Promise<SessionAnswer> => {
    const [isBegun, programmes] = await Promise.all([people.isBegun(), programmesOf(person)]);
    return {
      person: publicPerson(person),
      notify: notifyChoiceOf(person, people.hasFeed),
      programme: isBegun ? publicProgramme(await people.programme()) : noProgramme,
      permissions: permissionsOf(person),
      mode,
      ...(!isBegun && { isNew: true, admins: await adminNames() }),
      ...(programmes.length > 1 && { programmes }),
    };
  };
  const picker = open('get', '/api/people', async () => {
    const all = await people.all();
    const shown = all.map(({ id, name, role, language }) => ({ id, name, role, language }));
    return json({ people: shown } satisfies PeopleAnswer);
  });
  return [
    // Where people sign in, strangers learn nobody's name.
    ...(loopbackOnly ? [picker] : []),
    get('/api/session', 'programme:see', async ({ person }) => json(await answer(person))),
    put('/api/session/language', 'programme:see', async ({ person, body }) => {
      const { language } = parse(languageSchema, body);
      return json(await answer(withRoleOf(person, await people.setLanguage(person.id, language))));
    }),
    put('/api/session/notify-by', 'programme:see', async ({ person, body }) =>
      json(await answer(withRoleOf(person, await people.setNotifyBy(person.id, body)))),
    ),
  ];
}
