import type { Versioned } from '../../platform/commit.js';
import type { OccurrenceId, PersonId } from '../../platform/ids.js';
import type { Absence, PersonChoices, PreferenceStore } from './preference-store.js';
import { prefixRange, type Rows } from '../../platform/rows.js';

/** As many as there can be people. */
const maxRows = 20_000;

const choicePrefix = 'session-choice|';
const choiceKey = (id: PersonId): string => `${choicePrefix}${id}`;
const absencePrefix = (id: OccurrenceId): string => `absence|${id}|`;
const absenceKey = (id: OccurrenceId, person: PersonId): string => absencePrefix(id) + person;

/** Choices in `session-choice|<person>`, absences in `absence|<occurrence>|<person>`. */
export function preferenceStore(rows: Rows, partition: string): PreferenceStore {
  const one = async <Value>(key: string): Promise<Versioned<Value> | undefined> => {
    const row = await rows.get<Value>(partition, key);
    return row && { value: row.value, version: row.version };
  };
  const all = async <Value>(prefix: string): Promise<readonly Value[]> =>
    (await rows.range<Value>(partition, prefixRange(prefix, maxRows))).rows.map((row) => row.value);
  return {
    choices: (id) => one<PersonChoices>(choiceKey(id)),
    allChoices: () => all<PersonChoices>(choicePrefix),
    putChoices: (before, after) => {
      const key = choiceKey(after.personId);
      return before === undefined
        ? [{ op: 'insert', key, value: after }]
        : [{ op: 'replace', key, value: after, version: before.version }];
    },
    absences: (id) => all<Absence>(absencePrefix(id)),
    absence: (id, personId) => one<Absence>(absenceKey(id, personId)),
    putAbsence: (id, absence) => [{ op: 'put', key: absenceKey(id, absence.personId), value: absence }],
    dropAbsence: (id, { value, version }) => [{ op: 'delete', key: absenceKey(id, value.personId), version }],
    commit: (changes) => rows.commit(partition, changes),
  };
}
