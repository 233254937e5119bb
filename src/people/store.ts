import type { Change } from '../platform/commit.js';
import type { PersonId } from '../platform/ids.js';
import type { Person, Programme } from './person.js';
import type { PeopleStore } from './service.js';
import { prefixRange, type Rows } from '../platform/rows.js';

const personKey = (id: PersonId): string => `person|${id}`;
const programmeKey = 'programme';
/** More than any programme has: whom a read leaves out would not be reminded. */
const maxPeople = 20_000;

/** People and the programme: rows `person|<id>` and `programme`. */
export function peopleStore(rows: Rows, partition: string): PeopleStore {
  return {
    find: async (id) => rows.get<Person>(partition, personKey(id)),
    all: async () => {
      const { rows: found } = await rows.range<Person>(partition, prefixRange('person|', maxPeople));
      return found.map((row) => row.value).sort((one, other) => one.name.localeCompare(other.name, 'fi'));
    },
    programme: async () => (await rows.get<Programme>(partition, programmeKey))?.value,
    insert: (person): Change => ({ op: 'insert', key: personKey(person.id), value: person }),
    replace: (person, version): Change => ({
      op: 'replace',
      key: personKey(person.id),
      value: person,
      version,
    }),
    putProgramme: (programme): Change => ({ op: 'put', key: programmeKey, value: programme }),
  };
}
