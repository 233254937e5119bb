import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { homeDate } from '../clock.js';
import { AppError } from '../errors.js';
import type { OccurrenceId } from '../ids.js';
import type { Actor } from '../news/service.js';
import { demand } from '../people/permissions.js';
import { refusePersonalText } from '../texts/personal-data.js';
import { cleanLine } from '../texts/words.js';
import { isoDateSchema, parse } from '../validation.js';
import { momentOf, timeSchema, type ClockTurn } from '../wall-time.js';
import {
  changeOccurrence,
  occasionOf,
  recordOf,
  type OccurrenceDraft,
  type PersonsOccasion,
} from './changing.js';
import { linkSchema, minutesSchema, namesSchema } from './fields.js';
import type { OccurrenceRecord } from './occurrence.js';
import { applyMove, demandMove, type OccurrenceMove } from './occurrence-moves.js';
import type { SeriesParts } from './parts.js';
import type { Found } from './reading.js';
import { farthestMove, timeOf } from './schedule.js';
import type { OccurrenceMoved, SeriesService } from './service.js';
import { undoOccurrence } from './undoing.js';

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

type Decide = (found: Found, occasion: PersonsOccasion) => OccurrenceDraft | undefined;

async function decide(
  parts: SeriesParts,
  actor: Actor,
  id: OccurrenceId,
  how: Decide,
): Promise<OccurrenceMoved> {
  demand(actor, 'session:edit');
  const occasion = occasionOf(parts, actor);
  return changeOccurrence(parts, id, occasion, (found) => how(found, occasion));
}

/** A move that sets the state and nothing else. */
function setState(
  { occurrence, ...found }: Found,
  move: Exclude<OccurrenceMove, 'move' | 'keepOnHoliday'>,
  did: OccurrenceDraft['did'],
  by: PersonsOccasion & { readonly reason?: string },
): OccurrenceDraft {
  const record = applyMove(occurrence, recordOf({ occurrence, ...found }), move, by);
  return { record, did, canUndo: true };
}

/** When it shall take place, checked against its own date and the present. */
function chosenTime({ occurrence, series }: Found, input: z.output<typeof moveSchema>, now: string) {
  const { instant, turn } = momentOf(input);
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
    turn,
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
  parts: SeriesParts,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved & { turn: ClockTurn }> {
  demand(actor, 'session:edit');
  const wanted = parse(moveSchema, input);
  const moved = await decide(parts, actor, id, (found, { at }) => {
    demandMove(found.occurrence, 'move');
    const { start, end, byRule } = chosenTime(found, wanted, at);
    const { start: was, end: until } = found.occurrence;
    if (start === was && end === until) return undefined;
    const record = movedTo(recordOf(found), { start, end }, { byRule, was });
    return { record, did: { action: 'move', start, was }, canUndo: true };
  });
  return { ...moved, turn: momentOf(wanted).turn };
}

async function cancel(
  parts: SeriesParts,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  demand(actor, 'session:edit');
  const { reason } = parse(cancelSchema, input ?? {});
  refusePersonalText({ reason: reason ?? '' });
  const why = reason === undefined || reason === '' ? {} : { reason };
  return decide(parts, actor, id, (found, occasion) =>
    setState(found, 'cancel', { action: 'cancel', ...why }, { ...occasion, ...why }),
  );
}

function restore(parts: SeriesParts, actor: Actor, id: OccurrenceId): Promise<OccurrenceMoved> {
  return decide(parts, actor, id, (found, occasion) => {
    const { end } = found.occurrence;
    const draft = setState(found, 'restore', { action: 'restore' }, occasion);
    // Brought back now, it would count as held, which it was not.
    if (Temporal.Instant.compare(end, occasion.at) <= 0)
      throw new AppError('occurrence.timePassed', { id, end });
    return draft;
  });
}

function keepOnHoliday(parts: SeriesParts, actor: Actor, id: OccurrenceId): Promise<OccurrenceMoved> {
  return decide(parts, actor, id, (found) => {
    demandMove(found.occurrence, 'keepOnHoliday');
    if (found.occurrence.holiday === undefined) return undefined;
    return {
      record: { ...recordOf(found), isKeptOnHoliday: true },
      did: { action: 'keepOnHoliday' },
      canUndo: true,
    };
  });
}

function confirm(
  parts: SeriesParts,
  actor: Actor,
  id: OccurrenceId,
  isConfirmed: boolean,
): Promise<OccurrenceMoved> {
  const name = isConfirmed ? 'confirm' : 'unconfirm';
  const already = isConfirmed ? 'confirmed' : 'planned';
  return decide(parts, actor, id, (found, occasion) =>
    found.occurrence.is.state === already ? undefined : setState(found, name, { action: name }, occasion),
  );
}

async function edit(
  parts: SeriesParts,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  demand(actor, 'session:edit');
  const wanted = parse(editSchema, input);
  refusePersonalText({ ...wanted.names });
  return decide(parts, actor, id, (found) => {
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
    return { record, did: { action: 'edit' }, canUndo: true };
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
export function deciding(parts: SeriesParts): Pick<SeriesService, Deciding> {
  return {
    move: (actor, id, input) => move(parts, actor, id, input),
    cancel: (actor, id, input) => cancel(parts, actor, id, input),
    restore: (actor, id) => restore(parts, actor, id),
    keepOnHoliday: (actor, id) => keepOnHoliday(parts, actor, id),
    confirm: (actor, id, isConfirmed) => confirm(parts, actor, id, isConfirmed),
    editOccurrence: (actor, id, input) => edit(parts, actor, id, input),
    undoOccurrence: (actor, id, auditNumber) => undoOccurrence(parts, actor, id, auditNumber),
  };
}
