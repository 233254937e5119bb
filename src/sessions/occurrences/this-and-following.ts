import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { ActionContext } from '../../platform/aggregate.js';
import type { Actor } from '../../platform/actor.js';
import { today } from '../../platform/clock.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import { AppError } from '../../platform/errors.js';
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
import { carriedHome, carriedIds, carriedInOrder, carryOver, droppedMoves } from './carry-over.js';
import { comingOf, presenterEffects, presentersMessages } from './affected.js';
import { changeMessages, endedMessages, type OccurrenceChangeDeps } from './change.js';
import { occurrencesOf } from './reading.js';
import { maxMoveDays, type Occurrence, occurrenceId } from './occurrence.js';

const changeSchema = z.strictObject({ ...timingShape, from: isoDateSchema });
const endSchema = z.strictObject({ last: isoDateSchema.optional() });
type Wanted = z.output<typeof changeSchema>;
type ChangedFrom = Extract<SeriesAudit['event'], { action: 'changeFrom' }>;

/** How many dates are read to carry over what was agreed: more than one transaction can hold. */
const maxDates = 400;
const farAway = '9999-12-31';
/** How far ahead slots are agreed, in days: farther than any rotation plans. */
const presentersDays = 1_500;

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
export function thisAndFollowing(deps: OccurrenceChangeDeps) {
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
        { ...context, sequence, isInvited: true, isFollowing: true },
      );
  }

  /** The next session of a series that its end takes away; none where people expect another one before it. */
  async function nextDropped(
    series: Series,
    ended: Series,
    context: ActionContext,
  ): Promise<Occurrence | undefined> {
    const from = today(clock);
    const to = from.add({ days: maxMoveDays }).toString();
    const [next] = comingOf(await occurrencesOf(deps, series, from.toString(), to), context.at);
    const isLeft = next !== undefined && firstHits(ended, next.date, 1)[0]?.date === next.date;
    return isLeft ? undefined : next;
  }

  /**
   * How presenters are notified of what becomes of their agreed slots from a date on.
   * @param after how it is then. `dateOf`: the date that what was agreed for another has; `moves`: what comes at another time.
   *   Without them each date that is left stays as it is.
   */
  async function presentersOf(
    before: Series,
    from: string,
    after: {
      readonly series: Series;
      readonly dateOf?: ReadonlyMap<string, string>;
      readonly moves?: ReadonlyMap<string, { readonly start: string }>;
    },
    context: ActionContext,
  ): Promise<NewMessage[]> {
    const to = Temporal.PlainDate.from(from).add({ days: presentersDays }).toString();
    const first = Temporal.PlainDate.from(from).subtract({ days: maxMoveDays }).toString();
    const all = await occurrencesOf(deps, before, first, to);
    const coming = comingOf(all, context.at).filter(({ date }) => date >= from);
    const hits = new Map(firstHits(after.series, from, maxDates).map((hit) => [hit.date, hit.segment]));
    const effects = presenterEffects(
      coming.map((occurrence) => {
        const date = after.dateOf?.get(occurrence.date) ?? occurrence.date;
        const segment = hits.get(date);
        const known = { start: occurrence.start, takesPlace: true };
        if (segment === undefined) return { before: occurrence, known, after: undefined };
        const { start } =
          after.dateOf === undefined ? occurrence : (after.moves?.get(date) ?? timeOf(segment, date));
        return {
          before: occurrence,
          known,
          after: { id: occurrenceId(before.id, date), start, takesPlace: true },
        };
      }),
    );
    return presentersMessages(effects, context, `series ${String(before.auditCount + 1)}`);
  }

  /** How presenters are notified of sessions that come back after all, with a series that was ended. */
  async function presentersBack(
    ended: Series,
    series: Series,
    context: ActionContext,
  ): Promise<NewMessage[]> {
    const from = today(clock);
    const to = from.add({ days: presentersDays }).toString();
    const left = new Set(datesFrom(ended, from.toString()));
    const coming = comingOf(await occurrencesOf(deps, series, from.toString(), to), context.at);
    const effects = presenterEffects(
      coming
        .filter(({ date }) => !left.has(date))
        .map((occurrence) => {
          const { id, start } = occurrence;
          const known = { start, takesPlace: false };
          return { before: occurrence, known, after: { id, start, takesPlace: true } };
        }),
    );
    return presentersMessages(effects, context, `series ${String(ended.auditCount + 1)}`);
  }

  async function followerChanges(ids: ReadonlyMap<OccurrenceId, OccurrenceId>) {
    if (ids.size === 0) return [];
    return (await Promise.all(deps.followers().map((follower) => follower.move(ids)))).flat();
  }

  /** What a change carried over, on its way back to its own dates. */
  async function homeOf(restored: Series, { from, carried, dropped }: ChangedFrom, context: ActionContext) {
    const records = await store.records(restored.id, from, farAway);
    const values = records.map(({ value }) => value);
    const home = carriedHome(carried, values, datesFrom(restored, from));
    const coming = dropped.filter(({ start }) => Temporal.Instant.compare(start, context.at) > 0);
    const moves = new Map(coming.map(({ date, start, end }) => [date, { start, end }]));
    return { records, values, home, moves };
  }

  /**
   * The changes that move what a change carried over back to its own dates, with the moves of single occurrences where their
   * time has not come.
   */
  async function carriedBack(
    { records, values, home, moves }: Awaited<ReturnType<typeof homeOf>>,
    context: ActionContext,
  ) {
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
        const dateOf = new Map(carried.map((each) => [each.from, each.to]));
        const [moved, presenters] = await Promise.all([
          nextMoved(series, after, from, context),
          presentersOf(series, from, { series: after, dateOf }, context),
        ]);
        return {
          series: after,
          event: { action: 'changeFrom', from, carried, dropped },
          canUndo: true,
          changes: [
            ...carryOver({ store, records, context }, carried),
            ...(await followerChanges(carriedIds(carried, values))),
          ],
          messages: (changed) => [...moved(changed), ...presenters],
        };
      });
    },

    /** No more after this date (`{ last }`, ISO date; today unless given); `seen` has the `segments`. @throws `edit.conflict`. */
    end: async (actor: Actor, id: SeriesId, input: unknown, seen?: Seen): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      const present = today(clock).toString();
      const { last = present } = parse(endSchema, input ?? {});
      if (last < present) throw invalid({ field: 'last', code: 'datePast' });
      return changeSeries(deps, id, actor, async (series, context) => {
        requireActive(series);
        requireSeenTiming(seen, series);
        const cut = { ...series, segments: cutAfter(series.segments, last) };
        const isOver = last === present || firstHits(cut, present, 1).length === 0;
        const state = isOver ? ({ status: 'ended', at: context.at } as const) : series.state;
        const ended = { ...cut, state };
        const [presenters, next] = await Promise.all([
          presentersOf(series, present, { series: ended }, context),
          nextDropped(series, ended, context),
        ]);
        return {
          series: ended,
          event: { action: 'end' },
          canUndo: true,
          messages: ({ sequence }) => [
            ...(next ? endedMessages(next, { ...context, sequence }) : []),
            ...presenters,
          ],
        };
      });
    },

    /** Undoes one's own newest action on the series, whichever it was. @throws `undo.tooLate`. */
    undo: async (actor: Actor, id: SeriesId, auditNumber: number): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      return undoSeriesChange(deps, id, actor, auditNumber, async (current, undone, context) => {
        const { event, before } = undone;
        const cancelled = await cancelNotification(outbox, current.sequence, undone.notification);
        // A series of which somebody heard is no draft any more.
        if (event.action === 'publish' && cancelled === undefined)
          throw new AppError('undo.tooLate', { id, auditNumber });
        const series = { ...before, segments: segmentsBack(before, current) };
        const back = event.action === 'changeFrom' ? await homeOf(series, event, context) : undefined;
        const carried = back ? await carriedBack(back, context) : [];
        const isKnown = cancelled === undefined;
        const dateOf = new Map(back?.home.map((each) => [each.from, each.to]));
        const moved =
          isKnown && event.action === 'changeFrom'
            ? await nextMoved(current, series, event.from, context)
            : () => [];
        const next =
          isKnown && event.action === 'end' ? await nextDropped(series, current, context) : undefined;
        const goesOn = next && {
          id: next.id,
          was: { start: next.start, takesPlace: false },
          now: { start: next.start, takesPlace: true },
        };
        const presenters = !isKnown
          ? []
          : event.action === 'changeFrom' && back
            ? await presentersOf(current, event.from, { series, dateOf, moves: back.moves }, context)
            : event.action === 'end'
              ? await presentersBack(current, series, context)
              : [];
        return {
          series,
          event: { action: 'undo' },
          canUndo: false,
          changes: [...carried, ...(cancelled ?? [])],
          messages: (changed: Series) => [
            ...moved(changed),
            ...(goesOn
              ? changeMessages(goesOn.id, goesOn.was, goesOn.now, {
                  ...context,
                  sequence: changed.sequence,
                  isInvited: true,
                })
              : []),
            ...presenters,
          ],
          ...(cancelled !== undefined && versionBefore(undone, undone.at, undoSeconds)),
        };
      });
    },
  };
}

export type ThisAndFollowing = ReturnType<typeof thisAndFollowing>;
