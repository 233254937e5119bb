import { Temporal } from 'temporal-polyfill';
import type { Change } from '../commit.js';
import { AppError } from '../errors.js';
import type { OccurrenceId, SeriesId } from '../ids.js';
import type { Actor } from '../news/service.js';
import { demand } from '../people/permissions.js';
import { carriedBack, nextMoved, segmentsBack } from './change-from.js';
import {
  changeOccurrence,
  occasionOf,
  recordOf,
  type OccurrenceDraft,
  type PersonsOccasion,
} from './changing.js';
import type { Occurrence, OccurrenceAudit, OccurrenceRecord } from './occurrence.js';
import type { SeriesParts } from './parts.js';
import { recalled } from './recalling.js';
import type { Found } from './reading.js';
import { timeOf } from './schedule.js';
import { changeSeries, type SeriesDraft } from './series-changing.js';
import type { Series, SeriesAudit } from './series.js';
import type { OccurrenceMoved, SeriesMoved } from './service.js';

function tooLate(id: string): AppError {
  return new AppError('undo.tooLate', { id });
}

/** Only what one did oneself, and after which nothing else happened, is taken back. */
function demandOwnNewest(
  entry: Pick<OccurrenceAudit | SeriesAudit, 'by' | 'number'> | undefined,
  actor: Actor,
  standing: { readonly id: string; readonly auditCount: number },
): void {
  if (entry?.by?.id !== actor.id || entry.number !== standing.auditCount) throw tooLate(standing.id);
}

/** The occurrence as the record of before has it. */
function occurrenceBefore({ series, occurrence }: Found, { is, moved }: OccurrenceRecord): Occurrence {
  const segment = series.value.segments.find(({ number }) => number === occurrence.segment);
  const { start, end } = moved ?? (segment ? timeOf(segment, occurrence.date) : occurrence);
  return { ...occurrence, start, end, is };
}

/**
 * The changes that call back what was told of a change; `undefined` when something of it has left, or something else
 * was told since, and with it this.
 */
async function quietly(
  { outbox }: Pick<SeriesParts, 'outbox'>,
  { sequence: standing }: Series,
  { sequence, told = [] }: Pick<OccurrenceAudit, 'sequence' | 'told'>,
): Promise<readonly Change[] | undefined> {
  return sequence === standing ? recalled(outbox, told) : undefined;
}

async function undoDraft(
  parts: SeriesParts,
  found: Found,
  entry: OccurrenceAudit,
  { at }: PersonsOccasion,
): Promise<OccurrenceDraft> {
  const { occurrence, series } = found;
  const { before: record } = entry;
  if (record === undefined) throw tooLate(occurrence.id);
  const before = occurrenceBefore(found, record);
  const isTimed =
    before.start !== occurrence.start ||
    (before.is.state === 'cancelled') !== (occurrence.is.state === 'cancelled');
  // What would come back is over: then it would count as held, or as moved into the past.
  if (isTimed && Temporal.Instant.compare(before.end, at) <= 0) throw tooLate(occurrence.id);
  const draft = { record, did: { action: 'undo' }, canUndo: false } as const;
  const changes = await quietly(parts, series.value, entry);
  return changes === undefined ? draft : { ...draft, changes, sequenceBack: series.value.sequence - 1 };
}

/** See {@link SeriesService.undoOccurrence}. */
export async function undoOccurrence(
  parts: SeriesParts,
  actor: Actor,
  id: OccurrenceId,
  auditNumber: number,
): Promise<OccurrenceMoved> {
  // Whoever takes part may take back what they did themselves; nobody takes back what another did.
  demand(actor, 'session:take');
  const occasion = occasionOf(parts, actor);
  return changeOccurrence(parts, id, occasion, async (found) => {
    const audit = await parts.store.occurrenceAudit(found.occurrence.id);
    const entry = audit.find(({ number }) => number === auditNumber);
    demandOwnNewest(entry, actor, recordOf(found));
    if (entry === undefined) throw tooLate(id);
    return undoDraft(parts, found, entry, occasion);
  });
}

async function undoneSeries(
  parts: SeriesParts,
  current: Series,
  entry: SeriesAudit,
  occasion: PersonsOccasion,
): Promise<SeriesDraft> {
  const { did, before } = entry;
  if (before === undefined) throw tooLate(current.id);
  const quiet = await quietly(parts, current, entry);
  const series = { ...before, segments: segmentsBack(before, current) };
  const isCarried = did.action === 'changeFrom';
  const carried = isCarried ? await carriedBack(parts, series, did, occasion) : [];
  return {
    series,
    did: { action: 'undo' },
    canUndo: false,
    changes: [...carried, ...(quiet ?? [])],
    ...(quiet === undefined
      ? isCarried && { messages: await nextMoved(parts, current, series, did.from, occasion) }
      : { sequenceBack: current.sequence - 1 }),
  };
}

/** See {@link SeriesService.undo}. */
export async function undoSeries(
  parts: SeriesParts,
  actor: Actor,
  id: SeriesId,
  auditNumber: number,
): Promise<SeriesMoved> {
  demand(actor, 'session:edit');
  const occasion = occasionOf(parts, actor);
  return changeSeries(parts, id, occasion, async (current) => {
    const audit = await parts.store.seriesAudit(id);
    const entry = audit.find(({ number }) => number === auditNumber);
    demandOwnNewest(entry, actor, current);
    if (entry === undefined) throw tooLate(id);
    return undoneSeries(parts, current, entry, occasion);
  });
}
