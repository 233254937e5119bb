import type { Permission } from '../../people/permissions.js';
import type { FeedState, NotifyBy, Person, Programme } from '../../people/person.js';
import type { Role } from '../../platform/actor.js';
import type { PersonId } from '../../platform/ids.js';
import type { Language } from '../languages.js';

/** How people sign in: in trial mode by picking one, else with Entra. */
export type SignInMode = 'trial' | 'entra';

/** Answer of GET /api/session: who I am, what I may do, and the programme. */
export interface SessionAnswer {
  readonly person: Omit<
    Person,
    'chat' | 'notifyBy' | 'install' | 'feed' | 'absences' | 'standsInFor' | 'for'
  >;
  readonly notify: NotifyChoice;
  readonly programme: Omit<Programme, 'partition' | 'calendarNamespace'>;
  readonly permissions: readonly Permission[];
  readonly mode: SignInMode;
  /** There is no programme yet: `programme` has no names and no projects, and whoever may manage it makes it. */
  readonly isNew?: true;
  /** Where there is no programme yet: who may make it, of those who have been here. */
  readonly admins?: readonly string[];
  /** Where the person is, where that is more than one programme; this one among them. */
  readonly programmes?: readonly ProgrammeLink[];
}

/** By which way somebody is notified, and what they can choose. */
export interface NotifyChoice {
  readonly by: NotifyBy;
  /** Whether Teams' activity feed is set up for the installation; else the chat is the only way. */
  readonly hasFeed: boolean;
  /** Teams did not show the last notification in their feed, so that it came by the chat. */
  readonly refused?: Pick<FeedState, 'at' | 'reason'>;
}

/** One of the programmes of an installation. */
export interface ProgrammeLink {
  /** Leads to it: `/p/<name>/`; empty for the first one, which has the addresses themselves. */
  readonly name: string;
  readonly names: Programme['names'];
  /** The one that was asked. */
  readonly isThis: boolean;
}

/** Answer of GET /api/people: the people to choose from in trial mode. */
export interface PeopleAnswer {
  readonly people: readonly { id: PersonId; name: string; role: Role; language: Language }[];
}
