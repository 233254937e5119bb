import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { AppError } from '../../../src/platform/errors.js';
import type { OccurrenceId, ProjectId } from '../../../src/platform/ids.js';
import type { NewMessage } from '../../../src/delivery/outbox/message.js';
import { rotationService } from '../../../src/sessions/rotation/service.js';
import { sessionPlanner } from '../../../src/sessions/planning/planner.js';
import { planDeps, seriesForm, sessionWorld, withPlanner, type SessionWorld } from '../../make-sessions.js';
import { coordinator } from '../../make.js';

class Crash extends Error {}

/** The reminders that wait, as `start offset due`. */
async function reminders(world: SessionWorld): Promise<string[]> {
  return (await world.waiting('send')).flatMap(({ body: { content }, dueAt }) =>
    content.kind === 'reminder' ? [`${content.start} ${String(content.offset)} ${dueAt}`] : [],
  );
}

/** What the planner keeps of what it planned. */
async function plannedRows(world: SessionWorld): Promise<number> {
  const range = { from: 'session-planned|', to: 'session-planned}', limit: 10_000 };
  return (await world.rows.range(world.partition, range)).rows.length;
}

const firstOf = async (world: SessionWorld): Promise<OccurrenceId> => {
  const [next] = await world.series.upcoming(coordinator, 1);
  assert.ok(next);
  return next.id;
};

describe('the planner', () => {
  let world: SessionWorld;

  beforeEach(async () => {
    world = await sessionWorld();
  });

  it('plans the reminders of a new series for the coming 45 days, once, however often it is asked', async () => {
    const deps = withPlanner(world);
    const { id } = await world.create('hankeradio', { rotation: null });
    await world.pass({ seconds: 11 });
    const expected = [
      '2026-12-01T07:00:00Z 10080 2026-11-24T07:00:00Z',
      '2026-12-01T07:00:00Z 1440 2026-11-30T07:00:00Z',
      '2026-12-01T07:00:00Z 15 2026-12-01T06:45:00Z',
      '2027-01-05T07:00:00Z 10080 2026-12-29T07:00:00Z',
      '2027-01-05T07:00:00Z 1440 2027-01-04T07:00:00Z',
      '2027-01-05T07:00:00Z 15 2027-01-05T06:45:00Z',
    ];
    assert.deepEqual(await reminders(world), expected);
    await Promise.all([1, 2, 3].map(() => sessionPlanner(deps).plan(id, world.clock.iso())));
    assert.deepEqual(await reminders(world), expected);
    assert.equal(await plannedRows(world), 6);
  });

  it('plans a reminder of their own for those who present, once, and takes it back with the slot', async () => {
    const deps = withPlanner(world);
    const { id } = await world.create('hankeradio');
    const [next] = await world.series.upcoming(coordinator, 1);
    assert.ok(next);
    const own = async (): Promise<string[]> =>
      (await world.waiting('notice')).flatMap(({ body: { notice, to }, dueAt }) =>
        notice.about === 'presenterReminder' ? [`${to} ${dueAt}`] : [],
      );
    const rotation = rotationService({ ...world.deps, people: world.people });
    await rotation.assign(coordinator, next.id, 'elma' as ProjectId);
    await world.pass({ seconds: 11 });
    const expected = ['2026-11-24T07:00:00Z', '2026-11-30T07:00:00Z', '2026-12-01T06:45:00Z'];
    assert.deepEqual([...new Set((await own()).map((line) => line.replace(/^\S+ /, '')))], expected);
    const planned = await own();
    await Promise.all([1, 2].map(() => sessionPlanner(deps).plan(id, world.clock.iso())));
    assert.deepEqual(await own(), planned);
    await rotation.assign(coordinator, next.id, null);
    await world.pass({ seconds: 11 });
    assert.deepEqual(await own(), []);
  });

  it('calls back what a move overtakes and plans for the new time, an hour before too', async () => {
    withPlanner(world);
    await world.create('hankeradio', {
      rotation: null,
      reminders: { offsets: [1_440, 15], ways: ['person'] },
    });
    await world.pass({ days: 7, hours: 22 });
    const id = await firstOf(world);
    await world.series.move(coordinator, id, { date: '2026-12-03', time: '09:00' });
    await world.pass({ seconds: 11 });
    assert.deepEqual((await reminders(world)).slice(0, 2), [
      '2026-12-03T07:00:00Z 1440 2026-12-02T07:00:00Z',
      '2026-12-03T07:00:00Z 15 2026-12-03T06:45:00Z',
    ]);
    assert.ok(!(await reminders(world)).some((line) => line.startsWith('2026-12-01')));
  });

  it('plans again what a restore or an undo brings back', async () => {
    withPlanner(world);
    await world.create('hankeradio', { rotation: null });
    await world.pass({ seconds: 11 });
    const before = await reminders(world);
    const id = await firstOf(world);
    await world.series.cancel(coordinator, id, {});
    await world.pass({ seconds: 11 });
    assert.equal((await reminders(world)).length, 3);
    await world.series.restore(coordinator, id);
    await world.pass({ seconds: 11 });
    assert.deepEqual(await reminders(world), before);
    const { undo = 0 } = await world.series.move(coordinator, id, { date: '2026-12-02', time: '09:00' });
    await world.pass({ seconds: 11 });
    assert.notDeepEqual(await reminders(world), before);
    await world.series.undoOccurrence(coordinator, id, undo);
    await world.pass({ seconds: 11 });
    assert.deepEqual(await reminders(world), before);
  });

  it('follows other offsets, and an end of the series', async () => {
    withPlanner(world);
    const { id } = await world.create('hankeradio', { rotation: null });
    await world.pass({ seconds: 11 });
    await world.series.edit(coordinator, id, { reminders: { offsets: [60], ways: ['person'] } });
    await world.pass({ seconds: 11 });
    assert.deepEqual(await reminders(world), [
      '2026-12-01T07:00:00Z 60 2026-12-01T06:00:00Z',
      '2027-01-05T07:00:00Z 60 2027-01-05T06:00:00Z',
    ]);
    await world.series.end(coordinator, id, {});
    await world.pass({ seconds: 11 });
    assert.deepEqual(await reminders(world), []);
    assert.equal(await plannedRows(world), 0);
  });

  it('moves a reminder out of new quiet hours under the same id', async () => {
    withPlanner(world);
    const { id } = await world.create('own', {
      rule: { every: 'dayOfMonth', interval: 1, day: 30 },
      time: '06:30',
      reminders: { offsets: [60], ways: ['person'] },
    });
    await world.pass({ seconds: 11 });
    assert.equal((await reminders(world))[0], '2026-11-30T04:30:00Z 60 2026-11-30T03:30:00Z');
    await world.series.edit(coordinator, id, {
      reminders: { offsets: [60], ways: ['person'], quiet: { from: '20:00', to: '06:00' } },
    });
    await world.pass({ seconds: 11 });
    assert.equal((await reminders(world))[0], '2026-11-30T04:30:00Z 60 2026-11-30T04:00:00Z');
  });

  it('asks the presenters, and fixes the slot that was only proposed', async () => {
    withPlanner(world);
    await world.create('hankeradio');
    await world.pass({ seconds: 11 });
    const { occurrence } = await world.series.occurrence(coordinator, await firstOf(world));
    assert.ok(occurrence.slot && 'at' in occurrence.slot);
    assert.equal(occurrence.slot.how, 'turn');
    assert.equal(occurrence.slot.projectId, 'elma');
    const asked = world.left.flatMap((body) =>
      body.kind === 'notice' ? [`${body.to} ${body.notice.about}`] : [],
    );
    assert.deepEqual(asked, ['vilma presenterAsk']);
  });

  it('fetches the report of who was there where there is one and people joined online', async () => {
    withPlanner(world, { hasReports: true });
    await world.create('hankeradio', { rotation: null, joinUrl: 'https://teams.example.test/join' });
    await world.create('training');
    await world.pass({ seconds: 11 });
    const fetched = await world.waiting('attendance');
    assert.equal(fetched.length, 2);
    assert.ok(Date.parse(fetched[0]?.dueAt ?? '') > Date.parse('2026-12-01T07:30:00Z'));
  });

  it('plans hundreds of messages of a daily series, and calls them all back', async () => {
    const deps = withPlanner(world);
    const { id } = await world.create('own', {
      rule: { every: 'day', interval: 1 },
      reminders: { offsets: [1_440, 120, 60, 30, 15], ways: ['person'] },
    });
    await sessionPlanner(deps).plan(id, world.clock.iso());
    const planned = (await reminders(world)).length;
    assert.ok(planned > 220, String(planned));
    assert.equal(await plannedRows(world), planned);
    await world.series.end(coordinator, id, {});
    await sessionPlanner(deps).plan(id, world.clock.iso());
    assert.deepEqual(await reminders(world), []);
  });

  it('ends the same after dying at any of its commits', async () => {
    const plain = withPlanner(world);
    const { id } = await world.create('own', {
      rule: { every: 'day', interval: 1 },
      reminders: { offsets: [60, 30], ways: ['person'] },
    });
    const since = world.clock.iso();
    let commits = 0;
    let diesAt = Infinity;
    const deps = {
      ...plain,
      outbox: {
        ...plain.outbox,
        commit: async (
          changes: Parameters<typeof plain.outbox.commit>[0],
          messages?: readonly NewMessage[],
        ) => {
          if (++commits === diesAt) throw new Crash();
          await plain.outbox.commit(changes, messages);
        },
      },
    };
    await sessionPlanner(deps).plan(id, since);
    const whole = await reminders(world);
    const steps = commits;
    assert.ok(steps >= 3);
    const [next] = await world.next({ id }, 1);
    assert.ok(next);
    for (diesAt = 1; diesAt <= steps + 1; diesAt++) {
      await world.series.edit(coordinator, id, { reminders: { offsets: [45], ways: ['person'] } });
      commits = 0;
      await sessionPlanner(deps)
        .plan(id, since)
        .catch((error: unknown) => assert.ok(error instanceof Crash));
      await world.series.edit(coordinator, id, { reminders: { offsets: [60, 30], ways: ['person'] } });
      commits = 0;
      await sessionPlanner(deps)
        .plan(id, since)
        .catch((error: unknown) => assert.ok(error instanceof Crash));
      await sessionPlanner(plain).plan(id, since);
      assert.deepEqual(await reminders(world), whole, `after dying at commit ${String(diesAt)}`);
      assert.equal(await plannedRows(world), whole.length);
    }
  });

  it('does not let a run that began before a change undo the plan of one that began after it', async () => {
    const plain = withPlanner(world);
    const { id } = await world.create('hankeradio', { rotation: null });
    let change: (() => Promise<void>) | undefined = async () => {
      const first = await firstOf(world);
      await world.series.move(coordinator, first, { date: '2026-12-03', time: '09:00' });
      await sessionPlanner(plain).plan(id, world.clock.iso());
    };
    const slow = {
      ...plain,
      people: {
        all: async () => {
          const now = change;
          change = undefined;
          const all = await plain.people.all();
          await now?.();
          return all;
        },
      },
    };
    await sessionPlanner(slow).plan(id, world.clock.iso());
    assert.ok(!(await reminders(world)).some((line) => line.startsWith('2026-12-01')));
    assert.equal((await reminders(world)).filter((line) => line.startsWith('2026-12-03')).length, 3);
  });

  describe('day after day', () => {
    it('keeps the horizon rolling, one tick a day, at one in the night also when the clocks change', async () => {
      world = await sessionWorld('2026-10-23T08:00:00Z');
      withPlanner(world);
      await world.create('hankeradio', { rotation: null });
      await sessionPlanner(planDeps(world)).ensureTick();
      await sessionPlanner(planDeps(world)).ensureTick();
      const ticks: string[] = [];
      for (let day = 0; day < 5; day++) {
        await world.pass({ days: 1 });
        const [tick, ...more] = (await world.waiting('sessionPlan')).filter(({ body }) => !body.seriesId);
        assert.equal(more.length, 0);
        ticks.push(tick?.dueAt ?? 'none');
      }
      assert.deepEqual(ticks, [
        '2026-10-24T22:00:00Z',
        '2026-10-25T23:00:00Z',
        '2026-10-26T23:00:00Z',
        '2026-10-27T23:00:00Z',
        '2026-10-28T23:00:00Z',
      ]);
      await world.pass({ days: 10 });
      assert.ok((await reminders(world)).every((line) => !line.startsWith('2027-01-05')));
      await world.pass({ days: 20 });
      assert.ok((await reminders(world)).some((line) => line.startsWith('2027-01-05')));
    });

    it('plans after an outage of days what was due in between, and goes on', async () => {
      withPlanner(world);
      await world.create('own', {
        rule: { every: 'day', interval: 1 },
        reminders: { offsets: [60], ways: ['person'] },
      });
      await sessionPlanner(planDeps(world)).ensureTick();
      await world.pass({ minutes: 1 });
      assert.equal((await world.waiting('send')).length, 45);
      world.clock.forward({ days: 50 });
      await world.pass({ minutes: 1 });
      await world.pass({ minutes: 1 });
      const left = world.left.filter(({ kind }) => kind === 'send').length;
      // Those of which the session is over for days were not planned before the outage, and are of no use after it.
      assert.ok(left >= 48, String(left));
      assert.equal((await world.waiting('send')).length, 45);
      const ticks = (await world.waiting('sessionPlan')).filter(({ body }) => !body.seriesId);
      assert.equal(ticks.length, 1);
    });

    it('asks the calendar to follow each series once a month', async () => {
      withPlanner(world);
      await world.create('hankeradio');
      await sessionPlanner(planDeps(world)).ensureTick();
      await world.pass({ minutes: 1 });
      const before = world.left.filter(({ kind }) => kind === 'calendar').length;
      for (let day = 0; day < 10; day++) await world.pass({ days: 1 });
      assert.equal(world.left.filter(({ kind }) => kind === 'calendar').length - before, 1);
    });

    it('ends a series when its last session is over, and leaves the others', async () => {
      withPlanner(world);
      const series = await world.create('hankeradio', { rotation: null, until: '2026-12-31' });
      const { id } = await world.create('bigRoom');
      await sessionPlanner(planDeps(world)).ensureTick();
      await world.pass({ minutes: 1 });
      for (let day = 0; day < 10; day++) await world.pass({ days: 1 });
      const sent = world.left.filter(({ kind }) => kind === 'send').length;
      const { series: after } = await world.series.get(coordinator, series.id);
      const [newest] = (await world.series.seriesAudit(coordinator, series.id)).lines;
      assert.equal(after.state.status, 'ended');
      assert.ok(newest);
      assert.equal(newest.by, undefined);
      assert.equal((await world.series.get(coordinator, id)).series.state.status, 'active');
      await world.pass({ minutes: 1 });
      assert.equal(world.left.filter(({ kind }) => kind === 'send').length, sent);
    });

    it('goes on when storage fails for a while', async () => {
      let fails = 2;
      const deps = withPlanner(world);
      const { id } = await world.create('hankeradio', { rotation: null });
      withPlanner(world, {
        people: {
          all: () => {
            fails -= 1;
            return fails >= 0 ? Promise.reject(new AppError('storage.unavailable')) : deps.people.all();
          },
        },
      });
      await world.pass({ seconds: 11 });
      assert.deepEqual(await reminders(world), []);
      for (let tries = 0; tries < 3; tries++) await world.pass({ minutes: 1 });
      assert.equal((await reminders(world)).length, 6);
      assert.ok(id);
    });
  });

  it('has each reminder at the wall-clock time of its session across the changes of the clocks', async () => {
    world = await sessionWorld('2026-03-20T08:00:00Z');
    withPlanner(world);
    await world.series.create(
      coordinator,
      seriesForm('own', {
        rule: { every: 'week', interval: 1, weekdays: [7] },
        time: '09:00',
        reminders: { offsets: [1_440], ways: ['person'] },
      }),
    );
    await world.pass({ seconds: 11 });
    const local = (await reminders(world)).map((line) =>
      Temporal.Instant.from(line.split(' ')[2] ?? '')
        .toZonedDateTimeISO('Europe/Helsinki')
        .toPlainTime()
        .toString(),
    );
    assert.deepEqual(new Set(local), new Set(['09:00:00']));
  });
});
