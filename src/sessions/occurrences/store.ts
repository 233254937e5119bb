import { z } from 'zod';
import type { Change, Versioned } from '../../platform/commit.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { put, replace, storedKind, withState, type Old, type StoredKind } from '../../platform/stored.js';
import { auditTrail } from '../../platform/audit-trail.js';
import { waitingChanges, type WaitingEntry } from '../../platform/waiting-index.js';
import { archiveChanges, archiveEntries } from './archive-index.js';
import { auditKind, readAll, seriesStore, sessionsGroup, undoKind } from '../series/store.js';
import {
  materialId,
  type OccurrenceAudit,
  type OccurrenceRecord,
  type OccurrenceUndo,
  seriesAndDateOf,
} from './occurrence.js';

/** Cheap: a daily series has more than a thousand of them in one answer. */
const recordSchema = z.looseObject({
  id: z.string(),
  seriesId: z.string(),
  date: z.string(),
  state: z.looseObject({ status: z.enum(['planned', 'confirmed', 'cancelled']) }),
  moved: z.looseObject({ start: z.string(), end: z.string() }).optional(),
  slot: z.looseObject({ projectId: z.string(), how: z.string() }).nullable().optional(),
  talk: z.looseObject({ topic: z.string(), presenter: z.string() }).optional(),
  auditCount: z.int(),
});

/** Version 1 had `is` where `state` is now, `turn` where `slot` is, and `talk.speaker` where `talk.presenter` is. */
function recordUpgrade(old: Old): Old {
  const { turn, talk, ...record } = withState(old);
  const { speaker, ...more } = (talk ?? {}) as Old;
  return {
    ...record,
    ...(turn !== undefined && { slot: turn }),
    ...(talk !== undefined && { talk: { presenter: speaker, ...more } }),
  };
}

/** Version 2 had materials without an id and without the language of their title: that is the talk's, or Finnish. */
function materialUpgrade(old: Old): Old {
  const { materials, talk } = old;
  if (!Array.isArray(materials)) return old;
  const language = ((talk ?? {}) as { readonly language?: unknown }).language ?? 'fi';
  const read = (materials as readonly Old[]).map((material, index, all) => {
    const isSecond = all.findIndex(({ url }) => url === material.url) < index;
    const id = materialId(String(material.url)) + (isSecond ? `-${String(index)}` : '');
    return { id, language, ...material };
  });
  return { ...old, materials: read };
}

export const recordRow: StoredKind<OccurrenceRecord> = storedKind({
  name: 'occurrence',
  schema: recordSchema as unknown as z.ZodType<OccurrenceRecord>,
  upgrades: [recordUpgrade, materialUpgrade],
});
export const occurrenceAuditRow = auditKind<OccurrenceAudit>('occurrenceAudit');
export const occurrenceUndoRow = undoKind<OccurrenceUndo>('occurrenceUndo', recordSchema, recordUpgrade, [
  materialUpgrade,
]);

/** What the index of what waits holds of a record: when it takes place, who presents what, and whether it was thanked for. */
export function recordWaiting(record: OccurrenceRecord): WaitingEntry {
  const { agenda: _agenda, topics: _topics, materials: _materials, ...rest } = record;
  const { notes: _notes, attendance: _attendance, ...others } = rest;
  const { announced: _announced, carriedTo: _to, swap: _swap, changeMessage: _message, ...shown } = others;
  const { thankedTo: _thankedTo, ...line } = shown;
  return { group: sessionsGroup, id: line.id, place: line.id, line: { record: line } };
}

const recordKey = (id: SeriesId, date: string): string => `occurrence|${id}|${date}`;
const undoKey = (id: OccurrenceId): string => `occurrence-undo|${id}`;

/**
 * Records of occurrences in `occurrence|<series>|<date>`, what was done to them in `occurrence-audit|`, and what undoes
 * the newest of it in `occurrence-undo|`; and the series, since a record is written together with its series.
 */
export function occurrenceStore(partition: Partition) {
  const trail = auditTrail<OccurrenceId, OccurrenceAudit>(partition, {
    kind: occurrenceAuditRow,
    prefix: 'occurrence-audit|',
  });

  /** The record with its new audit entries, of a series whose dates change: then the index of what waits is read again. */
  function putCarried(
    before: Versioned<OccurrenceRecord> | undefined,
    after: OccurrenceRecord,
    audit: readonly OccurrenceAudit[],
    undo?: OccurrenceUndo,
  ): Change[] {
    return [
      replace(recordRow, recordKey(after.seriesId, after.date), before, after),
      ...trail.insert(after.id, audit),
      ...archiveChanges(before?.value, after),
      // Held together by the row of the record, which is written with it.
      ...(undo === undefined ? [] : [put(occurrenceUndoRow, undoKey(after.id), undo)]),
    ];
  }

  return {
    ...seriesStore(partition),
    record: async (id: OccurrenceId): Promise<Versioned<OccurrenceRecord> | undefined> => {
      const found = seriesAndDateOf(id);
      return found && (await partition.get(recordRow, recordKey(found.seriesId, found.date)));
    },
    /** The records of a series whose own dates lie between two ISO dates, both included; by date. */
    records: (id: SeriesId, from: string, to: string): Promise<readonly Versioned<OccurrenceRecord>[]> =>
      readAll(partition, recordRow, { from: recordKey(id, from), to: `${recordKey(id, to)} ` }),
    /** Of what there is something to see, the newest day first. */
    archive: archiveEntries(partition),
    /** Writes a record as it is, so that whoever decided on it in the meantime must decide again. */
    touch: (found: Versioned<OccurrenceRecord>): Change =>
      replace(recordRow, recordKey(found.value.seriesId, found.value.date), found, found.value),
    occurrenceAudit: trail.page,
    /** What undoes the newest action that can be undone; another may have followed it. */
    occurrenceUndo: async (id: OccurrenceId): Promise<OccurrenceUndo | undefined> =>
      (await partition.get(occurrenceUndoRow, undoKey(id)))?.value,
    /** The record with its new audit entries; `before` is undefined where nothing was stored yet. */
    putRecord: (
      before: Versioned<OccurrenceRecord> | undefined,
      after: OccurrenceRecord,
      audit: readonly OccurrenceAudit[],
      undo?: OccurrenceUndo,
    ): Change[] => [
      ...putCarried(before, after, audit, undo),
      ...waitingChanges(before ? [recordWaiting(before.value)] : [], [recordWaiting(after)]),
    ],
    putCarried,
  };
}

export type OccurrenceStore = ReturnType<typeof occurrenceStore>;
