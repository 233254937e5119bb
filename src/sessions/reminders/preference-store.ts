import type { Change, Commit, Versioned } from '../../platform/commit.js';
import type { OccurrenceId, PersonId, SeriesId } from '../../platform/ids.js';
import type { SeriesChoice } from './choice.js';

/** All choices of one person, by series. */
export interface PersonChoices {
  readonly personId: PersonId;
  readonly choices: Readonly<Partial<Record<SeriesId, SeriesChoice>>>;
}

/** "I can't come", said of a session at a time: when it is moved, nobody has said so of the new time. */
export interface Absence {
  readonly personId: PersonId;
  /** ISO instant of the start that it was said of. */
  readonly start: string;
}

/** Where people's choices about sessions are kept. */
export interface PreferenceStore {
  choices(id: PersonId): Promise<Versioned<PersonChoices> | undefined>;
  /** Of everybody who has chosen anything; one round trip for each thousand. */
  allChoices(): Promise<readonly PersonChoices[]>;
  putChoices(before: Versioned<PersonChoices> | undefined, after: PersonChoices): Change[];
  absences(id: OccurrenceId): Promise<readonly Absence[]>;
  absence(id: OccurrenceId, personId: PersonId): Promise<Versioned<Absence> | undefined>;
  putAbsence(id: OccurrenceId, absence: Absence): Change[];
  dropAbsence(id: OccurrenceId, before: Versioned<Absence>): Change[];
  readonly commit: Commit;
}
