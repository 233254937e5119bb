import { z } from 'zod';
import type { Change, Versioned } from '../../platform/commit.js';
import type { SeriesId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { replace, storedKind, type StoredKind } from '../../platform/stored.js';
import type { CalendarState } from './calendar.js';

export const calendarStateRow: StoredKind<CalendarState> = storedKind({
  name: 'calendarState',
  schema: z.looseObject({
    memory: z.looseObject({}).optional(),
    lease: z.looseObject({ run: z.string(), until: z.string() }).optional(),
  }) as unknown as z.ZodType<CalendarState>,
  // Version 1 called the lease `turn`.
  upgrades: [({ turn, ...state }) => ({ ...state, ...(turn !== undefined && { lease: turn }) })],
});

const key = (id: SeriesId): string => `calendar|${id}`;

/** What is known of the calendar outside, of each series, in `calendar|<series>`. */
export function calendarStateStore(partition: Partition) {
  return {
    calendarState: (id: SeriesId): Promise<Versioned<CalendarState> | undefined> =>
      partition.get(calendarStateRow, key(id)),
    /** Holds while nobody else changed it since. */
    putCalendarState: (
      id: SeriesId,
      before: Versioned<CalendarState> | undefined,
      after: CalendarState,
    ): Change => replace(calendarStateRow, key(id), before, after),
  };
}

export type CalendarStateStore = ReturnType<typeof calendarStateStore>;
