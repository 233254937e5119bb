import { Temporal } from 'temporal-polyfill';
import { homeZone, today } from '../../platform/clock.js';
import type { CalendarSegment } from '../../sessions/calendar/calendar.js';
import { calledOff, type StandingEvent, type StandingInstance } from './calendar-api.js';
import { isSameText, isWithin, type Following } from './calendar-event.js';
import { followSingle, teamsPlace, type Single } from './calendar-single.js';
import { isFault } from './graph-fault.js';
import { homeTime, homeTimeOn, isSameTime, toGraph } from './graph-time.js';
import { isHit } from './recurrence.js';

/** How far ahead hits are looked through; a year and a month. */
const horizonDays = 400;

/** What is wanted at a hit of the rule, leaving those aside that do not take place. */
function wantedAt(segment: CalendarSegment, date: string): Single {
  const exception = segment.exceptions.find((one) => one.date === date);
  if (exception !== undefined) {
    const { subject, start, end, joinUrl } = exception;
    return { subject, start: homeTime(start), end: homeTime(end), joinUrl };
  }
  const start = homeTimeOn(Temporal.PlainDate.from(date), segment.time);
  return {
    subject: segment.subject,
    start,
    end: start.add({ minutes: segment.minutes }),
    joinUrl: undefined,
  };
}

const isPast = (end: Temporal.ZonedDateTime, { clock }: Following): boolean =>
  Temporal.Instant.compare(end.toInstant(), clock.now()) <= 0;

/** An address of its own is written as the place, which a calendar keeps as it is. */
function placeChange({ place }: StandingInstance, { joinUrl }: Single): string | undefined {
  if (joinUrl !== undefined) return place === joinUrl ? undefined : joinUrl;
  return /^https?:/.test(place) ? teamsPlace : undefined;
}

function differing(standing: StandingInstance, wanted: Single): object | undefined {
  const isMoved = !isSameTime(standing.start, wanted.start) || !isSameTime(standing.end, wanted.end);
  const isRenamed = !isSameText(standing.subject, wanted.subject);
  const place = placeChange(standing, wanted);
  if (!isMoved && !isRenamed && place === undefined) return undefined;
  return {
    ...(isRenamed && { subject: wanted.subject }),
    ...(isMoved && { start: toGraph(wanted.start), end: toGraph(wanted.end) }),
    ...(place !== undefined && { location: { displayName: place } }),
  };
}

/** Until which date one must look to see all that differs from the rule, now and as it was before. */
async function lookUntil({ notes, clock }: Following, segment: CalendarSegment): Promise<Temporal.PlainDate> {
  const horizon = today(clock).add({ days: horizonDays }).toString();
  const ends = segment.exceptions.map(({ end }) => homeTime(end).toPlainDate().toString());
  const dates = [...segment.without, ...segment.exceptions.map(({ date }) => date), ...ends];
  const before = notes.of(segment.uid).until ?? '';
  const furthest = dates.reduce((one, other) => (one > other ? one : other), before);
  if (furthest > horizon) await notes.note(segment.uid, { until: furthest });
  return Temporal.PlainDate.from(furthest > horizon ? furthest : horizon).add({ days: 1 });
}

/**
 * Brings one occurrence in step.
 * @returns whether it had to be called off although it takes place: Exchange moves none to or past the next one's day.
 */
async function followInstance(
  following: Following,
  segment: CalendarSegment,
  standing: StandingInstance,
): Promise<boolean> {
  const date = standing.date.toString();
  const takesPlace = !segment.without.includes(date) && isHit(segment.rule, standing.date);
  if (!takesPlace) {
    if (!isPast(standing.end, following)) await following.api.cancel(standing.id);
    return false;
  }
  const wanted = wantedAt(segment, date);
  if (isPast(standing.end, following) && isPast(wanted.end, following)) return false;
  const change = differing(standing, wanted);
  if (change === undefined) return false;
  try {
    await following.api.change(standing.id, change);
    return false;
  } catch (error) {
    if (!isFault(error, 400, 'ErrorOccurrenceCrossingBoundary')) throw error;
    await following.api.cancel(standing.id);
    return true;
  }
}

/** The hits that were called off and take place after all. A cancelled occurrence cannot be revived. */
function comingBack(following: Following, segment: CalendarSegment, event: StandingEvent): string[] {
  const yearAhead = today(following.clock).add({ years: 1 }).toString();
  const isNamed = (date: string) => segment.exceptions.some((one) => one.date === date);
  return calledOff(event).filter(
    (date) =>
      isWithin(segment, date) &&
      !segment.without.includes(date) &&
      isHit(segment.rule, Temporal.PlainDate.from(date)) &&
      // What does not take place is said for a year: later ones may be called off for good reason.
      (date < yearAhead || isNamed(date)) &&
      !isPast(wantedAt(segment, date).end, following),
  );
}

/** Brings the occurrences of a segment that are still to come in step, each for itself. */
export async function followOccurrences(
  following: Following,
  segment: CalendarSegment,
  event: StandingEvent,
): Promise<void> {
  const { api, notes, clock } = following;
  const back = comingBack(following, segment, event);
  const from = clock.now().toZonedDateTimeISO(homeZone).toPlainDate();
  for (const standing of await api.instances(event.id, from, await lookUntil(following, segment)))
    if (await followInstance(following, segment, standing)) back.push(standing.date.toString());
  const dates = new Set([...back, ...Object.keys(notes.of(segment.uid).single)]);
  for (const date of [...dates].sort())
    await followSingle(following, {
      uid: segment.uid,
      date,
      description: segment.description,
      joinUrl: event.onlineMeeting?.joinUrl ?? undefined,
      wanted: back.includes(date) ? wantedAt(segment, date) : undefined,
    });
}
