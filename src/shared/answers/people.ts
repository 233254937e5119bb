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
  /** The programmes of this installation that are open to the person; absent where there is one alone. */
  readonly programmes?: readonly ProgrammeChoice[];
}

/** A programme that one may go to. */
export interface ProgrammeChoice {
  /** In the address, after `/p/`; empty for the first, whose address is the installation's own. */
  readonly name: string;
  readonly names: Readonly<Record<Language, string>>;
  /** Whether it is the one that answers. */
  readonly isThis: boolean;
}

/** Answer of GET /api/people: the people to choose from in trial mode. */
export interface PeopleAnswer {
  readonly people: readonly { id: PersonId; name: string; role: Role; language: Language }[];
}
