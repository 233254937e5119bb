import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { ActionContext } from '../../platform/aggregate.js';
import type { Actor } from '../../platform/actor.js';
import { today } from '../../platform/clock.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Seen } from '../../platform/seen.js';
import { requirePermission } from '../../people/permissions.js';
import {
  cancelNotification,
  changeSeries,
  requireActive,
  type SeriesDecision,
  type SeriesMoved,
  undoSeriesChange,
  versionBefore,
} from '../series/change.js';
import { invalid, requireSeenTiming, segmentFrom, timingShape } from '../series/input.js';
import { cutAfter, dayBefore, withEmptyFirst, firstHits, timeOf } from '../series/dates.js';
import type { Segment, Series, SeriesAudit } from '../series/series.js';
import {
  carriedHome,
  carriedIds,
  carriedInOrder,
  carryOver,
  droppedMoves,
  type DateFollower,
} from './carry-over.js';
import { changeMessages, type OccurrenceChangeDeps } from './change.js';
import { occurrencesOf } from './reading.js';
import { maxMoveDays, occurrenceId } from './occurrence.js';

export interface ThisAndFollowingDeps extends OccurrenceChangeDeps {
  readonly followers: () => readonly DateFollower[];
}

const changeSchema = z.strictObject({ ...timingShape, from: isoDateSchema });
type Wanted = z.output<typeof changeSchema>;
type ChangedFrom = Extract<SeriesAudit['event'], { action: 'changeFrom' }>;

/** How many dates are read to carry over what was agreed: more than one transaction can hold. */
const maxDates = 400;
const farAway = '9999-12-31';

/** The next number of a segment: numbers are never given twice. */
function nextNumber({ segments }: Series): number {
  return 1 + Math.max(...segments.map(({ number }) => number));
}

/** The segment in force on a day, from which a change takes what it does not name. */
function segmentOn({ segments }: Series, date: string): Segment | undefined {
  return segments.findLast(({ from }) => from <= date) ?? segments.at(-1);
}

/** The series with another segment from a date on. */
function withSegment(series: Series, wanted: Wanted): Series {
  const current = segmentOn(series, wanted.from);
  const { until: currentUntil } = series.segments.at(-1) ?? {};
  const isKept = wanted.until === undefined && currentUntil !== undefined && currentUntil >= wanted.from;
  const segment = segmentFrom(
    { ...wanted, until: isKept ? currentUntil : wanted.until },
    {
      ...(current && { rule: current.rule, time: current.time, minutes: current.minutes }),
      from: wanted.from,
    },
    { number: nextNumber(series), pausedMonths: series.pausedMonths },
  );
  return {
    ...series,
    segments: withEmptyFirst([...cutAfter(series.segments, dayBefore(wanted.from)), segment]),
  };
}

/** The segments that come back, and before them, without dates, those that were made since. */
function segmentsBack(before: Series, current: Series): Segment[] {
  const since = current.segments.filter(
    ({ number }) => !before.segments.some((each) => each.number === number),
  );
  const empty = since.map((segment): Segment => ({ ...segment, until: dayBefore(segment.from) }));
  return withEmptyFirst([...empty, ...before.segments]);
}

const datesFrom = (series: Series, from: string): string[] =>
  firstHits(series, from, maxDates).map(({ date }) => date);

/**
 * Changes of a series that move what was agreed for its occurrences to other dates. Each operation checks
 * `session:edit`. All throw AppError `permission.denied`, `series.notFound`.
 */
export function thisAndFollowing(deps: ThisAndFollowingDeps) {
  const { store, clock, outbox, undoSeconds } = deps;

  /**
   * What is over or has begun stays as it was: a change begins after it.
   * @throws AppError `input.invalid` with the fault at `from`.
   */
  async function assertNotTooEarly(series: Series, from: string, now: string): Promise<void> {
    const present = today(clock);
    if (from < present.toString()) throw invalid({ field: 'from', code: 'datePast' });
    const first = present.subtract({ days: maxMoveDays }).toString();
    const near = await occurrencesOf(deps, series, first, present.toString());
    const begun = near.filter(({ start, date }) => date >= from && Temporal.Instant.compare(start, now) <= 0);
    const last = begun
      .map(({ date }) => date)
      .sort()
      .at(-1);
    if (last === undefined) return;
    const earliest = Temporal.PlainDate.from(last).add({ days: 1 }).toString();
    throw invalid({ field: 'from', code: 'changeTooEarly', values: { earliest } });
  }

  /**
   * How those who were going to come next are notified when the next session goes and another comes for it: the first
   * one represents those after it.
   */
  async function nextMoved(
    before: Series,
    after: Series,
    from: string,
    context: ActionContext,
  ): Promise<(series: Series) => NewMessage[]> {
    const to = Temporal.PlainDate.from(from).add({ days: maxMoveDays }).toString();
    const [hit] = firstHits(after, from, 1);
    const coming = await occurrencesOf(deps, before, from, to);
    const next = coming.find(
      ({ date, start }) => date >= from && Temporal.Instant.compare(start, context.at) > 0,
    );
    if (next === undefined || hit === undefined || next.state.status === 'cancelled') return () => [];
    const { start } = timeOf(hit.segment, hit.date);
    return ({ id, sequence }) =>
      changeMessages(
        occurrenceId(id, hit.date),
        { start: next.start, takesPlace: true },
        { start, takesPlace: true },
        { ...context, sequence, isInvited: true },
      );
  }

  async function followerChanges(ids: ReadonlyMap<OccurrenceId, OccurrenceId>) {
    if (ids.size === 0) return [];
    return (await Promise.all(deps.followers().map((follower) => follower.move(ids)))).flat();
  }

  /**
   * The changes that move what a change carried over back to its own dates, with the moves of single occurrences where their
   * time has not come.
   */
  async function carriedBack(
    restored: Series,
    { from, carried, dropped }: ChangedFrom,
    context: ActionContext,
  ) {
    const records = await store.records(restored.id, from, farAway);
    const values = records.map(({ value }) => value);
    const home = carriedHome(carried, values, datesFrom(restored, from));
    const coming = dropped.filter(({ start }) => Temporal.Instant.compare(start, context.at) > 0);
    const moves = new Map(coming.map(({ date, start, end }) => [date, { start, end }]));
    return [
      ...carryOver({ store, records, context, moves }, home),
      ...(await followerChanges(carriedIds(home, values))),
    ];
  }

  return {
    /**
     * This and following: from a date on another rule, time or length (`{ from, rule, time, minutes, until? }`). What
     * was agreed for later occurrences (slots, topics, agenda) goes over to the new dates in order.
     * @param seen the `segments` of the series, over which the change is made.
     * @throws AppError `input.invalid`, `series.ended`, `edit.conflict`.
     */
    changeFrom: async (actor: Actor, id: SeriesId, input: unknown, seen?: Seen): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      const wanted = parse(changeSchema, input);
      const { from } = wanted;
      return changeSeries(deps, id, actor, async (series, context): Promise<SeriesDecision> => {
        requireActive(series);
        requireSeenTiming(seen, series);
        await assertNotTooEarly(series, from, context.at);
        const after = withSegment(series, wanted);
        const records = await store.records(series.id, from, farAway);
        const values = records.map(({ value }) => value);
        const carried = carriedInOrder(values, datesFrom(series, from), datesFrom(after, from));
        const dropped = droppedMoves(values);
        return {
          series: after,
          event: { action: 'changeFrom', from, carried, dropped },
          canUndo: true,
          changes: [
            ...carryOver({ store, records, context }, carried),
            ...(await followerChanges(carriedIds(carried, values))),
          ],
          messages: await nextMoved(series, after, from, context),
        };
      });
    },

    /** Undoes one's own newest action on the series, whichever it was. @throws `undo.tooLate`. */
    undo: async (actor: Actor, id: SeriesId, auditNumber: number): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      return undoSeriesChange(deps, id, actor, auditNumber, async (current, undone, context) => {
        const { event, before } = undone;
        const cancelled = await cancelNotification(outbox, current.sequence, undone.notification);
        const series = { ...before, segments: segmentsBack(before, current) };
        const isCarried = event.action === 'changeFrom';
        const carried = isCarried ? await carriedBack(series, event, context) : [];
        return {
          series,
          event: { action: 'undo' },
          canUndo: false,
          changes: [...carried, ...(cancelled ?? [])],
          ...(cancelled === undefined
            ? isCarried && { messages: await nextMoved(current, series, event.from, context) }
            : versionBefore(undone, undone.at, undoSeconds)),
        };
      });
    },
  };
}

export type ThisAndFollowing = ReturnType<typeof thisAndFollowing>;
