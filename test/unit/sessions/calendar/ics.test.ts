import assert from 'node:assert/strict';
import type ICAL from 'ical.js';
import { singleOf, type IcsSeries } from '../../../../src/sessions/calendar/ics/ics.js';
import { calendarUpdate } from '../../../../src/sessions/calendar/ics/itip.js';
import type { Held } from '../../../../src/sessions/held.js';
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
      'RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;UNTIL=20261231T070000Z',
      'EXDATE;TZID=Europe/Helsinki:20260707T090000',
      'SUMMARY;LANGUAGE=fi:Hankeradio',
      `DESCRIPTION;LANGUAGE=fi:Liity tilaisuuteen: ${joinUrl}\\n\\nHankkeet kertovat tuloksistaan.\\nKaikille avoin.`,
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

  it('leaves a pause out date by date, some years ahead, and begins outside it', () => {
    const paused = segment({
      firstDate: '2026-07-07',
      pausedMonths: [7],
      without: ['2026-07-07', '2027-07-06'],
    });
    const lines = linesOf(feed(series({ segments: [paused] })));
    assert.ok(lines.includes('DTSTART;TZID=Europe/Helsinki:20260804T090000'));
    assert.ok(lines.includes('RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;UNTIL=20291231T070000Z'));
    assert.deepEqual(
      lines.filter((each) => each.startsWith('EXDATE')),
      ['20270706', '20280704', '20290703'].map((date) => `EXDATE;TZID=Europe/Helsinki:${date}T090000`),
    );
  });

  it('renews with the year how far a paused series goes on, and lets one without a pause go on for good', () => {
    const rules = (today: string, pausedMonths: number[]) =>
      linesOf(feed(series({ today, segments: [segment({ pausedMonths })] }))).filter((each) =>
        each.startsWith('RRULE'),
      );
    assert.match(rules('2028-01-01', [7]).join(), /UNTIL=20311231T070000Z$/);
    assert.doesNotMatch(rules('2028-01-01', []).join(), /UNTIL/);
  });

  it('names topic and presenter of a session, and where one joins, in its text', () => {
    const talks = [
      {
        date: '2026-02-03',
        topic: 'Etävastaanotto, vuosi kaksi',
        presenter: 'Vilma Virtanen',
        at: '2026-01-05T08:00:00Z',
      },
    ];
    const calendar = readCalendar(feed(series({ segments: [segment({ talks })] })));
    const [, talk] = eventsIn(calendar);
    assert.deepEqual(
      ['summary', 'description', 'recurrence-id', 'dtstart', 'last-modified'].map((name) =>
        valueOf(talk, name),
      ),
      [
        'Hankeradio: Etävastaanotto, vuosi kaksi',
        `Liity tilaisuuteen: ${joinUrl}\n\nEtävastaanotto, vuosi kaksi\nVilma Virtanen\n\nHankkeet kertovat tuloksistaan.\nKaikille avoin.`,
        '2026-02-03T09:00:00',
        '2026-02-03T09:00:00',
        '2026-01-05T08:00:00Z',
      ],
    );
  });

  it('is the same text while nothing changes', () => {
    assert.equal(feed(series()), feed(series()));
  });
});

describe('an invitation by mail', () => {
  const uid = 'a1b2c3d4e5f6a7b8c9d0e1f2a3-1';
  const known: Held = { is: 'unknown', from: '2026-01-06' };
  const update = (changes: Partial<IcsSeries> = {}, held: Held | undefined = known, options = {}) =>
    calendarUpdate(series(changes), uid, held, { ...frame, attendee: asa }, options);
  const read = (sent: ReturnType<typeof update>) => readCalendar(sent?.object.content ?? '');
  const moved = {
    date: '2026-02-03',
    start: '2026-02-04T07:00:00Z',
    end: '2026-02-04T07:30:00Z',
    subject: 'Hankeradio',
  };

  it('is one REQUEST of a segment, with what differs in the same object', () => {
    const sent = update({
      segments: [
        segment({ lastDate: '2026-03-31', without: ['2026-03-03'], exceptions: [moved] }),
        segment({ uid: 'b-2', firstDate: '2026-04-07' }),
      ],
    });
    assert.deepEqual([sent?.object.uid, sent?.object.method], [uid, 'REQUEST']);
    const calendar = read(sent);
    assert.equal(valueOf(calendar, 'method'), 'REQUEST');
    for (const event of eventsIn(calendar)) assert.equal(valueOf(event, 'uid'), `${uid}@${frame.namespace}`);
    assert.deepEqual(
      shownIn(calendar, '2027-01-01').map(({ start }) => start),
      ['2026-01-06T07:00:00Z', '2026-02-04T07:00:00Z'],
    );
    assert.equal(valueOf(eventsIn(calendar)[1], 'recurrence-id'), '2026-02-03T09:00:00');
  });

  it('names the one person who gets it, and asks for an answer', () => {
    const calendar = read(update());
    const attendees = master(calendar)?.getAllProperties('attendee') ?? [];
    assert.equal(attendees.length, 1);
    assert.equal(String(attendees[0]?.getFirstValue()), 'mailto:asa.ohman@example.fi');
    assert.deepEqual(
      ['cn', 'cutype', 'role', 'partstat', 'rsvp', 'language'].map((name) =>
        attendees[0]?.getParameter(name),
      ),
      ['Åsa Öhman', 'INDIVIDUAL', 'REQ-PARTICIPANT', 'NEEDS-ACTION', 'TRUE', 'fi'],
    );
    assert.equal(valueOf(master(calendar), 'organizer'), 'mailto:viestinta@example.fi');
    for (const name of ['name', 'x-wr-calname', 'refresh-interval'])
      assert.equal(calendar.hasProperty(name), false, 'an invitation renames nobody’s calendar');
  });

  it('begins with the next session for somebody new, and keeps the past of who was invited before', () => {
    const old = { segments: [segment({ firstDate: '2025-08-05' })] };
    const begins = (held: Held | undefined) =>
      valueOf(master(read(calendarUpdate(series(old), uid, held, { ...frame, attendee: asa }))), 'dtstart');
    assert.equal(begins(undefined), '2026-01-06T09:00:00');
    assert.equal(begins({ is: 'off' }), '2026-01-06T09:00:00');
    assert.equal(begins({ is: 'unknown', from: '2025-08-05' }), '2025-08-05T09:00:00');
    // December's session was moved into January: it is the next one, and what was between is left out.
    const late = {
      date: '2025-12-02',
      start: '2026-01-20T07:00:00Z',
      end: '2026-01-20T07:30:00Z',
      subject: 'H',
    };
    const weekly = segment({
      firstDate: '2025-11-04',
      rule: { every: 'week', interval: 2, weekdays: [2] },
      exceptions: [late],
    });
    const sent = calendarUpdate(series({ segments: [weekly] }), uid, undefined, { ...frame, attendee: asa });
    assert.deepEqual(
      shownIn(read(sent), '2026-02-01').map(({ date }) => date),
      ['2026-01-13', '2025-12-02', '2026-01-27'],
    );
  });

  it('is about one session alone where that is all that differs from what they have', () => {
    const held = update()?.held;
    const ids = (sent: ReturnType<typeof update>) =>
      eventsIn(read(sent)).map((event) => valueOf(event, 'recurrence-id'));
    const move = update({ sequence: 4, segments: [segment({ exceptions: [moved] })] }, held);
    assert.deepEqual([move?.object.method, ids(move)], ['REQUEST', ['2026-02-03T09:00:00']]);
    assert.equal(valueOf(eventsIn(read(move))[0], 'dtstart'), '2026-02-04T09:00:00');
    const off = update({ sequence: 5, segments: [segment({ without: ['2026-02-03'] })] }, move?.held);
    assert.deepEqual([off?.object.method, ids(off)], ['CANCEL', ['2026-02-03T09:00:00']]);
    assert.equal(valueOf(eventsIn(read(off))[0], 'status'), 'CANCELLED');
    const back = update({ sequence: 6 }, off?.held);
    assert.deepEqual([back?.object.method, ids(back)], ['REQUEST', ['2026-02-03T09:00:00']]);
    assert.equal(valueOf(eventsIn(read(back))[0], 'dtstart'), '2026-02-03T09:00:00');
    assert.equal(update({ sequence: 7 }, back?.held), undefined);
  });

  it('is about the whole series where more differs, or it is not certain what they have', () => {
    const held = update()?.held;
    const two = { segments: [segment({ exceptions: [moved], without: ['2026-03-03'] })] };
    const renamed = { segments: [segment({ subject: 'Projektiradio' })] };
    for (const [changes, before] of [
      [two, held],
      [renamed, held],
      [{ segments: [segment({ exceptions: [moved] })] }, known],
    ] as const) {
      const sent = update(changes, before);
      assert.equal(sent?.object.method, 'REQUEST');
      assert.equal(master(read(sent))?.hasProperty('rrule'), true);
    }
  });

  it('is no reason to write that a topic is known, or that a session of the past changed', () => {
    const held = update()?.held;
    const talk = { date: '2026-02-03', topic: 'Aihe', presenter: 'Vilma', at: '2026-01-01T10:00:00Z' };
    assert.equal(update({ segments: [segment({ talks: [talk] })] }, held), undefined);
    const past = segment({ firstDate: '2025-08-05', without: ['2025-12-02'] });
    const before = update({ segments: [segment({ firstDate: '2025-08-05' })] })?.held;
    assert.equal(update({ segments: [past] }, before), undefined);
  });

  it('takes out a segment of which nothing is left, of those who have it', () => {
    const emptied = { segments: [segment({ lastDate: '2026-01-05' })] };
    const sent = update(emptied);
    assert.equal(sent?.object.method, 'CANCEL');
    const event = master(read(sent));
    assert.deepEqual(
      ['uid', 'status', 'sequence', 'rrule', 'attendee'].map((name) => valueOf(event, name)),
      [`${uid}@${frame.namespace}`, 'CANCELLED', '3', undefined, 'mailto:asa.ohman@example.fi'],
    );
    assert.deepEqual(sent.held, { is: 'off' });
    for (const held of [undefined, { is: 'off' } as const])
      assert.equal(calendarUpdate(series(emptied), uid, held, { ...frame, attendee: asa }), undefined);
    assert.equal(update({}, known, { isOff: true })?.object.method, 'CANCEL');
  });
});

describe('one session to add to a calendar', () => {
  const uid = 'a1b2c3d4e5f6a7b8c9d0e1f2a3-1';
  const moved = {
    date: '2026-01-06',
    start: '2026-01-13T07:00:00Z',
    end: '2026-01-13T07:30:00Z',
    subject: 'Hankeradio',
  };
  const single = (changes: Partial<IcsSeries>, date = '2026-01-06') =>
    readCalendar(singleOf(series(changes), { uid, date }, frame));

  it('is the instance of the series that it is, so that nobody has it twice', () => {
    const calendar = single({ language: 'sv', segments: [segment({ exceptions: [moved] })] });
    assert.equal(valueOf(calendar, 'method'), 'PUBLISH');
    const [event, ...others] = eventsIn(calendar);
    assert.deepEqual(others, []);
    assert.deepEqual(
      ['uid', 'recurrence-id', 'dtstart', 'dtend', 'status', 'sequence'].map((name) => valueOf(event, name)),
      [
        `${uid}@bigroom.example.fi`,
        '2026-01-06T09:00:00',
        '2026-01-13T09:00:00',
        '2026-01-13T09:30:00',
        'CONFIRMED',
        '3',
      ],
    );
    assert.deepEqual(
      ['rrule', 'attendee'].map((name) => event?.hasProperty(name)),
      [false, false],
    );
    const [plain] = eventsIn(single({}, '2026-02-03'));
    assert.equal(valueOf(plain, 'dtstart'), '2026-02-03T09:00:00');
  });

  it('says that it is cancelled', () => {
    const [event] = eventsIn(single({ segments: [segment({ without: ['2026-01-06'] })] }));
    assert.equal(valueOf(event, 'status'), 'CANCELLED');
  });
});
