import type { Actor } from '../../platform/actor.js';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { homeDate } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import { assertNoPersonalData } from '../../content/personal-data.js';
import { cleanLine } from '../../content/input.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import { momentOf, timeSchema, type ClockChange } from '../../platform/wall-time.js';
import {
  changeOccurrence,
  actionContextOf,
  recordOf,
  type OccurrenceDraft,
  type PersonActionContext,
} from './change.js';
import { linkSchema, minutesSchema, namesSchema } from '../series/fields.js';
import type { OccurrenceRecord } from './occurrence.js';
import { applyMove, requireMove, type OccurrenceMove } from './workflow.js';
import type { SeriesDeps } from '../deps.js';
import type { Found } from './reading.js';
import { farthestMove, timeOf } from './schedule.js';
import type { OccurrenceMoved, SeriesService } from '../service.js';
import { undoOccurrence } from './undo.js';

const moveSchema = z.strictObject({
  date: isoDateSchema,
  time: timeSchema,
  minutes: minutesSchema.optional(),
});
const cancelSchema = z.strictObject({ reason: cleanLine.pipe(z.string().max(500)).optional() });
const editSchema = z.strictObject({
  names: namesSchema.nullable().optional(),
  joinUrl: linkSchema.nullable().optional(),
});

type Decide = (found: Found, actionContext: PersonActionContext) => OccurrenceDraft | undefined;

async function decide(
  deps: SeriesDeps,
  actor: Actor,
  id: OccurrenceId,
  how: Decide,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:edit');
  const actionContext = actionContextOf(deps, actor);
  return changeOccurrence(deps, id, actionContext, (found) => how(found, actionContext));
}

/** A move that sets the state and nothing else. */
function setState(
  { occurrence, ...found }: Found,
  move: Exclude<OccurrenceMove, 'move' | 'keepOnHoliday'>,
  event: OccurrenceDraft['event'],
  by: PersonActionContext & { readonly reason?: string },
): OccurrenceDraft {
  const record = applyMove(occurrence, recordOf({ occurrence, ...found }), move, by);
  return { record, event: event, canUndo: true };
}

/** When it shall take place, checked against its own date and the present. */
function chosenTime({ occurrence, series }: Found, input: z.output<typeof moveSchema>, now: string) {
  const { instant, clockChange } = momentOf(input);
  const days = Temporal.PlainDate.from(occurrence.date).until(input.date).total('days');
  if (Math.abs(days) > farthestMove) {
    const fields = [{ field: 'date', code: 'moveTooFar', values: { days: farthestMove } }];
    throw new AppError('input.invalid', { fields });
  }
  if (Temporal.Instant.compare(instant, now) <= 0)
    throw new AppError('occurrence.timePassed', { id: occurrence.id, start: instant.toString() });
  const segment = series.value.segments.find(({ number }) => number === occurrence.segment);
  const standing = Temporal.Instant.from(occurrence.start).until(occurrence.end).total('minutes');
  const end = instant.add({ minutes: input.minutes ?? standing });
  return {
    start: instant.toString(),
    end: end.toString(),
    clockChange,
    byRule: segment && timeOf(segment, occurrence.date),
  };
}

/** The record moved to a time; at the time of its rule it is not moved. */
function movedTo(
  { moved: _moved, isKeptOnHoliday, ...record }: OccurrenceRecord,
  wanted: { readonly start: string; readonly end: string },
  { byRule, was }: { byRule: { start: string; end: string } | undefined; was: string },
): OccurrenceRecord {
  const { start, end } = wanted;
  const isSameDay = homeDate(start).equals(homeDate(was));
  const isByRule = byRule?.start === start && byRule.end === end;
  return {
    ...record,
    ...(isKeptOnHoliday && isSameDay && { isKeptOnHoliday }),
    ...(!isByRule && { moved: { start, end } }),
  };
}

async function move(
  deps: SeriesDeps,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved & { clockChange: ClockChange }> {
  requirePermission(actor, 'session:edit');
  const wanted = parse(moveSchema, input);
  const moved = await decide(deps, actor, id, (found, { at }) => {
    requireMove(found.occurrence, 'move');
    const { start, end, byRule } = chosenTime(found, wanted, at);
    const { start: was, end: until } = found.occurrence;
    if (start === was && end === until) return undefined;
    const record = movedTo(recordOf(found), { start, end }, { byRule, was });
    return { record, event: { action: 'move', start, was }, canUndo: true };
  });
  return { ...moved, clockChange: momentOf(wanted).clockChange };
}

async function cancel(
  deps: SeriesDeps,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:edit');
  const { reason } = parse(cancelSchema, input ?? {});
  assertNoPersonalData({ reason: reason ?? '' });
  const why = reason === undefined || reason === '' ? {} : { reason };
  return decide(deps, actor, id, (found, actionContext) =>
    setState(found, 'cancel', { action: 'cancel', ...why }, { ...actionContext, ...why }),
  );
}

function restore(deps: SeriesDeps, actor: Actor, id: OccurrenceId): Promise<OccurrenceMoved> {
  return decide(deps, actor, id, (found, actionContext) => {
    const { end } = found.occurrence;
    const draft = setState(found, 'restore', { action: 'restore' }, actionContext);
    // Brought back now, it would count as held, which it was not.
    if (Temporal.Instant.compare(end, actionContext.at) <= 0)
      throw new AppError('occurrence.timePassed', { id, end });
    return draft;
  });
}

function keepOnHoliday(deps: SeriesDeps, actor: Actor, id: OccurrenceId): Promise<OccurrenceMoved> {
  return decide(deps, actor, id, (found) => {
    requireMove(found.occurrence, 'keepOnHoliday');
    if (found.occurrence.holiday === undefined) return undefined;
    return {
      record: { ...recordOf(found), isKeptOnHoliday: true },
      event: { action: 'keepOnHoliday' },
      canUndo: true,
    };
  });
}

function confirm(
  deps: SeriesDeps,
  actor: Actor,
  id: OccurrenceId,
  isConfirmed: boolean,
): Promise<OccurrenceMoved> {
  const name = isConfirmed ? 'confirm' : 'unconfirm';
  const already = isConfirmed ? 'confirmed' : 'planned';
  return decide(deps, actor, id, (found, actionContext) =>
    found.occurrence.state.status === already
      ? undefined
      : setState(found, name, { action: name }, actionContext),
  );
}

async function edit(
  deps: SeriesDeps,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:edit');
  const wanted = parse(editSchema, input);
  assertNoPersonalData({ ...wanted.names });
  return decide(deps, actor, id, (found) => {
    const before = recordOf(found);
    const { names, joinUrl, ...rest } = before;
    const after = {
      names: wanted.names === undefined ? names : (wanted.names ?? undefined),
      joinUrl: wanted.joinUrl === undefined ? joinUrl : (wanted.joinUrl ?? undefined),
    };
    if (JSON.stringify(after) === JSON.stringify({ names, joinUrl })) return undefined;
    const record = {
      ...rest,
      ...(after.names && { names: after.names }),
      ...(after.joinUrl !== undefined && { joinUrl: after.joinUrl }),
    };
    return { record, event: { action: 'edit' }, canUndo: true };
  });
}

type Deciding =
  | 'move'
  | 'cancel'
  | 'restore'
  | 'keepOnHoliday'
  | 'confirm'
  | 'editOccurrence'
  | 'undoOccurrence';

/** What a coordinator does with one occurrence. */
export function deciding(deps: SeriesDeps): Pick<SeriesService, Deciding> {
  return {
    move: (actor, id, input) => move(deps, actor, id, input),
    cancel: (actor, id, input) => cancel(deps, actor, id, input),
    restore: (actor, id) => restore(deps, actor, id),
    keepOnHoliday: (actor, id) => keepOnHoliday(deps, actor, id),
    confirm: (actor, id, isConfirmed) => confirm(deps, actor, id, isConfirmed),
    editOccurrence: (actor, id, input) => edit(deps, actor, id, input),
    undoOccurrence: (actor, id, auditNumber) => undoOccurrence(deps, actor, id, auditNumber),
  };
}
