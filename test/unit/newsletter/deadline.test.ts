import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { firstDeadline } from '../../../src/newsletter/deadline.js';
import { holidaysBetween } from '../../../src/platform/holidays.js';

const saturday = 6;

describe('the deadline of a new issue', () => {
  for (const [what, today, deadline] of [
    ['before New Year’s Eve, when New Year’s Day is a Friday', '2026-11-30', '2026-12-30'],
    ['the same day of the week, when today is a Friday', '2026-10-02', '2026-10-30'],
    ['the day before Good Friday', '2027-02-22', '2027-03-25'],
    ['the day before Christmas Eve, when Christmas is a Friday', '2026-11-23', '2026-12-23'],
    ['the day before Midsummer Eve', '2027-05-24', '2027-06-24'],
  ] as const) {
    it(`is ${what}`, async () => {
      assert.equal(await firstDeadline(Temporal.PlainDate.from(today)), deadline);
    });
  }

  it('is a working day three to five weeks ahead, whatever the day of the next eight years', async () => {
    const holidays = new Set((await holidaysBetween('2026-01-01', '2034-12-31')).map(({ date }) => date));
    const first = Temporal.PlainDate.from('2026-01-01');
    for (let days = 0; days < 8 * 365; days += 1) {
      const today = first.add({ days });
      const deadline = Temporal.PlainDate.from(await firstDeadline(today));
      const seen = `${today.toString()}: ${deadline.toString()}`;
      assert.ok(deadline.dayOfWeek < saturday, seen);
      assert.ok(!holidays.has(deadline.toString()), seen);
      const ahead = today.until(deadline).days;
      assert.ok(ahead > 21 && ahead < 35, seen);
    }
  });
});
