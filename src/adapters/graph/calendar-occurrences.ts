import { Temporal } from 'temporal-polyfill';
import { homeZone, today } from '../../platform/clock.js';
import type { CalendarSegment } from '../../sessions/calendar/calendar.js';
import { type CurrentEvent, calledOff, type CurrentInstance } from './calendar-api.js';
import {
  attendeesOf,
  eventName,
  inviteNew,
  isSameText,
  locate,
  newEvent,
  transactionId,
  type Following,
  type MadeEvent,
  bodyHtml,
  bodyWith,
  isWithin,
} from './calendar-event.js';
import { isSameTime, toGraph, homeTime, homeTimeOn, isHit } from './graph-time.js';
import { isFault } from './graph-http.js';

export interface Single {
  readonly subject: string;
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
  /** Where one joins this one, if not where one joins the series. */
  readonly joinUrl: string | undefined;
}

/** What Outlook writes as the location of a meeting in Teams. */
export const teamsPlace = 'Microsoft Teams';

/** A hit of a segment's rule which is, or was, an event of its own. */
interface SingleEvent {
  readonly uid: string;
  /** ISO date of the hit. */
  readonly date: string;
  readonly description: string;
  /** The series' meeting: this event has none of its own, so that one joins where one always does. */
  readonly joinUrl: string | undefined;
  /** `undefined` where it is not wanted, or not any more. */
  readonly wanted: Single | undefined;
}

const joinUrlOf = (single: SingleEvent): string | undefined => single.wanted?.joinUrl ?? single.joinUrl;

function textOf(single: SingleEvent): string {
  const joinUrl = joinUrlOf(single);
  return joinUrl === undefined ? single.description : `${single.description}\n\n${joinUrl}`;
}

function placeOf(single: SingleEvent) {
  const joinUrl = joinUrlOf(single);
  return joinUrl === undefined ? {} : { location: { displayName: teamsPlace, locationUri: joinUrl } };
}

function creation(following: Following, single: SingleEvent, wanted: Single, made: MadeEvent): object {
  const { uid, date } = single;
  return {
    subject: wanted.subject,
    body: { contentType: 'HTML', content: bodyHtml(textOf(single)) },
    start: toGraph(wanted.start),
    end: toGraph(wanted.end),
    ...placeOf(single),
    attendees: attendeesOf(following.attendees),
    allowNewTimeProposals: false,
    transactionId: transactionId(uid, made, date),
  };
}

function changeOf(event: CurrentEvent, single: SingleEvent, wanted: Single): object | undefined {
  const isMoved = !isSameTime(event.start, wanted.start) || !isSameTime(event.end, wanted.end);
  const content = bodyWith(event.body?.content ?? '', textOf(single));
  const change = {
    ...(!isSameText(event.subject, wanted.subject) && { subject: wanted.subject }),
    ...(isMoved && { start: toGraph(wanted.start), end: toGraph(wanted.end) }),
    // The text names the address, which thus is seen to differ.
    ...(content !== undefined && { body: { contentType: 'HTML', content }, ...placeOf(single) }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

/** Makes, changes or calls off the event of one hit that came back after it had been called off. */
export async function followSingle(following: Following, single: SingleEvent): Promise<void> {
  const { api, notes, clock } = following;
  const { uid, date, wanted } = single;
  const before = notes.of(uid).single[date] ?? newEvent;
  if (wanted === undefined && before.isClosed === true) return;
  const note = (made: MadeEvent) => notes.note(uid, { single: { ...notes.of(uid).single, [date]: made } });

  const name = eventName(uid, date);
  const { event, known } = await locate(api, before, name);
  if (wanted === undefined) {
    const isToCome = event !== undefined && Temporal.Instant.compare(event.end.toInstant(), clock.now()) > 0;
    if (isToCome) await api.cancel(event.id);
    const generation = known.generation + (event === undefined ? 0 : 1);
    await note({ ...newEvent, generation, isClosed: true });
    return;
  }
  if (event === undefined) {
    const { generation } = known;
    // Noted first: should the answer be lost, this is known to be looked for even if it is not wanted any more.
    await note({ ...newEvent, generation });
    const eventId = await api.create(name, creation(following, single, wanted, known));
    await note({ eventId, generation, invited: [...following.attendees] });
    return;
  }
  const change = changeOf(event, single, wanted);
  if (change !== undefined) await api.change(event.id, change);
  const invited = await inviteNew(following, event, known.invited);
  await note({ eventId: event.id, generation: known.generation, invited: [...invited] });
}

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

/** A session's own join address is written as the location, which a calendar keeps as it is. */
function placeChange({ place }: CurrentInstance, { joinUrl }: Single): string | undefined {
  if (joinUrl !== undefined) return place === joinUrl ? undefined : joinUrl;
  return /^https?:/.test(place) ? teamsPlace : undefined;
}

function differing(current: CurrentInstance, wanted: Single): object | undefined {
  const isMoved = !isSameTime(current.start, wanted.start) || !isSameTime(current.end, wanted.end);
  const isRenamed = !isSameText(current.subject, wanted.subject);
  const place = placeChange(current, wanted);
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
  current: CurrentInstance,
): Promise<boolean> {
  const date = current.date.toString();
  const takesPlace = !segment.without.includes(date) && isHit(segment.rule, current.date);
  if (!takesPlace) {
    if (!isPast(current.end, following)) await following.api.cancel(current.id);
    return false;
  }
  const wanted = wantedAt(segment, date);
  if (isPast(current.end, following) && isPast(wanted.end, following)) return false;
  const change = differing(current, wanted);
  if (change === undefined) return false;
  try {
    await following.api.change(current.id, change);
    return false;
  } catch (error) {
    if (!isFault(error, 400, 'ErrorOccurrenceCrossingBoundary')) throw error;
    await following.api.cancel(current.id);
    return true;
  }
}

/** The hits that were called off and take place after all. A cancelled occurrence cannot be revived. */
function comingBack(following: Following, segment: CalendarSegment, event: CurrentEvent): string[] {
  const yearAhead = today(following.clock).add({ years: 1 }).toString();
  const isNamed = (date: string) => segment.exceptions.some((one) => one.date === date);
  return calledOff(event).filter(
    (date) =>
      isWithin(segment, date) &&
      !segment.without.includes(date) &&
      isHit(segment.rule, Temporal.PlainDate.from(date)) &&
      // Cancelled dates are given for a year only: later ones may be called off for good reason.
      (date < yearAhead || isNamed(date)) &&
      !isPast(wantedAt(segment, date).end, following),
  );
}

/** Brings the occurrences of a segment that are still to come in step, each for itself. */
export async function followOccurrences(
  following: Following,
  segment: CalendarSegment,
  event: CurrentEvent,
): Promise<void> {
  const { api, notes, clock } = following;
  const back = comingBack(following, segment, event);
  const from = clock.now().toZonedDateTimeISO(homeZone).toPlainDate();
  for (const current of await api.instances(event.id, from, await lookUntil(following, segment)))
    if (await followInstance(following, segment, current)) back.push(current.date.toString());
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
