import assert from 'node:assert/strict';
import {
  addDays,
  addMonths,
  offeredTime,
  todayInHelsinki,
  wallTimeOf,
  weekday,
} from '../../../tab/shared/dates.js';

describe('wall time of the release calendar', () => {
  it('shows what the clocks of Helsinki show, in summer and in winter', () => {
    assert.deepEqual(wallTimeOf('2026-12-01T07:00:00Z'), { date: '2026-12-01', time: '09:00' });
    assert.deepEqual(wallTimeOf('2026-06-30T21:30:00Z'), { date: '2026-07-01', time: '00:30' });
  });

  it('counts days and months across their ends and the changes of the clock', () => {
    assert.equal(addDays('2027-03-27', 1), '2027-03-28');
    assert.equal(addDays('2027-03-28', 7), '2027-04-04');
    assert.equal(addDays('2026-12-31', 1), '2027-01-01');
    assert.equal(addMonths('2026-12', 1), '2027-01');
    assert.equal(addMonths('2027-01', -1), '2026-12');
  });

  it('begins the week on Monday', () => {
    assert.deepEqual(['2026-11-23', '2026-11-29'].map(weekday), [0, 6]);
  });

  it('offers a coming weekday at nine, never before the earliest date', () => {
    const offered = offeredTime(undefined, undefined);
    assert.ok(offered.date > todayInHelsinki() && weekday(offered.date) < 5);
    assert.equal(offered.time, '09:00');
    assert.deepEqual(offeredTime(undefined, '2099-06-06'), { date: '2099-06-08', time: '09:00' });
  });

  it('offers the current time, unless it has passed', () => {
    assert.deepEqual(offeredTime('2099-06-01T07:30:00Z', undefined), { date: '2099-06-01', time: '10:30' });
    assert.ok(offeredTime('2020-06-01T07:30:00Z', undefined).date > todayInHelsinki());
  });
});
