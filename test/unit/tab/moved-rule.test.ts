import assert from 'node:assert/strict';
import { changedFrom, movedRule } from '../../../tab/features/sessions/occurrence/moved-rule.js';

describe('the rule of a session that moves with all that follow', () => {
  it('keeps its kind: another weekday of the month, the last one, another day of the month', () => {
    const monthly = { every: 'weekdayOfMonth', interval: 2, weekday: 2, week: 1 } as const;
    assert.deepEqual(movedRule(monthly, '2027-02-02', '2027-02-03'), { ...monthly, weekday: 3, week: 1 });
    assert.deepEqual(movedRule(monthly, '2027-02-02', '2027-02-09'), { ...monthly, weekday: 2, week: 2 });
    assert.deepEqual(movedRule(monthly, '2027-03-02', '2027-03-30'), { ...monthly, weekday: 2, week: -1 });
    const dated = { every: 'dayOfMonth', interval: 1, day: 15 } as const;
    assert.deepEqual(movedRule(dated, '2027-02-15', '2027-02-16'), { ...dated, day: 16 });
  });

  it('moves one weekday of several, and leaves the rule where the day stays', () => {
    const weekly = { every: 'week', interval: 1, weekdays: [1, 5] } as const;
    assert.deepEqual(movedRule(weekly, '2027-02-05', '2027-02-07'), { ...weekly, weekdays: [1, 7] });
    assert.deepEqual(movedRule(weekly, '2027-02-05', '2027-02-08'), { ...weekly, weekdays: [1] });
    assert.equal(movedRule(weekly, '2027-02-05', '2027-02-05'), weekly);
  });

  it('holds from the earlier of the two days', () => {
    assert.equal(changedFrom('2027-02-02', '2027-02-03'), '2027-02-02');
    assert.equal(changedFrom('2027-02-02', '2027-01-29'), '2027-01-29');
  });
});
