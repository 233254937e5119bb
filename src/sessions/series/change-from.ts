import type { Actor } from '../../platform/actor.js';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { today } from '../../platform/clock.js';
import type { SeriesId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { requirePermission } from '../../people/permissions.js';
import { isoDateSchema, parse } from '../../platform/validation.js';
import { carriedHome, carriedIds, carriedInOrder, carry, droppedMoves } from '../occurrences/carry-over.js';
import { actionContextOf, type ActionContext } from '../occurrences/change.js';
import { changeMessages } from '../occurrences/effects.js';
import type { SeriesDeps } from '../deps.js';
import { occurrencesOf } from '../occurrences/reading.js';
import { farthestMove, occurrenceId, timeOf } from '../occurrences/schedule.js';
import { changeSeries, requireActive, type SeriesDraft } from './series-changing.js';
import type { Segment, Series, SeriesAudit } from './series.js';
import type { SeriesMoved } from '../service.js';
import { cutAfter, dayBefore, emptyFirst, firstHits, invalid, segmentFrom, timingShape } from './timing.js';

const changeSchema = z.strictObject({ ...timingShape, from: isoDateSchema });
type Wanted = z.output<typeof changeSchema>;

/** How many dates are looked at to carry over what was agreed: more than one transaction could carry. */
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

function changed(series: Series, wanted: Wanted): Series {
  const standing = segmentOn(series, wanted.from);
  const { until: standingUntil } = series.segments.at(-1) ?? {};
  const until =
    wanted.until === undefined && standingUntil !== undefined && standingUntil >= wanted.from
      ? standingUntil
      : wanted.until;
  const segment = segmentFrom(
    { ...wanted, until },
    {
      ...(standing && { rule: standing.rule, time: standing.time, minutes: standing.minutes }),
      from: wanted.from,
    },
    { number: nextNumber(series), pausedMonths: series.pausedMonths },
  );
  return { ...series, segments: emptyFirst([...cutAfter(series.segments, dayBefore(wanted.from)), segment]) };
}

/**
 * What is over or has begun stays as it was: a change begins after it.
 * @throws AppError `input.invalid` with the fault at `from`.
 */
async function assertNotTooEarly(deps: SeriesDeps, series: Series, from: string, now: string): Promise<void> {
  const present = today(deps.clock);
  if (from < present.toString()) throw invalid({ field: 'from', code: 'datePast' });
  const near = await occurrencesOf(
    deps,
    series,
    present.subtract({ days: farthestMove }).toString(),
    present.toString(),
  );
  const begun = near.filter(({ start, date }) => date >= from && Temporal.Instant.compare(start, now) <= 0);
  const last = begun
    .map(({ date }) => date)
    .sort()
    .at(-1);
  if (last === undefined) return;
  const { day, month, year } = Temporal.PlainDate.from(last).add({ days: 1 });
  const values = { earliest: `${day}.${month}.${year}` };
  throw invalid({ field: 'from', code: 'changeTooEarly', values });
}

const datesFrom = (series: Series, from: string): string[] =>
  firstHits(series, from, maxDates).map(({ date }) => date);

/**
 * What those who were going to come next are told when the next session goes and another comes for it: the first one
 * stands for those after it.
 */
export async function nextMoved(
  deps: SeriesDeps,
  before: Series,
  after: Series,
  from: string,
  actionContext: ActionContext,
): Promise<(series: Series) => NewMessage[]> {
  const to = Temporal.PlainDate.from(from).add({ days: farthestMove }).toString();
  const [hit] = firstHits(after, from, 1);
  const coming = await occurrencesOf(deps, before, from, to);
  const next = coming.find(
    ({ date, start }) => date >= from && Temporal.Instant.compare(start, actionContext.at) > 0,
  );
  if (next === undefined || hit === undefined || next.state.status === 'cancelled') return () => [];
  const { start } = timeOf(hit.segment, hit.date);
  return ({ id, sequence }) =>
    changeMessages(
      occurrenceId(id, hit.date),
      { start: next.start, takesPlace: true },
      { start, takesPlace: true },
      { ...actionContext, sequence, isInvited: true },
    );
}

async function followed(deps: SeriesDeps, ids: ReturnType<typeof carriedIds>) {
  if (ids.size === 0) return [];
  return (await Promise.all(deps.followers().map((follower) => follower.carry(ids)))).flat();
}

async function decide(
  deps: SeriesDeps,
  series: Series,
  wanted: Wanted,
  actionContext: ActionContext,
): Promise<SeriesDraft> {
  requireActive(series);
  await assertNotTooEarly(deps, series, wanted.from, actionContext.at);
  const after = changed(series, wanted);
  const records = await deps.store.records(series.id, wanted.from, farAway);
  const values = records.map(({ value }) => value);
  const carried = carriedInOrder(values, datesFrom(series, wanted.from), datesFrom(after, wanted.from));
  const dropped = droppedMoves(values);
  return {
    series: after,
    event: { action: 'changeFrom', from: wanted.from, carried, dropped },
    canUndo: true,
    changes: [
      ...carry({ store: deps.store, records, actionContext }, carried),
      ...(await followed(deps, carriedIds(carried, values))),
    ],
    messages: await nextMoved(deps, series, after, wanted.from, actionContext),
  };
}

/** See {@link SeriesService.changeFrom}. */
export async function changeFrom(
  deps: SeriesDeps,
  actor: Actor,
  id: SeriesId,
  input: unknown,
): Promise<SeriesMoved> {
  requirePermission(actor, 'session:edit');
  const wanted = parse(changeSchema, input);
  const actionContext = actionContextOf(deps, actor);
  return changeSeries(deps, id, actionContext, (series) => decide(deps, series, wanted, actionContext));
}

type ChangedFrom = Extract<SeriesAudit['event'], { action: 'changeFrom' }>;

/**
 * The changes that take what a change carried back to its own dates, moves of single occurrences with it where their
 * time has not come.
 */
export async function carriedBack(
  deps: SeriesDeps,
  restored: Series,
  { from, carried, dropped }: ChangedFrom,
  actionContext: ActionContext,
) {
  const records = await deps.store.records(restored.id, from, farAway);
  const values = records.map(({ value }) => value);
  const home = carriedHome(carried, values, datesFrom(restored, from));
  const coming = dropped.filter(({ start }) => Temporal.Instant.compare(start, actionContext.at) > 0);
  const moves = new Map(coming.map(({ date, start, end }) => [date, { start, end }]));
  return [
    ...carry({ store: deps.store, records, actionContext, moves }, home),
    ...(await followed(deps, carriedIds(home, values))),
  ];
}

/** The segments that come back, and before them, without dates, those that were made since. */
export function segmentsBack(before: Series, current: Series): Segment[] {
  const since = current.segments.filter(
    ({ number }) => !before.segments.some((each) => each.number === number),
  );
  const gone = since.map((segment): Segment => ({ ...segment, until: dayBefore(segment.from) }));
  return emptyFirst([...gone, ...before.segments]);
}
