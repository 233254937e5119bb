import { isDeepStrictEqual } from 'node:util';
import type { Change, Versioned } from '../../platform/commit.js';
import { auditTrail } from '../../platform/audit-trail.js';
import { outdated, waitingChanges, type WaitingEntry } from '../../platform/waiting-index.js';
import { type Series, type SeriesAudit, seriesKinds, type SeriesOutline, type SeriesUndo } from './series.js';
import { z } from 'zod';
import type { SeriesId } from '../../platform/ids.js';
import type { Partition, Row } from '../../platform/partition.js';
import { prefixRange, type Range } from '../../platform/rows.js';
import { type Old, put, replace, storedKind, type StoredKind, withState } from '../../platform/stored.js';

/** The group of the index of what waits that holds the sessions of the coming weeks: series, and records of occurrences. */
export const sessionsGroup = 'sessions';

export function seriesWaiting(series: Series): WaitingEntry {
  const { id, kind, names, state, segments, pausedMonths, rotation, joinUrl } = series;
  const outline: SeriesOutline = {
    id,
    kind,
    names,
    state,
    segments,
    pausedMonths,
    ...(rotation && { rotation }),
    ...(joinUrl !== undefined && { joinUrl }),
  };
  return { group: sessionsGroup, id, place: id, line: { series: outline } };
}

/** A draft is of no concern to anything but its own page. */
const isPublished = ({ state }: Pick<Series, 'state'>): boolean => state.status !== 'draft';

const waitingOf = (series: Series | undefined): WaitingEntry[] =>
  series !== undefined && isPublished(series) ? [seriesWaiting(series)] : [];

/**
 * The changes that keep the index in step with a series. Where its dates change, what was agreed may go over to others,
 * and records from long ago may count again: then everything is read again.
 */
function seriesWaitingChanges(before: Series | undefined, after: Series): Change[] {
  if (before !== undefined && isPublished(before) && !isDeepStrictEqual(before.segments, after.segments))
    return [outdated(sessionsGroup)];
  return waitingChanges(waitingOf(before), waitingOf(after));
}

const isOld = (value: unknown): value is Old => typeof value === 'object' && value !== null;

/** Version 1 of an audit entry had `did` where `event` is now. */
function withEvent({ did, ...entry }: Old): Old {
  return did === undefined ? entry : { ...entry, event: did };
}

/** Version 1 of an undo row had `told` where `notification` is now, and `words` where `messages` is. */
function undoUpgrade(beforeUpgrade: (old: Old) => Old): (old: Old) => Old {
  return ({ entry, before, told, words, ...old }) => ({
    ...old,
    entry: isOld(entry) ? withEvent(entry) : entry,
    before: isOld(before) ? beforeUpgrade(before) : before,
    ...(told !== undefined && { notification: told }),
    ...(words !== undefined && { messages: words }),
  });
}

/** What all audit entries have; `event` is checked by whoever shows it. */
const entryShape = {
  number: z.int().min(1),
  at: z.string(),
  event: z.looseObject({ action: z.string() }),
};

/** The kind of an audit entry of whatever has one. */
export function auditKind<Entry extends object>(name: string): StoredKind<Entry> {
  const schema = z.looseObject(entryShape) as unknown as z.ZodType<Entry>;
  return storedKind({ name, schema, upgrades: [withEvent] });
}

/**
 * The kind of an undo row.
 * @param laterUpgrades those of the value of before from version 2 on.
 */
export function undoKind<Row extends object>(
  name: string,
  before: z.ZodType,
  beforeUpgrade: (old: Old) => Old,
  laterUpgrades: readonly ((old: Old) => Old)[] = [],
): StoredKind<Row> {
  const schema = z.looseObject({
    entry: z.looseObject(entryShape),
    before,
    notification: z
      .looseObject({
        messages: z.array(z.string()),
        sequence: z.int(),
        changedBefore: z.string(),
        sequenceBefore: z.int().exactOptional(),
      })
      .optional(),
    messages: z.array(z.string()).optional(),
  }) as unknown as z.ZodType<Row>;
  return storedKind({
    name,
    schema,
    upgrades: [
      undoUpgrade(beforeUpgrade),
      ...laterUpgrades.map((upgrade) => (old: Old): Old => ({ ...old, before: upgrade(old.before as Old) })),
    ],
  });
}

const namedSchema = z.looseObject({ fi: z.string(), sv: z.string(), en: z.string() });

const seriesSchema = z.looseObject({
  id: z.string(),
  kind: z.enum(seriesKinds),
  names: namedSchema,
  descriptions: z.looseObject({}),
  state: z.looseObject({ status: z.enum(['draft', 'active', 'ended']) }),
  segments: z
    .array(
      z.looseObject({
        number: z.int(),
        from: z.iso.date(),
        until: z.iso.date().optional(),
        rule: z.looseObject({ every: z.string(), interval: z.int().optional() }),
        time: z.string(),
        minutes: z.number(),
      }),
    )
    .min(1),
  pausedMonths: z.array(z.int()),
  people: z.looseObject({ of: z.enum(['programme', 'projects']) }),
  isOpenToContacts: z.boolean(),
  helper: z
    .looseObject({
      name: z.string(),
      phone: z.string().exactOptional(),
      address: z.string().exactOptional(),
    })
    .exactOptional(),
  groups: z.array(z.string()),
  meeting: z.looseObject({ lobby: z.string() }).optional(),
  rotation: z.looseObject({ projects: z.array(z.string()) }).optional(),
  agenda: z.array(z.looseObject({ id: z.string() })),
  reminders: z.looseObject({
    offsets: z.array(z.number()),
    ways: z.array(z.string()),
    channels: z.array(z.looseObject({ chat: z.looseObject({ conversationId: z.string() }) })),
  }),
  feedKey: z.string(),
  pageKey: z.string().exactOptional(),
  sequence: z.int(),
  sameAs: z.int().exactOptional(),
  changedAt: z.string(),
  createdAt: z.string(),
  auditCount: z.int(),
});

export const seriesRow: StoredKind<Series> = storedKind({
  name: 'series',
  schema: seriesSchema as unknown as z.ZodType<Series>,
  upgrades: [withState],
});
export const seriesAuditRow = auditKind<SeriesAudit>('seriesAudit');
export const seriesUndoRow = undoKind<SeriesUndo>('seriesUndo', seriesSchema, withState);

/** Everything that is asked for is read, a round trip for each page. */
const pageRows = 1_000;
/** More than twenty years of a daily series: beyond it something else is wrong. */
const maxPages = 20;

/** All values of a range, however many pages they take. */
export async function readAll<Value>(
  partition: Partition,
  kind: StoredKind<Value>,
  { from, to }: Pick<Range, 'from' | 'to'>,
): Promise<Versioned<Value>[]> {
  const found: Row<Value>[] = [];
  let next = from;
  for (let page = 0; page < maxPages; page += 1) {
    const { rows, more } = await partition.raw({ from: next, to, limit: pageRows });
    for (const row of rows) {
      const value = partition.valueOf(kind, row);
      if (value !== undefined) found.push({ ...row, value });
    }
    const last = rows.at(-1);
    if (!more || last === undefined) break;
    next = `${last.key} `;
  }
  return found.map(({ value, version }) => ({ value, version }));
}

const seriesPrefix = 'series|';
const seriesKey = (id: SeriesId): string => `${seriesPrefix}${id}`;
const undoKey = (id: SeriesId): string => `series-undo|${id}`;

/**
 * Series in `series|<id>`, what was done to them in `series-audit|`, and what undoes the newest of it in
 * `series-undo|`. A programme has a handful of series.
 */
export function seriesStore(partition: Partition) {
  const trail = auditTrail<SeriesId, SeriesAudit>(partition, {
    kind: seriesAuditRow,
    prefix: 'series-audit|',
  });
  const all = (): Promise<readonly Versioned<Series>[]> =>
    readAll(partition, seriesRow, prefixRange(seriesPrefix, pageRows));
  return {
    /** A series that is published; a draft is none to anybody who does not ask for it. */
    series: async (id: SeriesId): Promise<Versioned<Series> | undefined> => {
      const found = await partition.get(seriesRow, seriesKey(id));
      return found && isPublished(found.value) ? found : undefined;
    },
    /** Every series that is published, active or ended. */
    allSeries: async (): Promise<readonly Versioned<Series>[]> =>
      (await all()).filter(({ value }) => isPublished(value)),
    seriesOrDraft: (id: SeriesId): Promise<Versioned<Series> | undefined> =>
      partition.get(seriesRow, seriesKey(id)),
    drafts: async (): Promise<readonly Versioned<Series>[]> =>
      (await all()).filter(({ value }) => !isPublished(value)),
    /** Takes a draft away for good, with what undoes its newest change; its trail is kept. */
    removeDraft: ({ value, version }: Versioned<Series>): Change[] => [
      { op: 'delete', key: seriesKey(value.id), version },
    ],
    seriesAudit: trail.page,
    /** What undoes the newest action that can be undone; another may have followed it. */
    seriesUndo: async (id: SeriesId): Promise<SeriesUndo | undefined> =>
      (await partition.get(seriesUndoRow, undoKey(id)))?.value,
    /** The series with its new audit entries; `before` is undefined for a new one. */
    putSeries: (
      before: Versioned<Series> | undefined,
      after: Series,
      audit: readonly SeriesAudit[],
      undo?: SeriesUndo,
    ): Change[] => [
      replace(seriesRow, seriesKey(after.id), before, after),
      ...seriesWaitingChanges(before?.value, after),
      ...trail.insert(after.id, audit),
      // Held together by the row of the series, which is written with it.
      ...(undo === undefined ? [] : [put(seriesUndoRow, undoKey(after.id), undo)]),
    ],
    commit: (changes: readonly Change[]): Promise<void> => partition.commit(changes),
  };
}

export type SeriesStore = ReturnType<typeof seriesStore>;
