import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { momentOf, timeSchema } from '../../../src/platform/wall-time.js';

describe('wall-clock time in Helsinki', () => {
  const moments: readonly (readonly [string, string, string, string])[] = [
    ['2026-12-01', '09:00', '2026-12-01T07:00:00Z', 'plain'],
    ['2026-07-01', '09:00', '2026-07-01T06:00:00Z', 'plain'],
    // Clocks go from 3.00 to 4.00.
    ['2027-03-28', '02:59', '2027-03-28T00:59:00Z', 'plain'],
    ['2027-03-28', '03:00', '2027-03-28T01:00:00Z', 'gap'],
    ['2027-03-28', '03:30', '2027-03-28T01:30:00Z', 'gap'],
    ['2027-03-28', '04:00', '2027-03-28T01:00:00Z', 'plain'],
    // Clocks go from 4.00 back to 3.00.
    ['2027-10-31', '02:59', '2027-10-30T23:59:00Z', 'plain'],
    ['2027-10-31', '03:00', '2027-10-31T00:00:00Z', 'overlap'],
    ['2027-10-31', '03:30', '2027-10-31T00:30:00Z', 'overlap'],
    ['2027-10-31', '04:00', '2027-10-31T02:00:00Z', 'plain'],
  ];
  for (const [date, time, instant, change] of moments) {
    it(`${date} ${time} is ${instant} (${change})`, () => {
      const found = momentOf({ date, time });
      assert.deepEqual({ instant: found.instant.toString(), change: found.clockChange }, { instant, change });
    });
  }

  // The last Sundays of March and October, as the directive 2000/84/EC has them.
  const clockChanges: readonly (readonly [string, string])[] = [
    ['2026-03-29', '2026-10-25'],
    ['2027-03-28', '2027-10-31'],
    ['2028-03-26', '2028-10-29'],
    ['2029-03-25', '2029-10-28'],
    ['2030-03-31', '2030-10-27'],
  ];
  for (const [spring, autumn] of clockChanges) {
    it(`changes the clocks on ${spring} and on ${autumn}`, () => {
      assert.equal(momentOf({ date: spring, time: '03:15' }).clockChange, 'gap');
      assert.equal(momentOf({ date: autumn, time: '03:15' }).clockChange, 'overlap');
      const nine = (date: string, days: number) => {
        const day = Temporal.PlainDate.from(date).add({ days }).toString();
        return momentOf({ date: day, time: '09:00' }).instant.toString().slice(11);
      };
      assert.deepEqual([nine(spring, -1), nine(spring, 0)], ['07:00:00Z', '06:00:00Z']);
      assert.deepEqual([nine(autumn, -1), nine(autumn, 0)], ['06:00:00Z', '07:00:00Z']);
    });
  }

  it('takes a time of the day in one form only', () => {
    for (const time of ['00:00', '09:05', '19:30', '23:59']) assert.equal(timeSchema.parse(time), time);
    for (const time of ['9:00', '24:00', '09:60', '09:00:00', '', ' 09:00', '09.00', '٠٩:٠٠'])
      assert.equal(timeSchema.safeParse(time).error?.issues[0]?.message, 'notATime', time);
  });
});
