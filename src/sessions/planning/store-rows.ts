import type { SeriesId } from '../../platform/ids.js';
import type { Planned, Planning, PlanStore } from './store.js';
import { prefixRange, type Rows } from '../../platform/rows.js';

/** A daily series has a few hundred messages ahead of it. */
const maxPlanned = 5_000;

const planningKey = (id: SeriesId): string => `session-planning|${id}`;
const plannedPrefix = (id: SeriesId): string => `session-planned|${id}|`;

/** What is planned for series: `session-planned|<series>|<message>`, and `session-planning|<series>` for who planned last. */
export function planStore(rows: Rows, partition: string): PlanStore {
  return {
    planning: async (id) => {
      const row = await rows.get<Planning>(partition, planningKey(id));
      return row && { value: row.value, version: row.version };
    },
    putPlanning: (id, before, after) => ({
      ...(before === undefined
        ? ({ op: 'insert' } as const)
        : ({ op: 'replace', version: before.version } as const)),
      key: planningKey(id),
      value: after,
    }),
    planned: async (id) => {
      const { rows: found } = await rows.range<Planned>(
        partition,
        prefixRange(plannedPrefix(id), maxPlanned),
      );
      return found.map(({ value }) => value);
    },
    putPlanned: (id, { id: messageId, dueAt }) => ({
      op: 'put',
      key: plannedPrefix(id) + messageId,
      value: { id: messageId, dueAt },
    }),
    dropPlanned: (id, { id: messageId }) => ({ op: 'delete', key: plannedPrefix(id) + messageId }),
  };
}
