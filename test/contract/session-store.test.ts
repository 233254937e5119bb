import assert from 'node:assert/strict';
import type { MessageId } from '../../src/platform/ids.js';
import { occurrenceId, type OccurrenceRecord } from '../../src/sessions/occurrences/occurrence.js';
import type { Rows } from '../../src/platform/rows.js';
import { series, seriesId } from '../unit/sessions/reminders/reminders-world.js';
import { handClock } from '../world/clock.js';
import { rejectsWith } from '../world/outbox.js';
import { readablePartition } from '../world/partition.js';
import { makeQueueAndRows } from '../world/storage.js';
import { planStore } from '../../src/sessions/planning/store.js';
import { sessionStore } from '../../src/sessions/service.js';

const created = { number: 1, at: '2026-11-23T08:00:00Z', event: { action: 'create' } } as const;

function record(date: string): OccurrenceRecord {
  const id = occurrenceId(seriesId(1), date);
  return { id, seriesId: seriesId(1), date, state: { status: 'planned' }, auditCount: 1 };
}

for (const [name, make] of Object.entries(makeQueueAndRows)) {
  describe(`Session store on ${name}`, function () {
    this.timeout(60_000);
    let rows: Rows;
    const store = () => sessionStore(readablePartition(rows, 'programme'));

    beforeEach(async () => {
      ({ rows } = await make(handClock()));
    });

    it('gives back series and their history, and refuses what was changed since it was read', async () => {
      const first = series(1);
      await store().commit(store().putSeries(undefined, first, [created]));
      await store().commit(store().putSeries(undefined, series(2), [created]));
      const before = await store().series(first.id);
      assert.deepEqual(before?.value, first);
      assert.deepEqual((await store().seriesAudit(first.id, 1)).lines, [created]);
      assert.deepEqual(
        (await store().allSeries()).map(({ value }) => value.id),
        [seriesId(1), seriesId(2)],
      );
      await store().commit(store().putSeries(before, { ...first, sequence: 1 }, []));
      await rejectsWith(store().commit(store().putSeries(before, first, [])), 'storage.conflict');
      await rejectsWith(store().commit(store().putSeries(undefined, first, [])), 'storage.conflict');
    });

    it('gives the records of a span of dates, both ends included, of one series', async () => {
      for (const date of ['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'])
        await store().commit(store().putRecord(undefined, record(date), []));
      const found = await store().records(seriesId(1), '2026-12-01', '2026-12-31');
      assert.deepEqual(
        found.map(({ value }) => value.date),
        ['2026-12-01', '2026-12-31'],
      );
      assert.deepEqual(await store().records(seriesId(2), '2026-12-01', '2026-12-31'), []);
      const [one] = found;
      assert.ok(one);
      assert.deepEqual((await store().record(one.value.id))?.value, one.value);
    });

    it('keeps what takes the newest act back apart from the history', async () => {
      const first = record('2026-12-01');
      await store().commit(store().putRecord(undefined, first, []));
      const before = await store().record(first.id);
      assert.equal(await store().occurrenceUndo(first.id), undefined);
      const entry = { number: 2, at: created.at, event: { action: 'notes' } } as const;
      const undo = { entry, before: first };
      await store().commit(store().putRecord(before, { ...first, auditCount: 2 }, [entry], undo));
      assert.deepEqual(await store().occurrenceUndo(first.id), undo);
      assert.deepEqual((await store().occurrenceAudit(first.id, 2)).lines, [entry]);
      await store().commit(store().putSeries(undefined, series(1), [created]));
      assert.equal(await store().seriesUndo(seriesId(1)), undefined);
    });

    it('keeps what is planned, and lets only one plan at a time', async () => {
      const plans = planStore(readablePartition(rows, 'programme'));
      const id = seriesId(1);
      const planned = { id: 'm1' as MessageId, dueAt: '2026-12-01T06:45:00Z' };
      await store().commit([plans.putPlanning(id, undefined, { run: 'a' }), plans.putPlanned(id, planned)]);
      assert.deepEqual(await plans.planned(id), [planned]);
      const before = await plans.planning(id);
      await store().commit([plans.putPlanning(id, before, { run: 'b' }), plans.dropPlanned(id, planned)]);
      assert.deepEqual(await plans.planned(id), []);
      await rejectsWith(store().commit([plans.putPlanning(id, before, { run: 'c' })]), 'storage.conflict');
    });

    it('keeps what is known of the calendar, and lets nobody write over what they have not read', async () => {
      const id = seriesId(1);
      assert.equal(await store().calendarState(id), undefined);
      await store().commit([store().putCalendarState(id, undefined, { memory: { made: true } })]);
      const before = await store().calendarState(id);
      assert.deepEqual(before?.value, { memory: { made: true } });
      const lease = { run: 'a', until: '2026-11-23T08:01:30Z' };
      await store().commit([store().putCalendarState(id, before, { lease })]);
      assert.deepEqual((await store().calendarState(id))?.value, { lease });
      await rejectsWith(store().commit([store().putCalendarState(id, before, {})]), 'storage.conflict');
      await rejectsWith(store().commit([store().putCalendarState(id, undefined, {})]), 'storage.conflict');
    });
  });
}
