import type { Partition } from '../platform/partition.js';
import { calendarStateStore } from './calendar/state.js';
import { occurrenceStore } from './occurrences/store.js';

/** Series, records of occurrences, and what is known of the calendar outside: what most rooms read, in one partition. */
export function sessionStore(partition: Partition) {
  return { ...occurrenceStore(partition), ...calendarStateStore(partition) };
}

export type SessionStore = ReturnType<typeof sessionStore>;
