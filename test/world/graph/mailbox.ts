import { Temporal } from 'temporal-polyfill';
import {
  eventJson,
  homeZone,
  occurrenceOn,
  occurrencesOf,
  windowsZone,
  type Held,
  type Occurrence,
} from './event.js';
import { recurrenceFault, type Recurrence } from './pattern.js';
import { Refusal } from './refusal.js';

/** A mail that Exchange sends of its own, because of the calendar. */
export interface CalendarMail {
  readonly what: 'invitation' | 'update' | 'cancellation';
  readonly to: string;
  readonly subject: string;
  /** The occurrence that it is about; absent for the whole. */
  readonly date?: string;
}

interface TimeBody {
  readonly dateTime: string;
  readonly timeZone: string;
}

/** The members of an event's body that the mailbox understands. */
export interface EventBody {
  readonly subject?: string;
  readonly body?: { readonly content: string };
  readonly start?: TimeBody;
  readonly end?: TimeBody;
  readonly recurrence?: Recurrence;
  readonly attendees?: readonly { readonly emailAddress: { readonly address: string } }[];
  readonly isOnlineMeeting?: boolean;
  readonly location?: { readonly displayName?: string; readonly locationUri?: string };
  readonly transactionId?: string;
  readonly extensions?: readonly { readonly extensionName: string }[];
}

/** How Exchange behaves where its documentation leaves it open. */
export interface Behaviour {
  /** Who is brought in by the organiser's forwarding is listed with the attendees. */
  listsForwarded: boolean;
  /** Keeps ids in the HTML of a body. */
  keepsIds: boolean;
  /** A known `transactionId` gives back what it made; else 409, or (beyond its memory) another event. */
  knownTransaction: 'sameEvent' | 'conflict' | 'forgotten';
}

const zones: Readonly<Record<string, string>> = { [windowsZone]: homeZone, UTC: 'UTC' };
const line = '_'.repeat(80);

function localTime({ dateTime, timeZone }: TimeBody): Temporal.PlainDateTime {
  const zone = zones[timeZone];
  if (zone === undefined) throw new Refusal(400, 'TimeZoneNotSupportedException');
  return Temporal.PlainDateTime.from(dateTime).toZonedDateTime(zone).withTimeZone(homeZone).toPlainDateTime();
}

function checkTimes(start: Temporal.PlainDateTime, end: Temporal.PlainDateTime): void {
  if (Temporal.PlainDateTime.compare(start, end) >= 0)
    throw new Refusal(400, 'ErrorPropertyValidationFailure', 'end is not after start');
}

function checkRecurrence(recurrence: Recurrence | undefined, start: Temporal.PlainDateTime): void {
  const fault = recurrence === undefined ? undefined : recurrenceFault(recurrence, start);
  if (fault !== undefined) throw new Refusal(400, 'ErrorPropertyValidationFailure', fault);
}

export function checkedAddress(address: string): string {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) throw new Refusal(400, 'ErrorInvalidRecipients', address);
  return address.toLowerCase();
}

/** The organiser's calendar as Exchange keeps it, and the mails that it sends because of it. */
export class Mailbox {
  readonly mails: CalendarMail[] = [];
  readonly #events = new Map<string, Held>();
  #made = 0;

  constructor(
    readonly organiser: string,
    readonly behaviour: Behaviour,
  ) {}

  /** The entries from one ISO date to another, both included: `2026-12-01 09:00-09:30 Hankeradio`. */
  entries(from: string, to: string): string[] {
    const end = Temporal.PlainDate.from(to).add({ years: 1 });
    const time = (local: Temporal.PlainDateTime) => local.toPlainTime().toString({ smallestUnit: 'minute' });
    return [...this.#events.values()]
      .flatMap((event) => occurrencesOf(event, end))
      .filter(({ start }) => start.toString().slice(0, 10) >= from && start.toString().slice(0, 10) <= to)
      .map(
        (one) => `${one.start.toPlainDate().toString()} ${time(one.start)}-${time(one.end)} ${one.subject}`,
      )
      .sort();
  }

  get events(): readonly Held[] {
    return [...this.#events.values()];
  }

  /** How many mails of a kind an address got. */
  count(what: CalendarMail['what'], to?: string): number {
    return this.mails.filter((mail) => mail.what === what && (to === undefined || mail.to === to)).length;
  }

  create(body: EventBody): object {
    const known = this.events.find((event) => event.transactionId === (body.transactionId ?? ''));
    if (known !== undefined && this.behaviour.knownTransaction === 'sameEvent')
      return this.json(known.id, false);
    if (known !== undefined && this.behaviour.knownTransaction === 'conflict')
      throw new Refusal(409, 'ErrorDuplicateTransactionId');
    if (body.start === undefined || body.end === undefined)
      throw new Refusal(400, 'ErrorPropertyValidationFailure');
    const start = localTime(body.start);
    const end = localTime(body.end);
    checkTimes(start, end);
    checkRecurrence(body.recurrence, start);
    const number = ++this.#made;
    const id = `AAMkAD${String(number)}=`;
    const joinUrl = body.isOnlineMeeting === true ? joinUrlOf(number) : undefined;
    const event: Held = {
      id,
      number,
      transactionId: body.transactionId,
      extensions: (body.extensions ?? []).map(({ extensionName }) => extensionName),
      subject: (body.subject ?? '').trim(),
      html: this.#html(body.body?.content ?? '', joinUrl),
      start,
      end,
      recurrence: body.recurrence,
      attendees: this.#addresses(body),
      joinUrl,
      // What Exchange writes for a meeting in Teams that is given no place.
      location:
        body.location ?? (joinUrl === undefined ? undefined : { displayName: 'Microsoft Teams Meeting' }),
      exceptions: new Map(),
      cancelled: new Set(),
    };
    this.#events.set(id, event);
    this.#notify(event, 'invitation');
    return this.json(id, false);
  }

  json(id: string, isHome: boolean): object {
    const { event, occurrence } = this.#find(id);
    return eventJson(event, this.organiser, isHome, occurrence);
  }

  named(extension: string): readonly Held[] {
    const name = extension.replace('Microsoft.OutlookServices.OpenTypeExtension.', '');
    return this.events.filter(({ extensions }) => extensions.includes(name));
  }

  /** Of a series, those that take place at least partly between two instants. */
  instances(id: string, from: Temporal.Instant, to: Temporal.Instant, isHome: boolean): object[] {
    const { event } = this.#find(id);
    if (event.recurrence === undefined) throw new Refusal(400, 'ErrorInvalidRequest');
    const at = (local: Temporal.PlainDateTime) => local.toZonedDateTime(homeZone).toInstant();
    const furthest = to.toZonedDateTimeISO(homeZone).toPlainDate().add({ years: 1 });
    return occurrencesOf(event, furthest)
      .filter(
        ({ start, end }) =>
          Temporal.Instant.compare(at(end), from) > 0 && Temporal.Instant.compare(at(start), to) < 0,
      )
      .sort((one, other) => Temporal.PlainDateTime.compare(one.start, other.start))
      .map((occurrence) => eventJson(event, this.organiser, isHome, occurrence));
  }

  change(id: string, body: EventBody): object {
    const { event, occurrence } = this.#find(id);
    if (occurrence === undefined) this.#changeWhole(event, body);
    else this.#changeOne(event, occurrence, body);
    return this.json(id, false);
  }

  cancel(id: string): void {
    if (this.#find(id).event.attendees.length === 0)
      throw new Refusal(400, 'ErrorInvalidRequest', 'not a meeting');
    this.delete(id);
  }

  /** Notifies those who are invited, as a cancellation does. */
  delete(id: string): void {
    const { event, occurrence } = this.#find(id);
    this.#notify(event, 'cancellation', occurrence?.date);
    if (occurrence === undefined) this.#events.delete(event.id);
    else {
      event.cancelled.add(occurrence.date);
      event.exceptions.delete(occurrence.date);
    }
  }

  forward(id: string, addresses: readonly string[]): void {
    const { event } = this.#find(id);
    if (event.attendees.length === 0) throw new Refusal(400, 'ErrorInvalidRequest', 'not a meeting');
    const to = addresses.map(checkedAddress);
    this.mails.push(
      ...to.map((address) => ({ what: 'invitation', to: address, subject: event.subject }) as const),
    );
    if (this.behaviour.listsForwarded) event.attendees = [...new Set([...event.attendees, ...to])];
  }

  #changeWhole(event: Held, body: EventBody): void {
    const start = body.start === undefined ? event.start : localTime(body.start);
    const end = body.end === undefined ? event.end : localTime(body.end);
    checkTimes(start, end);
    checkRecurrence(body.recurrence ?? event.recurrence, start);
    const before = event.recurrence;
    const isMoved = !start.equals(event.start) || !end.equals(event.end);
    Object.assign(event, { start, end, recurrence: body.recurrence ?? before });
    event.subject = body.subject?.trim() ?? event.subject;
    const pattern = (recurrence: Recurrence | undefined) => JSON.stringify(eventPattern(recurrence));
    // Another time or another rule makes a new series; another end only drops what comes after it.
    if (isMoved || pattern(before) !== pattern(event.recurrence)) {
      event.exceptions.clear();
      event.cancelled.clear();
    }
    const last = event.recurrence?.range.endDate ?? '9999-12-31';
    for (const date of event.exceptions.keys()) if (date > last) event.exceptions.delete(date);
    for (const date of event.cancelled) if (date > last) event.cancelled.delete(date);
    event.location = body.location ?? event.location;
    if (body.body !== undefined) this.#changeBody(event, body.body.content);
    if (body.attendees !== undefined) event.attendees = this.#addresses(body);
    this.#notify(event, body.attendees === undefined ? 'update' : 'invitation');
  }

  /** Without what Teams put into the body, the meeting is no online meeting any more. */
  #changeBody(event: Held, content: string): void {
    const isKept = event.joinUrl !== undefined && content.includes(event.joinUrl);
    if (event.joinUrl !== undefined && !isKept) event.joinUrl = undefined;
    event.html = this.#html(content, undefined);
  }

  #changeOne(event: Held, occurrence: Occurrence, body: EventBody): void {
    const start = body.start === undefined ? occurrence.start : localTime(body.start);
    const end = body.end === undefined ? occurrence.end : localTime(body.end);
    checkTimes(start, end);
    this.#checkBoundaries(event, occurrence, start);
    const isMoved = body.start !== undefined || body.end !== undefined;
    event.exceptions.set(occurrence.date, {
      ...event.exceptions.get(occurrence.date),
      ...(body.subject !== undefined && { subject: body.subject.trim() }),
      ...(isMoved && { start, end }),
      ...(body.location !== undefined && { location: body.location }),
    });
    this.#notify(event, 'update', occurrence.date);
  }

  /** Exchange moves no occurrence to, or past, the day of the one before or after it. */
  #checkBoundaries(event: Held, { date }: Occurrence, start: Temporal.PlainDateTime): void {
    const until = Temporal.PlainDate.from(date).add({ years: 2 });
    const all = occurrencesOf(event, until);
    const index = all.findIndex((one) => one.date === date);
    const day = start.toPlainDate().toString();
    const dayOf = (one: Occurrence | undefined) => one?.start.toPlainDate().toString();
    if (day <= (dayOf(all[index - 1]) ?? '') || day >= (dayOf(all[index + 1]) ?? '9999'))
      throw new Refusal(400, 'ErrorOccurrenceCrossingBoundary');
  }

  #find(id: string): { event: Held; occurrence?: Occurrence } {
    const [, seriesId = '', date] = /^([^.]+)(?:\.(\d{8}))?$/.exec(id) ?? [];
    const event = this.#events.get(seriesId);
    if (event === undefined) throw new Refusal(404, 'ErrorItemNotFound');
    if (date === undefined) return { event };
    const plain = Temporal.PlainDate.from(date);
    const exists = occurrencesOf(event, plain).some((one) => one.date === plain.toString());
    if (!exists) throw new Refusal(404, 'ErrorItemNotFound');
    return { event, occurrence: occurrenceOn(event, plain) };
  }

  #notify({ attendees, subject }: Held, what: CalendarMail['what'], date?: string): void {
    for (const to of attendees) this.mails.push({ what, to, subject, ...(date !== undefined && { date }) });
  }

  #addresses(body: EventBody): string[] {
    const addresses = (body.attendees ?? []).map(({ emailAddress }) => checkedAddress(emailAddress.address));
    // The limit is documented (resources/event), its code is not.
    if (addresses.length > 500) throw new Refusal(400, 'ErrorExceededMaxRecipientLimit');
    return addresses;
  }

  #html(content: string, joinUrl: string | undefined): string {
    const inner = this.behaviour.keepsIds ? content : content.replace(/\sid="[^"]*"/g, '');
    if (/<html/i.test(inner)) return inner;
    const meeting =
      joinUrl === undefined
        ? ''
        : `<br>\r\n<div style="width:100%"><span style="white-space:nowrap">${line}</span></div>\r\n` +
          `<div class="me-email-text"><a href="${joinUrl}">Join the meeting now</a></div>`;
    return `<html>\r\n<head></head>\r\n<body>\r\n${inner}${meeting}\r\n</body>\r\n</html>\r\n`;
  }
}

function eventPattern(recurrence: Recurrence | undefined): unknown {
  if (recurrence === undefined) return undefined;
  const { type, interval, dayOfMonth, daysOfWeek, index } = recurrence.pattern;
  // Members that the type does not use come back filled up.
  const used = {
    daily: [],
    weekly: daysOfWeek,
    absoluteMonthly: dayOfMonth,
    relativeMonthly: [daysOfWeek, index],
  };
  return { type, interval, used: used[type], from: recurrence.range.startDate };
}

const joinUrlOf = (number: number): string =>
  `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${String(number)}%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d`;
