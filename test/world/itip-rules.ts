import assert from 'node:assert/strict';
import type ICAL from 'ical.js';

/** How often a property may be in a component: exactly once, at most once, at least once, never. */
type Presence = '1' | '0-1' | '1+' | '0';

/** RFC 5546 3.2.1 (PUBLISH), 3.2.2 (REQUEST) and 3.2.5 (CANCEL): properties of a VEVENT, those not named as they like. */
const tables: Readonly<Record<string, Readonly<Record<string, Presence>>>> = {
  PUBLISH: {
    dtstamp: '1',
    dtstart: '1',
    organizer: '1',
    summary: '1',
    uid: '1',
    'recurrence-id': '0-1',
    sequence: '0-1',
    description: '0-1',
    dtend: '0-1',
    'last-modified': '0-1',
    location: '0-1',
    rrule: '0-1',
    status: '0-1',
    url: '0-1',
    attendee: '0',
    'request-status': '0',
  },
  REQUEST: {
    attendee: '1+',
    dtstamp: '1',
    dtstart: '1',
    organizer: '1',
    sequence: '0-1',
    summary: '1',
    uid: '1',
    description: '0-1',
    dtend: '0-1',
    'last-modified': '0-1',
    location: '0-1',
    'recurrence-id': '0-1',
    rrule: '0-1',
    status: '0-1',
    url: '0-1',
    'request-status': '0',
  },
  CANCEL: {
    dtstamp: '1',
    organizer: '1',
    sequence: '1',
    uid: '1',
    description: '0-1',
    dtstart: '0-1',
    dtend: '0-1',
    'last-modified': '0-1',
    location: '0-1',
    'recurrence-id': '0-1',
    rrule: '0-1',
    status: '0-1',
    summary: '0-1',
    url: '0-1',
    'request-status': '0',
  },
};

const statuses: Readonly<Record<string, readonly string[]>> = {
  PUBLISH: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'],
  REQUEST: ['TENTATIVE', 'CONFIRMED'],
  CANCEL: ['CANCELLED'],
};

const fits: Readonly<Record<Presence, (count: number) => boolean>> = {
  '1': (count) => count === 1,
  '0-1': (count) => count <= 1,
  '1+': (count) => count >= 1,
  '0': (count) => count === 0,
};

/**
 * Checks a calendar object against the tables of RFC 5546 for its method. A REQUEST and a CANCEL have one UID.
 * @throws AssertionError that names the rule that is broken.
 */
export function checkItip(calendar: ICAL.Component): void {
  const text = (component: ICAL.Component, name: string): string =>
    String(component.getFirstPropertyValue(name) ?? '');
  const method = text(calendar, 'method');
  const table = tables[method];
  assert.ok(table, `no method ${method}`);
  assert.equal(calendar.getAllProperties('method').length, 1);
  const zones = new Set(calendar.getAllSubcomponents('vtimezone').map((zone) => text(zone, 'tzid')));
  const events = calendar.getAllSubcomponents('vevent');
  for (const event of events) {
    for (const [name, presence] of Object.entries(table)) {
      const count = event.getAllProperties(name).length;
      assert.ok(fits[presence](count), `${method}: ${name} is there ${count} times, not ${presence}`);
    }
    for (const property of event.getAllProperties()) {
      const zone = property.getFirstParameter('tzid');
      if (zone) assert.ok(zones.has(zone), `${method}: no VTIMEZONE ${zone}`);
    }
    const status = text(event, 'status');
    if (status !== '') assert.ok(statuses[method]?.includes(status), `${method}: the status ${status}`);
    if (event.hasProperty('recurrence-id'))
      for (const name of ['rrule', 'rdate', 'exdate'])
        assert.equal(event.hasProperty(name), false, `${method}: an instance has no ${name}`);
  }
  if (method === 'PUBLISH') return;
  assert.ok(events.length > 0, `${method}: no event`);
  assert.equal(new Set(events.map((event) => text(event, 'uid'))).size, 1, `${method}: one UID`);
  assert.equal(new Set(events.map((event) => text(event, 'sequence'))).size, 1, `${method}: one SEQUENCE`);
  if (events.length > 1)
    assert.equal(
      events.filter((event) => !event.hasProperty('recurrence-id')).length,
      1,
      `${method}: one series`,
    );
}
