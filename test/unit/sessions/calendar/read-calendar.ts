import assert from 'node:assert/strict';
import ICAL from 'ical.js';

/** A content line of RFC 5545 3.1, unfolded: name, parameters (quoted or not), value. */
const contentLine =
  /^(?<name>[A-Z0-9-]+)(?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*:(?<value>.*)$/u;

const control = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Properties that an event must have once (RFC 5545 3.6.1 and RFC 5546 3.2). */
const once = [
  'UID',
  'DTSTAMP',
  'DTSTART',
  'DTEND',
  'SEQUENCE',
  'SUMMARY',
  'STATUS',
  'ORGANIZER',
  'LAST-MODIFIED',
];

/** The file's lines unfolded, after the rules of lines are checked: their ends, lengths and shape. */
export function linesOf(file: string): readonly string[] {
  assert.ok(file.endsWith('\r\n'), 'the last line has an end');
  const physical = file.slice(0, -2).split('\r\n');
  for (const line of physical) {
    assert.doesNotMatch(line, control);
    assert.ok(Buffer.byteLength(line) <= 75, `${Buffer.byteLength(line)} octets: ${line}`);
    assert.doesNotMatch(line, /\p{Surrogate}/u, 'no character was split');
  }
  const lines = file.slice(0, -2).replaceAll('\r\n ', '').split('\r\n');
  for (const line of lines) assert.match(line, contentLine);
  return lines;
}

function checkNesting(lines: readonly string[]): void {
  const open: string[] = [];
  for (const line of lines) {
    const [name, value = ''] = line.split(':', 2);
    if (name === 'BEGIN') open.push(value);
    else if (name === 'END') assert.equal(open.pop(), value);
    else assert.notEqual(open.length, 0, line);
  }
  assert.deepEqual(open, []);
  assert.equal(lines.filter((line) => line === 'BEGIN:VCALENDAR').length, 1);
}

/** The calendar as a strict reader takes it; throws where a line or a component breaks a rule. */
export function readCalendar(file: string): ICAL.Component {
  assert.equal(ICAL.design.strict, true);
  checkNesting(linesOf(file));
  const calendar = ICAL.Component.fromString(file);
  assert.equal(calendar.getFirstPropertyValue('version'), '2.0');
  assert.equal(calendar.getFirstPropertyValue('calscale'), 'GREGORIAN');
  assert.equal(calendar.getAllProperties('prodid').length, 1);
  const zones = calendar.getAllSubcomponents('vtimezone');
  assert.deepEqual(
    zones.map((zone) => zone.getFirstPropertyValue('tzid')),
    ['Europe/Helsinki'],
  );
  for (const event of eventsIn(calendar))
    for (const name of once)
      assert.equal(event.getAllProperties(name.toLowerCase()).length, 1, `${name} occurs once`);
  return calendar;
}

export function eventsIn(calendar: ICAL.Component): readonly ICAL.Component[] {
  return calendar.getAllSubcomponents('vevent');
}

/** The text of a property of the first of the components that has it. */
export function valueOf(component: ICAL.Component | undefined, name: string): string | undefined {
  const value = component?.getFirstPropertyValue(name);
  return value === undefined || value === null ? undefined : String(value);
}

/** A session as a calendar shows it after it took the file in. */
export interface Shown {
  readonly uid: string;
  /** ISO date on which the rule has it; of an event that does not recur that on which it is. */
  readonly date: string;
  /** ISO instants. */
  readonly start: string;
  readonly end: string;
  readonly subject: string;
  readonly place: string;
}

/** What ical.js answers of an occurrence; its own declaration of it can't be resolved. */
interface Details {
  readonly startDate: ICAL.Time;
  readonly endDate: ICAL.Time;
  readonly item: ICAL.Event;
}

function instant(time: ICAL.Time): string {
  return time.toJSDate().toISOString().replace('.000', '');
}

/** Everything that the file shows until an ISO date, in order; zones are read from the file itself. */
export function shownIn(calendar: ICAL.Component, until: string): readonly Shown[] {
  const events = eventsIn(calendar);
  const masters = events.filter((event) => !event.hasProperty('recurrence-id'));
  const limit = ICAL.Time.fromDateString(until);
  const shown = masters.flatMap((component) => {
    const exceptions = events.filter(
      (other) => other.hasProperty('recurrence-id') && valueOf(other, 'uid') === valueOf(component, 'uid'),
    );
    const master = new ICAL.Event(component, { exceptions: [...exceptions], strictExceptions: true });
    return [...occurrencesOf(master, limit)];
  });
  return shown.sort((one, other) => (one.start < other.start ? -1 : 1));
}

function* occurrencesOf(master: ICAL.Event, limit: ICAL.Time): Generator<Shown> {
  const iterator = master.iterator();
  for (
    let next = iterator.next() as ICAL.Time | null;
    next && next.compare(limit) <= 0;
    next = iterator.next() as ICAL.Time | null
  ) {
    const { startDate, endDate, item } = master.getOccurrenceDetails(next) as Details;
    yield {
      uid: master.uid,
      date: next.toString().slice(0, 10),
      start: instant(startDate),
      end: instant(endDate),
      subject: item.summary,
      place: item.location,
    };
  }
}
