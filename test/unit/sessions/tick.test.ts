import assert from 'node:assert/strict';
import { AppError } from '../../../src/platform/errors.js';
import type { SeriesId } from '../../../src/platform/ids.js';
import { sessionPlanner } from '../../../src/sessions/planning/planner.js';
import { planDeps, sessionWorld, withPlanner, type SessionWorld } from '../../make-sessions.js';
import { coordinator } from '../../make.js';
import { rejectsWith } from '../../world/outbox.js';

describe('a daily series with slots that are asked about long before', () => {
  it('is planned, with each slot fixed that is asked about', async () => {
    const world = await sessionWorld();
    withPlanner(world);
    const { id } = await world.create('own', {
      rule: { every: 'day', interval: 1 },
      rotation: { projects: ['elma', 'digi'], askDays: 60, deadlineDays: 3 },
    });
    await world.pass({ seconds: 11 });
    const all = await world.deps.store.records(id, '2026-11-01', '2027-03-01');
    const slots = all.filter(({ value }) => value.slot?.how === 'turn');
    assert.ok(slots.length > 50, String(slots.length));
    await world.pass({ minutes: 1 });
    const notices = [...world.left, ...(await world.waiting('notice')).map(({ body }) => body)];
    const asked = new Set(
      notices.flatMap((body) =>
        body.kind === 'notice' && body.notice.about === 'presenterAsk' ? [body.notice.occurrenceId] : [],
      ),
    );
    assert.deepEqual([...asked].sort(), slots.map(({ value }) => value.id).sort());
  });
});

describe('the tick of a day', () => {
  let world: SessionWorld;

  const stateOf = async (id: SeriesId): Promise<string> =>
    (await world.series.get(coordinator, id)).series.state.status;
  /** The dependencies, with something happening before a series is read. */
  const before = (happens: (id: SeriesId) => Promise<void>): Pick<SessionWorld['deps'], 'store'> => ({
    store: {
      ...world.deps.store,
      series: async (id) => {
        await happens(id);
        return world.deps.store.series(id);
      },
    },
  });

  beforeEach(async () => {
    world = await sessionWorld();
  });

  it('does for all others what it cannot do for one', async () => {
    const faulty = await world.create('hankeradio', { rotation: null, until: '2026-12-31' });
    const over = await world.create('own', { until: '2026-12-31' });
    const goesOn = await world.create('bigRoom');
    await world.pass({ days: 60 });
    const asked = world.left.length;
    const deps = before((id) =>
      id === faulty.id ? Promise.reject(new AppError('storage.unavailable')) : Promise.resolve(),
    );
    await rejectsWith(sessionPlanner(planDeps(world, deps)).tick(world.clock.iso()), 'storage.unavailable');
    assert.equal(await stateOf(over.id), 'ended');
    await world.pass({ minutes: 1 });
    const planned = world.left
      .slice(asked)
      .flatMap((body) => (body.kind === 'sessionPlan' && body.seriesId ? [body.seriesId] : []));
    assert.ok([faulty.id, goesOn.id].every((id) => planned.includes(id)));
    await sessionPlanner(planDeps(world)).tick(world.clock.iso());
    assert.equal(await stateOf(faulty.id), 'ended');
  });

  it('does not end a series that is given new dates at that moment', async () => {
    const { id } = await world.create('own', { until: '2026-12-31' });
    world.clock.forward({ days: 60 });
    let isAsked = false;
    const deps = before(async () => {
      if (isAsked) return;
      isAsked = true;
      const rule = { every: 'week', interval: 1, weekdays: [5] };
      await world.series.changeFrom(coordinator, id, { from: '2027-02-01', rule });
    });
    await sessionPlanner(planDeps(world, deps)).tick(world.clock.iso());
    assert.ok(isAsked);
    assert.equal(await stateOf(id), 'active');
  });
});
