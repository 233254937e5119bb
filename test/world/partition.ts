import { partitionOf, type Partition } from '../../src/platform/partition.js';
import type { Rows } from '../../src/platform/rows.js';

/** A partition of rows in which every row must be readable: one that isn't fails the test. */
export function readablePartition(rows: Rows, name = 'test'): Partition {
  return partitionOf(rows, name, {
    error: (event, details) => {
      throw new Error(`${event}: ${JSON.stringify(details)}`, { cause: details?.error });
    },
  });
}
