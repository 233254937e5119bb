import type { Versioned } from '../../platform/commit.js';

/** The pace that all instances share: before this moment (milliseconds since 1970) every place is taken. */
export interface SharedTurn {
  readonly nextAt: number;
}

/** What left into a conversation that is busy, from all instances. */
export interface SharedTraffic {
  /** Milliseconds since 1970 of the last half minute, oldest first. */
  readonly recent: readonly number[];
  /** How many in each minute of the last hour: minutes since 1970, and the number. */
  readonly minutes: readonly (readonly [number, number])[];
}

/** Rows that the instances share by name. */
export interface PaceStore {
  read<Row extends SharedTurn | SharedTraffic>(name: string): Promise<Versioned<Row> | undefined>;
  /**
   * Holds when the row is as it was read, or still not there.
   * @throws AppError `storage.conflict`.
   */
  write(name: string, row: SharedTurn | SharedTraffic, version: string | undefined): Promise<void>;
}
