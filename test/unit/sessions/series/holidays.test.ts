import assert from 'node:assert/strict';
import { closedDaysBetween, holidayBook, holidaysBetween } from '../../../../src/platform/holidays.js';
import { proposalFor } from '../../../../src/sessions/series/dates.js';
import { datesOf, type Rule, type Weekday } from '../../../../src/sessions/series/rule.js';

const book = holidayBook();
const always = () => true;
const monthly = (weekday: Weekday, week: 1 | 2 | 3 | 4 | -1): Rule => ({
  every: 'weekdayOfMonth',
  interval: 1,
  weekday,
  week,
});

/** The hits of 2026-2030 that are public holidays, each with what is proposed instead. */
async function proposals(rule: Rule): Promise<(readonly [string, string | undefined])[]> {
  const dates = datesOf(rule, { from: '2026-01-01', to: '2030-12-31', anchor: '2026-01-01' });
  const holidays = new Set((await holidaysBetween('2026-01-01', '2030-12-31')).map(({ date }) => date));
  const hit = dates.filter((date) => holidays.has(date));
  return Promise.all(hit.map(async (date) => [date, await proposalFor(book, date, rule, always)] as const));
}

describe('public holidays of Finland', () => {
  // Easter by the tables of the almanac: 5.4.2026, 28.3.2027, 16.4.2028, 1.4.2029, 21.4.2030.
  const movable: Readonly<Record<string, readonly string[]>> = {
    2026: ['04-03', '04-05', '04-06', '05-14', '05-24', '06-20', '10-31'],
    2027: ['03-26', '03-28', '03-29', '05-06', '05-16', '06-26', '11-06'],
    2028: ['04-14', '04-16', '04-17', '05-25', '06-04', '06-24', '11-04'],
    2029: ['03-30', '04-01', '04-02', '05-10', '05-20', '06-23', '11-03'],
    2030: ['04-19', '04-21', '04-22', '05-30', '06-09', '06-22', '11-02'],
  };
  const fixed = ['01-01', '01-06', '05-01', '12-06', '12-25', '12-26'];
  const all = Object.entries(movable).flatMap(([year, days]) =>
    [...fixed, ...days].map((day) => `${year}-${day}`).sort(),
  );

  it('are those of 2026-2030, also in one long span', async () => {
    const dates = (await holidaysBetween('2026-01-01', '2030-12-31')).map(({ date }) => date);
    assert.deepEqual(dates, all);
  });

  it('have a name in each language', async () => {
    assert.deepEqual(await holidaysBetween('2026-01-02', '2026-01-31'), [
      { date: '2026-01-06', names: { fi: 'loppiainen', sv: 'trettondedag jul', en: 'Epiphany' } },
    ]);
  });

  it('are distinguished from the eves on which nobody works either', async () => {
    const closed = await closedDaysBetween('2026-06-01', '2026-12-31');
    assert.deepEqual(
      [...closed].sort(([one], [other]) => (one < other ? -1 : 1)),
      [
        ['2026-06-19', 'eve'],
        ['2026-06-20', 'public'],
        ['2026-10-31', 'public'],
        ['2026-12-06', 'public'],
        ['2026-12-24', 'eve'],
        ['2026-12-25', 'public'],
        ['2026-12-26', 'public'],
        ['2026-12-31', 'eve'],
      ],
    );
  });

  it('of no span are none', async () => {
    assert.deepEqual(await holidaysBetween('2026-12-31', '2026-01-01'), []);
    assert.equal((await closedDaysBetween('2027-01-01', '2026-12-31')).size, 0);
  });
});

describe('another date for a session on a public holiday', () => {
  const tables: readonly (readonly [string, Rule, readonly (readonly [string, string])[]])[] = [
    [
      'first Tuesdays',
      monthly(2, 1),
      [
        // Epiphany
        ['2026-01-06', '2026-01-13'],
        // May Day
        ['2029-05-01', '2029-05-08'],
        // New Year's Day
        ['2030-01-01', '2030-01-08'],
      ],
    ],
    [
      'last Tuesdays',
      monthly(2, -1),
      [
        ['2028-12-26', '2029-01-02'],
        // Not New Year's Day a week later, nor the 26th.
        ['2029-12-25', '2029-12-27'],
      ],
    ],
    [
      'first Wednesdays',
      monthly(3, 1),
      [
        ['2027-01-06', '2027-01-13'],
        ['2028-12-06', '2028-12-13'],
        ['2030-05-01', '2030-05-08'],
      ],
    ],
    [
      'first Thursdays',
      monthly(4, 1),
      [
        ['2026-01-01', '2026-01-08'],
        // Ascension Day
        ['2027-05-06', '2027-05-13'],
        ['2028-01-06', '2028-01-13'],
        ['2029-12-06', '2029-12-13'],
      ],
    ],
    [
      'second Thursdays',
      monthly(4, 2),
      [
        ['2026-05-14', '2026-05-21'],
        ['2029-05-10', '2029-05-17'],
      ],
    ],
    [
      'fourth Fridays',
      monthly(5, 4),
      [
        // A week later is New Year's Day.
        ['2026-12-25', '2026-12-28'],
        // Good Friday
        ['2027-03-26', '2027-04-02'],
      ],
    ],
    [
      'fourth Saturdays',
      monthly(6, 4),
      [
        ['2026-12-26', '2027-01-02'],
        ['2027-06-26', '2027-07-03'],
        ['2027-12-25', '2027-12-27'],
        ['2028-06-24', '2028-07-01'],
        ['2029-06-23', '2029-06-30'],
        ['2030-06-22', '2030-06-29'],
      ],
    ],
  ];
  for (const [name, rule, table] of tables) {
    it(`${name} of 2026-2030`, async () => {
      assert.deepEqual(await proposals(rule), table);
    });
  }

  it('is no other date of the series', async () => {
    assert.equal(
      await proposalFor(book, '2026-01-06', { every: 'week', interval: 1, weekdays: [2] }, always),
      '2026-01-07',
    );
    // The Friday after Ascension Day is the series' own; then comes the weekend.
    const rule: Rule = { every: 'week', interval: 1, weekdays: [4, 5] };
    assert.equal(await proposalFor(book, '2026-05-14', rule, always), '2026-05-18');
    assert.equal(await proposalFor(book, '2026-01-06', { every: 'day', interval: 1 }, always), undefined);
  });

  it('is a week later for a series of every second week', async () => {
    const rule: Rule = { every: 'week', interval: 2, weekdays: [2] };
    assert.equal(await proposalFor(book, '2026-01-06', rule, always), '2026-01-13');
  });

  it('is never an eve on which nobody works', async () => {
    // All else within four weeks is taken, so that the eves are what is left.
    const dates = await Promise.all(
      [
        ['2026-12-06', ['2026-12-24', '2026-12-31', '2027-01-04']],
        ['2028-06-04', ['2028-06-23', '2028-06-26']],
      ].map(([date, free]) =>
        proposalFor(book, String(date), monthly(7, 1), (day) => (free ?? []).includes(day)),
      ),
    );
    assert.deepEqual(dates, [undefined, '2028-06-26']);
  });

  it('goes round what the caller has on a day', async () => {
    const taken = new Set(['2026-01-13', '2026-01-07']);
    assert.equal(
      await proposalFor(book, '2026-01-06', monthly(2, 1), (date) => !taken.has(date)),
      '2026-01-08',
    );
    assert.equal(await proposalFor(book, '2026-01-06', monthly(2, 1), () => false), undefined);
  });

  it("is asked for on Christmas Eve and Midsummer Eve, and not on an ordinary day or New Year's Eve", async () => {
    assert.equal(await proposalFor(book, '2026-02-03', monthly(2, 1), always), undefined);
    assert.equal(await proposalFor(book, '2026-12-31', monthly(4, -1), always), undefined);
    // A week later is New Year's Eve.
    assert.equal(await proposalFor(book, '2026-12-24', monthly(4, 4), always), '2026-12-28');
    assert.equal(await proposalFor(book, '2027-06-25', monthly(5, 4), always), '2027-07-02');
  });
});

describe('the days off of an organisation', () => {
  const named = (fi: string) => ({ fi, sv: `${fi} sv`, en: `${fi} en` });
  const own = holidayBook(() =>
    Promise.resolve([
      { id: 'b', first: '2026-12-28', last: '2027-01-08', names: named('välipäivät') },
      { id: 'a', first: '2026-12-07', last: '2026-12-07', names: named('siirtopäivä') },
    ]),
  );
  const shown = async (first: string, last: string) =>
    (await own.between(first, last)).map(({ date, names }) => `${date} ${names.fi}`);

  it('are the public ones, the two eves, and its own, each date once and in order', async () => {
    assert.deepEqual(await shown('2026-12-05', '2027-01-02'), [
      '2026-12-06 itsenäisyyspäivä',
      '2026-12-07 siirtopäivä',
      '2026-12-24 jouluaatto',
      '2026-12-25 joulupäivä',
      '2026-12-26 tapaninpäivä',
      '2026-12-28 välipäivät',
      '2026-12-29 välipäivät',
      '2026-12-30 välipäivät',
      '2026-12-31 välipäivät',
      '2027-01-01 uudenvuodenpäivä',
      '2027-01-02 välipäivät',
    ]);
  });

  it('begin and end where somebody looks within them, and none are outside', async () => {
    assert.deepEqual(await shown('2027-01-07', '2027-02-28'), [
      '2027-01-07 välipäivät',
      '2027-01-08 välipäivät',
    ]);
    assert.deepEqual(await shown('2026-12-07', '2026-12-07'), ['2026-12-07 siirtopäivä']);
    assert.deepEqual(await shown('2027-01-09', '2027-02-28'), []);
  });

  it("have the eves of each year, New Year's Eve not among them", async () => {
    const eves = (await book.between('2026-01-01', '2030-12-31'))
      .filter(({ names }) => names.en.endsWith('Eve'))
      .map(({ date }) => date);
    assert.deepEqual(
      eves,
      [
        ['2026-06-19', '2026-12-24'],
        ['2027-06-25', '2027-12-24'],
        ['2028-06-23', '2028-12-24'],
        ['2029-06-22', '2029-12-24'],
        ['2030-06-21', '2030-12-24'],
      ].flat(),
    );
  });

  it('of its own get another date too, and are never proposed', async () => {
    // A week later is one of its own days off as well.
    assert.equal(await proposalFor(own, '2026-12-29', monthly(2, -1), always), '2027-01-11');
    assert.equal(await proposalFor(own, '2027-01-05', monthly(2, 1), always), '2027-01-12');
    assert.equal(await proposalFor(own, '2026-12-24', monthly(4, 4), always), '2027-01-11');
  });
});
