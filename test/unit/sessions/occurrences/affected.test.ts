import assert from 'node:assert/strict';
import type { OccurrenceId, ProjectId } from '../../../../src/platform/ids.js';
import { rotationService, type RotationService } from '../../../../src/sessions/rotation/service.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { actor, coordinator, programme } from '../../../make.js';
import { sessionWorld, type SessionWorld } from '../../../make-sessions.js';
import { rejectsWith } from '../../../world/outbox.js';

const [elma, , lahella] = programme.projects.map(({ id }) => id) as [ProjectId, ProjectId, ProjectId];
const third = actor('lahja');

describe('those who present', () => {
  let world: SessionWorld;
  let rotation: RotationService;
  let series: Series;
  let slots: OccurrenceId[];

  beforeEach(async () => {
    world = await sessionWorld();
    await world.people.add(programme, [{ ...third, language: 'fi', projects: [lahella] }]);
    rotation = rotationService({ ...world.deps, people: world.people });
    // On the first Tuesday of a month at 9.00 in Helsinki: 1.12., 5.1., 2.2., 2.3., 6.4.
    series = await world.create('hankeradio');
    slots = (await world.next(series, 6)).map(({ id }) => id);
    await rotation.assign(coordinator, slot(0), elma);
    await rotation.assign(coordinator, slot(4), lahella);
    await world.pass({ seconds: 30 });
    world.left.length = 0;
  });

  const slot = (index: number): OccurrenceId => slots[index] ?? assert.fail();
  /** What they were notified of since, as `who: what, from when to when`. */
  async function notices(): Promise<string[]> {
    await world.pass({ seconds: 30 });
    const lines = world.left.flatMap((body) => {
      if (body.kind !== 'notice') return [];
      const { about, change = '', was = '', start = '' } = body.notice as unknown as Record<string, string>;
      return [
        `${body.to}: ${[about, change, was.slice(5, 16), start.slice(5, 16)].filter(Boolean).join(' ')}`,
      ];
    });
    world.left.length = 0;
    return lines.sort();
  }
  const move = (id: OccurrenceId, date: string, time = '09:00') =>
    world.series.move(coordinator, id, { date, time });

  it('are notified of a move, near and far', async () => {
    await move(slot(0), '2026-12-03');
    assert.deepEqual(await notices(), ['vilma: slotChanged moved 12-01T07:00 12-03T07:00']);
    await move(slot(4), '2027-04-08', '10:00');
    assert.deepEqual(await notices(), ['lahja: slotChanged moved 04-06T06:00 04-08T07:00']);
  });

  it('are notified once of what was moved twice within the time of an undo, from where they know it to be', async () => {
    await move(slot(4), '2027-04-08');
    await move(slot(4), '2027-04-09');
    assert.deepEqual(await notices(), ['lahja: slotChanged moved 04-06T06:00 04-09T06:00']);
    await move(slot(4), '2027-04-06');
    await move(slot(4), '2027-04-09');
    assert.deepEqual(await notices(), []);
  });

  it('are notified of a cancellation, and that it takes place after all', async () => {
    await world.series.cancel(coordinator, slot(4), { reason: 'Sali on varattu.' });
    assert.deepEqual(await notices(), ['lahja: slotChanged cancelled 04-06T06:00 04-06T06:00']);
    await world.series.restore(coordinator, slot(4));
    assert.deepEqual(await notices(), ['lahja: slotChanged restored 04-06T06:00 04-06T06:00']);
  });

  it('are not notified of what was taken back in time, and are notified of what was taken back later', async () => {
    const { undo = 0 } = await move(slot(4), '2027-04-08');
    await world.series.undoOccurrence(coordinator, slot(4), undo);
    assert.deepEqual(await notices(), []);
    const later = await move(slot(4), '2027-04-08');
    assert.equal((await notices()).length, 1);
    await world.series.undoOccurrence(coordinator, slot(4), later.undo ?? 0);
    assert.deepEqual(await notices(), ['lahja: slotChanged moved 04-08T06:00 04-06T06:00']);
  });

  it('are notified of another time of this and the following, each of their own', async () => {
    const rule = { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 };
    const changed = await world.series.changeFrom(coordinator, series.id, {
      from: '2027-01-01',
      rule,
      time: '10:00',
      minutes: 60,
    });
    assert.deepEqual(await notices(), ['lahja: slotChanged moved 04-06T06:00 04-06T07:00']);
    await world.series.undo(coordinator, series.id, changed.undo ?? 0);
    assert.deepEqual(await notices(), ['lahja: slotChanged moved 04-06T07:00 04-06T06:00']);
  });

  it('are notified of another day of the week, to which their talk is carried over', async () => {
    await world.series.changeFrom(coordinator, series.id, {
      from: '2026-11-30',
      rule: { every: 'weekdayOfMonth', interval: 1, weekday: 4, week: 1 },
      time: '09:00',
      minutes: 60,
    });
    assert.deepEqual(await notices(), [
      'lahja: slotChanged moved 04-06T06:00 04-01T06:00',
      'vilma: slotChanged moved 12-01T07:00 12-03T07:00',
    ]);
  });

  it('are notified when the series ends before their talk, and when it goes on after all', async () => {
    const ended = await world.series.end(coordinator, series.id, { last: '2027-01-31' });
    assert.deepEqual(await notices(), ['lahja: slotDropped 04-06T06:00']);
    await world.series.undo(coordinator, series.id, ended.undo ?? 0);
    assert.deepEqual(await notices(), ['lahja: slotChanged restored 04-06T06:00 04-06T06:00']);
  });

  describe('when something odd happens', () => {
    it('are notified once of what one coordinator cancels while another moves it', async () => {
      const other = actor('clara', 'coordinator');
      const results = await Promise.allSettled([
        world.series.cancel(coordinator, slot(4), {}),
        world.series.move(other, slot(4), { date: '2027-04-08', time: '09:00' }),
      ]);
      const refused = results.filter((result) => result.status === 'rejected');
      for (const { reason } of refused)
        assert.equal((reason as { code: string }).code, 'occurrence.moveNotAllowed');
      const { state, start } = (await world.series.occurrence(coordinator, slot(4))).occurrence;
      assert.equal(state.status, 'cancelled');
      const sent = await notices();
      assert.deepEqual(
        sent.map((line) => line.split(' ').slice(0, 3).join(' ')),
        ['lahja: slotChanged cancelled'],
      );
      // Whoever was first: what is said is when it was to be.
      assert.equal(start.slice(5, 16), refused.length === 1 ? '04-06T06:00' : '04-08T06:00');
      await rejectsWith(move(slot(4), '2027-04-09'), 'occurrence.moveNotAllowed');
      assert.deepEqual(await notices(), []);
    });

    it('are notified of the hour that clocks show, of a move across their change', async () => {
      await rotation.assign(coordinator, slot(3), elma);
      await notices();
      await move(slot(3), '2027-03-30');
      assert.deepEqual(await notices(), ['vilma: slotChanged moved 03-02T07:00 03-30T06:00']);
      // Between three and four that night there is no time: it is at four, and whoever moved it is shown so.
      const { clockChange, occurrence } = await move(slot(3), '2027-03-28', '03:30');
      assert.equal(clockChange, 'gap');
      assert.deepEqual(await notices(), [
        `vilma: slotChanged moved 03-30T06:00 ${occurrence.start.slice(5, 16)}`,
      ]);
    });

    it('keep a session that was moved beyond the end of its series, and are notified of its next move', async () => {
      await rotation.assign(coordinator, slot(1), lahella);
      await move(slot(1), '2027-02-20');
      await rotation.assign(coordinator, slot(4), null);
      await notices();
      await world.series.end(coordinator, series.id, { last: '2027-01-31' });
      assert.deepEqual(await notices(), []);
      const left = await world.next(series, 6);
      assert.deepEqual(left.map(({ start }) => start.slice(5, 10)).at(-1), '02-20');
      await world.pass({ days: 60 });
      world.left.length = 0;
      await move(slot(1), '2027-02-22', '10:00');
      await move(slot(1), '2027-02-22', '10:00');
      assert.deepEqual(await notices(), ['lahja: slotChanged moved 02-20T07:00 02-22T08:00']);
      await rejectsWith(move(slot(1), '2027-04-01'), 'input.invalid');
    });
  });

  it('hear nothing of what is only proposed, of a name, and of what they did themselves', async () => {
    await move(slot(1), '2027-01-07');
    await world.series.editOccurrence(coordinator, slot(4), { joinUrl: 'https://meet.example/1' });
    assert.deepEqual(await notices(), []);
  });

  it('are notified of at most as many messages as a change can hold, however many slots it affects', async () => {
    for (const [index, project] of [elma, lahella, elma, lahella, elma, lahella].entries())
      await rotation.assign(coordinator, slot(index), project);
    await notices();
    await world.series.end(coordinator, series.id, { last: '2026-11-24' });
    assert.equal((await world.waiting('presentersAffected')).length, 1);
    assert.equal((await notices()).length, 6);
  });
});
