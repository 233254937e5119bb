import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../shared/languages.js';
import { momentOf } from '../../../platform/wall-time.js';
import type { CalendarException, CalendarSegment } from '../calendar.js';
import { datesOf, rruleOf, type Rule } from '../../series/rule.js';
import {
  atInstant,
  atWallTime,
  fileOf,
  line,
  lineOfText,
  mailAddress,
  plain,
  text,
  timeZone,
  utc,
  webAddress,
} from './content-line.js';
import { homeZone } from '../../../platform/clock.js';
import type { OccurrenceId } from '../../../platform/ids.js';
import { maxMoveDays } from '../../occurrences/occurrence.js';

/** Somebody in a calendar file. */
export interface CalendarUser {
  readonly name: string;
  readonly address: string;
}

/** What is the same for every event of a file. */
interface Frame {
  /** The part of each UID after the `@`: the programme's, the same for good. */
  readonly namespace: string;
  /**
   * ISO instant at which the file is made (DTSTAMP, RFC 5545 3.8.7.2). For a feed the newest change instead of now, so
   * that the file stays the same while nothing changes.
   */
  readonly stamp: string;
  readonly organiser: CalendarUser;
  readonly attendee?: CalendarUser;
}

/** What all segments of a series have in common. */
interface SeriesFacts {
  /** The language of subjects and descriptions. */
  readonly language: Language;
  readonly joinUrl?: string;
  /** RFC 5545 3.8.7.4: one more with each change. */
  readonly sequence: number;
  /** ISO instant of the newest change. */
  readonly changedAt: string;
}

type Status = 'CONFIRMED' | 'CANCELLED';

/** The texts and facts of an event, without its times. */
interface EventText extends SeriesFacts {
  readonly uid: string;
  readonly subject: string;
  readonly description: string;
  readonly status: Status;
}

function people({ organiser, attendee }: Frame, language: Language): string[] {
  const organiserLine = line('ORGANIZER', mailAddress(organiser.address), { CN: organiser.name });
  if (!attendee) return [organiserLine];
  // Nobody waits for an answer: the session takes place anyway, and people who can't come answer in Big Room.
  const attendeeLine = line('ATTENDEE', mailAddress(attendee.address), {
    CN: attendee.name,
    CUTYPE: 'INDIVIDUAL',
    ROLE: 'REQ-PARTICIPANT',
    PARTSTAT: 'NEEDS-ACTION',
    RSVP: 'FALSE',
    LANGUAGE: language,
  });
  return [organiserLine, attendeeLine];
}

/** A VEVENT (RFC 5545 3.6.1) with its lines about time. */
function event(eventText: EventText, frame: Frame, when: readonly string[]): readonly string[] {
  const { language, joinUrl } = eventText;
  const address = joinUrl === undefined ? undefined : webAddress(joinUrl);
  return [
    'BEGIN:VEVENT',
    line('UID', text(`${eventText.uid}@${frame.namespace}`)),
    line('DTSTAMP', plain(utc(frame.stamp))),
    line('LAST-MODIFIED', plain(utc(eventText.changedAt))),
    line('SEQUENCE', plain(eventText.sequence)),
    ...when,
    line('SUMMARY', lineOfText(eventText.subject), { LANGUAGE: language }),
    ...(eventText.description === ''
      ? []
      : [line('DESCRIPTION', text(eventText.description), { LANGUAGE: language })]),
    // Many calendars show the location alone, so the address is there too.
    ...(address ? [line('LOCATION', text(address.raw)), line('URL', address)] : []),
    line('STATUS', plain(eventText.status)),
    ...people(frame, language),
    'END:VEVENT',
  ];
}

const monthOf = (date: string): number => Number(date.slice(5, 7));

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const isMonthly = ({ every }: Rule): boolean => every === 'weekdayOfMonth' || every === 'dayOfMonth';

/**
 * The months that the rule names, so that it keeps every pause to come; `undefined` where it names none, and pauses are
 * left out date by date. Readers disagree on months beside an interval of months: every second month is written as the
 * months that these are, and every fifth one not at all.
 */
function monthsOf({ rule, firstDate, pausedMonths }: CalendarSegment): readonly number[] | undefined {
  const interval = isMonthly(rule) ? rule.interval : 1;
  if (pausedMonths.length === 0 || months.length % interval !== 0) return undefined;
  const held = months.filter(
    (month) => !pausedMonths.includes(month) && (month - monthOf(firstDate)) % interval === 0,
  );
  return held.length === 0 ? undefined : held;
}

/** The dates until a day that the RRULE of the segment's event gives. */
function hitsOf(segment: CalendarSegment, to: string): string[] {
  const { rule, firstDate, lastDate } = segment;
  const named = monthsOf(segment) ?? months;
  const last = lastDate !== undefined && lastDate < to ? lastDate : to;
  const dates = datesOf(rule, { from: firstDate, to: last, anchor: firstDate });
  return dates.filter((date) => named.includes(monthOf(date)));
}

/** Those of the dates that the segment's rule hits, each once, in order. Other dates do not belong in the file. */
function hitsAmong(segment: CalendarSegment, dates: readonly string[]): string[] {
  const wanted = [...new Set(dates)].sort();
  const to = wanted.at(-1);
  if (to === undefined) return [];
  const hits = new Set(hitsOf(segment, to));
  return wanted.filter((date) => hits.has(date));
}

/** Whether anything of the segment takes place; one that goes on does. */
function takesPlace(segment: CalendarSegment): boolean {
  const { lastDate } = segment;
  if (lastDate === undefined) return true;
  const without = new Set(segment.without);
  return hitsOf(segment, lastDate).some((date) => !without.has(date));
}

/** The rule with its months and its end: UNTIL is in UTC, as DTSTART has a zone (RFC 5545 3.3.10). */
function recurrence(segment: CalendarSegment): string {
  const { rule, lastDate, time } = segment;
  const named = monthsOf(segment);
  const goesOn =
    named === undefined
      ? rruleOf(rule)
      : `${rruleOf(isMonthly(rule) ? { ...rule, interval: 1 } : rule)};BYMONTH=${named.join(',')}`;
  if (lastDate === undefined) return goesOn;
  return `${goesOn};UNTIL=${utc(momentOf({ date: lastDate, time }).instant.toString())}`;
}

/** No rule has a hit outside a pause later than this, if it has one at all: 29 February, every second one. */
const longestGap = { years: 20 } as const;

/** Where the rule begins: DTSTART is shown even where the rule leaves it out, so it never lies in a pause. */
function beginningOf(segment: CalendarSegment): string {
  const { firstDate } = segment;
  if (monthsOf(segment)?.includes(monthOf(firstDate)) !== false) return firstDate;
  const [first] = hitsOf(segment, Temporal.PlainDate.from(firstDate).add(longestGap).toString());
  return first ?? firstDate;
}

/** The lines about time of the event that recurs: DTSTART, DTEND, RRULE and EXDATE (RFC 5545 3.8.5). */
function recurring(segment: CalendarSegment): readonly string[] {
  const { time, minutes } = segment;
  const start = { date: beginningOf(segment), time };
  const end = momentOf(start).instant.add({ minutes });
  return [
    atWallTime('DTSTART', start),
    atInstant('DTEND', end.toString()),
    line('RRULE', plain(recurrence(segment))),
    ...hitsAmong(segment, segment.without).map((date) => atWallTime('EXDATE', { date, time })),
  ];
}

/** The lines about time of one event that does not recur. */
function once({ start, end }: { readonly start: string; readonly end: string }): readonly string[] {
  return [atInstant('DTSTART', start), atInstant('DTEND', end)];
}

function overrides(segment: CalendarSegment): readonly CalendarException[] {
  const hits = new Set(
    hitsAmong(
      segment,
      segment.exceptions.map(({ date }) => date),
    ),
  );
  const byDate = new Map(segment.exceptions.map((exception) => [exception.date, exception]));
  return [...byDate.values()].filter(({ date }) => hits.has(date) && !segment.without.includes(date));
}

/** A segment as its recurring event, and an event for each hit that differs, with its RECURRENCE-ID (RFC 5545 3.8.4.4). */
function segmentEvents(segment: CalendarSegment, facts: SeriesFacts, frame: Frame): readonly string[] {
  const { uid, subject, description, time } = segment;
  const eventText: EventText = { ...facts, uid, subject, description, status: 'CONFIRMED' };
  const differing = overrides(segment).flatMap((exception) => {
    const { date, joinUrl = facts.joinUrl } = exception;
    const link = joinUrl === undefined ? {} : { joinUrl };
    const when = [atWallTime('RECURRENCE-ID', { date, time }), ...once(exception)];
    return event({ ...eventText, subject: exception.subject, ...link }, frame, when);
  });
  return [...event(eventText, frame, recurring(segment)), ...differing];
}

/** A segment as the event that takes it out of a calendar altogether (RFC 5546 3.2.5). */
function cancelledEvent(segment: CalendarSegment, facts: SeriesFacts, frame: Frame): readonly string[] {
  const { uid, subject, description, firstDate, time, minutes } = segment;
  const start = momentOf({ date: firstDate, time }).instant;
  const when = once({ start: start.toString(), end: start.add({ minutes }).toString() });
  return event({ ...facts, uid, subject, description, status: 'CANCELLED' }, frame, when);
}

/** How often a calendar that subscribed is to look again (RFC 7986 5.7). */
const refreshInterval = 'PT1H';

/** A series as it is written to a calendar file. */
export interface IcsSeries extends SeriesFacts {
  readonly segments: readonly CalendarSegment[];
}

/** A calendar object with the method of iTIP (RFC 5546 1.4), which the mail's part has to name too. */
export interface IcsObject {
  /** Without the namespace: the segment's. */
  readonly uid: string;
  readonly method: 'REQUEST' | 'CANCEL';
  readonly content: string;
}

/** One session alone. Times are ISO instants. */
interface IcsSession extends SeriesFacts {
  readonly id: OccurrenceId;
  readonly subject: string;
  readonly description: string;
  readonly start: string;
  readonly end: string;
  readonly isCancelled: boolean;
}

function calendar(
  method: 'PUBLISH' | 'REQUEST' | 'CANCEL',
  properties: readonly string[],
  events: readonly string[],
): string {
  return fileOf([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Big Room//Sessions//EN',
    'CALSCALE:GREGORIAN',
    line('METHOD', plain(method)),
    ...properties,
    ...timeZone(),
    ...events,
    'END:VCALENDAR',
  ]);
}

/**
 * A feed to subscribe to: every series given, past segments included (METHOD PUBLISH, RFC 5546 3.2.1).
 * A calendar without events is no valid file (RFC 5545 3.6), but the time zone in it is a component, so a feed of
 * nothing is one.
 */
export function feedOf(
  feed: { readonly name: string; readonly language: Language; readonly series: readonly IcsSeries[] },
  frame: Omit<Frame, 'attendee'>,
): string {
  const name = lineOfText(feed.name);
  const events = feed.series.flatMap((series) =>
    series.segments.filter(takesPlace).flatMap((segment) => segmentEvents(segment, series, frame)),
  );
  const properties = [
    line('NAME', name, { LANGUAGE: feed.language }),
    line('X-WR-CALNAME', name),
    line('X-WR-TIMEZONE', plain(homeZone)),
    line('LAST-MODIFIED', plain(utc(frame.stamp))),
    line('REFRESH-INTERVAL', plain(refreshInterval), { VALUE: 'DURATION' }),
    line('X-PUBLISHED-TTL', plain(refreshInterval)),
  ];
  return calendar('PUBLISH', properties, events);
}

/**
 * The segments that anybody's calendar may still show on or after the day of the stamp: a session may have been moved
 * beyond the end of its segment.
 */
function currentSegments({ segments }: IcsSeries, { stamp }: Frame): readonly CalendarSegment[] {
  const today = Temporal.Instant.from(stamp).toZonedDateTimeISO(homeZone).toPlainDate();
  return segments.filter(({ lastDate }) => {
    if (lastDate === undefined) return true;
    const lastMove = Temporal.PlainDate.from(lastDate).add({ days: maxMoveDays });
    return Temporal.PlainDate.compare(lastMove, today) >= 0;
  });
}

function cancelled(segment: CalendarSegment, series: IcsSeries, frame: Frame): IcsObject {
  const { uid } = segment;
  return { uid, method: 'CANCEL', content: calendar('CANCEL', [], cancelledEvent(segment, series, frame)) };
}

/**
 * Invitations for a mail to one person: one object per segment, as an object has one UID (RFC 5546 3.2.2), with the
 * recurring event and everything that differs from it. The same again with a higher sequence is an update.
 * A segment of which nothing is left is taken out of the calendar; one that is over long since is left out.
 */
export function invitationsOf(
  series: IcsSeries,
  attendee: CalendarUser,
  common: Omit<Frame, 'attendee'>,
): readonly IcsObject[] {
  const frame = { ...common, attendee };
  return currentSegments(series, frame).map((segment): IcsObject => {
    if (!takesPlace(segment)) return cancelled(segment, series, frame);
    const content = calendar('REQUEST', [], segmentEvents(segment, series, frame));
    return { uid: segment.uid, method: 'REQUEST', content };
  });
}

/**
 * Takes the series out of one person's calendar, one object per segment (RFC 5546 3.2.5). The sequence is that of
 * the last invitation, the stamp decides (RFC 5546 2.1.5): so an invitation after it, when somebody wants to be invited
 * again although the series did not change, is not older than it.
 */
export function cancellationOf(
  series: IcsSeries,
  attendee: CalendarUser,
  common: Omit<Frame, 'attendee'>,
): readonly IcsObject[] {
  const frame = { ...common, attendee };
  return currentSegments(series, frame).map((segment) => cancelled(segment, series, frame));
}

/**
 * One session to add to a calendar by hand (METHOD PUBLISH). It is an event of its own with the occurrence's id as
 * UID, not an instance of the series: calendars refuse an instance of a series that they don't know. So somebody who
 * was invited to the series or subscribed to it as well has it twice; added again after a change, it is replaced.
 */
export function singleOf(session: IcsSession, frame: Omit<Frame, 'attendee'>): string {
  const status = session.isCancelled ? 'CANCELLED' : 'CONFIRMED';
  return calendar('PUBLISH', [], event({ ...session, uid: session.id, status }, frame, once(session)));
}
