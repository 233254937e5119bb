import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type ActionContext, cancelForUndo, type PersonActionContext } from '../../platform/aggregate.js';
import type { Actor } from '../../platform/actor.js';
import { homeDate } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId } from '../../platform/ids.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import { momentOf, timeSchema, type ClockChange } from '../../platform/wall-time.js';
import { safeLinkSchema, writtenLine } from '../../content/input.js';
import { mergedWith, requireSeen, type Seen } from '../../platform/seen.js';
import { requirePermission } from '../../people/permissions.js';
import { minutesSchema, namesSchema } from '../series/input.js';
import { timeOf } from '../series/dates.js';
import { cancelNotification, versionBefore } from '../series/change.js';
import { exchangeChanges } from './carry-over.js';
import {
  changeOccurrence,
  recordOf,
  undoOccurrenceChange,
  type OccurrenceChangeDeps,
  type OccurrenceDecision,
  type OccurrenceChanged,
} from './change.js';
import { maxMoveDays, type Occurrence, type OccurrenceRecord } from './occurrence.js';
import { findOccurrence, type Found } from './reading.js';
import { languages } from '../../shared/languages.js';
import { translationsOf } from './translations.js';
import { type CancelReason, moveState, requireMove, type StateMove } from './workflow.js';

const moveSchema = z.strictObject({
  date: isoDateSchema,
  time: timeSchema,
  minutes: minutesSchema.optional(),
});
const cancelSchema = z.strictObject({
  reason: writtenLine({ max: 500 }).optional(),
  language: z.enum(languages).optional(),
  translations: translationsOf(z.strictObject({ reason: writtenLine({ max: 500 }) }), (words) =>
    words.reason === '' ? undefined : words,
  ).optional(),
});
const editSchema = z.strictObject({
  names: namesSchema.nullable().optional(),
  joinUrl: safeLinkSchema.nullable().optional(),
});

/** A move that sets the state and nothing else. */
function setState(
  found: Found,
  move: StateMove,
  event: OccurrenceDecision['event'],
  by: PersonActionContext & CancelReason,
): OccurrenceDecision {
  return { record: moveState(found.occurrence, recordOf(found), move, by), event, canUndo: true };
}

const segmentOf = ({ series, occurrence }: Found) =>
  series.value.segments.find(({ number }) => number === occurrence.segment);

/** When it shall take place, checked against its own date and the present. */
function chosenTime(found: Found, input: z.output<typeof moveSchema>, now: string) {
  const { occurrence } = found;
  const { instant } = momentOf(input);
  const days = Temporal.PlainDate.from(occurrence.date).until(input.date).total('days');
  if (Math.abs(days) > maxMoveDays) {
    const fields = [{ field: 'date', code: 'moveTooFar', values: { days: maxMoveDays } }];
    throw new AppError('input.invalid', { fields });
  }
  if (Temporal.Instant.compare(instant, now) <= 0)
    throw new AppError('occurrence.timePassed', { id: occurrence.id, start: instant.toString() });
  const current = Temporal.Instant.from(occurrence.start).until(occurrence.end).total('minutes');
  const end = instant.add({ minutes: input.minutes ?? current });
  return { start: instant.toString(), end: end.toString() };
}

/** The record moved to a time; at the time of its rule it is not moved. */
function movedTo(
  found: Found,
  { start, end }: { readonly start: string; readonly end: string },
): OccurrenceRecord {
  const { moved: _moved, isKeptOnHoliday, ...record } = recordOf(found);
  const segment = segmentOf(found);
  const byRule = segment && timeOf(segment, found.occurrence.date);
  const isSameDay = homeDate(start).equals(homeDate(found.occurrence.start));
  const isByRule = byRule?.start === start && byRule.end === end;
  return {
    ...record,
    ...(isKeptOnHoliday && isSameDay && { isKeptOnHoliday }),
    ...(!isByRule && { moved: { start, end } }),
  };
}

/** The occurrence as the record of before has it. */
function occurrenceBefore(found: Found, { state, moved }: OccurrenceRecord): Occurrence {
  const segment = segmentOf(found);
  const { occurrence } = found;
  const { start, end } = moved ?? (segment ? timeOf(segment, occurrence.date) : occurrence);
  return { ...occurrence, start, end, state };
}

/**
 * What a coordinator does with one occurrence (`session:edit`), and the undo of whoever did something with it. All throw
 * AppError `permission.denied`, `occurrence.notFound`.
 */
export function occurrenceService(deps: OccurrenceChangeDeps) {
  const { outbox, store, undoSeconds } = deps;

  async function change(
    actor: Actor,
    id: OccurrenceId,
    decide: (found: Found, context: PersonActionContext) => OccurrenceDecision | undefined,
  ): Promise<OccurrenceChanged> {
    requirePermission(actor, 'session:edit');
    return changeOccurrence(deps, id, actor, decide);
  }

  /**
   * The changes that bring the other slot of a swap back, with what followed the talks.
   * @throws AppError `undo.tooLate` where something else has happened to it since.
   */
  async function swapUndone(id: OccurrenceId, withId: OccurrenceId, { at, by }: ActionContext) {
    const there = await findOccurrence(deps, withId);
    const undo = await store.occurrenceUndo(there.occurrence.id);
    const current = recordOf(there);
    const isNewest = undo?.entry.number === current.auditCount;
    if (!isNewest || undo.entry.event.action !== 'turn' || undo.entry.event.with !== id)
      throw new AppError('undo.tooLate', { id });
    const number = current.auditCount + 1;
    const { announced } = current;
    const { announced: _before, ...before } = undo.before;
    const back = { ...before, ...(announced && { announced }), auditCount: number };
    const entry = { number, at, ...(by && { by }), event: { action: 'undo' } } as const;
    return [
      ...store.putRecord(there.record, back, [entry]),
      ...(await exchangeChanges(deps.followers(), id, withId)),
    ];
  }

  return {
    /**
     * To another Helsinki time (`{ date, time, minutes? }`), at most 60 days from its own date; `seen` has the `start` and
     * the `end`. @throws `occurrence.timePassed`, `occurrence.moveNotAllowed`, `input.invalid`, `edit.conflict`.
     */
    move: async (
      actor: Actor,
      id: OccurrenceId,
      input: unknown,
      seen?: Seen,
    ): Promise<OccurrenceChanged & { readonly clockChange: ClockChange }> => {
      requirePermission(actor, 'session:edit');
      const wanted = parse(moveSchema, input);
      const moved = await change(actor, id, (found, { at }) => {
        requireMove(found.occurrence, 'move');
        const time = chosenTime(found, wanted, at);
        const { start: was, end: until } = found.occurrence;
        if (time.start === was && time.end === until) return undefined;
        requireSeen(seen, time, { start: was, end: until });
        const event = { action: 'move', start: time.start, was } as const;
        return { record: movedTo(found, time), event, canUndo: true };
      });
      return { ...moved, clockChange: momentOf(wanted).clockChange };
    },

    /** `{ reason?, language?, translations? }`: the reason, the language in which it is, and the same in others. */
    cancel: async (actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceChanged> => {
      requirePermission(actor, 'session:edit');
      const { reason = '', language, translations = {} } = parse(cancelSchema, input ?? {});
      const why: CancelReason = {
        ...(reason !== '' && { reason }),
        ...(reason !== '' && language !== undefined && { language }),
        ...(reason !== '' && Object.keys(translations).length > 0 && { translations }),
      };
      const event = { action: 'cancel', ...(reason !== '' && { reason }) } as const;
      return change(actor, id, (found, context) => setState(found, 'cancel', event, { ...context, ...why }));
    },

    restore: (actor: Actor, id: OccurrenceId): Promise<OccurrenceChanged> =>
      change(actor, id, (found, context) => {
        const { end } = found.occurrence;
        const decision = setState(found, 'restore', { action: 'restore' }, context);
        // Brought back now, it would count as held, which it was not.
        if (Temporal.Instant.compare(end, context.at) <= 0)
          throw new AppError('occurrence.timePassed', { id, end });
        return decision;
      }),

    keepOnHoliday: (actor: Actor, id: OccurrenceId): Promise<OccurrenceChanged> =>
      change(actor, id, (found) => {
        requireMove(found.occurrence, 'keepOnHoliday');
        if (found.occurrence.holiday === undefined) return undefined;
        const record = { ...recordOf(found), isKeptOnHoliday: true } as const;
        return { record, event: { action: 'keepOnHoliday' }, canUndo: true };
      }),

    confirm: (actor: Actor, id: OccurrenceId, isConfirmed: boolean): Promise<OccurrenceChanged> => {
      const move = isConfirmed ? 'confirm' : 'unconfirm';
      const already = isConfirmed ? 'confirmed' : 'planned';
      return change(actor, id, (found, context) =>
        found.occurrence.state.status === already
          ? undefined
          : setState(found, move, { action: move }, context),
      );
    },

    /** Name and join link of this one only; `null` takes the series' again. `seen` has its own ones. @throws `edit.conflict`. */
    editOccurrence: async (
      actor: Actor,
      id: OccurrenceId,
      input: unknown,
      seen?: Seen,
    ): Promise<OccurrenceChanged> => {
      requirePermission(actor, 'session:edit');
      const mine = parse(editSchema, input);
      return change(actor, id, (found) => {
        const { names, joinUrl, ...rest } = recordOf(found);
        const wanted = parse(editSchema, mergedWith(seen, mine, { names, joinUrl }));
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
    },

    /** One's own newest action, also by who may only take part. @throws `undo.tooLate`. */
    undoOccurrence: async (
      actor: Actor,
      id: OccurrenceId,
      auditNumber: number,
    ): Promise<OccurrenceChanged> => {
      requirePermission(actor, 'session:take');
      return undoOccurrenceChange(deps, id, actor, auditNumber, async (found, undone, context) => {
        const { occurrence, series, record } = found;
        const before = occurrenceBefore(found, undone.before);
        const isTimed =
          before.start !== occurrence.start ||
          (before.state.status === 'cancelled') !== (occurrence.state.status === 'cancelled');
        // What would come back is over: then it would count as held, or as moved into the past.
        if (isTimed && Temporal.Instant.compare(before.end, context.at) <= 0)
          throw new AppError('undo.tooLate', { id: occurrence.id });
        const { event } = undone;
        const beside =
          event.action === 'turn' && event.with !== undefined
            ? await swapUndone(occurrence.id, event.with, context)
            : [];
        const unsent = await cancelForUndo(outbox, occurrence.id, undone.messages ?? []);
        const { sequence } = series.value;
        const apart = record?.value.announced?.message;
        const cancelled = await cancelNotification(outbox, sequence, undone.notification, apart);
        return {
          record: undone.before,
          event: { action: 'undo' },
          canUndo: false,
          changes: [...beside, ...unsent, ...(cancelled ?? [])],
          ...(cancelled && versionBefore(undone, undone.at, undoSeconds)),
        };
      });
    },
  };
}

export type OccurrenceService = ReturnType<typeof occurrenceService>;
