import { z } from 'zod';
import type { PersonRef } from './actor.js';
import type { AuditEntry } from './aggregate.js';
import { newestFirst } from './clock.js';
import type { Change } from './commit.js';
import { freshId } from './ids.js';
import type { Page } from './pages.js';
import type { Partition } from './partition.js';
import { prefixRange } from './rows.js';
import { insert, put, storedKind, storedPersonRef, withStatus, type Old, type StoredKind } from './stored.js';

const entriesPerPage = 50;

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
    since: z.string().optional(),
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

interface TrailSettings<Entry> {
  readonly kind: StoredKind<Entry>;
  /** What comes before the aggregate's id in the keys, as `news-audit|`. */
  readonly prefix: string;
  /** How the number is written in the key; newest first unless given. Six digits, alike for all entries of a trail. */
  readonly numberKey?: (number: number) => string;
}

/** What every entry has. */
interface Numbered {
  readonly number: number;
  readonly since?: string;
}

/** The audit trails of one kind of aggregate: a row `<prefix><id>|<number>` for each entry. */
export function auditTrail<Id extends string, Entry extends Numbered>(
  partition: Partition,
  { kind, prefix, numberKey = newestNumberFirst }: TrailSettings<Entry>,
) {
  const key = (id: Id, number: number): string => `${prefix}${id}|${numberKey(number)}`;
  const entry = async (id: Id, number: number): Promise<Entry | undefined> =>
    (await partition.get(kind, key(id, number)))?.value;
  return {
    /** An entry that goes on from the one that was there replaces it; the row of the aggregate guards them all. */
    insert: (id: Id, entries: readonly Entry[]): Change[] =>
      entries.map((each) =>
        each.since === undefined
          ? insert(kind, key(id, each.number), each)
          : put(kind, key(id, each.number), each),
      ),
    entry,
    /**
     * 50 entries, newest first, in one trip.
     * @param count how many the trail has, which its aggregate knows.
     * @param after the `next` of the page before; anything else begins with the newest.
     */
    page: async (id: Id, count: number, after?: string): Promise<Page<Entry>> => {
      const top = after !== undefined && /^\d{1,6}$/.test(after) ? Math.min(Number(after), count) : count;
      const last = Math.max(0, top - entriesPerPage);
      const [from = '', to = ''] = [key(id, last + 1), key(id, top)].sort();
      const { rows } = await partition.range(kind, { from, to: `${to} `, limit: entriesPerPage });
      const lines = rows.map(({ value }) => value).sort((one, other) => other.number - one.number);
      return { lines, ...(last > 0 && { next: String(last) }) };
    },
  };
}

/** One thing that was done to something that counts no entries of its own. */
export interface LogEntry<Event = unknown> {
  /** ISO instant. */
  readonly at: string;
  /** Absent where Big Room acts by itself, or somebody who did not sign in. */
  readonly by?: PersonRef;
  readonly event: Event;
}

/**
 * Who did what to things that are no aggregates: rows `<prefix><subject>|<newest first>|<random>`. The entry is stored in the
 * transaction of what it is about.
 */
export function auditLog<Event extends { readonly action: string }>(
  partition: Partition,
  { name, prefix }: { readonly name: string; readonly prefix: string },
) {
  const schema = z.looseObject({
    at: z.string(),
    by: storedPersonRef.optional(),
    event: z.looseObject({ action: z.string() }),
  });
  const kind = storedKind({ name, schema: schema as unknown as z.ZodType<LogEntry<Event>> });
  const keyPrefix = (subject: string): string => `${prefix}${subject}|`;
  return {
    add: (subject: string, entry: LogEntry<Event>): Change =>
      insert(kind, `${keyPrefix(subject)}${newestFirst(entry.at)}|${freshId()}`, entry),
    /** The changes that erase the newest entries of a subject, at most so many. */
    erase: async (subject: string, max: number): Promise<Change[]> => {
      const { rows } = await partition.raw(prefixRange(keyPrefix(subject), max));
      return rows.map(({ key }): Change => ({ op: 'delete', key }));
    },
    /** Newest first, 50 a page. */
    page: (subject: string, after?: string): Promise<Page<LogEntry<Event>>> =>
      partition.page(kind, keyPrefix(subject), entriesPerPage, after),
  };
}
