import { Temporal } from 'temporal-polyfill';
import { homeDate } from '../../../platform/clock.js';
import { deterministicId } from '../../../platform/ids.js';
import { datesOf } from '../../series/rule.js';
import type { Held } from '../../held.js';
import { maxMoveDays } from '../../occurrences/occurrence.js';
import {
  cancelledInstance,
  cancelledSegment,
  type Frame,
  hitTimes,
  type IcsObject,
  type IcsSegment,
  type IcsSeries,
  isHeld,
  lastOf,
  requestedInstance,
  requestedSegment,
  takesPlace,
} from './ics.js';

/** When a session is, as somebody's calendar has it; ISO instants. */
interface Times {
  readonly start: string;
  readonly end: string;
}

/** One session that is otherwise than somebody's calendar has it. Without times it does not take place. */
export interface SessionDifference {
  readonly was?: Times;
  readonly is?: Times;
}

type Said = NonNullable<Extract<Held, { is: 'on' }>['said']>;

/** What is otherwise than somebody's calendar has it; unknown where that is. */
export interface Differences {
  readonly sessions: readonly SessionDifference[];
  /** What the recurring event said, and says; only where it differs, and is known. */
  readonly series?: { readonly was: Said; readonly is: Said };
}

/** A calendar object that brings somebody up to date, and what they have then. */
interface CalendarUpdate {
  readonly object: IcsObject;
  readonly held: Held;
  readonly differences?: Differences;
}

/** Cancelled by a CANCEL of its own. */
const cancelledMark = '-';
/** Left out by the recurring event (EXDATE), from which no REQUEST of that session alone brings it back. */
const leftOutMark = 'x';
const isCancelled = (value: string | undefined): boolean => value === cancelledMark || value === leftOutMark;
const hash = (...facts: readonly unknown[]): string => deterministicId('held', JSON.stringify(facts));

/** As far as a calendar remembers what was moved: a session is moved so many days at most. ISO date. */
const rememberedFrom = (now: string): string => homeDate(now).subtract({ days: maxMoveDays }).toString();

function stateOf(segment: IcsSegment, series: IcsSeries, now: string): Extract<Held, { is: 'on' }> {
  const { firstDate, rule, time, minutes, pausedMonths, subject, description } = segment;
  const since = rememberedFrom(now);
  const isNear = (date: string): boolean => date >= firstDate && date >= since;
  const isPaused = (date: string): boolean => pausedMonths.includes(Number(date.slice(5, 7)));
  const cancelled = segment.without
    .filter((date) => isNear(date) && !isPaused(date))
    .map((date) => [date, cancelledMark] as const);
  const moved = segment.exceptions
    .filter(({ date }) => isNear(date))
    .map(
      ({ date, start, end, subject: name, joinUrl }) =>
        [date, `${start} ${end} ${hash(name, joinUrl)}`] as const,
    );
  const last = segment.lastDate;
  return {
    is: 'on',
    from: firstDate,
    said: {
      name: subject,
      time,
      minutes,
      rule: JSON.stringify(rule),
      paused: [...pausedMonths],
      ...(last !== undefined && { last }),
      ...(series.joinUrl !== undefined && { joinUrl: series.joinUrl }),
    },
    master: hash(
      { rule, time, minutes, pausedMonths, last: lastOf(segment, series.today) },
      { language: series.language, subject, description, joinUrl: series.joinUrl },
    ),
    instances: Object.fromEntries([...cancelled, ...moved]),
  };
}

/** Nearly every rule hits within the first; 29 February of every second year within the second. */
const horizons = [{ years: 2 }, { years: 20 }] as const;

/** The segment from the next session on, for somebody who is new: what was before is left out. */
function fromNext(segment: IcsSegment, now: string): IcsSegment | undefined {
  const { rule, firstDate, lastDate, exceptions } = segment;
  const since = rememberedFrom(now);
  const moved = new Map(exceptions.map((exception) => [exception.date, exception]));
  const isOver = (date: string): boolean =>
    Date.parse((moved.get(date) ?? hitTimes(segment, date)).end) <= Date.parse(now);
  for (const horizon of horizons) {
    const limit = homeDate(now).add(horizon).toString();
    const to = lastDate !== undefined && lastDate < limit ? lastDate : limit;
    const dates = datesOf(rule, { from: firstDate > since ? firstDate : since, to, anchor: firstDate });
    const held = dates.filter((date) => isHeld(segment, date));
    const first = held.find((date) => !isOver(date));
    if (first === undefined) continue;
    const over = held.filter((date) => date > first && isOver(date));
    return { ...segment, firstDate: first, without: [...segment.without, ...over] };
  }
  return undefined;
}

/** The dates that somebody has otherwise than they are, of sessions that are to come in the one or the other. */
function changedDates(
  segment: IcsSegment,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  now: string,
): readonly string[] {
  const isToCome = (date: string, value: string | undefined): boolean => {
    const [, end = ''] = value === undefined || isCancelled(value) ? [] : value.split(' ');
    return Date.parse(end === '' ? hitTimes(segment, date).end : end) > Date.parse(now);
  };
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(
      (date) => before[date] !== after[date] && !(isCancelled(before[date]) && isCancelled(after[date])),
    )
    .filter((date) => isToCome(date, before[date]) || isToCome(date, after[date]))
    .sort();
}

/** What they have after the recurring event was sent, which leaves out what is cancelled. */
const heldOfWhole = (state: Extract<Held, { is: 'on' }>): Held => ({
  ...state,
  instances: Object.fromEntries(
    Object.entries(state.instances).map(([date, value]) => [date, isCancelled(value) ? leftOutMark : value]),
  ),
});

/** What they have after one session was sent: what the recurring event left out is still left out by it. */
const heldOfOne = (state: Extract<Held, { is: 'on' }>, before: Extract<Held, { is: 'on' }>): Held => ({
  ...state,
  instances: Object.fromEntries(
    Object.entries(state.instances).map(([date, value]) => [
      date,
      before.instances[date] === leftOutMark && isCancelled(value) ? leftOutMark : value,
    ]),
  ),
});

/** When a session is by what is noted of it; `undefined` where it does not take place. */
function timesBy(segment: IcsSegment, date: string, noted: string | undefined): Times | undefined {
  if (isCancelled(noted)) return undefined;
  const [start, end] = noted?.split(' ') ?? [];
  return start === undefined || end === undefined ? hitTimes(segment, date) : { start, end };
}

function differenceOf(
  segment: IcsSegment,
  date: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): SessionDifference {
  const was = timesBy(segment, date, before[date]);
  const is = timesBy(segment, date, after[date]);
  return { ...(was && { was }), ...(is && { is }) };
}

/**
 * What brings somebody's calendar in step with one segment of a series (RFC 5546 3.2.2, 3.2.5): one object, as mail
 * programs process one of a mail; `undefined` where their calendar has it as it is.
 *
 * - They don't have it: a REQUEST from the next session on.
 * - One session differs: a REQUEST or a CANCEL with its RECURRENCE-ID alone, so that the answer to all others stays.
 * - More differs, or what the recurring event left out takes place after all: a REQUEST of the recurring event with everything that differs from it.
 * - Nothing of it takes place, or `isOff`: a CANCEL of all of it.
 *
 * What is presented is in whatever is sent, but is no reason to send: it is in the feed at once, and in reminders.
 * @param again a hit of the rule (ISO date) that is sent even where they have it as it is.
 */
export function calendarUpdate(
  series: IcsSeries,
  uid: string,
  held: Held | undefined,
  frame: Frame,
  { isOff = false, again }: { readonly isOff?: boolean; readonly again?: string } = {},
): CalendarUpdate | undefined {
  const segment = series.segments.find((each) => each.uid === uid);
  if (segment === undefined) return undefined;
  const now = Temporal.Instant.from(frame.stamp).toString();
  const current = held === undefined || held.is === 'off' ? undefined : held;
  if (isOff || !takesPlace(segment)) {
    if (current === undefined) return undefined;
    const firstDate = current.from;
    return { object: cancelledSegment({ ...segment, firstDate }, series, frame), held: { is: 'off' } };
  }
  const shown = current ? { ...segment, firstDate: current.from } : fromNext(segment, now);
  if (shown === undefined) return undefined;
  const after = stateOf(shown, series, now);
  const whole = { object: requestedSegment(shown, series, frame), held: heldOfWhole(after) };
  if (current?.is !== 'on') return whole;
  const changed = changedDates(shown, current.instances, after.instances, now);
  const sessions = changed.map((date) => differenceOf(shown, date, current.instances, after.instances));
  if (current.master !== after.master) {
    const { said: was } = current;
    const { said: is } = after;
    return was === undefined || is === undefined
      ? whole
      : { ...whole, differences: { sessions, series: { was, is } } };
  }
  const differences = { sessions };
  if (changed.length > 1) return { ...whole, differences };
  const [date = again] = changed;
  if (date === undefined) return undefined;
  if (current.instances[date] === leftOutMark && !isCancelled(after.instances[date]))
    return { ...whole, differences };
  const one = isCancelled(after.instances[date]) ? cancelledInstance : requestedInstance;
  return { object: one(shown, date, series, frame), held: heldOfOne(after, current), differences };
}
