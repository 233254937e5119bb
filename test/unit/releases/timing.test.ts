import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { parseWallTime, isTooLate, assertNotPassed, assertDateFits } from '../../../src/releases/input.js';

const instant = (text: string) => Temporal.Instant.from(text);

describe('time of a release', () => {
  const wrong: readonly (readonly [unknown, readonly string[]])[] = [
    [{ date: '2026-02-30', time: '09:00' }, ['date notADate']],
    [{ date: '1.12.2026', time: '09:00' }, ['date notADate']],
    [{ date: '2026-12-01', time: '25:00' }, ['time notATime']],
    [{ date: '2026-12-01' }, ['time required']],
    [{ date: '2026-12-01', time: '09:00', zone: 'UTC' }, ['zone unknownField']],
    [undefined, [' required']],
  ];
  for (const [input, faults] of wrong) {
    it(`refuses ${JSON.stringify(input)} at the field`, () => {
      assert.throws(
        () => parseWallTime(input),
        (error: { details: { fields: { field: string; code: string }[] } }) => {
          assert.deepEqual(
            error.details.fields.map(({ field, code }) => `${field} ${code}`),
            faults,
          );
          return true;
        },
      );
    });
  }

  const lateness: readonly (readonly [string, boolean])[] = [
    ['2026-12-01T07:00:00Z', false],
    ['2026-12-01T08:00:00Z', false],
    ['2026-12-01T08:00:01Z', true],
    ['2026-12-03T07:00:00Z', true],
  ];
  for (const [now, late] of lateness) {
    it(`due at 7.00Z is ${late ? 'too late' : 'in time'} at ${now}`, () => {
      assert.equal(isTooLate('2026-12-01T07:00:00Z', instant(now)), late);
    });
  }

  it('refuses a time that has passed', () => {
    const now = instant('2026-12-01T07:00:00Z');
    assert.throws(() => assertNotPassed(now, now), { code: 'release.timePassed' });
    assertNotPassed(now.add({ milliseconds: 1 }), now);
  });

  it('compares the earliest date with the date in Helsinki, not in UTC', () => {
    const now = instant('2026-11-23T08:00:00Z');
    assertDateFits(instant('2026-11-30T22:00:00Z'), now, '2026-12-01');
    assert.throws(() => assertDateFits(instant('2026-11-30T21:59:00Z'), now, '2026-12-01'), {
      details: { fields: [{ field: 'date', code: 'dateTooEarly', values: { earliest: '2026-12-01' } }] },
    });
    assert.throws(() => assertDateFits(instant('2036-11-30T21:59:00Z'), now), {
      details: { fields: [{ field: 'date', code: 'dateTooFar' }] },
    });
  });
});
