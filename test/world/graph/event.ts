import { Temporal } from 'temporal-polyfill';
import { datesOf, type Recurrence } from './pattern.js';

export const homeZone = 'Europe/Helsinki';
export const windowsZone = 'FLE Standard Time';

/** How one occurrence differs from its series, in Helsinki wall time. */
interface Difference {
  subject?: string;
  start?: Temporal.PlainDateTime;
  end?: Temporal.PlainDateTime;
  location?: Place | undefined;
}

interface Place {
  readonly displayName?: string;
  readonly locationUri?: string;
}

/** What the mailbox holds: a series, or an event of its own. */
export interface Held {
  readonly id: string;
  readonly transactionId: string | undefined;
  readonly extensions: readonly string[];
  readonly number: number;
  subject: string;
  html: string;
  start: Temporal.PlainDateTime;
  end: Temporal.PlainDateTime;
  recurrence: Recurrence | undefined;
  attendees: string[];
  joinUrl: string | undefined;
  location: Place | undefined;
  readonly exceptions: Map<string, Difference>;
  readonly cancelled: Set<string>;
}

export interface Occurrence {
  readonly id: string;
  /** Of the rule; an event of its own has the date on which it is. */
  readonly date: string;
  readonly isException: boolean;
  readonly subject: string;
  readonly start: Temporal.PlainDateTime;
  readonly end: Temporal.PlainDateTime;
  readonly location: Place | undefined;
}

/** Ids of occurrences: the series', a dot, the date of the rule. Graph's own say as little. */
export const occurrenceId = (event: Held, date: string): string => `${event.id}.${date.replaceAll('-', '')}`;

export function occurrenceOn(event: Held, date: Temporal.PlainDate): Occurrence {
  const key = date.toString();
  const difference = event.exceptions.get(key);
  const start = date.toPlainDateTime(event.start.toPlainTime());
  return {
    id: occurrenceId(event, key),
    date: key,
    isException: difference !== undefined,
    subject: difference?.subject ?? event.subject,
    start: difference?.start ?? start,
    end: difference?.end ?? start.add(event.start.until(event.end)),
    location: difference?.location ?? event.location,
  };
}

/** All occurrences of an event, up to a date of the rule. */
export function occurrencesOf(event: Held, until: Temporal.PlainDate): Occurrence[] {
  if (event.recurrence === undefined) {
    const { id, subject, start, end, location } = event;
    return [{ id, date: start.toPlainDate().toString(), isException: false, subject, start, end, location }];
  }
  return datesOf(event.recurrence, until)
    .filter((date) => !event.cancelled.has(date.toString()))
    .map((date) => occurrenceOn(event, date));
}

const utc = (local: Temporal.PlainDateTime) => local.toZonedDateTime(homeZone).toInstant();

function timeJson(local: Temporal.PlainDateTime, isHome: boolean) {
  const shown = isHome ? local : utc(local).toZonedDateTimeISO('UTC').toPlainDateTime();
  return {
    dateTime: `${shown.toString({ smallestUnit: 'second' })}.0000000`,
    timeZone: isHome ? windowsZone : 'UTC',
  };
}

/** As Graph gives it back: with all members, whatever the type uses. */
function recurrenceJson({ pattern, range }: Recurrence) {
  return {
    pattern: {
      type: pattern.type,
      interval: pattern.interval,
      month: 0,
      dayOfMonth: pattern.dayOfMonth ?? 0,
      daysOfWeek: (pattern.daysOfWeek ?? []).map((name) => name.toLowerCase()),
      firstDayOfWeek: pattern.firstDayOfWeek ?? 'sunday',
      index: pattern.index ?? 'first',
    },
    range: {
      type: range.type,
      startDate: range.startDate,
      endDate: range.endDate ?? '0001-01-01',
      recurrenceTimeZone: range.recurrenceTimeZone ?? windowsZone,
      numberOfOccurrences: 0,
    },
  };
}

/** The event, or one occurrence of it, as Graph answers. */
export function eventJson(event: Held, organiser: string, isHome: boolean, occurrence?: Occurrence) {
  const { start, end, subject, id, location } = occurrence ?? event;
  const isSeries = event.recurrence !== undefined && occurrence === undefined;
  return {
    '@odata.etag': `W/"${String(event.number)}"`,
    id,
    createdDateTime: '2026-11-01T08:00:00.0000000Z',
    transactionId: event.transactionId ?? null,
    iCalUId: `040000008200E00074C5B7101A82E008${event.id}`,
    subject,
    bodyPreview: event.html.replace(/<[^>]*>/g, '').slice(0, 255),
    body: { contentType: 'html', content: event.html },
    start: timeJson(start, isHome),
    end: timeJson(end, isHome),
    originalStartTimeZone: windowsZone,
    ...(occurrence !== undefined && {
      originalStart: utc(
        Temporal.PlainDate.from(occurrence.date).toPlainDateTime(event.start.toPlainTime()),
      ).toString(),
      seriesMasterId: event.id,
    }),
    type:
      occurrence?.isException === true
        ? 'exception'
        : occurrence
          ? 'occurrence'
          : isSeries
            ? 'seriesMaster'
            : 'singleInstance',
    recurrence: isSeries && event.recurrence ? recurrenceJson(event.recurrence) : null,
    isCancelled: false,
    isOrganizer: true,
    isOnlineMeeting: event.joinUrl !== undefined,
    onlineMeetingProvider: event.joinUrl === undefined ? 'unknown' : 'teamsForBusiness',
    onlineMeeting: event.joinUrl === undefined ? null : { joinUrl: event.joinUrl },
    ...(location !== undefined && { location: { ...location, locationType: 'default' } }),
    attendees: event.attendees.map((address) => ({
      type: 'required',
      status: { response: 'none', time: '0001-01-01T00:00:00Z' },
      emailAddress: { name: address, address },
    })),
    organizer: { emailAddress: { name: 'Organiser', address: organiser } },
    cancelledOccurrences: [...event.cancelled].sort().map((date) => `OID.${event.id}.${date}`),
  };
}
