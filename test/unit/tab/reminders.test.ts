import assert from 'node:assert/strict';
import {
  isMine,
  offsetsOf,
  remindsPeople,
  silentUntil,
  snoozed,
  turned,
  withOffset,
  type RemindedSeries,
} from '../../../tab/features/reminders/choice.js';

const series = (part: Record<string, unknown> = {}, reminders: Record<string, unknown> = {}) =>
  ({
    id: 'radio',
    kind: 'hankeradio',
    names: { fi: 'Hankeradio', sv: 'Hankeradio', en: 'Hankeradio' },
    state: { status: 'active' },
    people: { of: 'programme' },
    reminders: { offsets: [10_080, 1_440, 15], ways: ['person'], channels: [], ...reminders },
    ...part,
  }) as unknown as RemindedSeries;

describe('which series remind me', () => {
  it('are those of the programme and of my projects, while they go on', () => {
    assert.ok(isMine(series(), []));
    assert.ok(isMine(series({ people: { of: 'projects', projects: ['elma'] } }), ['elma', 'other']));
    assert.ok(!isMine(series({ people: { of: 'projects', projects: ['elma'] } }), ['other']));
    assert.ok(!isMine(series({ state: { status: 'ended', at: '' } }), []));
  });

  it('are those that remind people one by one', () => {
    assert.ok(remindsPeople(series()));
    assert.ok(!remindsPeople(series({}, { ways: ['channel', 'mail'] })));
    assert.ok(!remindsPeople(series({}, { offsets: [] })));
  });
});

describe('what I choose of a series', () => {
  it('is everything until something is chosen', () => {
    assert.deepEqual(offsetsOf({}, series()), [10_080, 1_440, 15]);
    assert.deepEqual(offsetsOf({ isOff: true }, series()), []);
    assert.deepEqual(offsetsOf({ offsets: [15, 60] }, series()), [15], 'one that the series has no more');
  });

  it('takes one away and back again, and says nothing where it is all of them', () => {
    const without = withOffset({}, 1_440, false, series());
    assert.deepEqual(without, { offsets: [10_080, 15] });
    assert.deepEqual(withOffset(without, 1_440, true, series()), {});
  });

  it('is off where the last one is taken away', () => {
    assert.deepEqual(withOffset({ offsets: [15] }, 15, false, series()), { isOff: true });
  });

  it('comes back with what was chosen before, or with everything where that is nothing', () => {
    const off = turned({ offsets: [15], snoozedUntil: '2027-01-07' }, false, series());
    assert.deepEqual(off, { offsets: [15], snoozedUntil: '2027-01-07', isOff: true });
    assert.deepEqual(turned(off, true, series()), { offsets: [15], snoozedUntil: '2027-01-07' });
    assert.deepEqual(turned({ isOff: true, offsets: [60] }, true, series()), {});
  });

  it('is silent until a date, and no longer', () => {
    const choice = snoozed({ offsets: [15] }, '2027-01-07');
    assert.deepEqual(choice, { offsets: [15], snoozedUntil: '2027-01-07' });
    assert.deepEqual(snoozed(choice, undefined), { offsets: [15] });
    assert.equal(silentUntil(choice, '2026-12-20'), '2027-01-07');
    assert.equal(silentUntil(choice, '2027-01-07'), undefined);
    assert.equal(silentUntil({}, '2026-12-20'), undefined);
  });
});
