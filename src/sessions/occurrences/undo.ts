import type { Actor } from '../../platform/actor.js';
import { Temporal } from 'temporal-polyfill';
import type { Change } from '../../platform/commit.js';
import { AppError } from '../../platform/errors.js';
import type { MessageId, OccurrenceId, SeriesId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import { carriedBack, nextMoved, segmentsBack } from '../series/change-from.js';
import {
  changeOccurrence,
  actionContextOf,
  recordOf,
  type OccurrenceDraft,
  type PersonActionContext,
} from './change.js';
import type { Occurrence, OccurrenceRecord, OccurrenceUndo } from './occurrence.js';
import type { SeriesDeps } from '../deps.js';
import { recalled } from './recall.js';
import type { Found } from './reading.js';
import { timeOf } from './schedule.js';
import { changeSeries, type SeriesDraft } from '../series/series-changing.js';
import type { Series, SeriesUndo } from '../series/series.js';
import type { OccurrenceMoved, SeriesMoved } from '../service.js';
import { hasLeft, quietly } from './undoable.js';

function tooLate(id: string): AppError {
  return new AppError('undo.tooLate', { id });
}

/** Only what one did oneself, and after which nothing else happened, is taken back. */
function requireOwnNewest<Undo extends OccurrenceUndo | SeriesUndo>(
  undo: Undo | undefined,
  auditNumber: number,
  actor: Actor,
  standing: { readonly id: string; readonly auditCount: number },
): Undo {
  const { number, by } = undo?.entry ?? {};
  const isNewest = number === auditNumber && number === standing.auditCount;
  if (undo === undefined || !isNewest || by?.id !== actor.id) throw tooLate(standing.id);
  return undo;
}

/** The occurrence as the record of before has it. */
function occurrenceBefore({ series, occurrence }: Found, { state, moved }: OccurrenceRecord): Occurrence {
  const segment = series.value.segments.find(({ number }) => number === occurrence.segment);
  const { start, end } = moved ?? (segment ? timeOf(segment, occurrence.date) : occurrence);
  return { ...occurrence, start, end, state: state };
}

/**
 * The changes that call back the words of an act.
 * @throws AppError `undo.tooLate` when one has left: what it said stands.
 */
async function unsaid(
  { outbox }: Pick<SeriesDeps, 'outbox'>,
  id: string,
  words: readonly MessageId[],
): Promise<readonly Change[]> {
  const changes = await recalled(outbox, words);
  if (changes === undefined) throw tooLate(id);
  return changes;
}

/** What the series gets back: nothing where what this change overtook is still untold. */
function backOf(
  { undoSeconds }: Pick<SeriesDeps, 'undoSeconds'>,
  { entry, told }: OccurrenceUndo | SeriesUndo,
): { readonly back?: Pick<Series, 'sequence' | 'changedAt'> } {
  if (told === undefined || !hasLeft(told.changedBefore, entry.at, undoSeconds)) return {};
  return { back: { sequence: told.sequence - 1, changedAt: told.changedBefore } };
}

async function undoDraft(
  deps: SeriesDeps,
  found: Found,
  undo: OccurrenceUndo,
  { at }: PersonActionContext,
): Promise<OccurrenceDraft> {
  const { occurrence, series } = found;
  const { before: record, told, words = [] } = undo;
  const before = occurrenceBefore(found, record);
  const isTimed =
    before.start !== occurrence.start ||
    (before.state.status === 'cancelled') !== (occurrence.state.status === 'cancelled');
  // What would come back is over: then it would count as held, or as moved into the past.
  if (isTimed && Temporal.Instant.compare(before.end, at) <= 0) throw tooLate(occurrence.id);
  const draft = { record, event: { action: 'undo' }, canUndo: false } as const;
  const unsaying = await unsaid(deps, occurrence.id, words);
  const quiet = await quietly(deps, series.value.sequence, told, found.record?.value.announced?.message);
  if (quiet === undefined) return { ...draft, changes: unsaying };
  return { ...draft, changes: [...unsaying, ...quiet], ...backOf(deps, undo) };
}

/** See {@link SeriesService.undoOccurrence}. */
export async function undoOccurrence(
  deps: SeriesDeps,
  actor: Actor,
  id: OccurrenceId,
  auditNumber: number,
): Promise<OccurrenceMoved> {
  // Whoever takes part may take back what they did themselves; nobody takes back what another did.
  requirePermission(actor, 'session:take');
  const actionContext = actionContextOf(deps, actor);
  return changeOccurrence(deps, id, actionContext, async (found) => {
    const standing = await deps.store.occurrenceUndo(found.occurrence.id);
    const undo = requireOwnNewest(standing, auditNumber, actor, recordOf(found));
    return undoDraft(deps, found, undo, actionContext);
  });
}

async function undoneSeries(
  deps: SeriesDeps,
  current: Series,
  undo: SeriesUndo,
  actionContext: PersonActionContext,
): Promise<SeriesDraft> {
  const { entry, before, told } = undo;
  const { event } = entry;
  const quiet = await quietly(deps, current.sequence, told);
  const series = { ...before, segments: segmentsBack(before, current) };
  const isCarried = event.action === 'changeFrom';
  const carried = isCarried ? await carriedBack(deps, series, event, actionContext) : [];
  return {
    series,
    event: { action: 'undo' },
    canUndo: false,
    changes: [...carried, ...(quiet ?? [])],
    ...(quiet === undefined
      ? isCarried && { messages: await nextMoved(deps, current, series, event.from, actionContext) }
      : backOf(deps, undo)),
  };
}

/** See {@link SeriesService.undo}. */
export async function undoSeries(
  deps: SeriesDeps,
  actor: Actor,
  id: SeriesId,
  auditNumber: number,
): Promise<SeriesMoved> {
  requirePermission(actor, 'session:edit');
  const actionContext = actionContextOf(deps, actor);
  return changeSeries(deps, id, actionContext, async (current) => {
    const undo = requireOwnNewest(await deps.store.seriesUndo(id), auditNumber, actor, current);
    return undoneSeries(deps, current, undo, actionContext);
  });
}
