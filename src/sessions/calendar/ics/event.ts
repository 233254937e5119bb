import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../shared/languages.js';
import { momentOf } from '../../../platform/wall-time.js';
import type { CalendarException, CalendarSegment } from '../calendar.js';
import { datesOf, rruleOf, type Rule } from '../../series/rule.js';
import { line, lineOfText, mailAddress, plain, text, webAddress } from './content-line.js';
import { atInstant, atWallTime, utc } from './time.js';

/** Somebody in a calendar file. */
export interface CalendarUser {
  readonly name: string;
  readonly address: string;
}

/** What is the same for every event of a file. */
export interface Frame {
  /** The part of each UID after the `@`: the host of the programme's public address. */
  readonly host: string;
  /**
   * ISO instant at which the file is made (DTSTAMP, RFC 5545 3.8.7.2). For a feed the newest change instead of now, so
   * that the file stays the same while nothing changes.
   */
  readonly stamp: string;
  readonly organiser: CalendarUser;
  readonly attendee?: CalendarUser;
}

/** What all segments of a series have in common. */
export interface SeriesFacts {
  /** The language of subjects and descriptions. */
  readonly language: Language;
  readonly joinUrl?: string;
  /** RFC 5545 3.8.7.4: one more with each change. */
  readonly sequence: number;
  /** ISO instant of the newest change. */
  readonly changedAt: string;
}

export type Status = 'CONFIRMED' | 'CANCELLED';

/** What an event says, beside when it is. */
interface Said extends SeriesFacts {
  readonly uid: string;
  readonly subject: string;
  readonly description: string;
  readonly status: Status;
}

function people({ organiser, attendee }: Frame, language: Language): string[] {
  const organiserLine = line('ORGANIZER', mailAddress(organiser.address), { CN: organiser.name });
  if (!attendee) return [organiserLine];
  // Nobody waits for an answer: the session takes place for all, and whoever can't come says so to Big Room.
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
export function event(said: Said, frame: Frame, when: readonly string[]): readonly string[] {
  const { language, joinUrl } = said;
  const address = joinUrl === undefined ? undefined : webAddress(joinUrl);
  return [
    'BEGIN:VEVENT',
    line('UID', text(`${said.uid}@${frame.host}`)),
    line('DTSTAMP', plain(utc(frame.stamp))),
    line('LAST-MODIFIED', plain(utc(said.changedAt))),
    line('SEQUENCE', plain(said.sequence)),
    ...when,
    line('SUMMARY', lineOfText(said.subject), { LANGUAGE: language }),
    ...(said.description === '' ? [] : [line('DESCRIPTION', text(said.description), { LANGUAGE: language })]),
    // Many calendars show the place alone, so the address stands there too.
    ...(address ? [line('LOCATION', text(address.raw)), line('URL', address)] : []),
    line('STATUS', plain(said.status)),
    ...people(frame, language),
    'END:VEVENT',
  ];
}

const monthOf = (date: string): number => Number(date.slice(5, 7));

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const isMonthly = ({ every }: Rule): boolean => every === 'weekdayOfMonth' || every === 'dayOfMonth';

/**
 * The months that the rule names, so that it keeps every pause to come; `undefined` where it names none, and pauses are
 * left out date by date. Readers disagree on months beside an interval of months: every second month is said as the
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

/** Those of the dates that the segment's rule hits, each once, in order. Another date has no place in the file. */
function hitsAmong(segment: CalendarSegment, dates: readonly string[]): string[] {
  const wanted = [...new Set(dates)].sort();
  const to = wanted.at(-1);
  if (to === undefined) return [];
  const hits = new Set(hitsOf(segment, to));
  return wanted.filter((date) => hits.has(date));
}

/** Whether anything of the segment takes place; one that goes on does. */
export function takesPlace(segment: CalendarSegment): boolean {
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
export function once({ start, end }: { readonly start: string; readonly end: string }): readonly string[] {
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
export function segmentEvents(segment: CalendarSegment, facts: SeriesFacts, frame: Frame): readonly string[] {
  const { uid, subject, description, time } = segment;
  const said: Said = { ...facts, uid, subject, description, status: 'CONFIRMED' };
  const differing = overrides(segment).flatMap((exception) => {
    const { date, joinUrl = facts.joinUrl } = exception;
    const link = joinUrl === undefined ? {} : { joinUrl };
    const when = [atWallTime('RECURRENCE-ID', { date, time }), ...once(exception)];
    return event({ ...said, subject: exception.subject, ...link }, frame, when);
  });
  return [...event(said, frame, recurring(segment)), ...differing];
}

/** A segment as the event that takes it out of a calendar altogether (RFC 5546 3.2.5). */
export function cancelledEvent(
  segment: CalendarSegment,
  facts: SeriesFacts,
  frame: Frame,
): readonly string[] {
  const { uid, subject, description, firstDate, time, minutes } = segment;
  const start = momentOf({ date: firstDate, time }).instant;
  const when = once({ start: start.toString(), end: start.add({ minutes }).toString() });
  return event({ ...facts, uid, subject, description, status: 'CANCELLED' }, frame, when);
}
