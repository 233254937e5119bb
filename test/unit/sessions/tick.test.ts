import assert from 'node:assert/strict';
import { AppError } from '../../../src/platform/errors.js';
import type { SeriesId } from '../../../src/platform/ids.js';
import { sessionPlanner } from '../../../src/sessions/planning/planner.js';
import { planDeps, sessionWorld, withPlanner, type SessionWorld } from '../../make-sessions.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { makeBigRoom } from '../../../src/compose.js';
import type { Message } from '../../../src/delivery/outbox/message.js';
import { coordinator, programme } from '../../make.js';
import { testAdapters } from '../../world/adapters.js';
import { handClock } from '../../world/clock.js';
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

describe('the tick of each day', () => {
  it('comes also after days on which the storage let none of it succeed', async () => {
    const clock = handClock('2026-11-23T08:00:00Z');
    const rows = new MemoryRows();
    let isFaulty = false;
    const commit = rows.commit.bind(rows);
    rows.commit = (partition, changes) =>
      // What the tick plans can't be stored; that it failed can.
      isFaulty && changes.some(({ op, key }) => op === 'insert' && key.startsWith('outbox|'))
        ? Promise.reject(new AppError('storage.unavailable'))
        : commit(partition, changes);
    const bigRoom = makeBigRoom(testAdapters({ rows, clock }));
    await bigRoom.people.add(programme, []);
    const worker = bigRoom.worker(() => Promise.resolve({ result: 'sent' }));
    const days = async (hours: number): Promise<void> => {
      for (let hour = 0; hour < hours; hour += 1) {
        await worker.sweep();
        clock.forward({ hours: 1 });
      }
    };
    const ticks = async () => {
      const { rows: all } = await rows.range<Message>('programme', {
        from: 'outbox|',
        to: 'outbox}',
        limit: 1_000,
      });
      return all
        .filter(({ value }) => value.body.kind === 'sessionPlan')
        .map(({ value }) => `${value.dueAt.slice(0, 10)} ${value.state.status}`)
        .sort();
    };
    await bigRoom.begin();
    await days(24);
    assert.deepEqual(await ticks(), ['2026-11-22 sent', '2026-11-23 sent', '2026-11-24 pending']);
    isFaulty = true;
    await days(72);
    isFaulty = false;
    assert.deepEqual(await ticks(), ['2026-11-22 sent', '2026-11-23 sent', '2026-11-24 failed']);
    await days(48);
    assert.deepEqual(await ticks(), [
      '2026-11-22 sent',
      '2026-11-23 sent',
      '2026-11-24 failed',
      '2026-11-26 sent',
      '2026-11-27 sent',
      '2026-11-28 sent',
      '2026-11-29 pending',
    ]);
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
      seriesOrDraft: async (id) => {
        await happens(id);
        return world.deps.store.seriesOrDraft(id);
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
