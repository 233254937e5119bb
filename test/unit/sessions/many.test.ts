import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { Change } from '../../../src/platform/commit.js';
import { sessionWorld } from '../../make-sessions.js';
import { coordinator } from '../../make.js';
import { record, series, seriesId } from './reminders/reminders-world.js';

describe('many sessions', function () {
  this.timeout(60_000);

  it('are all read, however many there were, and those of series long ended not looked through', async () => {
    const { deps, rows, partition, series: service, trips } = await sessionWorld();
    const { store } = deps;
    const changes: Change[] = [];
    const day = (days: number) => Temporal.PlainDate.from('2026-01-01').add({ days }).toString();
    for (let days = 0; days < 2_300; days += 1)
      changes.push(...store.putRecord(undefined, record(seriesId(1), day(days)), []));
    const [segment] = series(1).segments;
    assert.ok(segment);
    const old = { segments: [{ ...segment, from: '2020-01-07', until: '2024-12-31' }] };
    const is = { status: 'ended', at: '2025-01-01T08:00:00Z' } as const;
    changes.push(...store.putSeries(undefined, series(1), []));
    for (let number = 2; number <= 1_100; number += 1)
      changes.push(...store.putSeries(undefined, series(number, { ...old, state: is }), []));
    for (let from = 0; from < changes.length; from += 100)
      await rows.commit(partition, changes.slice(from, from + 100));

    assert.equal((await store.records(seriesId(1), day(0), day(2_299))).length, 2_300);
    assert.equal((await store.records(seriesId(1), day(5), day(1_500))).length, 1_496);
    assert.equal((await store.allSeries()).length, 1_100);
    const before = trips();
    const { next } = await service.overviewLine({ ...coordinator, projects: [] });
    assert.deepEqual(new Set(next.map((line) => line.seriesId)), new Set([seriesId(1)]));
    assert.ok(trips() - before <= 6, String(trips() - before));
    const { occurrences } = await service.year(coordinator, 2024);
    assert.equal(occurrences.length, 1_099 * 12);
  });
});
