import { z } from 'zod';
import type { SeriesChoice } from '../series/series.js';
import type { Change, Versioned } from '../../platform/commit.js';
import type { OccurrenceId, PersonId, SeriesId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { put, replace, storedId, storedKind } from '../../platform/stored.js';

/** All choices of one person, by series. */
interface PersonChoices {
  readonly personId: PersonId;
  readonly choices: Readonly<Partial<Record<SeriesId, SeriesChoice>>>;
}

/** "I can't come" to a session at a time: when the session is moved, it does not hold for the new time. */
export interface Absence {
  readonly personId: PersonId;
  /** ISO instant of the start for which it was given. */
  readonly start: string;
}

const choiceSchema: z.ZodType<SeriesChoice> = z.looseObject({
  isOff: z.literal(true).exactOptional(),
  offsets: z.array(z.int()).exactOptional(),
  snoozedUntil: z.string().exactOptional(),
});

const choicesRow = storedKind<PersonChoices>({
  name: 'choices',
  schema: z.looseObject({
    personId: storedId<PersonId>(),
    choices: z.record(z.string(), choiceSchema),
  }),
});

const absenceRow = storedKind<Absence>({
  name: 'absence',
  schema: z.looseObject({ personId: storedId<PersonId>(), start: z.string() }),
});

/** As many as there can be people. */
const maxRows = 20_000;

const choicePrefix = 'session-choice|';
const choiceKey = (id: PersonId): string => `${choicePrefix}${id}`;
const absencePrefix = (id: OccurrenceId): string => `absence|${id}|`;
const absenceKey = (id: OccurrenceId, person: PersonId): string => absencePrefix(id) + person;

/** What people chose about sessions: choices in `session-choice|<person>`, absences in `absence|<occurrence>|<person>`. */
export function preferenceStore(partition: Partition) {
  return {
    choices: (id: PersonId): Promise<Versioned<PersonChoices> | undefined> =>
      partition.get(choicesRow, choiceKey(id)),

    /** Of everybody who has chosen anything; one round trip for each thousand. */
    allChoices: (): Promise<readonly PersonChoices[]> => partition.all(choicesRow, choicePrefix, maxRows),

    putChoices: (before: Versioned<PersonChoices> | undefined, after: PersonChoices): Change[] => [
      replace(choicesRow, choiceKey(after.personId), before, after),
    ],

    absences: (id: OccurrenceId): Promise<readonly Absence[]> =>
      partition.all(absenceRow, absencePrefix(id), maxRows),

    absence: (id: OccurrenceId, personId: PersonId): Promise<Versioned<Absence> | undefined> =>
      partition.get(absenceRow, absenceKey(id, personId)),

    putAbsence: (id: OccurrenceId, absence: Absence): Change[] => [
      put(absenceRow, absenceKey(id, absence.personId), absence),
    ],

    dropAbsence: (id: OccurrenceId, { value, version }: Versioned<Absence>): Change[] => [
      { op: 'delete', key: absenceKey(id, value.personId), version },
    ],

    commit: (changes: readonly Change[]): Promise<void> => partition.commit(changes),
  };
}

export type PreferenceStore = ReturnType<typeof preferenceStore>;
