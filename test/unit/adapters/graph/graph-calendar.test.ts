import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { isAppError } from '../../../../src/platform/errors.js';
import { graphCalendar } from '../../../../src/adapters/graph/graph-calendar.js';
import type { SeriesId } from '../../../../src/platform/ids.js';
import type {
  Calendar,
  CalendarMemory,
  CalendarSegment,
  CalendarSeries,
} from '../../../../src/sessions/calendar/calendar.js';
import type { GraphFailure } from '../../../world/graph/graph.js';
import { graphWorld, type GraphWorld } from '../../../world/graph/world.js';
import { sampled } from '../../../world/length.js';

const anna = 'anna@hyvinvointialue.example';
const bengt = 'bengt@hyvinvointialue.example';
const group = 'hankkeet@hyvinvointialue.example';

/** Hankeradio, first Tuesdays at nine, before anything differs. */
function radio(changes: Partial<CalendarSegment> = {}): CalendarSegment {
  return {
    uid: 'radio-1',
    subject: 'Hankeradio',
    description:
      'Hankkeet kertovat tuloksistaan.\nProjekten berättar.\n\nhttps://big-room.example/radio?a=1&b=2',
    rule: { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 },
    firstDate: '2026-12-01',
    time: '09:00',
    minutes: 30,
    pausedMonths: [],
    without: [],
    exceptions: [],
    ...changes,
  };
}

function series(segments: CalendarSegment[], changes: Partial<CalendarSeries> = {}): CalendarSeries {
  return { seriesId: 'radio' as SeriesId, segments, attendees: [anna, group], isEnded: false, ...changes };
}

const moved = {
  date: '2027-01-05',
  start: '2027-01-12T08:00:00Z',
  end: '2027-01-12T09:00:00Z',
  subject: 'Hankeradio: Elma',
};

/** A calendar with the memory that its user keeps, as JSON. */
function remembering(calendar: Calendar) {
  let memory: CalendarMemory | undefined;
  let steps = Infinity;
  return {
    sync: (wanted: CalendarSeries) =>
      calendar.sync(wanted, memory, {
        keep: (kept) => {
          memory = JSON.parse(JSON.stringify(kept)) as CalendarMemory;
          return Promise.resolve();
        },
        hasTime: () => steps-- > 0,
      }),
    /** Lets the next runs do so many steps together. */
    allow(most: number) {
      steps = most;
    },
    forget() {
      memory = undefined;
    },
  };
}

describe('the calendar in Graph', () => {
  let world: GraphWorld;
  let calendar: ReturnType<typeof remembering>;

  const open = (now?: string) => async () => {
    world = await graphWorld(now);
    const { client, clock, graph } = world;
    calendar = remembering(graphCalendar({ client, organiser: graph.organiser, clock }));
  };

  beforeEach(open());
  afterEach(() => world.close());

  const entries = (from = '2026-12-01', to = '2027-03-31') => world.graph.mailbox.entries(from, to);
  const counts = () => {
    const { mailbox } = world.graph;
    return [mailbox.count('invitation'), mailbox.count('update'), mailbox.count('cancellation')];
  };

  it('holds a segment as one series, an online meeting, in Helsinki wall time across summer time', async () => {
    const { joinUrl } = await calendar.sync(series([radio()]));
    assert.deepEqual(entries('2026-12-01', '2027-04-30'), [
      '2026-12-01 09:00-09:30 Hankeradio',
      '2027-01-05 09:00-09:30 Hankeradio',
      '2027-02-02 09:00-09:30 Hankeradio',
      '2027-03-02 09:00-09:30 Hankeradio',
      '2027-04-06 09:00-09:30 Hankeradio',
    ]);
    assert.match(joinUrl ?? '', /^https:\/\/teams\.microsoft\.com\/l\/meetup-join\//);
    const [created] = world.graph.writings;
    assert.deepEqual(created?.body, {
      subject: 'Hankeradio',
      body: {
        contentType: 'HTML',
        content:
          '<div id="big-room"><p>Hankkeet kertovat tuloksistaan.<br>Projekten berättar.</p><p>' +
          '<a href="https://big-room.example/radio?a=1&amp;b=2">https://big-room.example/radio?a=1&amp;b=2</a></p></div>',
      },
      start: { dateTime: '2026-12-01T09:00:00', timeZone: 'FLE Standard Time' },
      end: { dateTime: '2026-12-01T09:30:00', timeZone: 'FLE Standard Time' },
      recurrence: {
        pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday'], index: 'first' },
        range: { type: 'noEnd', startDate: '2026-12-01', recurrenceTimeZone: 'FLE Standard Time' },
      },
      attendees: [anna, group].map((address) => ({ emailAddress: { address }, type: 'required' })),
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      allowNewTimeProposals: false,
      transactionId: 'radio-1',
      extensions: [
        { '@odata.type': 'microsoft.graph.openTypeExtension', extensionName: 'fi.bigroom.radio_1' },
      ],
    });
    assert.deepEqual(counts(), [2, 0, 0]);
  });

  it('holds each kind of rule', async () => {
    const rules = [
      [
        { every: 'weekdayOfMonth', interval: 2, weekday: 5, week: -1 },
        '2026-12-25',
        ['2026-12-25', '2027-02-26'],
      ],
      [
        { every: 'dayOfMonth', interval: 1, day: 15 },
        '2026-12-15',
        ['2026-12-15', '2027-01-15', '2027-02-15'],
      ],
      [
        { every: 'week', interval: 2, weekdays: [1, 7] },
        '2026-12-06',
        ['2026-12-06', '2026-12-14', '2026-12-20', '2026-12-28', '2027-01-03'],
      ],
      [
        { every: 'day', interval: 30 },
        '2026-12-01',
        ['2026-12-01', '2026-12-31', '2027-01-30', '2027-03-01'],
      ],
    ] as const;
    for (const [index, [rule, firstDate, dates]] of rules.entries()) {
      const uid = `rule-${String(index)}`;
      const last = dates.at(-1) ?? '';
      await calendar.sync(series([radio({ uid, subject: uid, rule, firstDate })]));
      const listed = entries('2026-12-01', last).filter((one) => one.endsWith(uid));
      assert.deepEqual(
        listed.map((one) => one.slice(0, 10)),
        dates,
      );
      calendar.forget();
    }
  });

  it('leaves a month out that does not have the day, as the rule does', async () => {
    const rule = { every: 'dayOfMonth', interval: 1, day: 31 } as const;
    await calendar.sync(series([radio({ rule, firstDate: '2026-12-31' })]));
    assert.deepEqual(entries('2026-12-01', '2027-05-31'), [
      '2026-12-31 09:00-09:30 Hankeradio',
      '2027-01-31 09:00-09:30 Hankeradio',
      '2027-03-31 09:00-09:30 Hankeradio',
      '2027-05-31 09:00-09:30 Hankeradio',
    ]);
  });

  describe('of dates that were chosen by hand', () => {
    // As a series of 3.12., 17.12. and 21.1. is in calendars: each second Thursday but for two.
    const chosen = (changes: Partial<CalendarSegment> = {}) =>
      radio({
        rule: { every: 'week', interval: 2, weekdays: [4] },
        firstDate: '2026-12-03',
        lastDate: '2027-01-28',
        without: ['2026-12-31', '2027-01-14'],
        ...changes,
      });
    const shown = [
      '2026-12-03 09:00-09:30 Hankeradio',
      '2026-12-17 09:00-09:30 Hankeradio',
      '2027-01-28 09:00-09:30 Hankeradio',
    ];

    it('invites once, and calls off none of the dates that are left out', async () => {
      const { joinUrl } = await calendar.sync(series([chosen()]));
      assert.match(joinUrl ?? '', /meetup-join/);
      assert.deepEqual(entries(), shown);
      assert.deepEqual(counts(), [2, 0, 0]);
      const before = world.graph.writings.length;
      await calendar.sync(series([chosen()]));
      assert.equal(world.graph.writings.length, before);
    });

    it('notifies of what changes afterwards, and of that alone', async () => {
      await calendar.sync(series([chosen()]));
      await calendar.sync(series([chosen({ without: ['2026-12-17', '2026-12-31', '2027-01-14'] })]));
      assert.deepEqual(counts(), [2, 0, 2]);
      await calendar.sync(series([chosen()], { attendees: [anna, group, bengt] }));
      // The date that comes back is an event of its own, to which all are invited; Bengt to both.
      assert.deepEqual(entries(), shown);
      assert.equal(world.graph.mailbox.count('cancellation'), 2);
      assert.equal(world.graph.mailbox.count('invitation', bengt), 2);
    });

    it('has a single one, which can be moved', async () => {
      const single = chosen({ isSingle: true, lastDate: '2026-12-03', without: [] });
      await calendar.sync(series([single]));
      assert.deepEqual(entries(), shown.slice(0, 1));
      const exception = { ...moved, date: '2026-12-03' };
      await calendar.sync(series([{ ...single, exceptions: [exception] }]));
      assert.deepEqual(entries(), ['2027-01-12 10:00-11:00 Hankeradio: Elma']);
      assert.deepEqual(counts(), [2, 2, 0]);
    });

    it('invites once wherever the first run of it is cut off', async () => {
      for (let steps = 1; steps < 15; steps += 1) {
        await world.close();
        await open()();
        calendar.allow(steps);
        await calendar.sync(series([chosen()])).catch((error: unknown) => {
          assert.ok(isAppError(error, 'calendar.unavailable'));
        });
        calendar.allow(Infinity);
        await calendar.sync(series([chosen()]));
        assert.deepEqual([steps, entries(), counts()], [steps, shown, [2, 0, 0]]);
      }
    });

    it('invites once where the answer to any of its writings is lost', async () => {
      for (let at = 0; at < 12; at += 1) {
        await world.close();
        await open()();
        world.graph.fails({ at, drops: 'after' });
        await calendar.sync(series([chosen()])).catch(() => undefined);
        await calendar.sync(series([chosen()]));
        assert.deepEqual([at, entries(), counts()], [at, shown, [2, 0, 0]]);
      }
    });
  });

  it('calls a month of the pause off with nobody, when it makes a series', async () => {
    await calendar.sync(series([radio({ without: ['2027-07-06'], pausedMonths: [7] })]));
    assert.deepEqual(entries('2027-06-01', '2027-08-31'), [
      '2027-06-01 09:00-09:30 Hankeradio',
      '2027-08-03 09:00-09:30 Hankeradio',
    ]);
    assert.deepEqual(counts(), [2, 0, 0]);
  });

  it('writes nothing when nothing has changed', async () => {
    const wanted = series([
      radio({ lastDate: '2027-02-28', without: ['2027-02-02'], exceptions: [moved] }),
      radio({ uid: 'radio-2', firstDate: '2027-03-02', time: '10:00' }),
    ]);
    const first = await calendar.sync(wanted);
    const before = world.graph.writings.length;
    assert.deepEqual(await calendar.sync(wanted), first);
    assert.equal(world.graph.writings.length, before);
  });

  it('moves and renames one occurrence, and takes that back', async () => {
    await calendar.sync(series([radio()]));
    await calendar.sync(series([radio({ exceptions: [moved] })]));
    assert.equal(entries()[1], '2027-01-12 10:00-11:00 Hankeradio: Elma');
    await calendar.sync(series([radio()]));
    assert.equal(entries()[1], '2027-01-05 09:00-09:30 Hankeradio');
    assert.deepEqual(counts(), [2, 4, 0]);
  });

  it('names the place where one joins one occurrence only, and takes that back', async () => {
    const joinUrl = 'https://elsewhere.example/join';
    const exception = {
      date: moved.date,
      start: '2027-01-05T07:00:00Z',
      end: '2027-01-05T07:30:00Z',
      subject: 'Hankeradio',
      joinUrl,
    };
    const places = () => {
      const { mailbox } = world.graph;
      const instant = (iso: string) => Temporal.Instant.from(iso);
      const from = instant('2026-12-01T00:00:00Z');
      const found = mailbox.instances(
        mailbox.events[0]?.id ?? '',
        from,
        instant('2027-02-10T00:00:00Z'),
        true,
      );
      return found.map((one) => (one as { location: { displayName: string } }).location.displayName);
    };
    await calendar.sync(series([radio({ exceptions: [exception] })]));
    const usual = 'Microsoft Teams Meeting';
    assert.deepEqual(places(), [usual, joinUrl, usual]);
    await calendar.sync(series([radio({ exceptions: [exception] })]));
    assert.deepEqual(counts(), [2, 0, 0]);
    await calendar.sync(series([radio()]));
    assert.deepEqual(places(), [usual, 'Microsoft Teams', usual]);

    await calendar.sync(series([radio({ without: [moved.date] })]));
    await calendar.sync(series([radio()]));
    await calendar.sync(series([radio({ exceptions: [exception] })]));
    const single = world.graph.mailbox.events.find(({ recurrence }) => recurrence === undefined);
    assert.equal(single?.location?.locationUri, joinUrl);
    assert.ok(single.html.includes(joinUrl));
  });

  it('moves what cannot move past its neighbour to an event of its own', async () => {
    const exception = { ...moved, start: '2027-02-10T07:00:00Z', end: '2027-02-10T07:30:00Z' };
    await calendar.sync(series([radio({ exceptions: [exception] })]));
    assert.deepEqual(entries().slice(0, 3), [
      '2026-12-01 09:00-09:30 Hankeradio',
      '2027-02-02 09:00-09:30 Hankeradio',
      '2027-02-10 09:00-09:30 Hankeradio: Elma',
    ]);
    const before = world.graph.writings.length;
    await calendar.sync(series([radio({ exceptions: [exception] })]));
    assert.equal(world.graph.writings.length, before);
  });

  it('calls occurrences off, and brings them back as events of their own with the same meeting', async () => {
    const { joinUrl } = await calendar.sync(series([radio()]));
    await calendar.sync(series([radio({ without: ['2027-01-05', '2027-02-02'] })]));
    assert.deepEqual(entries(), ['2026-12-01 09:00-09:30 Hankeradio', '2027-03-02 09:00-09:30 Hankeradio']);
    assert.deepEqual(counts(), [2, 0, 4]);

    await calendar.sync(series([radio({ without: ['2027-02-02'] })]));
    assert.equal(entries()[1], '2027-01-05 09:00-09:30 Hankeradio');
    const single = world.graph.mailbox.events.find(({ recurrence }) => recurrence === undefined);
    assert.ok(single);
    assert.equal(single.location?.locationUri, joinUrl);
    assert.equal(single.joinUrl, undefined);
    assert.equal(single.transactionId, 'radio-1-2027-01-05');
    assert.deepEqual(counts(), [4, 0, 4]);
  });

  it('calls off, brings back and changes the same occurrence as often as one likes', async () => {
    const off = series([radio({ without: ['2027-01-05'] })]);
    for (let round = 0; round < 3; round += 1) {
      await calendar.sync(off);
      assert.equal(
        entries().some((one) => one.startsWith('2027-01')),
        false,
      );
      await calendar.sync(series([radio()]));
      assert.equal(entries().filter((one) => one.startsWith('2027-01')).length, 1);
    }
    await calendar.sync(series([radio({ exceptions: [moved] })]));
    assert.equal(entries()[1], '2027-01-12 10:00-11:00 Hankeradio: Elma');
    assert.deepEqual(world.graph.mailbox.count('update', anna), 1);
  });

  it('calls off what lies beyond the coming year too', async () => {
    await calendar.sync(series([radio({ without: ['2028-06-06'] })]));
    assert.deepEqual(entries('2028-05-01', '2028-07-31'), [
      '2028-05-02 09:00-09:30 Hankeradio',
      '2028-07-04 09:00-09:30 Hankeradio',
    ]);
  });

  it('knows its hits in summer as in winter', async () => {
    const summer = {
      date: '2027-06-01',
      start: '2027-06-02T05:00:00Z',
      end: '2027-06-02T06:00:00Z',
      subject: 'Elma',
    };
    const wanted = series([radio({ without: ['2027-05-04', '2027-07-06'], exceptions: [summer] })]);
    await calendar.sync(wanted);
    assert.deepEqual(entries('2027-04-01', '2027-08-31'), [
      '2027-04-06 09:00-09:30 Hankeradio',
      '2027-06-02 08:00-09:00 Elma',
      '2027-08-03 09:00-09:30 Hankeradio',
    ]);
    const before = world.graph.writings.length;
    await calendar.sync(wanted);
    assert.equal(world.graph.writings.length, before);
  });

  it('follows without anybody invited, and invites the first ones', async () => {
    const nobody = { attendees: [] };
    await calendar.sync(series([radio({ without: ['2027-01-05'] })], nobody));
    assert.equal(entries()[1], '2027-02-02 09:00-09:30 Hankeradio');
    await calendar.sync(series([radio({ without: ['2027-01-05'] })]));
    await calendar.sync(series([radio({ without: ['2027-01-05'] })], { attendees: [anna, group, bengt] }));
    assert.deepEqual(counts(), [3, 0, 0]);
    await calendar.sync(series([radio()], { isEnded: true, attendees: [] }));
    assert.deepEqual(entries(), []);
  });

  it('ends one segment and begins another for this and following', async () => {
    await calendar.sync(series([radio()]));
    const { joinUrl } = await calendar.sync(
      series([
        radio({ lastDate: '2027-01-31' }),
        radio({
          uid: 'radio-2',
          firstDate: '2027-02-03',
          time: '10:00',
          rule: { every: 'weekdayOfMonth', interval: 1, weekday: 3, week: 1 },
        }),
      ]),
    );
    assert.deepEqual(entries(), [
      '2026-12-01 09:00-09:30 Hankeradio',
      '2027-01-05 09:00-09:30 Hankeradio',
      '2027-02-03 10:00-10:30 Hankeradio',
      '2027-03-03 10:00-10:30 Hankeradio',
    ]);
    assert.equal(joinUrl, world.graph.mailbox.events[0]?.joinUrl, 'the segment in force');
    world.clock.forward({ days: 80 });
    const later = await calendar.sync(
      series([
        radio({ lastDate: '2027-01-31' }),
        radio({
          uid: 'radio-2',
          firstDate: '2027-02-03',
          time: '10:00',
          rule: { every: 'weekdayOfMonth', interval: 1, weekday: 3, week: 1 },
        }),
      ]),
    );
    assert.equal(later.joinUrl, world.graph.mailbox.events[1]?.joinUrl, 'the next one, once it is');
  });

  it('puts exceptions back which another time of the series made Exchange forget', async () => {
    await calendar.sync(series([radio({ exceptions: [moved], without: ['2027-02-02'] })]));
    await calendar.sync(series([radio({ time: '08:30', exceptions: [moved], without: ['2027-02-02'] })]));
    assert.deepEqual(entries(), [
      '2026-12-01 08:30-09:00 Hankeradio',
      '2027-01-12 10:00-11:00 Hankeradio: Elma',
      '2027-03-02 08:30-09:00 Hankeradio',
    ]);
  });

  for (const keepsIds of [true, false])
    it(`changes its text and keeps what Teams wrote below it, ${keepsIds ? 'marked' : 'unmarked'}`, async () => {
      world.graph.behaviour.keepsIds = keepsIds;
      const { joinUrl } = await calendar.sync(series([radio()]));
      const changed = series([radio({ subject: 'Projektradion', description: 'Uusi <kuvaus> & "teksti"' })]);
      assert.deepEqual(await calendar.sync(changed), { joinUrl, meetings: [joinUrl] });
      const html = world.graph.mailbox.events[0]?.html ?? '';
      assert.ok(html.includes('<p>Uusi &lt;kuvaus&gt; &amp; &quot;teksti&quot;</p>'));
      assert.ok(html.includes(`<a href="${joinUrl ?? ''}">Join the meeting now</a>`));
      assert.ok(!html.includes('Hankkeet kertovat'));
      assert.equal(entries()[0], '2026-12-01 09:00-09:30 Projektradion');
      await calendar.sync(changed);
      assert.deepEqual(counts(), [2, 2, 0]);
    });

  it('stops between two steps when its time is up, and goes on where it was, doubling nothing', async () => {
    const wanted = series([radio({ exceptions: [moved], without: ['2027-02-02'] })]);
    for (let steps = 1; steps <= 3; steps += 1) {
      calendar.allow(steps);
      await assert.rejects(calendar.sync(wanted), (error) => isAppError(error, 'calendar.unavailable'));
    }
    calendar.allow(Infinity);
    await calendar.sync(wanted);
    assert.deepEqual(entries(), [
      '2026-12-01 09:00-09:30 Hankeradio',
      '2027-01-12 10:00-11:00 Hankeradio: Elma',
      '2027-03-02 09:00-09:30 Hankeradio',
    ]);
    assert.equal(world.graph.mailbox.events.length, 1);
  });

  it('invites newcomers alone, and nobody again', async () => {
    const off = { without: ['2027-01-05'] };
    await calendar.sync(series([radio(off)]));
    const first = world.graph.writings.length;
    await calendar.sync(series([radio()]));
    await calendar.sync(
      series([radio()], { attendees: [anna, group, ' Bengt@hyvinvointialue.example ', bengt] }),
    );
    const { mailbox } = world.graph;
    assert.equal(mailbox.count('invitation', bengt), 2, 'the series and the event of its own');
    assert.equal(mailbox.count('invitation', anna), 2);
    await calendar.sync(series([radio()], { attendees: [group] }));
    await calendar.sync(series([radio()], { attendees: [anna, group, bengt] }));
    assert.equal(mailbox.count('invitation', anna), 2, 'who left and came back still has it');
    // A change of the list goes to everybody on it.
    const listed = world.graph.writings
      .slice(first)
      .filter(({ method, body }) => method === 'PATCH' && 'attendees' in (body as object));
    assert.deepEqual(listed, []);
  });

  it('remembers newcomers where the calendar does not list them', async () => {
    world.graph.behaviour.listsForwarded = false;
    await calendar.sync(series([radio()]));
    for (let round = 0; round < 2; round += 1)
      await calendar.sync(series([radio()], { attendees: [anna, group, bengt] }));
    assert.equal(world.graph.mailbox.count('invitation', bengt), 1);
  });

  it('takes a series that has not begun out of the calendar as a whole', async () => {
    await calendar.sync(series([radio({ exceptions: [moved] })]));
    await calendar.sync(series([radio({ exceptions: [moved] })], { isEnded: true }));
    assert.deepEqual(entries(), []);
    assert.deepEqual(counts(), [2, 0, 2]);
    const before = world.graph.asked.length;
    await calendar.sync(series([radio({ exceptions: [moved] })], { isEnded: true }));
    assert.equal(world.graph.asked.length, before, 'and does not even ask again');
  });

  it('ends a series that has begun before what is to come, with all that was moved or came back', async () => {
    const segment = radio({ without: ['2027-03-02'] });
    await calendar.sync(series([segment]));
    const later = {
      ...moved,
      date: '2026-12-01',
      start: '2026-12-29T08:00:00Z',
      end: '2026-12-29T08:30:00Z',
    };
    await calendar.sync(series([radio({ exceptions: [later] })]));
    assert.equal(entries().length, 4);
    world.clock.forward({ days: 12 });
    await calendar.sync(series([radio({ exceptions: [later] })], { isEnded: true }));
    assert.deepEqual(entries(), []);
    assert.equal(world.graph.mailbox.events[0]?.recurrence?.range.endDate, '2026-12-04');
  });

  it('keeps what took place when a series ends, today included', async () => {
    await calendar.sync(series([radio()]));
    world.clock.forward({ days: 8, hours: 23, minutes: 10 });
    await calendar.sync(series([radio()], { isEnded: true }));
    assert.deepEqual(entries(), ['2026-12-01 09:00-09:30 Hankeradio']);
  });

  it('lets go of a segment that is not wanted any more, and brings it back', async () => {
    await calendar.sync(series([radio()]));
    await calendar.sync(series([]));
    assert.deepEqual(entries(), []);
    await calendar.sync(series([radio()]));
    assert.equal(entries().length, 4);
    assert.equal(world.graph.mailbox.events[0]?.transactionId, 'radio-1-g1');
  });

  it('makes nothing of a segment that is over before it was ever there', async () => {
    await calendar.sync(series([radio({ firstDate: '2026-03-03', lastDate: '2026-10-31' })]));
    await calendar.sync(series([radio({ lastDate: '2026-11-30' })]));
    assert.deepEqual(world.graph.mailbox.events, []);
  });

  it('finds its series without any memory, by the name in it', async () => {
    const wanted = series([radio({ exceptions: [moved], without: ['2027-02-02'] })]);
    await calendar.sync(wanted);
    calendar.forget();
    world.graph.behaviour.knownTransaction = 'forgotten';
    const before = world.graph.writings.length;
    await calendar.sync(wanted);
    assert.equal(world.graph.writings.length, before);
  });

  it('takes 500 attendees, and says that 501 are too many before it asks for anything', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => `a${String(index)}@x.example`);
    await assert.rejects(
      calendar.sync(series([radio()], { attendees: many(501) })),
      (error: unknown) => isAppError(error, 'calendar.tooManyAttendees') && error.details.count === 501,
    );
    assert.deepEqual(world.graph.asked, []);
    await calendar.sync(series([radio()], { attendees: many(500) }));
    assert.deepEqual(counts(), [500, 0, 0]);
  });

  for (const code of ['ErrorInvalidUser', 'MailboxNotEnabledForRESTAPI'])
    it(`says that the organiser does not exist any more: ${code}`, async () => {
      await calendar.sync(series([radio()]));
      world.graph.organiserLeaves(code);
      await assert.rejects(calendar.sync(series([radio()])), (error: unknown) =>
        isAppError(error, 'calendar.organiserGone'),
      );
    });

  const unavailable: readonly [string, GraphFailure, Record<string, unknown>][] = [
    [
      'throttled for long',
      { status: 429, headers: { 'Retry-After': '120' } },
      { status: 429, afterSeconds: 120 },
    ],
    ['throttled without a time', { status: 503 }, { status: 503 }],
    ['forbidden', { status: 403, code: 'ErrorAccessDenied' }, { status: 403, reason: 'ErrorAccessDenied' }],
    [
      'refused',
      { status: 400, code: 'ErrorInvalidRecipients' },
      { status: 400, reason: 'ErrorInvalidRecipients' },
    ],
    ['broken', { status: 500 }, { status: 500 }],
    ['cut off', { drops: 'after', at: 1 }, { reason: 'UND_ERR_SOCKET' }],
  ];
  for (const [how, failure, details] of unavailable)
    it(`says that the calendar is unavailable: ${how}`, async () => {
      world.graph.fails(failure);
      await assert.rejects(calendar.sync(series([radio()])), (error: unknown) => {
        assert.ok(isAppError(error, 'calendar.unavailable'));
        for (const [name, value] of Object.entries(details)) assert.equal(error.details[name], value, name);
        return true;
      });
    });

  it('says so when it cannot read the answer', async () => {
    world.graph.fails({ at: 1, afterActing: true, status: 200 });
    await assert.rejects(calendar.sync(series([radio()])), (error: unknown) =>
      isAppError(error, 'calendar.unavailable'),
    );
  });
});

/** A life of a series: all that a coordinator may do to it, one after another. */
const life: readonly CalendarSeries[] = [
  series([radio({ without: ['2027-02-02'] })]),
  series([radio({ exceptions: [moved] })], { attendees: [anna, group, bengt] }),
  series([
    radio({
      exceptions: [{ ...moved, start: '2027-02-11T08:00:00Z', end: '2027-02-11T09:00:00Z' }],
      description: 'Uusi kuvaus',
    }),
  ]),
  series([
    radio({ lastDate: '2027-02-28', without: ['2027-02-02'] }),
    radio({ uid: 'radio-2', firstDate: '2027-03-03', rule: { every: 'week', interval: 1, weekdays: [3] } }),
  ]),
  series([radio({ lastDate: '2027-01-31' })]),
  series([radio({ lastDate: '2027-01-31' })], { isEnded: true }),
];

type Outcome = Record<'states' | 'mails', unknown>;

/**
 * Lives the life, with failures somewhere; follows again whatever fails, as the outbox does.
 * @returns the entries after each step and every mail, and its requests.
 */
async function live(
  failures: readonly GraphFailure[],
  behaviour = {},
): Promise<Outcome & { asked: readonly string[] }> {
  const world = await graphWorld();
  const { graph, client, clock } = world;
  Object.assign(graph.behaviour, behaviour);
  graph.fails(...failures);
  const calendar = remembering(graphCalendar({ client, organiser: graph.organiser, clock }));
  const states = [];
  let faults = 0;
  for (const wanted of life) {
    await calendar.sync(wanted).catch(async () => {
      faults += 1;
      await calendar.sync(wanted);
    });
    states.push(graph.mailbox.entries('2026-12-01', '2027-04-30'));
  }
  assert.ok(faults <= 1);
  const mails = graph.mailbox.mails.map((mail) => JSON.stringify(mail));
  await world.close();
  return { states, mails, asked: graph.asked.map(({ method, path }) => `${method} ${path}`) };
}

describe('the calendar in Graph, with one answer lost', function () {
  this.timeout(60_000);
  let undisturbed: Awaited<ReturnType<typeof live>>;

  before(async () => {
    undisturbed = await live([]);
  });

  it('lives a life that has everything in it', () => {
    assert.ok(undisturbed.asked.length > 40);
    assert.deepEqual((undisturbed.states as string[][]).at(-1), []);
  });

  it('asks again for what it reads, and goes on, though every first answer to a reading is lost', async () => {
    let next = 0;
    const lost = undisturbed.asked.flatMap((request): GraphFailure[] => {
      const at = next;
      const isReading = request.startsWith('GET');
      next += isReading ? 2 : 1;
      return isReading ? [{ drops: 'after', at }] : [];
    });
    const { states, mails, asked } = await live(lost);
    assert.equal(asked.length, undisturbed.asked.length + lost.length);
    assert.deepEqual({ states, mails }, { states: undisturbed.states, mails: undisturbed.mails });
  });

  const failures: readonly [string, GraphFailure, object][] = [
    ['dropped after it acted', { drops: 'after' }, {}],
    ['dropped before it acted', { drops: 'before' }, {}],
    ['a 504 after it acted', { status: 504, afterActing: true }, {}],
    [
      'dropped after it acted, known transactions being a conflict',
      { drops: 'after' },
      { knownTransaction: 'conflict' },
    ],
    [
      'dropped after it acted, beyond the memory of transactions',
      { drops: 'after' },
      { knownTransaction: 'forgotten' },
    ],
  ];
  for (const [how, failure, behaviour] of failures)
    it(`ends the same, and nobody gets a mail twice: ${how}`, async () => {
      const isAboutMaking = Object.keys(behaviour).length > 0;
      const requests = [...undisturbed.asked.entries()].filter(([, request]) =>
        isAboutMaking ? request === 'POST /events' : !request.startsWith('GET'),
      );
      for (const [at] of sampled(requests, { every: isAboutMaking ? 1 : 3 })) {
        const { states, mails } = await live([{ ...failure, at }], behaviour);
        assert.deepEqual(states, undisturbed.states, `request ${String(at)}`);
        assert.deepEqual(mails, undisturbed.mails, `request ${String(at)}`);
      }
    });
});
