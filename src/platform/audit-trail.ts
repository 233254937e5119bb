import { z } from 'zod';
import type { AuditEntry } from './aggregate.js';
import type { Change } from './commit.js';
import type { Partition } from './partition.js';
import { insert, storedKind, storedPersonRef, withStatus, type Old, type StoredKind } from './stored.js';

const maxEntries = 200;

/** The number of an audit entry or revision as a part of a key: the newest comes first. */
export function newestNumberFirst(number: number): string {
  return String(999_999 - number).padStart(6, '0');
}

interface EntryKindSettings<Event, Before> {
  readonly name: string;
  readonly event: z.ZodType<Event>;
  readonly before?: z.ZodType<Before>;
  /** What an undo brings back, from version 1; a state alone needs nothing here. */
  readonly upgradeBefore?: (before: unknown) => unknown;
  /** The event from version 1, where more than its place has changed. */
  readonly upgradeEvent?: (event: unknown) => unknown;
}

/** The stored kind of audit entries. Version 1 kept the event at `did`. */
export function auditEntryKind<Event, Before = never>({
  name,
  event,
  before,
  upgradeBefore = withStatus,
  upgradeEvent = (old) => old,
}: EntryKindSettings<Event, Before>): StoredKind<AuditEntry<Event, Before>> {
  const schema = z.looseObject({
    number: z.number(),
    at: z.string(),
    by: storedPersonRef.optional(),
    event,
    ...(before && { before: before.optional() }),
  });
  return storedKind({
    name,
    // The ids of people are branded texts, which a schema of stored rows does not know.
    schema: schema as unknown as z.ZodType<AuditEntry<Event, Before>>,
    upgrades: [
      ({ did, before: old, ...entry }: Old): Old => ({
        ...entry,
        event: upgradeEvent(did),
        ...(old !== undefined && { before: upgradeBefore(old) }),
      }),
    ],
  });
}

interface TrailSettings<Event, Before> {
  readonly kind: StoredKind<AuditEntry<Event, Before>>;
  /** What comes before the aggregate's id in the keys, as `news-audit|`. */
  readonly prefix: string;
  /** How the number is written in the key; newest first unless given. */
  readonly numberKey?: (number: number) => string;
}

/** The audit trails of one kind of aggregate: a row `<prefix><id>|<number>` for each entry. */
export function auditTrail<Id extends string, Event, Before>(
  partition: Partition,
  { kind, prefix, numberKey = newestNumberFirst }: TrailSettings<Event, Before>,
) {
  const keyPrefix = (id: Id): string => `${prefix}${id}|`;
  const key = (id: Id, number: number): string => keyPrefix(id) + numberKey(number);
  return {
    insert: (id: Id, entries: readonly AuditEntry<Event, Before>[]): Change[] =>
      entries.map((entry) => insert(kind, key(id, entry.number), entry)),
    entry: async (id: Id, number: number): Promise<AuditEntry<Event, Before> | undefined> =>
      (await partition.get(kind, key(id, number)))?.value,
    /** The first 200 rows, which are the newest entries where those come first, in the order in which they were made. */
    entries: async (id: Id): Promise<AuditEntry<Event, Before>[]> =>
      (await partition.all(kind, keyPrefix(id), maxEntries)).sort((one, other) => one.number - other.number),
  };
}
