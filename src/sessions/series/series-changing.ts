import { isDeepStrictEqual } from 'node:util';
import { whileConflicting, type Change, type Versioned } from '../../platform/commit.js';
import { AppError } from '../../platform/errors.js';
import type { SeriesId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { findSeries, type ActionContext } from '../occurrences/change.js';
import { calendarMessage, invitationMessages, planMessage } from '../occurrences/effects.js';
import type { SeriesDeps } from '../deps.js';
import type { Series, SeriesAudit, SeriesUndo } from './series.js';
import type { SeriesMoved } from '../service.js';

/** What is decided about a series. */
export interface SeriesDraft {
  readonly series: Series;
  readonly event: SeriesAudit['event'];
  readonly canUndo: boolean;
  readonly changes?: readonly Change[];
  readonly messages?: (series: Series) => readonly NewMessage[];
  /** An undo of what nobody has heard of yet: what the series gets back. */
  readonly back?: Pick<Series, 'sequence' | 'changedAt'>;
}

/** What an invited person's calendar says of a series. */
function seen(series: Series): unknown {
  const { names, descriptions, segments, pausedMonths, isOpenToContacts, joinUrl } = series;
  return [names, descriptions, segments, pausedMonths, isOpenToContacts, joinUrl];
}

/** The message with which the calendar follows a change that only it sees: who is invited. */
function groupsMessage(before: Series, after: Series, { dueAt }: ActionContext): NewMessage[] {
  if (isDeepStrictEqual(before.groups, after.groups)) return [];
  return [calendarMessage(after.id, ['groups', String(after.auditCount)], dueAt)];
}

/** The series as it will be stored, and all that leaves for it. */
function toldOf(before: Series, draft: SeriesDraft, actionContext: ActionContext) {
  const drafted = { ...draft.series, auditCount: before.auditCount + 1 };
  if (draft.back !== undefined) return { series: { ...drafted, ...draft.back }, messages: [] };
  const quiet = { ...drafted, sequence: before.sequence, changedAt: before.changedAt };
  if (isDeepStrictEqual(seen(before), seen(draft.series)))
    return { series: quiet, messages: groupsMessage(before, quiet, actionContext) };
  const series = { ...drafted, sequence: before.sequence + 1, changedAt: actionContext.at };
  // Who was invited before learns that they no longer are.
  const isMailed = series.isOpenToContacts || before.isOpenToContacts;
  return { series, messages: invitationMessages(series, isMailed, actionContext.dueAt) };
}

/** Stores what was decided of a series, with its audit entry and everything that follows from it. */
async function store(
  deps: Pick<SeriesDeps, 'store' | 'outbox'>,
  before: Versioned<Series>,
  draft: SeriesDraft,
  actionContext: ActionContext,
): Promise<SeriesMoved> {
  const { series, messages: invitations } = toldOf(before.value, draft, actionContext);
  const messages = [...invitations, ...(draft.messages?.(series) ?? [])];
  const isTold = series.sequence > before.value.sequence;
  const number = series.auditCount;
  const entry: SeriesAudit = {
    number,
    at: actionContext.at,
    ...(actionContext.by && { by: actionContext.by }),
    event: draft.event,
  };
  const { sequence } = series;
  const { changedAt: changedBefore } = before.value;
  const told = { messages: messages.map((message) => message.id), sequence, changedBefore };
  const undo: SeriesUndo = { entry, before: before.value, ...(isTold && { told }) };
  await deps.outbox.commit(
    [
      ...deps.store.putSeries(before, series, [entry], draft.canUndo ? undo : undefined),
      ...(draft.changes ?? []),
    ],
    [...messages, planMessage(series.id, ['series', String(number)], actionContext.dueAt)],
  );
  return { series, ...(draft.canUndo && { undo: number }) };
}

/**
 * Reads a series, decides, and stores what was decided; reads and decides anew when somebody else was faster. The same
 * series given back, or nothing, stores nothing.
 */
export async function changeSeries(
  deps: Pick<SeriesDeps, 'store' | 'outbox'>,
  id: SeriesId,
  actionContext: ActionContext,
  decide: (series: Series) => SeriesDraft | undefined | Promise<SeriesDraft | undefined>,
): Promise<SeriesMoved> {
  return whileConflicting(async () => {
    const before = await findSeries(deps.store, id);
    const draft = await decide(before.value);
    const isSame = draft === undefined || isDeepStrictEqual(draft.series, before.value);
    return isSame ? { series: before.value } : store(deps, before, draft, actionContext);
  });
}

/** @throws AppError `series.ended`. */
export function requireActive({ id, state }: Series): void {
  if (state.status === 'ended') throw new AppError('series.ended', { id });
}
