import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import {
  eventsIn,
  readCalendar,
  type Shown,
  shownIn,
  valueOf,
} from '../unit/sessions/calendar/read-calendar.js';
import { partsOf } from './eml.js';
import { checkItip } from './itip-rules.js';

/** A series or a session as the calendar keeps it. */
interface Kept {
  /** Absent where only sessions of it were ever received. */
  master?: ICAL.Component;
  /** By RECURRENCE-ID. */
  readonly instances: Map<string, ICAL.Component>;
}

const rank = (event: ICAL.Component): readonly [number, string] => [
  Number(valueOf(event, 'sequence') ?? 0),
  valueOf(event, 'dtstamp') ?? '',
];

/** Whether an event is not older than another: by SEQUENCE, then by DTSTAMP (RFC 5546 2.1.5). */
function isCurrent(event: ICAL.Component, known: ICAL.Component | undefined): boolean {
  if (known === undefined) return true;
  const [[sequence, stamp], [knownSequence, knownStamp]] = [rank(event), rank(known)];
  return sequence === knownSequence ? stamp >= knownStamp : sequence > knownSequence;
}

const idOf = (event: ICAL.Component): string | undefined => valueOf(event, 'recurrence-id');

/**
 * A calendar program of somebody who is invited: takes calendar objects out of mails and applies them as RFC 5546 says
 * and as the strictest programs do, which process one object of a mail and in it one UID.
 */
export class CalendarProgram {
  readonly #kept = new Map<string, Kept>();
  /** The methods of what was received, each with what it was about: `all`, or the number of single sessions. */
  readonly received: string[] = [];

  /** Reads a mail as it travels. Its part to answer to, and its file, must be the same valid object. */
  receive(mail: string): void {
    const parts = partsOf(mail);
    const [calendar, ...others] = parts.filter(({ headers }) =>
      /^content-type: text\/calendar/im.test(headers),
    );
    assert.deepEqual(others, [], 'one part of a mail is to be answered');
    if (calendar === undefined || !/method=/i.test(calendar.headers)) return;
    const [file] = parts.filter(({ headers }) => /application\/ics/i.test(headers));
    assert.equal(file?.content, calendar.content, 'the file is the same');
    const method = /method="?([A-Z]+)/i.exec(calendar.headers)?.[1];
    const read = readCalendar(`${calendar.content}\r\n`);
    assert.equal(valueOf(read, 'method'), method, 'part and object name one method');
    this.apply(read);
  }

  /** Applies an object of a mail. */
  apply(calendar: ICAL.Component): void {
    checkItip(calendar);
    const [first] = eventsIn(calendar);
    const uid = valueOf(first, 'uid') ?? '';
    const events = eventsIn(calendar).filter((event) => valueOf(event, 'uid') === uid);
    const master = events.find((event) => idOf(event) === undefined);
    const method = valueOf(calendar, 'method') ?? '';
    this.received.push(`${method} ${master === undefined ? events.length : 'all'}`);
    if (method === 'CANCEL') this.#cancel(uid, master, events);
    else this.#request(uid, master, events);
  }

  #request(uid: string, master: ICAL.Component | undefined, events: readonly ICAL.Component[]): void {
    const kept = this.#kept.get(uid);
    const instances = events.filter((event) => event !== master);
    if (master !== undefined) {
      if (!isCurrent(master, kept?.master)) return;
      this.#kept.set(uid, {
        master,
        instances: new Map(instances.map((event) => [idOf(event) ?? '', event])),
      });
      return;
    }
    const known: Kept = kept ?? { instances: new Map() };
    for (const event of instances) this.#putInstance(known, event);
    this.#kept.set(uid, known);
  }

  #putInstance({ master, instances }: Kept, event: ICAL.Component): void {
    const id = idOf(event) ?? '';
    if (isCurrent(event, instances.get(id) ?? master)) instances.set(id, event);
  }

  #cancel(uid: string, master: ICAL.Component | undefined, events: readonly ICAL.Component[]): void {
    const kept = this.#kept.get(uid);
    if (kept === undefined) return;
    if (master === undefined) for (const event of events) this.#putInstance(kept, event);
    else if (isCurrent(master, kept.master)) this.#kept.delete(uid);
  }

  /** All that it shows until an ISO date, in order. */
  shown(until: string): readonly Shown[] {
    const all = [...this.#kept.values()].flatMap(({ master, instances }) => {
      if (master === undefined) return [];
      const calendar = new ICAL.Component('vcalendar');
      const series = ICAL.Component.fromString(master.toString());
      for (const zone of master.parent.getAllSubcomponents('vtimezone'))
        calendar.addSubcomponent(ICAL.Component.fromString(zone.toString()));
      calendar.addSubcomponent(series);
      for (const event of instances.values()) {
        if (valueOf(event, 'status') !== 'CANCELLED')
          calendar.addSubcomponent(ICAL.Component.fromString(event.toString()));
        else this.#leaveOut(series, event);
      }
      return shownIn(calendar, until);
    });
    return all.sort((one, other) => (one.start < other.start ? -1 : 1));
  }

  #leaveOut(series: ICAL.Component, event: ICAL.Component): void {
    const id = event.getFirstProperty('recurrence-id');
    if (id === null) return;
    const exdate = new ICAL.Property('exdate');
    exdate.setParameter('tzid', id.getFirstParameter('tzid'));
    exdate.setValue(id.getFirstValue() as ICAL.Time);
    series.addProperty(exdate);
  }
}
