import assert from 'node:assert/strict';
import type { Series } from '../../../../src/sessions/series/series.js';
import { seriesForm, sessionWorld, type SessionWorld } from '../../../make-sessions.js';
import { coordinator, worker } from '../../../make.js';
import { rejectsWith } from '../../../world/outbox.js';

describe('a draft of a series', () => {
  let world: SessionWorld;
  let draft: Series;

  beforeEach(async () => {
    world = await sessionWorld();
    ({ series: draft } = await world.series.create(coordinator, seriesForm('hankeradio', { isDraft: true })));
  });

  const publish = (seen = draft.auditCount) =>
    world.series.publish(coordinator, draft.id, { auditCount: seen });

  it('is seen by those who may edit it, and by nobody else', async () => {
    assert.deepEqual(
      (await world.series.list(coordinator)).map(({ id, state }) => [id, state.status]),
      [[draft.id, 'draft']],
    );
    assert.deepEqual(await world.series.list(worker), []);
    await rejectsWith(world.series.get(worker, draft.id), 'series.notFound');
    assert.equal((await world.series.get(coordinator, draft.id)).series.id, draft.id);
  });

  it('gives nobody a slot, plans nothing and sends nothing, however long it lies', async () => {
    assert.deepEqual(await world.series.upcoming(coordinator, 24), []);
    assert.deepEqual((await world.series.year(coordinator, 2027)).occurrences, []);
    assert.deepEqual(await world.deps.store.allSeries(), []);
    const overview = await world.series.overviewLine({ ...coordinator, projects: [] });
    assert.deepEqual([overview.next, overview.open], [[], []]);
    await world.pass({ hours: 24 * 60 });
    assert.deepEqual(
      world.left.filter(({ kind }) => kind !== 'sessionPlan'),
      [],
    );
  });

  it('can be changed in everything, and a later writer learns of the earlier one', async () => {
    const { series: named } = await world.series.edit(
      coordinator,
      draft.id,
      { joinUrl: 'https://example.org/join' },
      { joinUrl: null },
    );
    assert.equal(named.joinUrl, 'https://example.org/join');
    const seen = { segments: draft.segments };
    const { series } = await world.series.setTiming(
      coordinator,
      draft.id,
      { rule: { every: 'dates', dates: ['2027-02-03'] }, time: '13:00', minutes: 90 },
      seen,
    );
    assert.deepEqual(series.segments, [
      {
        number: 1,
        from: '2027-02-03',
        rule: { every: 'dates', dates: ['2027-02-03'] },
        time: '13:00',
        minutes: 90,
      },
    ]);
    await rejectsWith(
      world.series.setTiming(coordinator, draft.id, { time: '14:00' }, seen),
      'edit.conflict',
    );
    await rejectsWith(world.series.end(coordinator, draft.id, {}), 'series.draft');
    assert.deepEqual(await world.waiting('send'), []);
  });

  it('is a series once it is published: invited to, planned, and with sessions', async () => {
    await rejectsWith(publish(draft.auditCount + 1), 'edit.conflict');
    const { series } = await publish();
    assert.equal(series.state.status, 'active');
    assert.equal((await world.next(series, 1)).length, 1);
    assert.equal((await world.waiting('send')).length, 1);
    assert.equal((await world.waiting('sessionPlan')).length, 1);
    await rejectsWith(publish(series.auditCount), 'series.published');
    await rejectsWith(world.series.removeDraft(coordinator, draft.id), 'series.published');
  });

  it('is one again when its publishing is undone before anybody is notified, and not after', async () => {
    const { undo } = await publish();
    assert.ok(undo !== undefined);
    const { series } = await world.series.undo(coordinator, draft.id, undo);
    assert.equal(series.state.status, 'draft');
    assert.deepEqual(await world.waiting('send'), []);
    assert.deepEqual(await world.deps.store.allSeries(), []);

    const again = await publish(series.auditCount);
    await world.pass({ minutes: 10 });
    await rejectsWith(world.series.undo(coordinator, draft.id, again.undo ?? 0), 'undo.tooLate');
  });

  it('can be thrown away, and then is nowhere', async () => {
    await rejectsWith(world.series.removeDraft(worker, draft.id), 'permission.denied');
    await world.series.removeDraft(coordinator, draft.id);
    await rejectsWith(world.series.get(coordinator, draft.id), 'series.notFound');
    assert.deepEqual(await world.series.list(coordinator), []);
    await world.series.removeDraft(coordinator, draft.id);
  });

  it('is not published where all its dates are over', async () => {
    const once = { every: 'dates', dates: ['2026-11-25'] };
    const { series } = await world.series.create(
      coordinator,
      seriesForm('training', { isDraft: true, rule: once }),
    );
    await world.pass({ hours: 24 * 7 });
    await rejectsWith(
      world.series.publish(coordinator, series.id, { auditCount: series.auditCount }),
      'input.invalid',
    );
  });
});
