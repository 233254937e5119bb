import { Temporal } from 'temporal-polyfill';
import { homeZone, today, type Clock } from '../../platform/clock.js';
import type {
  CalendarSegment,
  Calendar,
  CalendarRun,
  CalendarSeries,
} from '../../sessions/calendar/calendar.js';
import { AppError } from '../../platform/errors.js';
import { type CurrentEvent, calendarApi, type CalendarApi } from './calendar-api.js';
import {
  attendeesOf,
  eventName,
  inviteNew,
  isSameText,
  locate,
  transactionId,
  type Following,
  bodyHtml,
  bodyWith,
  notebook,
} from './calendar-event.js';
import { followOccurrences, followSingle } from './calendar-occurrences.js';
import {
  homeTimeOn,
  isSameTime,
  toGraph,
  endOf,
  isSamePattern,
  patternOf,
  rangeOf,
  type RecurrenceRead,
} from './graph-time.js';
import type { GraphClient } from './graph-client.js';
import { toCalendarError } from './graph-http.js';

function timesOf({ firstDate, time, minutes }: CalendarSegment) {
  const start = homeTimeOn(Temporal.PlainDate.from(firstDate), time);
  return { start, end: start.add({ minutes }) };
}

const recurrenceOf = ({ rule, firstDate, lastDate }: CalendarSegment) => ({
  pattern: patternOf(rule),
  range: rangeOf(firstDate, lastDate),
});

/** The last day of the month that each month has. */
const lastDayOfAll = 28;

/** Whether all that the calendar makes of the rule takes place, as the rule has it. */
const isPlain = ({ rule, without, exceptions }: CalendarSegment): boolean =>
  without.length === 0 &&
  exceptions.length === 0 &&
  (rule.every !== 'dayOfMonth' || rule.day <= lastDayOfAll);

/** @param attendees who is invited at once. */
function creation(attendees: readonly string[], segment: CalendarSegment): object {
  const { start, end } = timesOf(segment);
  return {
    subject: segment.subject,
    body: { contentType: 'HTML', content: bodyHtml(segment.description) },
    start: toGraph(start),
    end: toGraph(end),
    recurrence: recurrenceOf(segment),
    attendees: attendeesOf(attendees),
    isOnlineMeeting: true,
    onlineMeetingProvider: 'teamsForBusiness',
    allowNewTimeProposals: false,
  };
}

/** What about dates and times differs. Exchange forgets all exceptions when more than the last date does. */
function timingChange(event: CurrentEvent, segment: CalendarSegment): object {
  const { start, end } = timesOf(segment);
  const recurrence = recurrenceOf(segment);
  const current = event.recurrence ?? undefined;
  const isSame =
    current !== undefined &&
    isSameTime(event.start, start) &&
    isSameTime(event.end, end) &&
    current.range.startDate === segment.firstDate &&
    isSamePattern(current.pattern, recurrence.pattern);
  if (!isSame) return { start: toGraph(start), end: toGraph(end), recurrence };
  return endOf(current.range) === segment.lastDate ? {} : { recurrence };
}

function changeOf(event: CurrentEvent, segment: CalendarSegment, isOver: boolean): object | undefined {
  const content = bodyWith(event.body?.content ?? '', segment.description);
  const change = {
    // Nobody needs to be notified that something which is over is called otherwise now.
    ...(!isOver && !isSameText(event.subject, segment.subject) && { subject: segment.subject }),
    ...(!isOver && content !== undefined && { body: { contentType: 'HTML', content } }),
    ...timingChange(event, segment),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

/** The series of a segment as it is in the calendar, after what is known of it was brought up to date. */
async function currentSeries({ api, notes }: Following, uid: string): Promise<CurrentEvent | undefined> {
  const before = notes.of(uid);
  const { event, known } = await locate(api, before, eventName(uid));
  if (known !== before) {
    const { eventId, generation, invited } = known;
    await notes.note(uid, { eventId, generation, invited });
  }
  return event;
}

async function make(following: Following, segment: CalendarSegment): Promise<CurrentEvent | undefined> {
  const { api, notes } = following;
  const { uid } = segment;
  // What differs from the rule is put right before anybody is invited: they would get a cancellation for each date that is
  // left out, as dates chosen by hand leave out most.
  const attendees = isPlain(segment) ? following.attendees : [];
  // Noted first: should the answer be lost and the segment given up, it is known to be looked for.
  await notes.note(uid, { invited: [], until: undefined });
  const event = {
    ...creation(attendees, segment),
    transactionId: transactionId(uid, notes.of(uid)),
  };
  const eventId = await api.create(eventName(uid), event);
  await notes.note(uid, { eventId, invited: [...attendees] });
  return api.read(eventId);
}

/**
 * Makes the event series of a segment, or brings it in step: itself, then its occurrences, then who is invited.
 * @returns the address with which one joins it; `undefined` where nothing is to come.
 */
export async function followSegment(
  following: Following,
  segment: CalendarSegment,
): Promise<string | undefined> {
  const { api, notes } = following;
  const { uid, firstDate, lastDate } = segment;
  const isOver = lastDate !== undefined && lastDate < today(following.clock).toString();
  if (lastDate !== undefined && lastDate < firstDate) {
    await closeSegment(following, uid);
    return undefined;
  }
  if (notes.of(uid).isClosed === true) await notes.note(uid, { isClosed: undefined });
  let event = await currentSeries(following, uid);
  if (event === undefined) {
    if (isOver) return undefined;
    event = await make(following, segment);
  } else {
    const change = changeOf(event, segment, isOver);
    if (change !== undefined) {
      await api.change(event.id, change);
      event = await api.read(event.id);
    }
  }
  if (event === undefined) return undefined;
  await followOccurrences(following, segment, event);
  if (isOver) return undefined;
  const invited = await inviteNew(following, event, notes.of(uid).invited);
  await notes.note(uid, { eventId: event.id, invited: [...invited] });
  return event.onlineMeeting?.joinUrl ?? undefined;
}

/** The last date whose occurrence has begun: what ends then has nothing to come. */
function lastBegun(event: CurrentEvent, now: Temporal.ZonedDateTime): string {
  const hasBegun = Temporal.PlainTime.compare(event.start.toPlainTime(), now.toPlainTime()) <= 0;
  return (hasBegun ? now : now.subtract({ days: 1 })).toPlainDate().toString();
}

/** Takes what is to come of a series out of the calendar; what took place stays. */
async function cutOff(
  { api, clock }: Following,
  event: CurrentEvent,
  { pattern, range }: RecurrenceRead,
): Promise<void> {
  const now = clock.now().toZonedDateTimeISO(homeZone);
  const last = lastBegun(event, now);
  const from = now.toPlainDate();
  if (last < range.startDate) {
    await api.cancel(event.id);
    return;
  }
  // Those whose hit is past and that were moved ahead would stay.
  const coming = await api.instances(event.id, from, from.add({ years: 2 }));
  for (const { id, date, start } of coming) {
    const isToCome = Temporal.Instant.compare(start.toInstant(), clock.now()) > 0;
    if (isToCome && date.toString() <= last) await api.cancel(id);
  }
  const end = endOf(range);
  if (end === undefined || end > last)
    await api.change(event.id, { recurrence: { pattern, range: rangeOf(range.startDate, last) } });
}

/** Ends a segment: what has not begun is called off as a whole, else the series ends before what is to come. */
export async function closeSegment(following: Following, uid: string): Promise<void> {
  const { api, notes } = following;
  if (notes.of(uid).isClosed === true) return;
  const event = await currentSeries(following, uid);
  if (event?.recurrence) await cutOff(following, event, event.recurrence);
  else if (event !== undefined) await api.cancel(event.id);
  for (const date of Object.keys(notes.of(uid).single))
    await followSingle(following, { uid, date, description: '', joinUrl: undefined, wanted: undefined });
  await notes.note(uid, { isClosed: true });
}

/** The most attendees of an event; a group counts as one (https://learn.microsoft.com/graph/api/resources/event). */
const maxAttendees = 500;

interface GraphCalendarOptions {
  readonly client: GraphClient;
  /** Address or object id of the mailbox that owns the sessions. */
  readonly organiser: string;
  readonly clock: Clock;
}

/**
 * The series as events of the organiser's mailbox: one event series a segment, each an online meeting. It looks at what
 * is there and writes what differs, so that an answer that was lost after Graph had acted doubles nothing.
 *
 * Who is not among the attendees any more keeps the events that they were invited to, and may decline them: taking
 * them off the list would go to everybody again. To the segments that begin later they are not invited.
 */
export function graphCalendar({ client, organiser, clock }: GraphCalendarOptions): Calendar {
  /** Begins nothing new once the time is up: what is done is seen by the run that goes on. */
  function apiWithin({ hasTime }: CalendarRun): CalendarApi {
    const inTime = <Answer>(step: () => Promise<Answer>): Promise<Answer> =>
      hasTime() ? step() : Promise.reject(new AppError('calendar.unavailable', { reason: 'timeUp' }));
    const within: GraphClient = {
      call: (mailbox, call) => inTime(() => client.call(mailbox, call)),
      bytes: (mailbox, call) => inTime(() => client.bytes(mailbox, call)),
      list: (mailbox, call, item) => inTime(() => client.list(mailbox, call, item)),
      close: () => client.close(),
    };
    return calendarApi(within, organiser);
  }

  async function followAll(following: Following, wanted: CalendarSeries): ReturnType<Calendar['sync']> {
    const segments = wanted.isEnded ? [] : wanted.segments;
    const uids = new Set([...following.notes.uids, ...wanted.segments.map(({ uid }) => uid)]);
    for (const uid of uids)
      if (!segments.some((segment) => segment.uid === uid)) await closeSegment(following, uid);
    let joinUrl: string | undefined;
    const meetings: string[] = [];
    const date = today(clock).toString();
    for (const segment of segments) {
      const url = await followSegment(following, segment);
      const isInForce = segment.lastDate === undefined || segment.lastDate >= date;
      if (isInForce) joinUrl ??= url;
      if (url !== undefined) meetings.push(url);
    }
    return { meetings, ...(joinUrl !== undefined && { joinUrl }) };
  }

  return {
    async sync(wanted, memory, run) {
      const attendees = [...new Set(wanted.attendees.map((address) => address.trim().toLowerCase()))];
      if (!wanted.isEnded && attendees.length > maxAttendees)
        throw new AppError('calendar.tooManyAttendees', { count: attendees.length, max: maxAttendees });
      const notes = notebook(memory, (next) => run.keep(next));
      const following = { api: apiWithin(run), notes, clock, attendees };
      try {
        return await followAll(following, wanted);
      } catch (error) {
        throw toCalendarError(error);
      }
    },
  };
}
