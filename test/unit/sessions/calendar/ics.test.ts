import assert from 'node:assert/strict';
import type ICAL from 'ical.js';
import type { OccurrenceId } from '../../../../src/platform/ids.js';
import {
  cancellationOf,
  invitationsOf,
  singleOf,
  type IcsSeries,
} from '../../../../src/sessions/calendar/ics/ics.js';
import { asa, feed, frame, joinUrl, segment, series } from './make-calendar.js';
import { eventsIn, linesOf, readCalendar, shownIn, valueOf } from './read-calendar.js';

function master(calendar: ICAL.Component): ICAL.Component | undefined {
  return eventsIn(calendar).find((event) => !event.hasProperty('recurrence-id'));
}

describe('a calendar feed', () => {
  it('says what it is, in its language, and when to look again', () => {
    const calendar = readCalendar(
      feed(series(), series({ language: 'sv', segments: [segment({ uid: 'b-1' })] })),
    );
    assert.equal(valueOf(calendar, 'method'), 'PUBLISH');
    assert.equal(valueOf(calendar, 'name'), 'Hankeradio ja Big Room');
    assert.equal(calendar.getFirstProperty('name')?.getParameter('language'), 'fi');
    assert.equal(valueOf(calendar, 'x-wr-calname'), 'Hankeradio ja Big Room');
    const refresh = calendar.getFirstProperty('refresh-interval');
    assert.deepEqual([refresh?.type, String(refresh?.getFirstValue())], ['duration', 'PT1H']);
    assert.equal(valueOf(calendar, 'last-modified'), '2026-01-02T08:15:30Z');
    const lines = linesOf(feed(series()));
    assert.ok(lines.includes('REFRESH-INTERVAL;VALUE=DURATION:PT1H'));
    assert.deepEqual(
      eventsIn(calendar).map((event) => event.getFirstProperty('summary')?.getParameter('language')),
      ['fi', 'sv'],
    );
  });

  it('has in each event what calendars and RFC 5546 ask for', () => {
    const lines = linesOf(
      feed(series({ segments: [segment({ lastDate: '2026-12-31', without: ['2026-07-07'] })] })),
    );
    const event = lines.slice(lines.indexOf('BEGIN:VEVENT'), lines.indexOf('END:VEVENT') + 1);
    assert.deepEqual(event, [
      'BEGIN:VEVENT',
      'UID:a1b2c3d4e5f6a7b8c9d0e1f2a3-1@bigroom.example.fi',
      'DTSTAMP:20260102T081530Z',
      'LAST-MODIFIED:20260101T100000Z',
      'SEQUENCE:3',
      'DTSTART;TZID=Europe/Helsinki:20260106T090000',
      'DTEND;TZID=Europe/Helsinki:20260106T093000',
      'RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20261231T070000Z',
      'EXDATE;TZID=Europe/Helsinki:20260707T090000',
      'SUMMARY;LANGUAGE=fi:Hankeradio',
      'DESCRIPTION;LANGUAGE=fi:Hankkeet kertovat tuloksistaan.\\nKaikille avoin.',
      `LOCATION:${joinUrl}`,
      `URL:${joinUrl}`,
      'STATUS:CONFIRMED',
      'ORGANIZER;CN="Hankeviestintä":mailto:viestinta@example.fi',
      'END:VEVENT',
    ]);
  });

  it('says neither place nor description where there is none', () => {
    const { joinUrl: _, ...without } = series({ segments: [segment({ description: '' })] });
    const event = master(readCalendar(feed(without)));
    for (const name of ['location', 'url', 'description', 'attendee'])
      assert.equal(event?.hasProperty(name), false, name);
  });

  it('is a valid file without any series, and leaves out segments of which nothing is left', () => {
    assert.deepEqual(eventsIn(readCalendar(feed())), []);
    const emptied = segment({ lastDate: '2026-01-05' });
    const cancelled = segment({ lastDate: '2026-02-28', without: ['2026-01-06', '2026-02-03'] });
    assert.deepEqual(eventsIn(readCalendar(feed(series({ segments: [emptied, cancelled] })))), []);
  });

  it('says a pause in the rule, for all years to come, and begins outside it', () => {
    const paused = segment({
      firstDate: '2026-07-07',
      pausedMonths: [7],
      without: ['2026-07-07', '2027-07-06'],
    });
    const lines = linesOf(feed(series({ segments: [paused] })));
    assert.ok(lines.includes('DTSTART;TZID=Europe/Helsinki:20260804T090000'));
    assert.ok(lines.includes('RRULE:FREQ=MONTHLY;BYDAY=1TU;BYMONTH=1,2,3,4,5,6,8,9,10,11,12'));
    assert.ok(!lines.some((each) => each.startsWith('EXDATE')));
    const rule = { every: 'weekdayOfMonth', interval: 2, weekday: 2, week: 1 } as const;
    const second = linesOf(feed(series({ segments: [segment({ rule, pausedMonths: [7] })] })));
    assert.ok(second.includes('RRULE:FREQ=MONTHLY;BYDAY=1TU;BYMONTH=1,3,5,9,11'));
  });

  it('is the same text while nothing changes', () => {
    assert.equal(feed(series()), feed(series()));
  });
});

describe('an invitation by mail', () => {
  const invite = (changes: Partial<IcsSeries> = {}) => invitationsOf(series(changes), asa, frame);

  it('is one REQUEST for each segment, with what differs in the same object', () => {
    const exceptions = [
      {
        date: '2026-02-03',
        start: '2026-02-04T07:00:00Z',
        end: '2026-02-04T07:30:00Z',
        subject: 'Hankeradio',
      },
    ];
    const objects = invite({
      segments: [
        segment({ lastDate: '2026-03-31', without: ['2026-03-03'], exceptions }),
        segment({ uid: 'b-2', firstDate: '2026-04-07' }),
      ],
    });
    assert.deepEqual(
      objects.map(({ uid, method }) => [uid, method]),
      [
        ['a1b2c3d4e5f6a7b8c9d0e1f2a3-1', 'REQUEST'],
        ['b-2', 'REQUEST'],
      ],
    );
    for (const { uid, content } of objects) {
      const calendar = readCalendar(content);
      assert.equal(valueOf(calendar, 'method'), 'REQUEST');
      for (const event of eventsIn(calendar))
        assert.equal(valueOf(event, 'uid'), `${uid}@${frame.namespace}`);
    }
    const [first] = objects;
    const calendar = readCalendar(first?.content ?? '');
    assert.deepEqual(
      shownIn(calendar, '2027-01-01').map(({ start }) => start),
      ['2026-01-06T07:00:00Z', '2026-02-04T07:00:00Z'],
    );
    assert.equal(valueOf(eventsIn(calendar)[1], 'recurrence-id'), '2026-02-03T09:00:00');
  });

  it('names the one person who gets it, and asks for no answer', () => {
    const [request] = invite();
    const calendar = readCalendar(request?.content ?? '');
    const attendees = master(calendar)?.getAllProperties('attendee') ?? [];
    assert.equal(attendees.length, 1);
    assert.equal(String(attendees[0]?.getFirstValue()), 'mailto:asa.ohman@example.fi');
    assert.deepEqual(
      ['cn', 'cutype', 'role', 'partstat', 'rsvp', 'language'].map((name) =>
        attendees[0]?.getParameter(name),
      ),
      ['Åsa Öhman', 'INDIVIDUAL', 'REQ-PARTICIPANT', 'NEEDS-ACTION', 'FALSE', 'fi'],
    );
    assert.equal(valueOf(master(calendar), 'organizer'), 'mailto:viestinta@example.fi');
    for (const name of ['name', 'x-wr-calname', 'refresh-interval'])
      assert.equal(calendar.hasProperty(name), false, 'an invitation renames nobody’s calendar');
  });

  it('rises in sequence with each change, in every event of it', () => {
    const exceptions = [
      {
        date: '2026-02-03',
        start: '2026-02-04T07:00:00Z',
        end: '2026-02-04T07:30:00Z',
        subject: 'Hankeradio',
      },
    ];
    const sequences = [3, 4].map((sequence) => {
      const [request] = invite({ sequence, segments: [segment({ exceptions })] });
      return eventsIn(readCalendar(request?.content ?? '')).map((event) => valueOf(event, 'sequence'));
    });
    assert.deepEqual(sequences, [
      ['3', '3'],
      ['4', '4'],
    ]);
  });

  it('takes a segment out of which nothing is left, and leaves out what is long over', () => {
    const objects = invite({
      segments: [
        segment({ uid: 'old', firstDate: '2025-01-07', lastDate: '2025-11-02' }),
        segment({ uid: 'justOver', firstDate: '2025-01-07', lastDate: '2025-12-31' }),
        segment({ uid: 'emptied', lastDate: '2026-01-05' }),
        segment({ uid: 'goesOn' }),
      ],
    });
    assert.deepEqual(
      objects.map(({ uid, method }) => [uid, method]),
      [
        ['justOver', 'REQUEST'],
        ['emptied', 'CANCEL'],
        ['goesOn', 'REQUEST'],
      ],
    );
    const [, emptied] = objects;
    assert.equal(valueOf(master(readCalendar(emptied?.content ?? '')), 'status'), 'CANCELLED');
  });

  it('is taken back whole by a cancellation of each segment', () => {
    const objects = cancellationOf(
      series({
        segments: [segment({ lastDate: '2026-03-31' }), segment({ uid: 'b-2', firstDate: '2026-04-07' })],
      }),
      asa,
      frame,
    );
    assert.deepEqual(
      objects.map(({ uid, method, content }) => {
        const calendar = readCalendar(content);
        const event = master(calendar);
        return [
          uid,
          method,
          ...['uid', 'status', 'sequence', 'rrule'].map((name) => valueOf(event, name)),
          valueOf(calendar, 'method'),
        ];
      }),
      [
        ['a1b2c3d4e5f6a7b8c9d0e1f2a3-1', 'a1b2c3d4e5f6a7b8c9d0e1f2a3-1@bigroom.example.fi'],
        ['b-2', 'b-2@bigroom.example.fi'],
      ].map(([uid, whole]) => [uid, 'CANCEL', whole, 'CANCELLED', '3', undefined, 'CANCEL']),
    );
    assert.equal(
      valueOf(master(readCalendar(objects[0]?.content ?? '')), 'attendee'),
      'mailto:asa.ohman@example.fi',
    );
  });
});

describe('one session to add to a calendar', () => {
  const session = {
    id: 'a1b2c3d4e5f6a7b8c9d0e1f2a3-20260106' as OccurrenceId,
    language: 'sv' as const,
    joinUrl,
    sequence: 5,
    changedAt: '2026-01-01T10:00:00Z',
    subject: 'Hankeradio',
    description: 'Öppet för alla.',
    start: '2026-01-13T07:00:00Z',
    end: '2026-01-13T07:30:00Z',
    isCancelled: false,
  };

  it('is an event of its own with the id of the occurrence', () => {
    const calendar = readCalendar(singleOf(session, frame));
    assert.equal(valueOf(calendar, 'method'), 'PUBLISH');
    assert.deepEqual(shownIn(calendar, '2027-01-01'), [
      {
        uid: 'a1b2c3d4e5f6a7b8c9d0e1f2a3-20260106@bigroom.example.fi',
        date: '2026-01-13',
        start: session.start,
        end: session.end,
        subject: 'Hankeradio',
        place: joinUrl,
      },
    ]);
    const event = master(calendar);
    assert.deepEqual(
      ['rrule', 'recurrence-id', 'attendee'].map((name) => event?.hasProperty(name)),
      [false, false, false],
    );
    assert.equal(valueOf(event, 'sequence'), '5');
  });

  it('says that it is cancelled', () => {
    const event = master(readCalendar(singleOf({ ...session, isCancelled: true }, frame)));
    assert.equal(valueOf(event, 'status'), 'CANCELLED');
  });
});
