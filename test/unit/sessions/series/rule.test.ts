import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { fieldFaults } from '../../../../src/platform/errors.js';
import {
  datesOf,
  firstDateOf,
  nextDates,
  rruleOf,
  type RepeatingRule,
  type Rule,
  ruleSchema,
} from '../../../../src/sessions/series/rule.js';
import { parse } from '../../../../src/platform/validation.js';
import { momentOf } from '../../../../src/platform/wall-time.js';

const firstTuesday: RepeatingRule = { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 };
const fiveYears = { from: '2026-01-01', to: '2030-12-31', anchor: '2026-01-01' };

/** `2026` and the twelve days of the month, as a calendar on the wall has them. */
type YearTable = Readonly<Record<number, readonly number[]>>;

function datesIn(table: YearTable): string[] {
  return Object.entries(table).flatMap(([year, days]) =>
    days.map((day, month) => `${year}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`),
  );
}

describe('dates of a rule', () => {
  const firstTuesdays: YearTable = {
    2026: [6, 3, 3, 7, 5, 2, 7, 4, 1, 6, 3, 1],
    2027: [5, 2, 2, 6, 4, 1, 6, 3, 7, 5, 2, 7],
    2028: [4, 1, 7, 4, 2, 6, 4, 1, 5, 3, 7, 5],
    2029: [2, 6, 6, 3, 1, 5, 3, 7, 4, 2, 6, 4],
    2030: [1, 5, 5, 2, 7, 4, 2, 6, 3, 1, 5, 3],
  };
  const lastFridays: YearTable = {
    2026: [30, 27, 27, 24, 29, 26, 31, 28, 25, 30, 27, 25],
    2027: [29, 26, 26, 30, 28, 25, 30, 27, 24, 29, 26, 31],
    2028: [28, 25, 31, 28, 26, 30, 28, 25, 29, 27, 24, 29],
    2029: [26, 23, 30, 27, 25, 29, 27, 31, 28, 26, 30, 28],
    2030: [25, 22, 29, 26, 31, 28, 26, 30, 27, 25, 29, 27],
  };
  const lastMondays: YearTable = {
    2026: [26, 23, 30, 27, 25, 29, 27, 31, 28, 26, 30, 28],
    2027: [25, 22, 29, 26, 31, 28, 26, 30, 27, 25, 29, 27],
    2028: [31, 28, 27, 24, 29, 26, 31, 28, 25, 30, 27, 25],
    2029: [29, 26, 26, 30, 28, 25, 30, 27, 24, 29, 26, 31],
    2030: [28, 25, 25, 29, 27, 24, 29, 26, 30, 28, 25, 30],
  };
  const tables: readonly (readonly [string, Rule, YearTable])[] = [
    ['first Tuesdays', firstTuesday, firstTuesdays],
    ['last Fridays', { ...firstTuesday, weekday: 5, week: -1 }, lastFridays],
    ['last Mondays', { ...firstTuesday, weekday: 1, week: -1 }, lastMondays],
  ];
  for (const [name, rule, table] of tables) {
    it(`${name} of 2026-2030`, () => {
      assert.deepEqual(datesOf(rule, fiveYears), datesIn(table));
    });
  }

  it('the weekday of the week that is asked for, for every weekday and week of 2026-2030', () => {
    for (const weekday of [1, 2, 3, 4, 5, 6, 7] as const)
      for (const week of [1, 2, 3, 4, -1] as const) {
        const dates = datesOf({ every: 'weekdayOfMonth', interval: 1, weekday, week }, fiveYears).map(
          (date) => Temporal.PlainDate.from(date),
        );
        assert.equal(dates.length, 60);
        for (const date of dates) {
          assert.equal(date.dayOfWeek, weekday);
          if (week === -1) assert.notEqual(date.add({ weeks: 1 }).month, date.month);
          else assert.equal(Math.ceil(date.day / 7), week);
        }
      }
  });

  it('day 31 leaves out the months without one, in 2026-2030', () => {
    const dates = datesOf({ every: 'dayOfMonth', interval: 1, day: 31 }, fiveYears);
    const months = ['01', '03', '05', '07', '08', '10', '12'];
    const years = [2026, 2027, 2028, 2029, 2030];
    assert.deepEqual(
      dates,
      years.flatMap((year) => months.map((month) => `${year}-${month}-31`)),
    );
    assert.deepEqual(
      datesOf({ every: 'dayOfMonth', interval: 1, day: 29 }, { ...fiveYears, to: '2028-03-31' }).filter(
        (date) => date.includes('-02-'),
      ),
      ['2028-02-29'],
    );
  });

  it('keeps the wall clock through the clock changes of 2026-2030', () => {
    const weekly: Rule = { every: 'week', interval: 1, weekdays: [1] };
    const mondays = datesOf(weekly, fiveYears);
    assert.equal(mondays.length, 261);
    for (const date of mondays) {
      const at = momentOf({ date, time: '09:00' }).instant.toZonedDateTimeISO('Europe/Helsinki');
      assert.equal(at.toPlainDateTime().toString(), `${date}T09:00:00`);
      assert.equal(at.dayOfWeek, 1);
    }
  });

  const intervals: readonly (readonly [string, Rule, string, readonly string[]])[] = [
    [
      'every second month from January',
      { ...firstTuesday, interval: 2 },
      '2026-01-06',
      ['2026-01-06', '2026-03-03', '2026-05-05'],
    ],
    [
      'every twelfth month',
      { every: 'dayOfMonth', interval: 12, day: 15 },
      '2026-11-15',
      ['2026-11-15', '2027-11-15', '2028-11-15'],
    ],
    [
      'every second month on the 31st, where there is one',
      { every: 'dayOfMonth', interval: 2, day: 31 },
      '2026-03-31',
      ['2026-03-31', '2026-05-31', '2026-07-31', '2027-01-31'],
    ],
    [
      'every second week on two days, with weeks from Monday',
      { every: 'week', interval: 2, weekdays: [2, 7] },
      '2026-01-06',
      ['2026-01-06', '2026-01-11', '2026-01-20', '2026-01-25', '2026-02-03'],
    ],
    [
      'every second week from the later of its two days',
      { every: 'week', interval: 2, weekdays: [1, 4] },
      '2026-01-08',
      ['2026-01-08', '2026-01-19', '2026-01-22', '2026-02-02'],
    ],
    [
      'every ten days, across the change of the clocks',
      { every: 'day', interval: 10 },
      '2026-03-20',
      ['2026-03-20', '2026-03-30', '2026-04-09'],
    ],
  ];
  for (const [name, rule, anchor, expected] of intervals) {
    it(name, () => {
      assert.deepEqual(nextDates(rule, anchor, expected.length, anchor), expected);
      // The middle of a series counts from its beginning too.
      const [, second = '', ...rest] = expected;
      assert.deepEqual(nextDates(rule, second, 1 + rest.length, anchor), [second, ...rest]);
    });
  }

  it('counts from an anchor many years before', () => {
    const rule: Rule = { every: 'week', interval: 2, weekdays: [2] };
    const from = '2040-01-01';
    const days = Temporal.PlainDate.from('2026-01-06').until(
      datesOf(rule, { from, to: '2040-02-01', anchor: '2026-01-06' })[0] ?? '',
    );
    assert.equal(days.days % 14, 0);
  });

  it('gives the date of a span of one day only where the rule hits it', () => {
    const isHit = (rule: Rule, date: string, anchor: string) =>
      datesOf(rule, { from: date, to: date, anchor }).length > 0;
    assert.equal(isHit(firstTuesday, '2026-01-06', '2026-01-06'), true);
    assert.equal(isHit(firstTuesday, '2026-01-13', '2026-01-06'), false);
    assert.equal(isHit(firstTuesday, '2026-01-06', '2026-02-03'), false, 'before the series began');
    assert.equal(isHit({ ...firstTuesday, interval: 2 }, '2026-02-03', '2026-01-06'), false);
  });

  it('begins a new series with the next date that the rule could hit', () => {
    assert.equal(firstDateOf(firstTuesday, '2026-11-22'), '2026-12-01');
    assert.equal(firstDateOf({ ...firstTuesday, interval: 6 }, '2026-11-22'), '2026-12-01');
    assert.equal(firstDateOf({ every: 'week', interval: 2, weekdays: [2] }, '2026-11-25'), '2026-12-01');
    assert.equal(firstDateOf({ every: 'dayOfMonth', interval: 12, day: 31 }, '2027-02-01'), '2027-03-31');
    assert.deepEqual(nextDates({ every: 'week', interval: 2, weekdays: [2] }, '2026-11-25', 2), [
      '2026-12-01',
      '2026-12-15',
    ]);
  });

  it('gives twelve dates however rarely they come', () => {
    const yearly = nextDates({ every: 'dayOfMonth', interval: 12, day: 1 }, '2026-11-22', 12);
    assert.deepEqual([yearly.length, yearly[0], yearly[11]], [12, '2026-12-01', '2037-12-01']);
    const leapDays = nextDates({ every: 'dayOfMonth', interval: 12, day: 29 }, '2028-02-29', 12);
    assert.deepEqual(leapDays, [
      '2028-02-29',
      '2032-02-29',
      '2036-02-29',
      '2040-02-29',
      '2044-02-29',
      '2048-02-29',
    ]);
  });

  it('answers odd questions with no dates, and never without end', () => {
    const odd: readonly (readonly [Rule, Partial<typeof fiveYears>])[] = [
      [{ ...firstTuesday, interval: 0 }, {}],
      [{ ...firstTuesday, interval: Number.NaN }, {}],
      [{ ...firstTuesday, interval: 1.5 }, {}],
      [{ every: 'dayOfMonth', interval: 1, day: 32 }, {}],
      [{ every: 'dayOfMonth', interval: 1, day: -1 }, {}],
      [{ every: 'week', interval: 1, weekdays: [] }, {}],
      [firstTuesday, { from: '2027-01-01', to: '2026-01-01' }],
      [firstTuesday, { anchor: '2031-01-01' }],
      [firstTuesday, { from: '2026-02-30' }],
      [firstTuesday, { to: 'soon' }],
      [firstTuesday, { anchor: '' }],
    ];
    for (const [rule, span] of odd) assert.deepEqual(datesOf(rule, { ...fiveYears, ...span }), []);
    assert.deepEqual(nextDates(firstTuesday, 'today', 3), []);
    assert.deepEqual(nextDates(firstTuesday, '2026-01-01', -1), []);
    const endless = datesOf({ every: 'day', interval: 1 }, { ...fiveYears, to: '9999-12-31' });
    assert.deepEqual([endless[0], endless.at(-1)], ['2026-01-01', '2046-01-01']);
  });
});

describe('a rule from outside', () => {
  const good: readonly (readonly [unknown, RepeatingRule, string])[] = [
    [firstTuesday, firstTuesday, 'FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1'],
    [
      { ...firstTuesday, weekday: 5, week: -1, interval: 3 },
      { ...firstTuesday, weekday: 5, week: -1, interval: 3 },
      'FREQ=MONTHLY;INTERVAL=3;BYDAY=FR;BYSETPOS=-1',
    ],
    [
      { every: 'dayOfMonth', interval: 12, day: 31 },
      { every: 'dayOfMonth', interval: 12, day: 31 },
      'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31',
    ],
    [
      { every: 'week', interval: 26, weekdays: [7, 1, 1] },
      { every: 'week', interval: 26, weekdays: [1, 7] },
      'FREQ=WEEKLY;INTERVAL=26;BYDAY=MO,SU;WKST=MO',
    ],
    [{ every: 'day', interval: 90 }, { every: 'day', interval: 90 }, 'FREQ=DAILY;INTERVAL=90'],
    [{ every: 'day', interval: 1 }, { every: 'day', interval: 1 }, 'FREQ=DAILY'],
  ];
  for (const [input, rule, rrule] of good) {
    it(`takes ${rrule}`, () => {
      const read = parse(ruleSchema, input);
      assert.deepEqual(read, rule);
      assert.equal(rruleOf(rule), rrule);
    });
  }

  const bad: readonly (readonly [unknown, readonly string[]])[] = [
    [undefined, [' required']],
    ['weekly', [' wrongType']],
    [{}, ['every required']],
    [{ every: 'year', interval: 1 }, ['every unknownChoice']],
    [{ ...firstTuesday, interval: 0 }, ['interval notInRange']],
    [{ ...firstTuesday, interval: 13 }, ['interval notInRange']],
    [{ ...firstTuesday, interval: 1.5 }, ['interval notInRange']],
    [{ ...firstTuesday, interval: '1' }, ['interval wrongType']],
    [{ ...firstTuesday, weekday: 8, week: 5 }, ['weekday unknownChoice', 'week unknownChoice']],
    [{ ...firstTuesday, day: 4 }, ['day unknownField']],
    [{ every: 'dayOfMonth', interval: 1 }, ['day required']],
    [{ every: 'dayOfMonth', interval: 1, day: 32 }, ['day notInRange']],
    [{ every: 'week', interval: 27, weekdays: [1] }, ['interval notInRange']],
    [{ every: 'week', interval: 1, weekdays: [] }, ['weekdays required']],
    [{ every: 'week', interval: 1, weekdays: [0] }, ['weekdays.0 unknownChoice']],
    [{ every: 'week', interval: 1, weekdays: [1, 1, 1, 1, 1, 1, 1, 1] }, ['weekdays tooMany']],
    [{ every: 'day', interval: 91 }, ['interval notInRange']],
  ];
  for (const [input, faults] of bad) {
    it(`refuses ${JSON.stringify(input)} at the field`, () => {
      assert.throws(
        () => parse(ruleSchema, input),
        (error) => {
          assert.deepEqual(
            fieldFaults(error).map(({ field, code }) => `${field} ${code}`),
            faults,
          );
          return true;
        },
      );
    });
  }
});
