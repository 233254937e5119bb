import type { Change, Versioned } from '../../platform/commit.js';
import type { MessageId, SeriesId } from '../../platform/ids.js';

/** A message that was planned for a series, and when it is to leave (ISO instant). */
export interface Planned {
  readonly id: MessageId;
  readonly dueAt: string;
}

/** Who planned for a series last; written with all that is planned, so that two who plan at once notice each other. */
export interface Planning {
  readonly run: string;
}

/** What is planned for series, to know later what of it is no longer wanted. */
export interface PlanStore {
  planning(id: SeriesId): Promise<Versioned<Planning> | undefined>;
  /** Holds while nobody else planned since. */
  putPlanning(id: SeriesId, before: Versioned<Planning> | undefined, after: Planning): Change;
  planned(id: SeriesId): Promise<readonly Planned[]>;
  putPlanned(id: SeriesId, planned: Planned): Change;
  dropPlanned(id: SeriesId, planned: Pick<Planned, 'id'>): Change;
}
