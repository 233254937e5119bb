import { z } from 'zod';
import type { PersonRef } from '../platform/actor.js';
import type { Change } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import type { PersonId } from '../platform/ids.js';
import type { Partition } from '../platform/partition.js';
import { insert, put, storedKind, storedPersonRef } from '../platform/stored.js';
import type { ProgrammeLink } from '../shared/answers/people.js';
import type { ProjectId } from '../platform/ids.js';
import { firstProgramme, type Person, type Programme, type Project } from './person.js';

/** Where a programme of the installation is. */
export interface ProgrammePlace {
  /** Leads to it: `/p/<name>/`. Empty for the first one, which has the addresses themselves. */
  readonly name: string;
  /** The partition in which everything of the programme is stored. */
  readonly partition: string;
}

/** The programme of an installation that has one alone. */
export const firstPlace: ProgrammePlace = { name: '', partition: firstProgramme.partition };

/**
 * Part of addresses and of names of queues, so that it never changes. Names of queues have no two hyphens beside each other
 * (https://learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata).
 */
export const placeName = z
  .string()
  .regex(/^(?!.*--)[a-z][a-z0-9-]{1,28}[a-z0-9]$/, { error: 'notAnAddressPart' });

interface Registered {
  readonly name: string;
  readonly partition: string;
  readonly at: string;
  readonly by: PersonRef;
}

const row = storedKind<Registered>({
  name: 'installation.programme',
  schema: z.looseObject({ name: z.string(), partition: z.string(), at: z.string(), by: storedPersonRef }),
});

/** With which programme somebody chose to talk in chat, by its place's name. */
const chosenRow = storedKind<{ readonly name: string }>({
  name: 'installation.chosen',
  schema: z.looseObject({ name: z.string() }),
});

const prefix = 'programme|';
const chosenKey = (id: PersonId): string => `chosen|${id}`;
/** More than one county has. */
const maxProgrammes = 100;

/** The error of a name that another programme has. */
export const nameTaken = (): AppError =>
  new AppError('input.invalid', { fields: [{ field: 'name', code: 'taken' }] });

/** A programme that is to be made beside others. */
export interface NewProgramme extends Pick<Programme, 'names' | 'projects'> {
  /** As {@link placeName} wants it. */
  readonly name: string;
}

/** The programmes of an installation, as one of them knows them. */
export interface Programmes {
  /** Where the person is; none where the installation has one programme. */
  readonly of: (person: Person) => Promise<readonly ProgrammeLink[]>;
  /**
   * Where the person is a member, by a role of theirs here: what they can choose from in chat. None where the installation has
   * one programme. `isThis`: the one with which they talk.
   */
  readonly inChat: (id: PersonId) => Promise<readonly ProgrammeLink[]>;
  /** From now on the person talks with this one in chat. @throws AppError `signIn.notMember` where they are not in it. */
  readonly choose: (id: PersonId, name: string) => Promise<void>;
  /**
   * Makes a further programme, whose first admin the person is.
   * @throws AppError `input.invalid` at `name`; `permission.denied` for whoever manages another programme than the first.
   */
  readonly add: (by: Person, programme: NewProgramme) => Promise<ProgrammeLink>;
  /** Which of these projects have the name of one in another programme, and in which: allowed, but good to know. */
  readonly namesakes: (projects: readonly Project[]) => Promise<readonly Namesake[]>;
}

/** A programme of the installation that has a project of the same name. */
export interface Namesake {
  readonly projectId: ProjectId;
  readonly programme: Programme['names'];
}

/** The partition of what belongs to the installation and to no programme. */
export const installationPartition = 'installation';

/**
 * The further programmes of an installation: rows `programme|<name>` of the partition {@link installationPartition}. The
 * first one has none. Beside them `chosen|<person>`: with which of them somebody talks.
 */
export function programmeRegistry(partition: Pick<Partition, 'all' | 'get' | 'commit'>) {
  return {
    /** All programmes, the first one first. */
    async places(): Promise<readonly ProgrammePlace[]> {
      const further = await partition.all(row, prefix, maxProgrammes);
      return [firstPlace, ...further.map(({ name, partition: own }) => ({ name, partition: own }))];
    },

    /** With which programme the person chose to talk, by its name; the first one's is empty. */
    chosenBy: async (id: PersonId): Promise<string | undefined> =>
      (await partition.get(chosenRow, chosenKey(id)))?.value.name,

    choose: (id: PersonId, name: string): Promise<unknown> =>
      partition.commit([put(chosenRow, chosenKey(id), { name })]),

    /**
     * The place of a new programme; the same one again for whoever registered it, since they may have been cut off.
     * @throws AppError `input.invalid` at `name` where somebody else has registered one of that name.
     */
    async add({ name, at, by }: Omit<Registered, 'partition'>): Promise<ProgrammePlace> {
      const place = { name, partition: `programme-${name}` };
      const change: Change = insert(row, prefix + name, { ...place, at, by });
      try {
        await partition.commit([change]);
        return place;
      } catch (error) {
        if (!isAppError(error, 'storage.conflict')) throw error;
        const known = await partition.get(row, prefix + name);
        if (known?.value.by.id !== by.id) throw nameTaken();
        return place;
      }
    },
  };
}
