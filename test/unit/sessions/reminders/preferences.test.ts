import assert from 'node:assert/strict';
import { occurrenceId } from '../../../../src/sessions/occurrences/occurrence.js';
import { actor, coordinator, otherWorker, worker } from '../../../make.js';
import { rejectsWith } from '../../../world/outbox.js';
import { record, remindersWorld, series, seriesId, type RemindersWorld } from './reminders-world.js';

const radio = seriesId(1);
const december = occurrenceId(radio, '2026-12-01');

describe('choices about sessions', () => {
  let world: RemindersWorld;

  beforeEach(async () => {
    world = remindersWorld();
    await world.keep(series(1), series(2));
  });

  const faultsOf = async (input: unknown): Promise<unknown> =>
    world.preferences.choose(worker, radio, input).then(
      (choice) => choice,
      (error: unknown) =>
        (error as { details: { fields: { field: string; code: string }[] } }).details.fields.map(
          ({ field, code }) => `${field} ${code}`,
        ),
    );

  it('are those of each person and each series', async () => {
    await world.preferences.choose(worker, radio, { isOff: true });
    await world.preferences.choose(worker, seriesId(2), { offsets: [15] });
    await world.preferences.choose(otherWorker, radio, { snoozedUntil: '2026-12-24' });
    assert.deepEqual(await world.preferences.choices(worker), {
      [radio]: { isOff: true },
      [seriesId(2)]: { offsets: [15] },
    });
    assert.deepEqual(await world.preferences.choices(otherWorker), {
      [radio]: { snoozedUntil: '2026-12-24' },
    });
    assert.deepEqual(await world.preferences.choices(coordinator), {});
  });

  it('are replaced by the next one as a whole', async () => {
    await world.preferences.choose(worker, radio, { isOff: true, offsets: [15] });
    await world.preferences.choose(worker, radio, { offsets: [1440, 15], isOff: null, snoozedUntil: null });
    assert.deepEqual(await world.preferences.choices(worker), { [radio]: { offsets: [1440, 15] } });
    await world.preferences.choose(worker, radio, {});
    assert.deepEqual(await world.preferences.choices(worker), {});
  });

  it('keep nothing that says "everything"', async () => {
    assert.deepEqual(await faultsOf({ isOff: false, offsets: [15, 1440, 10080] }), {});
  });

  it('take offsets of the series, in its order, and dates to come', async () => {
    assert.deepEqual(await faultsOf({ offsets: [15, 10080, 15] }), { offsets: [10080, 15] });
    assert.deepEqual(await faultsOf({ offsets: [60] }), ['offsets unknownChoice']);
    assert.deepEqual(await faultsOf({ offsets: [] }), ['offsets required']);
    assert.deepEqual(await faultsOf({ snoozedUntil: '2026-11-22' }), ['snoozedUntil datePast']);
    assert.deepEqual(await faultsOf({ snoozedUntil: '2028-01-01' }), ['snoozedUntil dateTooFar']);
    assert.deepEqual(await faultsOf({ snoozedUntil: '2026-02-30' }), ['snoozedUntil notADate']);
    assert.deepEqual(await faultsOf({ loud: true }), ['loud unknownField']);
    await rejectsWith(world.preferences.choose(worker, seriesId(9), {}), 'series.notFound');
  });

  it('take a snooze until today for none, and one until tomorrow for today', async () => {
    assert.deepEqual(await faultsOf({ snoozedUntil: '2026-11-23' }), {});
    assert.deepEqual(await faultsOf({ snoozedUntil: '2026-11-24' }), { snoozedUntil: '2026-11-24' });
  });

  it('are all stored when one person makes several at once', async () => {
    await Promise.all([
      world.preferences.choose(worker, radio, { isOff: true }),
      world.preferences.choose(worker, seriesId(2), { isOff: true }),
    ]);
    assert.equal(Object.keys(await world.preferences.choices(worker)).length, 2);
  });
});

describe('who cannot come', () => {
  let world: RemindersWorld;
  const absences = (who = worker) => world.preferences.absences(who, december);

  beforeEach(async () => {
    world = remindersWorld();
    await world.keep(series(1));
  });

  it('is counted once each, and can come after all', async () => {
    await world.preferences.cannotCome(worker, december, true);
    await world.preferences.cannotCome(worker, december, true);
    await world.preferences.cannotCome(otherWorker, december, true);
    assert.deepEqual(await absences(), { count: 2, isMine: true });
    await world.preferences.cannotCome(worker, december, false);
    await world.preferences.cannotCome(worker, december, false);
    assert.deepEqual(await absences(), { count: 1, isMine: false });
  });

  it('does not hold for another time: a move asks again', async () => {
    await world.preferences.cannotCome(worker, december, true);
    const moved = { start: '2026-12-03T07:00:00Z', end: '2026-12-03T07:30:00Z' };
    await world.keepRecord(record(radio, '2026-12-01', { moved }));
    assert.deepEqual(await absences(), { count: 0, isMine: false });
    await world.preferences.cannotCome(worker, december, true);
    assert.deepEqual(await absences(), { count: 1, isMine: true });
  });

  it('need not say so of what is over, called off or not there', async () => {
    const november = occurrenceId(radio, '2026-11-03');
    const says = (id: typeof december) => world.preferences.cannotCome(worker, id, true);
    await rejectsWith(says(november), 'occurrence.moveNotAllowed');
    await rejectsWith(says(occurrenceId(radio, '2026-12-02')), 'occurrence.notFound');
    await rejectsWith(says('nonsense' as typeof december), 'occurrence.notFound');
    const by = { id: coordinator.id, name: coordinator.name };
    const is = { status: 'cancelled', at: '2026-11-23T08:00:00Z', by, was: 'planned' } as const;
    await world.keepRecord(record(radio, '2026-12-01', { state: is }));
    await rejectsWith(says(december), 'occurrence.moveNotAllowed');
  });

  it('is for those who take part', async () => {
    const stranger = { ...actor('sanna'), role: 'worker' as const };
    await world.preferences.cannotCome(stranger, december, true);
    assert.equal((await absences(coordinator)).count, 1);
  });
});
