import type { Outbox } from '../delivery/outbox/outbox.js';
import type { PeopleService } from '../people/service.js';
import type { Change } from '../platform/commit.js';
import type { OccurrenceId } from '../platform/ids.js';
import type { ReadingDeps } from './occurrences/reading.js';

/** Others who keep something under the id of an occurrence (questions, topics), which goes with what was agreed. */
export interface DateFollower {
  /** The changes that bring it along, at most 30; `pairs`: each id with the one that takes its place. */
  carry(pairs: ReadonlyMap<OccurrenceId, OccurrenceId>): Promise<readonly Change[]>;
}

/** What the service of series and occurrences is made of. */
export interface SeriesDeps extends ReadingDeps {
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly people: Pick<PeopleService, 'find' | 'programme'>;
  /** How long the word of a change waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
  readonly followers: () => readonly DateFollower[];
}
