import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../../shared/languages.js';
import { momentOf } from '../../../platform/wall-time.js';
import type { CalendarSegment } from '../calendar.js';
import { datesOf, rruleOf, yearsAhead } from '../../series/rule.js';
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
import { AppError } from '../../../platform/errors.js';
import { t } from '../../../i18n/messages.js';

/** Somebody in a calendar file. */
export interface CalendarUser {
  readonly name: string;
  readonly address: string;
}

/** What is the same for every event of a file. */
export interface Frame {
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
  /** The page on which the link to join is to appear: it is shown in place of that link. */
  readonly page?: string;
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
  const attendeeLine = line('ATTENDEE', mailAddress(attendee.address), {
    CN: attendee.name,
    CUTYPE: 'INDIVIDUAL',
    ROLE: 'REQ-PARTICIPANT',
    PARTSTAT: 'NEEDS-ACTION',
    // Without it Outlook offers no answer (MS-OXCICAL 2.1.3.1.1.20.2).
    RSVP: 'TRUE',
    LANGUAGE: language,
  });
  return [organiserLine, attendeeLine];
}

/** A VEVENT (RFC 5545 3.6.1) with its lines about time. */
function event(eventText: EventText, frame: Frame, when: readonly string[]): readonly string[] {
  const { language, page, joinUrl } = eventText;
  const url = page ?? joinUrl;
  const address = url === undefined ? undefined : webAddress(url);
  const label = page === undefined ? 'mail.session.join' : 'public.joinOnPage';
  // Telephones show the text before the location, and make a link of it.
  const join = address && `${t(language, label)}: ${address.raw}`;
  const description = [join, eventText.description].filter(Boolean).join('\n\n');
  return [
    'BEGIN:VEVENT',
    line('UID', text(`${eventText.uid}@${frame.namespace}`)),
    line('DTSTAMP', plain(utc(frame.stamp))),
    line('LAST-MODIFIED', plain(utc(eventText.changedAt))),
    line('SEQUENCE', plain(eventText.sequence)),
    ...when,
    line('SUMMARY', lineOfText(eventText.subject), { LANGUAGE: language }),
    ...(description === '' ? [] : [line('DESCRIPTION', text(description), { LANGUAGE: language })]),
    // Many calendars show the location alone, so the address is there too.
    ...(address ? [line('LOCATION', text(address.raw)), line('URL', address)] : []),
    line('STATUS', plain(eventText.status)),
    ...people(frame, language),
    'END:VEVENT',
  ];
}

const monthOf = (date: string): number => Number(date.slice(5, 7));

/** The hits of the segment's rule until a day, in a pause or not. */
function hitsOf({ rule, firstDate, lastDate }: CalendarSegment, to: string): readonly string[] {
  const last = lastDate !== undefined && lastDate < to ? lastDate : to;
  return datesOf(rule, { from: firstDate, to: last, anchor: firstDate });
}

/** Those of the dates that the segment's rule hits, each once, in order. Other dates do not belong in the file. */
function hitsAmong(segment: CalendarSegment, dates: readonly string[]): string[] {
  const wanted = [...new Set(dates)].sort();
  const to = wanted.at(-1);
  if (to === undefined) return [];
  const hits = new Set(hitsOf(segment, to));
  return wanted.filter((date) => hits.has(date));
}

/** Whether the rule has the date, and neither a pause nor a cancellation takes it away. */
export function isHeld({ pausedMonths, without }: CalendarSegment, date: string): boolean {
  return !pausedMonths.includes(monthOf(date)) && !without.includes(date);
}

/** Whether anything of the segment takes place; one that goes on does. */
export function takesPlace(segment: CalendarSegment): boolean {
  const { lastDate } = segment;
  return lastDate === undefined || hitsOf(segment, lastDate).some((date) => isHeld(segment, date));
}

/** From this day of the month on there are months without it. */
const firstMissingDay = 29;

/** The last day that the rule names, an ISO date; `undefined` where it goes on for good. */
export function lastOf(segment: CalendarSegment, today: string): string | undefined {
  const { lastDate, rule, pausedMonths } = segment;
  const isMissing = rule.every === 'dayOfMonth' && rule.day >= firstMissingDay;
  if (lastDate !== undefined || (pausedMonths.length === 0 && !isMissing)) return lastDate;
  const { firstDate } = segment;
  const since = Number((firstDate > today ? firstDate : today).slice(0, 4));
  return `${since + yearsAhead}-12-31`;
}

/** The last day of any month is the 31st. */
const lastDay = 31;

/**
 * The last days of the months that lack the day of the rule. RFC 5545 leaves such a month out, Outlook takes its last
 * day instead (MS-OXOCAL 2.2.1.44.1.4): as EXDATEs they are left out by both.
 * @param left the hits that are left out anyway.
 */
function shortMonthEnds(
  segment: CalendarSegment,
  last: string | undefined,
  left: readonly string[],
): readonly string[] {
  const { rule, firstDate } = segment;
  if (rule.every !== 'dayOfMonth' || rule.day < firstMissingDay || last === undefined) return [];
  const ends: string[] = [];
  let month = Temporal.PlainDate.from(firstDate).toPlainYearMonth();
  for (; month.toPlainDate({ day: 1 }).toString() <= last; month = month.add({ months: rule.interval }))
    if (month.daysInMonth < rule.day) ends.push(month.toPlainDate({ day: month.daysInMonth }).toString());
  if (rule.day === lastDay) return ends;
  // Here they are no hits of the rule as it is written, and ical.js (Thunderbird) overlooks an EXDATE right after one.
  const hits = hitsOf(segment, last);
  return ends.filter((end) => !left.includes(hits.find((hit) => hit > end) ?? ''));
}

/**
 * The rule and its end: UNTIL is in UTC, as DTSTART has a zone (RFC 5545 3.3.10). The 31st is written as the last day,
 * so that every reader has the same hits.
 */
function recurrence({ rule, time }: CalendarSegment, last: string | undefined): string {
  const text = rruleOf(rule).replace(`BYMONTHDAY=${lastDay}`, 'BYMONTHDAY=-1');
  return last === undefined
    ? text
    : `${text};UNTIL=${utc(momentOf({ date: last, time }).instant.toString())}`;
}

/** No rule has a hit outside a pause later than this, if it has one at all: 29 February, every second one. */
const longestGap = { years: 20 } as const;

/** Where the rule begins: DTSTART is shown even where the rule leaves it out, so it never lies in a pause. */
function beginningOf(segment: CalendarSegment): string {
  const { firstDate, pausedMonths } = segment;
  if (!pausedMonths.includes(monthOf(firstDate))) return firstDate;
  const to = Temporal.PlainDate.from(firstDate).add(longestGap).toString();
  return hitsOf(segment, to).find((date) => !pausedMonths.includes(monthOf(date))) ?? firstDate;
}

/** When a hit of the rule takes place. ISO instants. */
export function hitTimes({ time, minutes }: CalendarSegment, date: string) {
  const start = momentOf({ date, time }).instant;
  return { start: start.toString(), end: start.add({ minutes }).toString() };
}

/** The lines about time of the event that recurs: DTSTART, DTEND, RRULE and EXDATE (RFC 5545 3.8.5). */
function recurring(segment: CalendarSegment, today: string): readonly string[] {
  const { time, pausedMonths, without } = segment;
  const date = beginningOf(segment);
  const last = lastOf(segment, today);
  const paused =
    last === undefined || pausedMonths.length === 0
      ? []
      : hitsOf(segment, last).filter((hit) => hit > date && pausedMonths.includes(monthOf(hit)));
  const left = hitsAmong(segment, [
    ...without.filter((hit) => hit >= date && (last === undefined || hit <= last)),
    ...paused,
  ]);
  const ends = shortMonthEnds({ ...segment, firstDate: date }, last, left);
  return [
    atWallTime('DTSTART', { date, time }),
    atInstant('DTEND', hitTimes(segment, date).end),
    line('RRULE', plain(recurrence(segment, last))),
    ...[...left, ...ends].sort().map((hit) => atWallTime('EXDATE', { date: hit, time })),
  ];
}

/** The lines about time of one event that does not recur. */
function once({ start, end }: { readonly start: string; readonly end: string }): readonly string[] {
  return [atInstant('DTSTART', start), atInstant('DTEND', end)];
}

/** What an event is called that has a topic: in one line, as lists of a calendar show no more. */
function withTopic(subject: string, talk: CalendarTalk | undefined): string {
  return talk === undefined ? subject : `${subject}: ${talk.topic}`;
}

/** The topic and the presenter before what is said of the series. */
function aboutOf(description: string, talk: CalendarTalk | undefined): string {
  const about = talk && [talk.topic, talk.presenter].filter((each) => each !== '').join('\n');
  return [about, description].filter(Boolean).join('\n\n');
}

/** One session of a segment as calendars show it, by its date, whether it differs from the rule or not. */
function instanceOf(segment: IcsSegment, date: string, facts: SeriesFacts) {
  const exception = segment.exceptions.find((each) => each.date === date);
  const talk = segment.talks.find((each) => each.date === date);
  const { start, end } = exception ?? hitTimes(segment, date);
  const joinUrl = exception?.joinUrl ?? facts.joinUrl;
  return {
    start,
    end,
    subject: withTopic(exception?.subject ?? segment.subject, talk),
    description: aboutOf(segment.description, talk),
    changedAt:
      talk !== undefined && Date.parse(talk.at) > Date.parse(facts.changedAt) ? talk.at : facts.changedAt,
    ...(joinUrl !== undefined && { joinUrl }),
  };
}

/** The event of one session, which names the date of the series that it replaces (RECURRENCE-ID, RFC 5545 3.8.4.4). */
function instanceEvent(
  segment: IcsSegment,
  date: string,
  facts: SeriesFacts,
  frame: Frame,
  status: Status = 'CONFIRMED',
): readonly string[] {
  const { uid, time, isSingle = false } = segment;
  const instance = instanceOf(segment, date, facts);
  const when = [...(isSingle ? [] : [atWallTime('RECURRENCE-ID', { date, time })]), ...once(instance)];
  return event({ ...facts, ...instance, uid, status }, frame, when);
}

/** The dates that differ from what the rule says of all, in order. */
function differing(segment: IcsSegment, last: string | undefined): readonly string[] {
  const dates = [...segment.exceptions, ...segment.talks].map(({ date }) => date);
  return hitsAmong(segment, dates).filter(
    (date) => date >= segment.firstDate && (last === undefined || date <= last) && isHeld(segment, date),
  );
}

/** A segment as its recurring event, and an event for each hit that differs; one of a single date as that event. */
function segmentEvents(
  segment: IcsSegment,
  facts: SeriesFacts & { readonly today: string },
  frame: Frame,
): readonly string[] {
  const { uid, subject, description, isSingle, firstDate } = segment;
  if (isSingle) return instanceEvent(segment, firstDate, facts, frame);
  const { today } = facts;
  const series: EventText = { ...facts, uid, subject, description, status: 'CONFIRMED' };
  return [
    ...event(series, frame, recurring(segment, today)),
    ...differing(segment, lastOf(segment, today)).flatMap((date) =>
      instanceEvent(segment, date, facts, frame),
    ),
  ];
}

/** A segment as the event that takes it out of a calendar altogether (RFC 5546 3.2.5). */
function cancelledEvent(segment: IcsSegment, facts: SeriesFacts, frame: Frame): readonly string[] {
  const { uid, subject, description, firstDate } = segment;
  const when = once(hitTimes(segment, firstDate));
  return event({ ...facts, uid, subject, description, status: 'CANCELLED' }, frame, when);
}

/** How often a calendar that subscribed is to look again (RFC 7986 5.7). */
const refreshInterval = 'PT1H';

/** What is presented at one session of a series. */
interface CalendarTalk {
  /** The hit of the rule, an ISO date. */
  readonly date: string;
  readonly topic: string;
  readonly presenter: string;
  /** ISO instant at which its presenter entered it. */
  readonly at: string;
}

/** A segment with what is presented when. */
export interface IcsSegment extends CalendarSegment {
  readonly talks: readonly CalendarTalk[];
}

/** A series as it is written to a calendar file. */
export interface IcsSeries extends SeriesFacts {
  /** ISO date on which it is written: how far ahead the dates go that are left out. */
  readonly today: string;
  readonly segments: readonly IcsSegment[];
}

/** A calendar object with the method of iTIP (RFC 5546 1.4), which the mail's part has to name too. */
export interface IcsObject {
  /** Without the namespace: the segment's. */
  readonly uid: string;
  readonly method: 'REQUEST' | 'CANCEL';
  readonly content: string;
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

/** An invitation to all of a segment: the recurring event and everything that differs from it, in one object. */
export function requestedSegment(segment: IcsSegment, series: IcsSeries, frame: Frame): IcsObject {
  const content = calendar('REQUEST', [], segmentEvents(segment, series, frame));
  return { uid: segment.uid, method: 'REQUEST', content };
}

/**
 * Takes a segment out of a calendar (RFC 5546 3.2.5). The sequence is that of the last invitation, the stamp decides
 * (RFC 5546 2.1.5): so an invitation after it, when somebody wants to be invited again although the series did not
 * change, is not older than it.
 */
export function cancelledSegment(segment: IcsSegment, series: IcsSeries, frame: Frame): IcsObject {
  const content = calendar('CANCEL', [], cancelledEvent(segment, series, frame));
  return { uid: segment.uid, method: 'CANCEL', content };
}

/** One session that is otherwise than those who are invited have it. */
export function requestedInstance(
  segment: IcsSegment,
  date: string,
  series: IcsSeries,
  frame: Frame,
): IcsObject {
  const content = calendar('REQUEST', [], instanceEvent(segment, date, series, frame));
  return { uid: segment.uid, method: 'REQUEST', content };
}

/** One session that does not take place. */
export function cancelledInstance(
  segment: IcsSegment,
  date: string,
  series: IcsSeries,
  frame: Frame,
): IcsObject {
  const content = calendar('CANCEL', [], instanceEvent(segment, date, series, frame, 'CANCELLED'));
  return { uid: segment.uid, method: 'CANCEL', content };
}

/**
 * One session to add to a calendar by hand (METHOD PUBLISH): the instance of the series (RECURRENCE-ID), so that a
 * calendar that has the series shows it once. A calendar without the series takes it as one event (MS-OXCICAL
 * 2.1.3.1.1.1 calls it an orphan instance); added again after a change, it is replaced.
 * @param date the hit of the segment's rule, an ISO date.
 */
export function singleOf(
  { segments, ...facts }: IcsSeries,
  { uid, date }: { readonly uid: string; readonly date: string },
  frame: Omit<Frame, 'attendee'>,
): string {
  const segment = segments.find((each) => each.uid === uid);
  if (segment === undefined) throw new AppError('occurrence.notFound', { uid, date });
  const status = isHeld(segment, date) ? 'CONFIRMED' : 'CANCELLED';
  return calendar('PUBLISH', [], instanceEvent(segment, date, facts, frame, status));
}
