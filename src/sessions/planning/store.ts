import { z } from 'zod';
import type { Change, Versioned } from '../../platform/commit.js';
import type { MessageId, SeriesId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { put, replace, storedKind, type StoredKind } from '../../platform/stored.js';

/** A message that was planned for a series, and when it is to leave (ISO instant). */
export interface Planned {
  readonly id: MessageId;
  readonly dueAt: string;
}

/** Who planned for a series last; written with all that is planned, so that two who plan at once notice each other. */
interface Planning {
  readonly run: string;
}

const plannedRow: StoredKind<Planned> = storedKind({
  name: 'plannedMessage',
  schema: z.looseObject({ id: z.string(), dueAt: z.string() }) as unknown as z.ZodType<Planned>,
});
const planningRow: StoredKind<Planning> = storedKind({
  name: 'planning',
  schema: z.looseObject({ run: z.string() }),
});

/** A daily series has a few hundred messages ahead of it. */
const maxPlanned = 5_000;

const planningKey = (id: SeriesId): string => `session-planning|${id}`;
const plannedPrefix = (id: SeriesId): string => `session-planned|${id}|`;

/**
 * What is planned for series, to know later what of it is no longer wanted: `session-planned|<series>|<message>`, and
 * `session-planning|<series>` for who planned last.
 */
export function planStore(partition: Partition) {
  return {
    planning: (id: SeriesId): Promise<Versioned<Planning> | undefined> =>
      partition.get(planningRow, planningKey(id)),
    /** Holds while nobody else planned since. */
    putPlanning: (id: SeriesId, before: Versioned<Planning> | undefined, after: Planning): Change =>
      replace(planningRow, planningKey(id), before, after),
    planned: (id: SeriesId): Promise<readonly Planned[]> =>
      partition.all(plannedRow, plannedPrefix(id), maxPlanned),
    putPlanned: (id: SeriesId, { id: messageId, dueAt }: Planned): Change =>
      put(plannedRow, plannedPrefix(id) + messageId, { id: messageId, dueAt }),
    dropPlanned: (id: SeriesId, { id: messageId }: Pick<Planned, 'id'>): Change => ({
      op: 'delete',
      key: plannedPrefix(id) + messageId,
    }),
  };
}

export type PlanStore = ReturnType<typeof planStore>;
