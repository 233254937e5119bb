import assert from 'node:assert/strict';
import type { ProjectId } from '../../../../src/platform/ids.js';
import type { Person } from '../../../../src/people/person.js';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { occurrencesOf } from '../../../../src/sessions/occurrences/reading.js';
import { wantedAsks, fixProposals } from '../../../../src/sessions/rotation/asking.js';
import { isAskStillOpen } from '../../../../src/sessions/notices.js';
import { rotationService } from '../../../../src/sessions/rotation/service.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { actor, coordinator, programme, worker } from '../../../make.js';
import { sessionWorld, toEach, type SessionWorld } from '../../../make-sessions.js';
import { bodyOf } from '../../../world/outbox.js';

const [elma, digi] = programme.projects.map(({ id }) => id) as [ProjectId, ProjectId];
const talk = { topic: 'Elma neuvoo', speaker: 'Vilma Virtanen', language: 'fi' };

/** A session on Tuesday 5 January 2027, 9.00: asked two weeks before, answered by a week before. */
const rotationOf = (askDays = 14, deadlineDays = 7) => ({
  rotation: { projects: [elma, digi], askDays, deadlineDays },
});

describe('Asking presenters', () => {
  let world: SessionWorld;
  let series: Series;

  async function begin(start: string, settings = rotationOf()): Promise<void> {
    world = await sessionWorld(start);
    series = await world.create('hankeradio', settings);
  }

  const occurrences = (): Promise<readonly Occurrence[]> =>
    occurrencesOf(world.deps, series, '2026-11-01', '2027-03-31');
  const january = async (): Promise<Occurrence> => {
    const found = (await occurrences()).find(({ date }) => date === '2027-01-05');
    assert.ok(found);
    return found;
  };
  const asks = async () =>
    wantedAsks(world.deps.holidays, series, await occurrences(), await world.people.all(), world.clock.iso());
  /** The asks of January, as `who: round due`. */
  const notices = async (): Promise<string[]> => {
    const { id } = await january();
    return (await toEach(await asks(), world.people)).flatMap((message) => {
      const body = bodyOf(message);
      return body.kind === 'notice' && body.notice.about === 'presenterAsk' && body.notice.occurrenceId === id
        ? [`${body.to}: ${body.notice.round} ${message.dueAt}`]
        : [];
    });
  };
  const fix = async (): Promise<number> => {
    const records = await world.deps.store.records(series.id, '2026-11-01', '2027-03-31');
    const changes = await fixProposals(world.deps, series, await occurrences(), records, world.clock.iso());
    await world.outbox.commit(changes);
    return changes.length;
  };

  it('asks in the morning of a working day, planned a day ahead and not sooner', async () => {
    await begin('2026-12-20T10:00:00Z');
    assert.deepEqual(await notices(), []);
    world.clock.forward({ hours: 14 });
    // Monday's midnight: Tuesday 22 December is not in sight before the next one.
    assert.deepEqual(await notices(), []);
    world.clock.forward({ days: 1 });
    assert.deepEqual(await notices(), ['vilma: 1 2026-12-22T07:00:00Z']);
  });

  it('asks on the working day before where that day is a holiday, an eve or a weekend', async () => {
    // Eleven days before 5 January is Christmas Day; before it come the eve and Wednesday the 23rd.
    await begin('2026-12-22T22:00:00Z', rotationOf(11, 1));
    assert.deepEqual(await notices(), ['vilma: 1 2026-12-23T07:00:00Z']);
  });

  it('asks a second time, two working days before the deadline, only those who have not answered', async () => {
    await begin('2026-12-21T22:00:00Z');
    await fix();
    // The deadline is 29 December, and Christmas lies before it: the second round comes on the 23rd.
    world.clock.forward({ days: 1 });
    assert.deepEqual(await notices(), ['vilma: 2 2026-12-23T07:00:00Z']);
    const { id } = await january();
    await rotationService({ ...world.deps, people: world.people }).answer(worker, id, talk);
    assert.deepEqual(await notices(), []);
  });

  it('asks whoever was chosen alone, and everybody of the project where they have left it', async () => {
    await begin('2026-12-20T10:00:00Z');
    const valle = actor('valle');
    await world.people.add(programme, [{ ...valle, language: 'fi', projects: [elma] }]);
    const rotation = rotationService({ ...world.deps, people: world.people });
    const { id } = await january();
    await rotation.assign(coordinator, id, { projectId: elma, personId: valle.id });
    world.clock.forward({ days: 2 });
    assert.deepEqual(await notices(), ['valle: 1 2026-12-22T10:00:00Z', 'valle: 2 2026-12-23T07:00:00Z']);
    const left = (await world.people.all()).map((each) =>
      each.id === valle.id ? { ...each, projects: [digi] } : each,
    );
    const [first] = await wantedAsks(
      world.deps.holidays,
      series,
      await occurrences(),
      left,
      world.clock.iso(),
    );
    assert.ok(first);
    const body = bodyOf(first);
    assert.ok(body.kind === 'notifyMany');
    assert.deepEqual(body.to, { projectId: elma });
  });

  it('fixes the slot of those whom it asks, so that what the notice says stays true', async () => {
    await begin('2026-12-21T22:00:00Z');
    assert.equal((await january()).slot?.how, 'proposed');
    // The record, its audit entry, and the row of what waits.
    assert.equal(await fix(), 3);
    const { slot, record } = await january();
    assert.deepEqual(slot, { projectId: elma, how: 'turn', at: world.clock.iso() });
    assert.equal(record?.auditCount, 1);
    const { lines } = await world.deps.store.occurrenceAudit((await january()).id, 1);
    assert.deepEqual(lines, [
      { number: 1, at: world.clock.iso(), event: { action: 'turn', projectId: elma, how: 'turn' } },
    ]);
    // A project that joins now moves nobody who was asked.
    await world.series.edit(coordinator, series.id, {
      rotation: { ...rotationOf().rotation, projects: [programme.projects[2]?.id, digi, elma] },
    });
    assert.equal(await fix(), 0);
    assert.deepEqual((await january()).slot, slot);
  });

  it('gives an ask the same id however often it is planned, and another project its own', async () => {
    await begin('2026-12-21T22:00:00Z');
    const before = (await asks()).map(({ id }) => id);
    await fix();
    assert.deepEqual(
      (await asks()).map(({ id }) => id),
      before,
    );
    const { id } = await january();
    await rotationService({ ...world.deps, people: world.people }).assign(coordinator, id, digi);
    const after = await asks();
    assert.equal(after.length, 1);
    assert.ok(after.every((ask) => !before.includes(ask.id)));
  });

  it('asks those who got the slot late during working hours, and once', async () => {
    // Saturday 2 January: the slot is given three days before, and nobody is asked on the weekend.
    await begin('2027-01-02T12:00:00Z');
    const { id } = await january();
    await rotationService({ ...world.deps, people: world.people }).assign(coordinator, id, digi);
    world.clock.forward({ hours: 24 });
    assert.deepEqual(await notices(), ['kalle: 1 2027-01-04T07:00:00Z']);
  });

  it('asks after an outage over both rounds once, and not at night', async () => {
    await begin('2026-12-21T22:00:00Z');
    await fix();
    world.clock.forward({ days: 6, hours: 20 });
    // Monday 28 December, 20.00.
    assert.deepEqual(await notices(), ['vilma: 2 2026-12-29T07:00:00Z']);
  });

  it('asks nobody of what is cancelled, over, settled or open', async () => {
    await begin('2026-12-21T22:00:00Z');
    const rotation = rotationService({ ...world.deps, people: world.people });
    const { id } = await january();
    await world.series.cancel(coordinator, id, {});
    assert.deepEqual(await notices(), []);
    await world.series.restore(coordinator, id);
    assert.equal((await notices()).length, 1);
    await world.series.confirm(coordinator, id, true);
    assert.deepEqual(await notices(), []);
    await world.series.confirm(coordinator, id, false);
    await rotation.assign(coordinator, id, null);
    assert.deepEqual(await notices(), []);
    const { rotation: _rotation, ...without } = series;
    assert.deepEqual(
      await wantedAsks(world.deps.holidays, without as Series, await occurrences(), [], world.clock.iso()),
      [],
    );
  });

  it('asks everybody of the project, each in a notice of their own', async () => {
    await begin('2026-12-21T22:00:00Z');
    const more: Person = { ...worker, id: 'veikko' as Person['id'], language: 'sv', projects: [elma, digi] };
    await world.people.add(programme, [more]);
    assert.deepEqual(await notices(), ['veikko: 1 2026-12-22T07:00:00Z', 'vilma: 1 2026-12-22T07:00:00Z']);
  });

  it('says whether an ask is still open', async () => {
    await begin('2026-12-21T22:00:00Z');
    await fix();
    const open = await january();
    assert.equal(isAskStillOpen(open, elma), true);
    assert.equal(isAskStillOpen(open, digi), false);
    assert.equal(isAskStillOpen({ ...open, state: { status: 'held' } }, elma), false);
    const rotation = rotationService({ ...world.deps, people: world.people });
    const { occurrence } = await rotation.answer(worker, open.id, talk);
    assert.equal(isAskStillOpen(occurrence, elma), false);
  });
});
