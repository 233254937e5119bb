import { z } from 'zod';
import type { SeriesChoice } from '../series/series.js';
import type { Change, Versioned } from '../../platform/commit.js';
import type { PersonId, SeriesId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { replace, storedId, storedKind } from '../../platform/stored.js';

/** All choices of one person, by series. */
interface PersonChoices {
  readonly personId: PersonId;
  readonly choices: Readonly<Partial<Record<SeriesId, SeriesChoice>>>;
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

/** As many as there can be people. */
const maxRows = 20_000;

const choicePrefix = 'session-choice|';
const choiceKey = (id: PersonId): string => `${choicePrefix}${id}`;

/** What people chose about sessions, in `session-choice|<person>`. */
export function preferenceStore(partition: Partition) {
  return {
    choices: (id: PersonId): Promise<Versioned<PersonChoices> | undefined> =>
      partition.get(choicesRow, choiceKey(id)),

    /** Of everybody who has chosen anything; one round trip for each thousand. */
    allChoices: (): Promise<readonly PersonChoices[]> => partition.all(choicesRow, choicePrefix, maxRows),

    putChoices: (before: Versioned<PersonChoices> | undefined, after: PersonChoices): Change[] => [
      replace(choicesRow, choiceKey(after.personId), before, after),
    ],

    commit: (changes: readonly Change[]): Promise<void> => partition.commit(changes),
  };
}

export type PreferenceStore = ReturnType<typeof preferenceStore>;
