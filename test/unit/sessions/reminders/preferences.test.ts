import assert from 'node:assert/strict';
import { coordinator, otherWorker, worker } from '../../../make.js';
import { rejectsWith } from '../../../world/outbox.js';
import { radio, remindersWorld, series, seriesId, type RemindersWorld } from './reminders-world.js';

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
