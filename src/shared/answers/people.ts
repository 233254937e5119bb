import type { Permission } from '../../people/permissions.js';
import type { Person, Programme } from '../../people/person.js';
import type { Role } from '../../platform/actor.js';
import type { PersonId } from '../../platform/ids.js';
import type { Language } from '../languages.js';

/** How people sign in: in trial mode by picking one, else with Entra. */
export type SignInMode = 'trial' | 'entra';

/** Answer of GET /api/session: who I am, what I may do, and the programme. */
export interface SessionAnswer {
  readonly person: Omit<Person, 'chat'>;
  readonly programme: Omit<Programme, 'partition' | 'calendarNamespace'>;
  readonly permissions: readonly Permission[];
  readonly mode: SignInMode;
}

/** Answer of GET /api/people: the people to choose from in trial mode. */
export interface PeopleAnswer {
  readonly people: readonly { id: PersonId; name: string; role: Role; language: Language }[];
}
