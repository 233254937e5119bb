import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { workingTime } from '../../../src/demo/timeline.js';

const start = Temporal.Instant.from('2026-03-31T06:12:00Z');
const hour = (count: number) => start.subtract({ minutes: count * 60 });

describe('workingTime', () => {
  it('puts every moment before today into office hours of a weekday, across the change to summer time', () => {
    for (let hours = 10; hours < 24 * 30; hours += 1.5) {
      const local = workingTime(hour(hours), start).toZonedDateTimeISO('Europe/Helsinki');
      assert.ok(local.dayOfWeek <= 5, local.toString());
      assert.ok(local.hour >= 8 && local.hour < 17, local.toString());
    }
  });

  it('keeps the order of moments, and puts none after the start', () => {
    let later = start;
    for (let minutes = 0; minutes < 60 * 24 * 12; minutes += 20) {
      const moment = workingTime(start.subtract({ minutes }), start);
      assert.ok(Temporal.Instant.compare(moment, later) <= 0, moment.toString());
      later = moment;
    }
  });

  it('leaves the moments of today as they are', () => {
    assert.equal(workingTime(hour(5), start).toString(), hour(5).toString());
  });
});
