import { z } from 'zod';
import { roles } from '../platform/actor.js';
import { auditLog } from '../platform/audit-trail.js';
import type { Change, Versioned } from '../platform/commit.js';
import type { PersonId, ProgrammeId, ProjectId } from '../platform/ids.js';
import { readInName } from '../platform/in-name.js';
import type { Partition } from '../platform/partition.js';
import { insert, put, replace, storedId, storedKind, storedPersonRef } from '../platform/stored.js';
import { languages, publicLanguages, type Language } from '../shared/languages.js';
import {
  firstProgramme,
  type ChatAddress,
  type Person,
  notifyWays,
  type Programme,
  type ProgrammeEvent,
  type StoredProgramme,
} from './person.js';
import type { StandIn, Substitution } from './substitution.js';

const chatSchema: z.ZodType<ChatAddress> = z.looseObject({
  tenantId: z.string(),
  userId: z.string(),
  conversationId: z.string().exactOptional(),
  serviceUrl: z.string(),
  channelId: z.string(),
  botId: z.string(),
  refusedAt: z.string().exactOptional(),
});

const days = { id: z.string(), from: z.string(), to: z.string() } as const;
const substitutionSchema: z.ZodType<Substitution> = z.looseObject({
  ...days,
  absent: storedPersonRef,
  substitute: storedPersonRef,
  by: storedPersonRef,
  at: z.string(),
  note: z.string().exactOptional(),
  ended: z
    .looseObject({
      at: z.string(),
      by: storedPersonRef,
      because: z.enum(['ended', 'substituteLeft', 'absentLeft']),
    })
    .exactOptional(),
});
const standInSchema: z.ZodType<StandIn> = z.looseObject({ ...days, absent: storedPersonRef });

const personRow = storedKind<Person>({
  name: 'person',
  schema: z.looseObject({
    id: storedId<PersonId>(),
    name: z.string(),
    givenName: z.string().exactOptional(),
    role: z.enum(roles),
    language: z.enum(languages),
    choseLanguage: z.literal(true).exactOptional(),
    projects: z.array(storedId<ProjectId>()),
    chat: chatSchema.exactOptional(),
    left: z.looseObject({ at: z.string(), by: storedPersonRef }).exactOptional(),
    notifyBy: z.enum(notifyWays).exactOptional().catch('chat'),
    install: z
      .looseObject({
        at: z.string(),
        result: z.enum(['installed', 'refused', 'notFound']),
        reason: z.string().exactOptional(),
      })
      .exactOptional(),
    feed: z
      .looseObject({
        at: z.string(),
        result: z.enum(['shown', 'refused']),
        reason: z.string().exactOptional(),
      })
      .exactOptional(),
    digest: z.looseObject({ time: z.string(), days: z.array(z.number()) }).exactOptional(),
    absences: z.array(substitutionSchema).exactOptional(),
    standsInFor: z.array(standInSchema).exactOptional(),
  }),
});

const namesSchema: z.ZodType<Readonly<Record<Language, string>>> = z.looseObject({
  fi: z.string(),
  sv: z.string(),
  en: z.string(),
});

/** A number that nobody has written in a way that we know is the safer one. */
const howMany = z.union([z.literal(1), z.literal(2)]).catch(2);

const helperSchema = z.looseObject({
  name: z.string(),
  phone: z.string().exactOptional(),
  address: z.string().exactOptional(),
});

const programmeRow = storedKind<StoredProgramme>({
  name: 'programme',
  schema: z.looseObject({
    id: storedId<ProgrammeId>(),
    partition: z.string(),
    names: namesSchema,
    projects: z.array(
      z.looseObject({
        id: storedId<ProjectId>(),
        names: namesSchema,
        isArchived: z.literal(true).exactOptional(),
      }),
    ),
    hasNoChecklist: z.literal(true).exactOptional(),
    languages: z.array(z.enum(publicLanguages)).min(1).exactOptional(),
    calendarNamespace: z.string().min(1).exactOptional(),
    closedDays: z
      .array(z.looseObject({ id: z.string(), first: z.string(), last: z.string(), names: namesSchema }))
      .exactOptional(),
    approvals: z.looseObject({ newsletter: howMany, releases: howMany }).exactOptional(),
    helper: helperSchema.exactOptional(),
    ownHelper: helperSchema.exactOptional(),
  }),
  // Once an installation had one programme, which needed neither an id nor a partition of its own.
  upgrades: [(programme) => ({ ...firstProgramme, ...programme })],
});

const personPrefix = 'person|';
const personKey = (id: PersonId): string => personPrefix + id;
const programmeKey = 'programme';
/** More than any programme has: a person beyond this would get no reminders. */
const maxPeople = 20_000;

/** People and their programme: rows `person|<id>` and `programme`. */
export function peopleStore(partition: Partition) {
  return {
    find: (id: PersonId): Promise<Versioned<Person> | undefined> => partition.get(personRow, personKey(id)),

    /** Everybody, by name, those too who were removed; a programme has dozens of people. */
    everybody: async (): Promise<readonly Person[]> =>
      (await partition.all(personRow, personPrefix, maxPeople)).sort((one, other) =>
        one.name.localeCompare(other.name, 'fi'),
      ),

    /** Who changed what holds for the whole programme, by what it is: `days-off`, `helper`, `approvals`, `people`, `programme`, `projects`. */
    audit: auditLog<ProgrammeEvent>(partition, { name: 'programme.audit', prefix: 'programme-audit|' }),

    programme: async (): Promise<StoredProgramme | undefined> =>
      (await partition.get(programmeRow, programmeKey))?.value,

    /** The programme with its version, to be changed. */
    storedProgramme: (): Promise<Versioned<StoredProgramme> | undefined> =>
      partition.get(programmeRow, programmeKey),

    insert: (person: Person): Change => insert(personRow, personKey(person.id), person),

    /** Holds while the person is at the version that was read. */
    replace: (before: Versioned<Person>, after: Person): Change =>
      replace(personRow, personKey(after.id), before, after),

    /** Holds while the programme is at the version that was read. */
    replaceProgramme: (before: Versioned<StoredProgramme>, after: StoredProgramme): Change =>
      replace(programmeRow, programmeKey, before, after),

    putProgramme: (programme: Programme): Change => put(programmeRow, programmeKey, programme),

    /** Holds while there is no programme. */
    insertProgramme: (programme: Programme): Change => insert(programmeRow, programmeKey, programme),

    /** What was done in a person's name between two ISO instants, newest first; at most 200. */
    inName: (absent: PersonId, between: { readonly from: string; readonly to: string }) =>
      readInName(partition, absent, between),

    /** The name of the partition. */
    partition: partition.name,
  };
}

export type PeopleStore = ReturnType<typeof peopleStore>;
