import assert from 'node:assert/strict';
import { datesOf, type RepeatingRule } from '../../../../src/sessions/series/rule.js';
import { momentOf } from '../../../../src/platform/wall-time.js';
import { feed, joinUrl, segment, series } from './make-calendar.js';
import { eventsIn, linesOf, readCalendar, shownIn } from './read-calendar.js';

const startOf = (date: string, time: string): string => momentOf({ date, time }).instant.toString();

describe('a calendar file, read back by another program', () => {
  const rules: readonly (readonly [string, RepeatingRule, string])[] = [
    ['first Tuesdays', { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 }, '2026-01-06'],
    ['every third last Friday', { every: 'weekdayOfMonth', interval: 3, weekday: 5, week: -1 }, '2026-01-30'],
    ['fourth Sundays', { every: 'weekdayOfMonth', interval: 1, weekday: 7, week: 4 }, '2026-01-25'],
    ['the 31st', { every: 'dayOfMonth', interval: 1, day: 31 }, '2026-01-31'],
    ['every second 29th', { every: 'dayOfMonth', interval: 2, day: 29 }, '2026-02-28'],
    ['Mondays and Sundays', { every: 'week', interval: 1, weekdays: [1, 7] }, '2026-01-04'],
    ['every third week on three days', { every: 'week', interval: 3, weekdays: [1, 3, 7] }, '2026-01-07'],
    ['every 26th week', { every: 'week', interval: 26, weekdays: [2] }, '2026-01-06'],
    ['every day', { every: 'day', interval: 1 }, '2026-01-01'],
    ['every 90th day', { every: 'day', interval: 90 }, '2026-01-06'],
  ];
  for (const [name, rule, from] of rules) {
    it(`shows ${name} of 2026-2030 at the same time of the wall clock, summer and winter`, () => {
      const [firstDate = ''] = datesOf(rule, { from, to: '2030-12-31', anchor: from });
      const dates = datesOf(rule, { from: firstDate, to: '2030-12-31', anchor: firstDate });
      const without = dates.filter((_, index) => index % 7 === 3);
      const endless = segment({ rule, firstDate, without });
      const shown = shownIn(
        readCalendar(feed(series({ today: '2027-06-01', segments: [endless] }))),
        '2031-01-01',
      );
      const expected = dates.filter((date) => !without.includes(date));
      assert.deepEqual(
        shown.map(({ date, start }) => [date, start]),
        expected.map((date) => [date, startOf(date, '09:00')]),
      );
      for (const { start, end } of shown) assert.equal(Date.parse(end) - Date.parse(start), 30 * 60_000);
      const last = expected[Math.floor(expected.length / 2)] ?? '';
      const ended = segment({ rule, firstDate, without, lastDate: last });
      assert.deepEqual(
        shownIn(readCalendar(feed(series({ segments: [ended] }))), '2031-01-01').map(({ date }) => date),
        expected.filter((date) => date <= last),
      );
    });
  }

  it('says in a rule nothing that Outlook does not import', () => {
    const forms =
      /^(FREQ=DAILY|FREQ=WEEKLY|FREQ=MONTHLY)(;INTERVAL=\d+)?(;BYDAY=[A-Z]{2}(,[A-Z]{2})*(;BYSETPOS=([1-4]|-1))?|;BYMONTHDAY=(\d+|-1))?(;WKST=MO)?(;UNTIL=\d{8}T\d{6}Z)?$/;
    for (const [, rule, from] of rules) {
      const [firstDate = ''] = datesOf(rule, { from, to: '2030-12-31', anchor: from });
      for (const pausedMonths of [[], [7], [6, 7, 8]]) {
        const lines = linesOf(feed(series({ segments: [segment({ rule, firstDate, pausedMonths })] })));
        const [rrule = ''] = lines.filter((each) => /^RRULE:(?!FREQ=YEARLY)/.test(each));
        assert.match(rrule.slice('RRULE:'.length), forms);
        assert.equal(
          lines.some((each) => each.startsWith('RDATE')),
          false,
        );
      }
    }
  });

  it('leaves out for Outlook the last days that it puts in the place of a 31st', () => {
    const rule = { every: 'dayOfMonth', interval: 1, day: 31 } as const;
    const lines = linesOf(
      feed(series({ segments: [segment({ rule, firstDate: '2026-01-31', lastDate: '2026-12-31' })] })),
    );
    assert.deepEqual(
      lines.filter((each) => each.startsWith('EXDATE')).map((each) => each.slice(-15, -7)),
      ['20260228', '20260430', '20260630', '20260930', '20261130'],
    );
  });

  const fifth: (typeof rules)[number] = [
    'every fifth month',
    { every: 'dayOfMonth', interval: 5, day: 7 },
    '2026-02-07',
  ];
  for (const [name, rule, from] of [...rules, fifth]) {
    it(`leaves every July and August of the coming years out of ${name}, wherever they begin`, () => {
      const pausedMonths = [7, 8];
      for (const anchor of [from, '2026-07-01']) {
        const [firstDate = ''] = datesOf(rule, { from: anchor, to: '2034-12-31', anchor });
        // The rule goes on to the end of the third year after this one.
        const dates = datesOf(rule, { from: firstDate, to: '2029-12-31', anchor: firstDate });
        const held = dates.filter((date) => !pausedMonths.includes(Number(date.slice(5, 7))));
        const [, off = ''] = held;
        const cancelled = dates.slice(0, 9);
        const paused = segment({ rule, firstDate, pausedMonths, without: [...cancelled, off] });
        const file = feed(series({ segments: [paused] }));
        assert.deepEqual(
          shownIn(readCalendar(file), '2035-01-01').map(({ date }) => date),
          held.filter((date) => date !== off && !cancelled.includes(date)),
        );
      }
    });
  }

  it('keeps the wall clock of a session late in the evening and of one over midnight', () => {
    const late = segment({
      time: '23:45',
      minutes: 60,
      rule: { every: 'week', interval: 1, weekdays: [6] },
      firstDate: '2026-03-21',
    });
    const shown = shownIn(readCalendar(feed(series({ segments: [late] }))), '2026-04-05');
    assert.deepEqual(
      shown.map(({ start, end }) => [start, end]),
      [
        ['2026-03-21T21:45:00Z', '2026-03-21T22:45:00Z'],
        ['2026-03-28T21:45:00Z', '2026-03-28T22:45:00Z'],
        ['2026-04-04T20:45:00Z', '2026-04-04T21:45:00Z'],
      ],
    );
  });

  it('puts what was moved where it is, and nothing where it was', () => {
    const moved = segment({
      lastDate: '2026-06-30',
      without: ['2026-03-03'],
      exceptions: [
        // Epiphany, moved by a week; April, moved across the change of the clocks and made longer; May, renamed.
        {
          date: '2026-01-06',
          start: '2026-01-13T07:00:00Z',
          end: '2026-01-13T07:30:00Z',
          subject: 'Hankeradio',
        },
        {
          date: '2026-04-07',
          start: '2026-03-27T12:00:00Z',
          end: '2026-03-27T13:00:00Z',
          subject: 'Hankeradio',
        },
        {
          date: '2026-05-05',
          start: '2026-05-05T06:00:00Z',
          end: '2026-05-05T06:30:00Z',
          subject: 'Hankeradio: Terapianavigaattori',
          joinUrl: 'https://teams.example.com/other',
        },
      ],
    });
    const shown = shownIn(readCalendar(feed(series({ segments: [moved] }))), '2027-01-01');
    assert.deepEqual(
      shown.map(({ date, start, end, subject, place }) => [date, start, end, subject, place === joinUrl]),
      [
        ['2026-01-06', '2026-01-13T07:00:00Z', '2026-01-13T07:30:00Z', 'Hankeradio', true],
        ['2026-02-03', '2026-02-03T07:00:00Z', '2026-02-03T07:30:00Z', 'Hankeradio', true],
        ['2026-04-07', '2026-03-27T12:00:00Z', '2026-03-27T13:00:00Z', 'Hankeradio', true],
        [
          '2026-05-05',
          '2026-05-05T06:00:00Z',
          '2026-05-05T06:30:00Z',
          'Hankeradio: Terapianavigaattori',
          false,
        ],
        ['2026-06-02', '2026-06-02T06:00:00Z', '2026-06-02T06:30:00Z', 'Hankeradio', true],
      ],
    );
    assert.equal(shown[3]?.place, 'https://teams.example.com/other');
  });

  it('names a moment in the hour that comes twice in autumn', () => {
    // 3.30 of 25 October comes at 0.30Z and again at 1.30Z.
    const both = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((start, index) => ({
      date: ['2026-10-06', '2026-11-03'][index] ?? '',
      start,
      end: start.replace(':30:', ':45:'),
      subject: 'Yö',
    }));
    const autumn = segment({ firstDate: '2026-10-06', lastDate: '2026-11-30', exceptions: both });
    const shown = shownIn(readCalendar(feed(series({ segments: [autumn] }))), '2027-01-01');
    assert.deepEqual(
      shown.map(({ start, end }) => [start, end]),
      [
        ['2026-10-25T00:30:00Z', '2026-10-25T00:45:00Z'],
        ['2026-10-25T01:30:00Z', '2026-10-25T01:45:00Z'],
      ],
    );
  });

  it('begins with the second session where the first is cancelled', () => {
    const later = segment({ lastDate: '2026-03-31', without: ['2026-01-06'] });
    assert.deepEqual(
      shownIn(readCalendar(feed(series({ segments: [later] }))), '2027-01-01').map(({ date }) => date),
      ['2026-02-03', '2026-03-03'],
    );
  });

  it('leaves out an exception that is cancelled, is past the end or is no hit of the rule', () => {
    const at = (date: string) => ({
      date,
      start: `${date}T10:00:00Z`,
      end: `${date}T11:00:00Z`,
      subject: 'X',
    });
    const odd = segment({
      lastDate: '2026-02-28',
      without: ['2026-02-03', '2026-02-03', '2026-02-04', '2026-03-03'],
      exceptions: [at('2026-02-03'), at('2026-02-04'), at('2026-03-03'), at('2025-12-02')],
    });
    const calendar = readCalendar(feed(series({ segments: [odd] })));
    assert.equal(eventsIn(calendar).length, 1);
    assert.equal(eventsIn(calendar)[0]?.getAllProperties('exdate').length, 1);
    assert.deepEqual(
      shownIn(calendar, '2027-01-01').map(({ date }) => date),
      ['2026-01-06'],
    );
  });

  it('lets the segments of a series follow each other under UIDs of their own', () => {
    const first = segment({ lastDate: '2026-03-31' });
    const second = segment({
      uid: 'a1b2c3d4e5f6a7b8c9d0e1f2a3-2',
      rule: { every: 'week', interval: 2, weekdays: [4] },
      firstDate: '2026-04-02',
      time: '13:00',
    });
    const shown = shownIn(readCalendar(feed(series({ segments: [first, second] }))), '2026-04-20');
    assert.deepEqual(
      shown.map(({ uid, start }) => [uid, start]),
      [
        ['a1b2c3d4e5f6a7b8c9d0e1f2a3-1@bigroom.example.fi', '2026-01-06T07:00:00Z'],
        ['a1b2c3d4e5f6a7b8c9d0e1f2a3-1@bigroom.example.fi', '2026-02-03T07:00:00Z'],
        ['a1b2c3d4e5f6a7b8c9d0e1f2a3-1@bigroom.example.fi', '2026-03-03T07:00:00Z'],
        ['a1b2c3d4e5f6a7b8c9d0e1f2a3-2@bigroom.example.fi', '2026-04-02T10:00:00Z'],
        ['a1b2c3d4e5f6a7b8c9d0e1f2a3-2@bigroom.example.fi', '2026-04-16T10:00:00Z'],
      ],
    );
  });
});
