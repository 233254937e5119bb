import { whileConflicting, type Change, type Versioned } from '../platform/commit.js';
import type { Clock } from '../platform/clock.js';
import { AppError, isAppError } from '../platform/errors.js';
import { deterministicId, type PersonId } from '../platform/ids.js';
import { languageOf, type Language } from '../shared/languages.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { latestChat, type ChatAddress, type Person, type Programme } from './person.js';

/** Where people and the programme are kept. */
export interface PeopleStore {
  find(id: PersonId): Promise<Versioned<Person> | undefined>;
  /** Everybody, by name; a programme has dozens of people. */
  all(): Promise<readonly Person[]>;
  programme(): Promise<Programme | undefined>;
  insert(person: Person): Change;
  replace(person: Person, version: string): Change;
  putProgramme(programme: Programme): Change;
}

/** Who speaks in Teams, as an activity names them. */
export interface TeamsUser {
  readonly aadObjectId?: string;
  readonly id: string;
  readonly name: string;
  readonly locale?: string;
}

export interface PeopleService {
  /** @throws AppError `signIn.unknownPerson`. */
  get(id: PersonId): Promise<Person>;
  find(id: PersonId): Promise<Person | undefined>;
  all(): Promise<readonly Person[]>;
  /** The programme as it stands; kept for a minute, since every form asks for it. */
  programme(): Promise<Programme>;
  /** The person behind a Teams user; a member of the tenant who is new here becomes a worker. */
  byTeamsUser(user: TeamsUser): Promise<Person>;
  setLanguage(id: PersonId, language: Language): Promise<Person>;
  /** Keeps where Teams reaches the person, beside what is known of it already; stores only a change. */
  rememberChat(id: PersonId, chat: ChatAddress): Promise<Person>;
  /** Adds people and the programme that are not there yet; for setting up. */
  add(programme: Programme, people: readonly Person[]): Promise<void>;
}

interface Deps {
  readonly store: PeopleStore;
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly clock: Clock;
}

const programmeLifeMs = 60_000;

/** The id of a Teams user: the directory object id, or one made of the channel's id where there is none. */
export function personIdOf(user: Pick<TeamsUser, 'aadObjectId' | 'id'>): PersonId {
  const directoryId = user.aadObjectId;
  const isPlain = directoryId !== undefined && /^[\w-]{1,64}$/.test(directoryId);
  return isPlain ? (directoryId as PersonId) : deterministicId<PersonId>('teams', user.id);
}

export function peopleService({ store, outbox, clock }: Deps): PeopleService {
  let programmeCopy: { programme: Programme; until: number } | undefined;

  async function get(id: PersonId): Promise<Person> {
    const found = await store.find(id);
    if (found === undefined) throw new AppError('signIn.unknownPerson');
    return found.value;
  }

  function update(id: PersonId, change: (person: Person) => Person): Promise<Person> {
    return whileConflicting(async () => {
      const found = await store.find(id);
      if (found === undefined) throw new AppError('signIn.unknownPerson');
      const next = change(found.value);
      if (next !== found.value) await outbox.commit([store.replace(next, found.version)]);
      return next;
    });
  }

  async function enrol(id: PersonId, user: TeamsUser): Promise<Person> {
    const person: Person = {
      id,
      name: user.name,
      role: 'worker',
      language: languageOf(user.locale),
      projects: [],
    };
    try {
      await outbox.commit([store.insert(person)]);
      return person;
    } catch (error) {
      // Two messages of a new person at once: the other one enrolled them.
      if (isAppError(error, 'storage.conflict')) return get(id);
      throw error;
    }
  }

  async function programme(): Promise<Programme> {
    const now = clock.now().epochMilliseconds;
    if (programmeCopy !== undefined && programmeCopy.until > now) return programmeCopy.programme;
    const found = await store.programme();
    if (found === undefined) throw new AppError('internal', { missing: 'programme' });
    programmeCopy = { programme: found, until: now + programmeLifeMs };
    return found;
  }

  return {
    get,
    programme,
    find: async (id) => (await store.find(id))?.value,
    all: () => store.all(),
    byTeamsUser: async (user) => {
      const id = personIdOf(user);
      return (await store.find(id))?.value ?? enrol(id, user);
    },
    setLanguage: (id, language) =>
      update(id, (person) => (person.language === language ? person : { ...person, language })),
    rememberChat: (id, chat) =>
      update(id, (person) => {
        const latest = latestChat(person.chat, chat);
        return latest === person.chat ? person : { ...person, chat: latest };
      }),
    add: async (newProgramme, people) => {
      if ((await store.programme()) === undefined) await outbox.commit([store.putProgramme(newProgramme)]);
      for (const person of people) {
        if ((await store.find(person.id)) === undefined) await outbox.commit([store.insert(person)]);
      }
    },
  };
}
