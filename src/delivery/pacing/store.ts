import { z } from 'zod';
import type { Versioned } from '../../platform/commit.js';
import type { Partition } from '../../platform/partition.js';
import { replace, storedKind, type StoredKind } from '../../platform/stored.js';

/** The pace that all instances share: before this moment (milliseconds since 1970) every slot is reserved. */
export interface SharedSlots {
  readonly nextAt: number;
}

/** What left into a conversation that is busy, from all instances. */
export interface SharedTraffic {
  /** Milliseconds since 1970 of the last half minute, oldest first. */
  readonly recent: readonly number[];
  /** How many in each minute of the last hour: minutes since 1970, and the number. */
  readonly minutes: readonly (readonly [number, number])[];
}

export const slotRow = storedKind<SharedSlots>({
  name: 'pace.turn',
  schema: z.looseObject({ nextAt: z.number() }),
});

export const trafficRow = storedKind<SharedTraffic>({
  name: 'pace.traffic',
  schema: z.looseObject({
    recent: z.array(z.number()),
    minutes: z.array(z.tuple([z.number(), z.number()])),
  }),
});

export type PaceStore = ReturnType<typeof paceStore>;

/** Rows by which the instances keep one pace, in a partition of their own: they are written often. */
export function paceStore(partition: Partition) {
  return {
    read: <Row extends object>(kind: StoredKind<Row>, name: string): Promise<Versioned<Row> | undefined> =>
      partition.get(kind, name),

    /**
     * Holds when the row is as it was read, or still not there.
     * @throws AppError `storage.conflict`.
     */
    write: <Row extends object>(
      kind: StoredKind<Row>,
      name: string,
      row: Row,
      version: string | undefined,
    ): Promise<void> =>
      partition.commit([replace(kind, name, version === undefined ? undefined : { version }, row)]),
  };
}
