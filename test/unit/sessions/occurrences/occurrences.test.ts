import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { fieldFaults } from '../../../../src/platform/errors.js';
import type { Actor } from '../../../../src/platform/actor.js';
import type { OccurrenceId } from '../../../../src/platform/ids.js';
import type { SessionContent } from '../../../../src/sessions/fan-outs.js';
import { changeMessageOf } from '../../../../src/sessions/occurrences/occurrence.js';
import { sessionWorld, type SessionWorld } from '../../../make-sessions.js';
import { coordinator, otherCoordinator, worker } from '../../../make.js';
import { rejectsWith } from '../../../world/outbox.js';

async function faultsOf(promise: Promise<unknown>): Promise<string[]> {
  try {
    await promise;
  } catch (error) {
    return fieldFaults(error).map(({ field, code }) => `${field} ${code}`);
  }
  return [];
}

const overviewFor = async ({ series, people }: SessionWorld, { id }: Actor) =>
  series.overviewLine(await people.get(id));

describe('an occurrence', () => {
  let world: SessionWorld;
  let first: OccurrenceId;
  let second: OccurrenceId;

  /** The notices of changes that still wait, for those who were coming. */
  const changeNotices = async (): Promise<Extract<SessionContent, { kind: 'change' }>[]> =>
    (await world.waiting('send')).flatMap(({ body: { content } }) =>
      content.kind === 'change' ? [content] : [],
    );
  const get = async (id: OccurrenceId) => (await world.series.occurrence(coordinator, id)).occurrence;
  const sequence = async (): Promise<number> => (await world.series.list(coordinator))[0]?.sequence ?? -1;
  /** Sequences are the seconds of the changes, and each is higher than the one before. */
  const secondsNow = (): number =>
    (world.clock.now().epochMilliseconds - Date.parse('2026-01-01T00:00:00Z')) / 1_000;

  beforeEach(async () => {
    world = await sessionWorld();
    const series = await world.create('hankeradio');
    const [one, other] = await world.next(series, 2);
    assert.ok(one && other);
    [first, second] = [one.id, other.id];
    await world.pass({ seconds: 20 });
  });

  describe('moved', () => {
    it('keeps its id and its own date, and notifies those who were coming when it is near', async () => {
      const { occurrence, clockChange } = await world.series.move(coordinator, first, {
        date: '2026-12-03',
        time: '12:30',
      });
      assert.equal(occurrence.id, first);
      assert.equal(occurrence.date, '2026-12-01');
      assert.equal(occurrence.start, '2026-12-03T10:30:00Z');
      assert.equal(occurrence.end, '2026-12-03T11:00:00Z');
      assert.equal(occurrence.movedFrom, '2026-12-01T07:00:00Z');
      assert.equal(clockChange, 'plain');
      const [change] = await changeNotices();
      assert.deepEqual(
        [change?.change, change?.was, change?.start],
        ['moved', '2026-12-01T07:00:00Z', '2026-12-03T10:30:00Z'],
      );
      assert.equal(await sequence(), secondsNow());
    });

    it('updates only the calendar when it is far away', async () => {
      await world.series.move(coordinator, second, { date: '2027-01-07', time: '09:00' });
      assert.deepEqual(await changeNotices(), []);
      assert.equal((await world.waiting('calendar')).length, 1);
    });

    it('with all that follow, the next one represents them', async () => {
      const seriesId = first.slice(0, 26) as never;
      await world.series.changeFrom(coordinator, seriesId, { from: '2026-12-01', time: '10:00' });
      const [change, ...others] = await changeNotices();
      assert.deepEqual(
        [change?.start, change?.isFollowing, others.length],
        ['2026-12-01T08:00:00Z', true, 0],
      );
    });

    it('is as planned again when it is moved back', async () => {
      await world.series.move(coordinator, first, { date: '2026-12-03', time: '09:00' });
      const { occurrence } = await world.series.move(coordinator, first, {
        date: '2026-12-01',
        time: '09:00',
      });
      assert.equal(occurrence.movedFrom, undefined);
      assert.equal(occurrence.record?.moved, undefined);
      assert.equal(await sequence(), secondsNow() + 1);
    });

    it('stores nothing at the time at which it is already', async () => {
      const { undo } = await world.series.move(coordinator, first, { date: '2026-12-01', time: '09:00' });
      assert.equal(undo, undefined);
      assert.equal(await sequence(), 0);
    });

    it('goes neither into the past nor farther than 60 days, and to a real time', async () => {
      await rejectsWith(
        world.series.move(coordinator, first, { date: '2026-11-23', time: '09:59' }),
        'occurrence.timePassed',
      );
      await world.series.move(coordinator, first, { date: '2027-01-30', time: '09:00' });
      const move = (input: unknown) => world.series.move(coordinator, first, input);
      assert.deepEqual(await faultsOf(move({ date: '2027-01-31', time: '09:00' })), ['date moveTooFar']);
      assert.deepEqual(await faultsOf(move({ date: '2026-02-30', time: '9.00', minutes: 1 })), [
        'date notADate',
        'time notATime',
        'minutes notInRange',
      ]);
    });

    it('is found on the day to which it was moved, and next in its order', async () => {
      await world.series.move(coordinator, first, { date: '2027-01-20', time: '09:00' });
      const lines = await world.series.upcoming(coordinator, 2);
      assert.deepEqual(
        lines.map(({ id }) => id),
        [second, first],
      );
      assert.equal((await get(first)).start, '2027-01-20T07:00:00Z');
    });

    it('says when the clocks change at the chosen time', async () => {
      const spring = await sessionWorld('2027-03-01T08:00:00Z');
      await spring.create('hankeradio');
      const [april] = await spring.series.upcoming(coordinator, 2).then((lines) => lines.slice(1));
      assert.ok(april);
      const gap = await spring.series.move(coordinator, april.id, { date: '2027-03-28', time: '03:30' });
      assert.equal(gap.clockChange, 'gap');
      assert.equal(gap.occurrence.start, '2027-03-28T01:30:00Z');
      const after = await spring.series.move(coordinator, april.id, { date: '2027-03-29', time: '09:00' });
      assert.equal(after.occurrence.start, '2027-03-29T06:00:00Z');
    });
  });

  describe('changed again before anybody was notified', () => {
    const at = (time: string) => ({ date: '2026-12-03', time });
    const changes = async () => (await changeNotices()).map(({ change, was, start }) => [change, was, start]);

    it('is announced as a move from the time that they know, however often it was moved meanwhile', async () => {
      await world.series.move(coordinator, first, at('09:00'));
      await world.pass({ seconds: 8 });
      await world.series.move(coordinator, first, at('10:00'));
      await world.pass({ seconds: 8 });
      await world.series.move(coordinator, first, at('11:00'));
      assert.deepEqual((await changes()).at(-1), ['moved', '2026-12-01T07:00:00Z', '2026-12-03T09:00:00Z']);
      await world.pass({ seconds: 20 });
      await world.series.move(coordinator, first, at('12:00'));
      assert.deepEqual(await changes(), [['moved', '2026-12-03T09:00:00Z', '2026-12-03T10:00:00Z']]);
    });

    it('is not announced at all where it is back at the time that they know', async () => {
      await world.series.move(coordinator, first, at('09:00'));
      await world.series.move(coordinator, first, { date: '2026-12-01', time: '09:00' });
      assert.deepEqual(await changes(), []);
    });

    it('is announced in one notice: the newer one replaces the older one', async () => {
      await world.series.move(coordinator, first, at('09:00'));
      await world.pass({ seconds: 5 });
      const { undo = 0 } = await world.series.move(coordinator, first, at('10:00'));
      assert.deepEqual(await changes(), [['moved', '2026-12-01T07:00:00Z', '2026-12-03T08:00:00Z']]);
      await world.series.undoOccurrence(coordinator, first, undo);
      assert.deepEqual(await changes(), [['moved', '2026-12-01T07:00:00Z', '2026-12-03T07:00:00Z']]);
    });

    it('is announced when the newer change is undone and the notice of the older one has lapsed', async () => {
      await world.series.cancel(coordinator, first, {});
      await world.pass({ seconds: 8 });
      const { undo = 0 } = await world.series.restore(coordinator, first);
      await world.pass({ seconds: 8 });
      assert.deepEqual(await changes(), []);
      const { occurrence } = await world.series.undoOccurrence(coordinator, first, undo);
      assert.equal(occurrence.state.status, 'cancelled');
      assert.deepEqual(await changes(), [['cancelled', '2026-12-01T07:00:00Z', '2026-12-01T07:00:00Z']]);
    });
  });

  it('has a message to the invited in several languages, until it is at another time', async () => {
    const said = {
      message: 'Sali on vasta silloin vapaa.',
      language: 'fi',
      translations: { sv: { message: 'Salen är ledig först då.' }, en: { message: ' ' } },
    };
    const to = { date: '2026-12-03', time: '09:00' };
    const moved = (await world.series.move(coordinator, first, { ...to, ...said })).occurrence;
    const { message, translations } = changeMessageOf(moved) ?? {};
    assert.deepEqual([message, translations], [said.message, { sv: said.translations.sv }]);
    const back = await world.series.move(coordinator, first, { ...to, date: '2026-12-04' });
    assert.equal(changeMessageOf(back.occurrence), undefined);
    await world.series.cancel(coordinator, first, {});
    const held = await world.series.restore(coordinator, first, { message: 'Sali löytyi.' });
    assert.equal(changeMessageOf(held.occurrence)?.message, 'Sali löytyi.');
    await rejectsWith(
      world.series.move(coordinator, second, { ...to, message: 'Soita 131052-308T' }),
      'text.personalData',
    );
  });

  describe('cancelled and restored', () => {
    it('has its reason in the language in which it was written, and in others', async () => {
      const translations = { sv: { reason: 'Sjukdom' }, en: { reason: '' } };
      const sent = { reason: 'Sairastapaus', language: 'fi', translations };
      const { occurrence } = await world.series.cancel(coordinator, first, sent);
      assert.ok(occurrence.state.status === 'cancelled');
      const { reason, language, translations: kept } = occurrence.state;
      assert.deepEqual([reason, language, kept], ['Sairastapaus', 'fi', { sv: { reason: 'Sjukdom' } }]);
    });

    it('takes place no more, with its reason, and comes back as what it was', async () => {
      await world.series.confirm(coordinator, first, true);
      const { occurrence } = await world.series.cancel(coordinator, first, { reason: ' Sairastapaus ' });
      assert.ok(occurrence.state.status === 'cancelled');
      assert.equal(occurrence.state.reason, 'Sairastapaus');
      assert.deepEqual(
        (await changeNotices()).map(({ change }) => change),
        ['cancelled'],
      );
      await world.pass({ seconds: 20 });
      const back = await world.series.restore(coordinator, first);
      assert.equal(back.occurrence.state.status, 'confirmed');
      assert.deepEqual(
        (await changeNotices()).map(({ change }) => change),
        ['restored'],
      );
    });

    it('is not announced as restored while nobody was notified of the cancellation', async () => {
      await world.series.cancel(coordinator, first, {});
      await world.series.restore(coordinator, first);
      assert.deepEqual(await changeNotices(), []);
    });

    it('is not moved, confirmed or cancelled twice meanwhile', async () => {
      await world.series.cancel(coordinator, first, {});
      const { code } = { code: 'occurrence.moveNotAllowed' };
      await rejectsWith(world.series.cancel(coordinator, first, {}), code);
      await rejectsWith(world.series.confirm(coordinator, first, true), code);
      await rejectsWith(world.series.move(coordinator, first, { date: '2026-12-03', time: '09:00' }), code);
      await rejectsWith(world.series.restore(coordinator, second), code);
    });

    it('does not come back once its time is over', async () => {
      await world.series.cancel(coordinator, first, {});
      world.clock.forward({ days: 9 });
      await rejectsWith(world.series.restore(coordinator, first), 'occurrence.timePassed');
    });

    it('is held when its end has passed, and then stays so', async () => {
      world.clock.forward({ days: 8 });
      assert.equal((await get(first)).state.status, 'held');
      for (const move of [
        world.series.cancel(coordinator, first, {}),
        world.series.confirm(coordinator, first, true),
        world.series.move(coordinator, first, { date: '2026-12-10', time: '09:00' }),
      ]) {
        await rejectsWith(move, 'occurrence.moveNotAllowed');
      }
    });
  });

  describe('taken back', () => {
    it('is as it was, with nobody notified, within the seconds of the undo', async () => {
      const { undo = 0 } = await world.series.cancel(coordinator, first, {});
      const { occurrence } = await world.series.undoOccurrence(coordinator, first, undo);
      assert.equal(occurrence.state.status, 'planned');
      assert.deepEqual(await changeNotices(), []);
      assert.equal((await world.waiting('calendar')).length, 0);
      // A feed may have shown the cancellation meanwhile: the undo is newer.
      assert.equal(await sequence(), secondsNow() + 1);
    });

    it('is announced again when the first notice was sent', async () => {
      const { undo = 0 } = await world.series.move(coordinator, first, { date: '2026-12-03', time: '09:00' });
      await world.pass({ seconds: 20 });
      await world.series.undoOccurrence(coordinator, first, undo);
      const [change] = await changeNotices();
      assert.deepEqual([change?.change, change?.start], ['moved', '2026-12-01T07:00:00Z']);
      assert.equal(await sequence(), secondsNow());
    });

    it('still announces the change before it, with a sequence of its own', async () => {
      const { seriesId } = await get(first);
      const names = { fi: 'a', sv: 'b', en: 'c' };
      await world.series.edit(coordinator, seriesId, { names });
      await world.pass({ seconds: 5 });
      const { undo = 0 } = await world.series.cancel(coordinator, first, {});
      await world.pass({ seconds: 5 });
      await world.series.undoOccurrence(coordinator, first, undo);
      assert.equal(await sequence(), secondsNow());
      const waiting = (await world.waiting('send')).map(({ body }) => body.content);
      assert.deepEqual(waiting, [{ kind: 'invitation', seriesId, sequence: secondsNow() }]);
      assert.equal((await world.waiting('calendar')).length, 1);
    });

    it('announces a second move to the same time like the first', async () => {
      const there = { date: '2026-12-03', time: '09:00' };
      const { undo = 0 } = await world.series.move(coordinator, first, there);
      await world.series.undoOccurrence(coordinator, first, undo);
      await world.series.move(coordinator, first, there);
      assert.equal((await changeNotices()).length, 1);
      await world.pass({ seconds: 20 });
      await world.series.move(coordinator, first, { date: '2026-12-01', time: '09:00' });
      await world.pass({ seconds: 20 });
      await world.series.move(coordinator, first, there);
      assert.equal((await changeNotices()).length, 1);
    });

    it("is only one's own newest step, and not into the past", async () => {
      const { undo = 0 } = await world.series.cancel(coordinator, first, {});
      await rejectsWith(world.series.undoOccurrence(otherCoordinator, first, undo), 'undo.tooLate');
      await rejectsWith(world.series.undoOccurrence(coordinator, first, undo + 1), 'undo.tooLate');
      world.clock.forward({ days: 9 });
      await rejectsWith(world.series.undoOccurrence(coordinator, first, undo), 'undo.tooLate');
    });

    it('happens once when it is asked for twice at once', async () => {
      const { undo = 0 } = await world.series.cancel(coordinator, first, {});
      const asked = await Promise.allSettled(
        [1, 2].map(() => world.series.undoOccurrence(coordinator, first, undo)),
      );
      assert.deepEqual(asked.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    });
  });

  it('reaches contacts in one mail: the notice of the change has the invitation with it', async () => {
    const kinds = async () => (await world.waiting('send')).map(({ body }) => body.content.kind);
    const names = { fi: 'a', sv: 'b', en: 'c' };
    await world.series.move(coordinator, first, { date: '2026-12-03', time: '09:00' });
    assert.deepEqual(await kinds(), ['change']);
    await world.pass({ seconds: 20 });
    // A change of everything that has not left yet needs the whole invitation.
    await world.series.edit(coordinator, (await get(first)).seriesId, { names });
    await world.series.move(coordinator, first, { date: '2026-12-04', time: '09:00' });
    assert.deepEqual((await kinds()).sort(), ['change', 'invitation', 'invitation']);
  });

  it('keeps what an undo needs out of its history', async () => {
    await world.series.move(coordinator, first, { date: '2026-12-03', time: '09:00' });
    const { lines } = await world.series.occurrenceAudit(coordinator, first);
    assert.deepEqual(
      lines.map((entry) => Object.keys(entry).sort()),
      [['at', 'by', 'event', 'number']],
    );
  });

  it('gets a name and a link of its own, and gives them back', async () => {
    const names = { fi: 'Joulun Hankeradio', sv: 'Julens Hankeradio', en: 'Christmas Hankeradio' };
    const joinUrl = 'https://teams.example.test/joulu';
    const { occurrence } = await world.series.editOccurrence(coordinator, first, { names, joinUrl });
    assert.equal(occurrence.names.fi, 'Joulun Hankeradio');
    assert.equal(occurrence.joinUrl, joinUrl);
    const back = await world.series.editOccurrence(coordinator, first, { names: null, joinUrl: null });
    assert.equal(back.occurrence.names.fi, 'Hankeradio');
    assert.equal(back.occurrence.joinUrl, undefined);
    assert.deepEqual(
      await faultsOf(world.series.editOccurrence(coordinator, first, { joinUrl: 'http://x' })),
      ['joinUrl notASafeLink'],
    );
  });

  it('is changed by those who may, and read by everybody', async () => {
    await rejectsWith(world.series.cancel(worker, first, {}), 'permission.denied');
    await rejectsWith(
      world.series.move(worker, first, { date: '2026-12-03', time: '09:00' }),
      'permission.denied',
    );
    assert.equal((await world.series.occurrence(worker, first)).occurrence.id, first);
    await rejectsWith(
      world.series.occurrence(worker, `${first.slice(0, 26)}-20261202` as OccurrenceId),
      'occurrence.notFound',
    );
    await rejectsWith(world.series.occurrence(worker, 'nonsense' as OccurrenceId), 'occurrence.notFound');
  });

  it('loses neither of two changes that happen at once, with a change of the series beside them', async () => {
    const url = 'https://teams.example.test/joulu';
    await Promise.all([
      world.series.editOccurrence(coordinator, second, { joinUrl: url }),
      world.series.confirm(otherCoordinator, second, true),
      world.series.changeFrom(coordinator, second.slice(0, 26) as never, {
        from: '2027-01-01',
        rule: { every: 'weekdayOfMonth', interval: 1, weekday: 3, week: 2 },
      }),
    ]);
    const found = await get(second);
    assert.equal(found.date, '2027-01-13');
    assert.equal(found.joinUrl, url);
    assert.equal(found.state.status, 'confirmed');
  });
});

describe('a session without a link to join', () => {
  it('waits for the coordinators within two weeks, the next one of each series, until there is a link', async () => {
    const world = await sessionWorld('2026-11-16T08:00:00Z');
    const series = await world.create('hankeradio');
    const weekly = { every: 'week', interval: 1, weekdays: [3] } as const;
    await world.create('training', { formId: 'form-weekly', rule: weekly, time: '12:00', minutes: 60 });
    await world.create('bigRoom', { formId: 'form-draft', rule: weekly, isDraft: true });
    const waiting = async (who = coordinator) =>
      (await overviewFor(world, who)).noJoinUrl.map(({ kind, date }) => `${kind} ${date}`);
    // Hankeradio is on 1 December at nine, more than fourteen days ahead.
    assert.deepEqual(await waiting(), ['training 2026-11-18']);
    world.clock.forward({ days: 1 });
    assert.deepEqual(await waiting(), ['training 2026-11-18', 'hankeradio 2026-12-01']);
    assert.deepEqual(await waiting(worker), []);
    const [next] = await world.next(series, 1);
    assert.ok(next);
    await world.series.editOccurrence(coordinator, next.id, { joinUrl: 'https://meet.example.org/1' });
    assert.deepEqual(await waiting(), ['training 2026-11-18']);
    await world.series.editOccurrence(coordinator, next.id, { joinUrl: null });
    assert.deepEqual(await waiting(), ['training 2026-11-18', 'hankeradio 2026-12-01']);
    await world.series.edit(coordinator, series.id, { joinUrl: 'https://meet.example.org/2' });
    assert.deepEqual(await waiting(), ['training 2026-11-18']);
    const [training] = (await world.series.upcoming(coordinator, 8)).filter(
      ({ kind }) => kind === 'training',
    );
    assert.ok(training);
    await world.series.cancel(coordinator, training.id, {});
    assert.deepEqual(await waiting(), ['training 2026-11-25']);
  });
});

describe('a session on a public holiday', () => {
  /** First Tuesdays on a public holiday, 2026 to 2030, and the date to which each could move. */
  const table = [
    ['2026-01-06', 'loppiainen', '2026-01-13'],
    ['2029-05-01', 'vappu', '2029-05-08'],
    ['2030-01-01', 'uudenvuodenpäivä', '2030-01-08'],
  ] as const;

  it('is flagged, with another date, in each year from 2026 to 2030, and nowhere else', async () => {
    const world = await sessionWorld('2025-12-15T08:00:00Z');
    await world.create('hankeradio', { from: '2026-01-01' });
    const years = await Promise.all(
      [2026, 2027, 2028, 2029, 2030].map((year) => world.series.year(coordinator, year)),
    );
    const flagged = years.flatMap(({ occurrences }) => occurrences.filter(({ holiday }) => holiday));
    assert.deepEqual(
      flagged.map(({ date, holiday }) => [date, holiday?.names.fi.toLowerCase()]),
      table.map(([date, name]) => [date, name]),
    );
    for (const [index, [, , proposal]] of table.entries()) {
      const id = flagged[index]?.id;
      assert.ok(id);
      assert.equal((await world.series.occurrence(coordinator, id)).proposal, proposal);
    }
  });

  it('waits on the overview until it is moved, left out or kept', async () => {
    const world = await sessionWorld('2025-12-15T08:00:00Z');
    await world.create('hankeradio', { from: '2026-01-01' });
    const flagged = async () => (await overviewFor(world, coordinator)).onHoliday;
    const [line] = await flagged();
    assert.equal(line?.proposal, '2026-01-13');
    assert.deepEqual((await overviewFor(world, worker)).onHoliday, []);
    const { occurrence, undo = 0 } = await world.series.keepOnHoliday(coordinator, line.id);
    assert.equal(occurrence.holiday, undefined);
    assert.deepEqual(await flagged(), []);
    await world.series.undoOccurrence(coordinator, line.id, undo);
    assert.equal((await flagged()).length, 1);
    const moved = await world.series.move(coordinator, line.id, { date: '2026-01-13', time: '09:00' });
    assert.equal(moved.occurrence.holiday, undefined);
    assert.deepEqual(await flagged(), []);
    await world.series.undoOccurrence(coordinator, line.id, moved.undo ?? 0);
    await world.series.cancel(coordinator, line.id, {});
    assert.deepEqual(await flagged(), []);
  });
});

describe('Hankeradio across the changes of the clocks', () => {
  it('is at nine in Helsinki on every first Tuesday from 2026 to 2030', async () => {
    const world = await sessionWorld('2025-12-15T08:00:00Z');
    await world.create('hankeradio', { from: '2026-01-01' });
    for (let year = 2026; year <= 2030; year++) {
      const { occurrences } = await world.series.year(coordinator, year);
      assert.equal(occurrences.length, 12);
      for (const { start, end, date } of occurrences) {
        const local = Temporal.Instant.from(start).toZonedDateTimeISO('Europe/Helsinki');
        assert.equal(local.toPlainTime().toString(), '09:00:00');
        assert.equal(local.dayOfWeek, 2);
        assert.ok(local.day <= 7);
        assert.equal(Date.parse(end) - Date.parse(start), 30 * 60_000);
        // Summer time from the last Sunday of March to that of October.
        const isSummer = date.slice(5) >= '04-01' && date.slice(5) <= '10-24';
        assert.equal(start.slice(11, 13), isSummer ? '06' : '07', date);
      }
    }
  });
});

describe('the overview of the sessions', () => {
  it("shows a slot with nobody two weeks ahead, and what waits for one's own projects", async () => {
    const world = await sessionWorld('2026-11-16T08:00:00Z');
    await world.create('hankeradio');
    assert.deepEqual((await overviewFor(world, coordinator)).open, []);
    world.clock.forward({ days: 1 });
    const { open, next } = await overviewFor(world, coordinator);
    assert.deepEqual(
      open.map(({ date }) => date),
      ['2026-12-01'],
    );
    assert.equal(next.length, 3);
    assert.deepEqual((await overviewFor(world, worker)).open, []);
    assert.deepEqual((await overviewFor(world, worker)).unanswered, []);
  });

  it('has what is under way among what comes next', async () => {
    const world = await sessionWorld();
    await world.create('hankeradio');
    world.clock.forward({ days: 7, hours: 23, minutes: 15 });
    assert.equal((await world.series.upcoming(coordinator, 1))[0]?.date, '2026-12-01');
    world.clock.forward({ minutes: 15 });
    assert.equal((await world.series.upcoming(coordinator, 1))[0]?.date, '2027-01-05');
  });

  it('costs a handful of round trips, whatever has been', async () => {
    const world = await sessionWorld();
    await world.create('hankeradio');
    await world.create('bigRoom');
    const before = world.trips();
    await overviewFor(world, coordinator);
    // Where there is no index yet, one more for each series: what was held lately.
    assert.ok(world.trips() - before <= 6, String(world.trips() - before));
  });
});
