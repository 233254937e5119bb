import type { Actor } from '../../../../src/platform/actor.js';
import assert from 'node:assert/strict';
import { fieldFaults } from '../../../../src/platform/errors.js';
import type { OccurrenceId, PersonId, ProjectId } from '../../../../src/platform/ids.js';
import { isStillTrue, type SessionNotice } from '../../../../src/sessions/notices.js';
import { chosenPerson, type Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { rotationService, type RotationService } from '../../../../src/sessions/rotation/service.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { actor, coordinator, otherWorker, programme, worker } from '../../../make.js';
import { sessionWorld, type SessionWorld } from '../../../make-sessions.js';
import { rejectsWith } from '../../../world/outbox.js';

const [elma, digi, lahella] = programme.projects.map(({ id }) => id) as [ProjectId, ProjectId, ProjectId];
const third: Actor = actor('lahja');

/** The code with which something is refused. */
const refused = (code: string, run: () => Promise<unknown>) => rejectsWith(run(), code);

const talk = { topic: 'Elma neuvoo', speaker: 'Vilma Virtanen', language: 'fi' };

describe('Rotation', () => {
  let world: SessionWorld;
  let rotation: RotationService;
  let series: Series;
  let slots: OccurrenceId[];

  beforeEach(async () => {
    world = await sessionWorld();
    await world.people.add(programme, [{ ...third, language: 'fi', projects: [lahella] }]);
    rotation = rotationService({ ...world.deps, people: world.people });
    series = await world.create('hankeradio');
    slots = (await world.next(series, 12)).map(({ id }) => id);
  });

  const slot = (index: number): OccurrenceId => {
    const id = slots[index];
    assert.ok(id);
    return id;
  };
  const read = async (index: number): Promise<Occurrence> =>
    (await world.series.occurrence(coordinator, slot(index))).occurrence;
  /** Capital where a project has agreed, small where it is proposed, `-` for nobody. */
  const order = async (): Promise<string> => {
    const view = await rotation.rotation(coordinator, series.id);
    return view.slots
      .map(({ occurrence: { slot } }) => {
        if (slot === undefined || !('projectId' in slot)) return '-';
        const letter = slot.projectId.charAt(0);
        return slot.how === 'proposed' ? letter : letter.toUpperCase();
      })
      .join('');
  };
  /** Notices that wait, as `who: what`. */
  const notices = async (): Promise<string[]> =>
    (await world.waiting('notice')).map(({ body }) => `${body.to}: ${body.notice.about}`).sort();

  it('shows the next twelve slots, who could swap, and who presented when', async () => {
    assert.equal(await order(), 'edledledledl');
    const { slots: seen, history } = await rotation.rotation(worker, series.id);
    assert.deepEqual(
      seen.map(({ swappable }) => swappable.length),
      [8, 0, 0, 8, 0, 0, 8, 0, 0, 8, 0, 0],
    );
    assert.deepEqual(
      history.map(({ projectId, times }) => [projectId, times]),
      [
        [elma, 0],
        [digi, 0],
        [lahella, 0],
      ],
    );
    await rotation.answer(worker, slot(0), talk);
    await world.pass({ days: 9 });
    await rotation.assign(coordinator, slot(2), digi);
    const later = (await rotation.rotation(coordinator, series.id)).history;
    assert.deepEqual(
      later.map(({ projectId, next }) => [projectId, next]),
      [
        [digi, '2027-02-02'],
        [lahella, undefined],
        [elma, undefined],
      ],
    );
    assert.deepEqual(later.at(-1), { projectId: elma, times: 1, last: '2026-12-01' });
    assert.equal((await order()).slice(0, 4), 'lDel');
  });

  it('has no slots for a series without a rotation', async () => {
    const { id } = await world.create('bigRoom');
    assert.deepEqual(await rotation.rotation(worker, id), { slots: [], history: [] });
    await refused('series.notFound', () => rotation.rotation(worker, 'f'.repeat(26) as never));
    const [one] = await world.next({ id });
    assert.ok(one);
    await refused('occurrence.moveNotAllowed', () => rotation.volunteer(worker, one.id, elma));
  });

  describe('giving', () => {
    it('gives a slot to a project, notifies its people once, and moves the others along', async () => {
      const { occurrence } = await rotation.assign(coordinator, slot(0), lahella);
      assert.deepEqual(occurrence.slot, { projectId: lahella, how: 'chosen', at: world.clock.iso() });
      assert.equal(await order(), 'Ledledledled');
      assert.deepEqual(await notices(), ['lahja: turnGiven']);
      const again = await rotation.assign(coordinator, slot(0), lahella);
      assert.equal(again.undo, undefined);
      assert.deepEqual(await notices(), ['lahja: turnGiven']);
    });

    it('notifies those who lose a slot that they had, not those to whom it was only proposed', async () => {
      await rotation.volunteer(worker, slot(0), elma);
      await world.pass({ seconds: 20 });
      await rotation.assign(coordinator, slot(0), digi);
      assert.deepEqual(await notices(), ['kalle: turnGiven', 'vilma: turnTaken']);
    });

    describe('to somebody of a project', () => {
      const valle: Actor = actor('valle');
      const chosen = { projectId: elma, personId: valle.id };
      beforeEach(() => world.people.add(programme, [{ ...valle, language: 'fi', projects: [elma] }]));

      it('notifies the project, and says who it is', async () => {
        const { occurrence } = await rotation.assign(coordinator, slot(0), chosen);
        const person = { id: valle.id, name: valle.name };
        assert.deepEqual(occurrence.slot, { projectId: elma, how: 'chosen', at: world.clock.iso(), person });
        assert.deepEqual(await notices(), ['valle: turnGiven', 'vilma: turnGiven']);
        assert.equal((await rotation.assign(coordinator, slot(0), chosen)).undo, undefined);
        assert.equal((await rotation.assign(coordinator, slot(0), elma)).undo, undefined, 'stays as it is');
        const { people } = await rotation.rotation(coordinator, series.id);
        assert.deepEqual(
          people?.[elma]?.map(({ id }) => id),
          [valle.id, worker.id],
        );
        assert.equal((await rotation.rotation(worker, series.id)).people, undefined);
      });

      it('is undone, changed to somebody else, and left to the project again', async () => {
        await rotation.assign(coordinator, slot(0), elma);
        await world.pass({ seconds: 20 });
        const { undo } = await rotation.assign(coordinator, slot(0), chosen);
        assert.ok(undo);
        await world.series.undoOccurrence(coordinator, slot(0), undo);
        assert.equal(chosenPerson(await read(0)), undefined);
        assert.deepEqual(await notices(), []);
        await rotation.assign(coordinator, slot(0), chosen);
        await world.pass({ seconds: 20 });
        await rotation.assign(coordinator, slot(0), { projectId: elma, personId: worker.id });
        assert.equal(chosenPerson(await read(0))?.id, worker.id);
        assert.deepEqual(await notices(), ['valle: turnGiven', 'vilma: turnGiven']);
        await rotation.assign(coordinator, slot(0), { projectId: elma, personId: null });
        assert.equal(chosenPerson(await read(0)), undefined);
      });

      it('goes along where the project swaps its slot, and ends where the slot goes to another', async () => {
        await rotation.assign(coordinator, slot(0), chosen);
        await rotation.swap(coordinator, slot(0), slot(1));
        assert.equal(chosenPerson(await read(1))?.id, valle.id);
        assert.equal(chosenPerson(await read(0)), undefined);
        await rotation.assign(coordinator, slot(1), lahella);
        assert.equal(chosenPerson(await read(1)), undefined);
      });

      it('reaches a coordinator of the project, who is not notified as one of its people', async () => {
        const lead: Actor = actor('lead');
        await world.people.add(programme, [
          { ...lead, role: 'coordinator', language: 'fi', projects: [elma] },
        ]);
        await rotation.assign(coordinator, slot(0), { projectId: elma, personId: lead.id });
        assert.deepEqual(await notices(), ['lead: turnGiven', 'valle: turnGiven', 'vilma: turnGiven']);
      });

      it('is nobody of another project, and nothing that somebody else chose unseen', async () => {
        const other = { projectId: elma, personId: otherWorker.id };
        await refused('input.invalid', () => rotation.assign(coordinator, slot(0), other));
        await rotation.assign(coordinator, slot(0), chosen);
        const mine = { projectId: elma, personId: worker.id };
        const seen = { projectId: elma, personId: null };
        await refused('edit.conflict', () => rotation.assign(coordinator, slot(0), mine, seen));
        assert.equal(chosenPerson(await read(0))?.id, valle.id);
      });
    });

    it('leaves a slot open', async () => {
      await rotation.assign(coordinator, slot(0), null);
      assert.equal(await order(), '-edledledled');
      assert.equal((await rotation.assign(coordinator, slot(0), null)).undo, undefined);
    });

    it('undoes a slot given, and cancels its notice', async () => {
      const { undo } = await rotation.assign(coordinator, slot(0), digi);
      assert.ok(undo);
      const [waiting] = await world.waiting('notice');
      const notice = waiting?.body.notice as SessionNotice;
      assert.equal(isStillTrue({ occurrence: await read(0) }, notice, []), true);
      await world.series.undoOccurrence(coordinator, slot(0), undo);
      assert.equal(await order(), 'edledledledl');
      assert.equal(isStillTrue({ occurrence: await read(0) }, notice, []), false);
    });

    it("is the coordinator's, and for projects that there are", async () => {
      await refused('permission.denied', () => rotation.assign(worker, slot(0), elma));
      await assert.rejects(rotation.assign(coordinator, slot(0), 'nothing' as ProjectId), (error) => {
        assert.deepEqual(fieldFaults(error), [{ field: 'projectId', code: 'unknownChoice' }]);
        return true;
      });
    });

    it('is refused for what is cancelled or over', async () => {
      await world.series.cancel(coordinator, slot(0), {});
      await refused('occurrence.moveNotAllowed', () => rotation.assign(coordinator, slot(0), elma));
      await refused('occurrence.moveNotAllowed', () => rotation.volunteer(worker, slot(0), elma));
      const second = slot(1);
      await world.pass({ days: 60 });
      await refused('occurrence.moveNotAllowed', () => rotation.assign(coordinator, second, elma));
      await refused('occurrence.moveNotAllowed', () => rotation.giveUp(coordinator, second));
    });

    it('drops the talk of the project that had the slot', async () => {
      await rotation.answer(worker, slot(0), talk);
      assert.equal((await read(0)).state.status, 'confirmed');
      await rotation.assign(coordinator, slot(0), digi);
      const after = await read(0);
      assert.deepEqual([after.state.status, after.talk], ['planned', undefined]);
    });

    it('notifies a project of a hundred people', async () => {
      const crowd = Array.from({ length: 100 }, (_, index) => ({
        ...actor(`person${String(index)}`),
        language: 'fi' as const,
        projects: [digi],
      }));
      await world.people.add(programme, crowd);
      await rotation.assign(coordinator, slot(0), digi);
      assert.equal((await notices()).length, 101);
    });
  });

  describe('volunteering', () => {
    it('takes a slot that is open or only proposed to another', async () => {
      await rotation.volunteer(otherWorker, slot(0), digi);
      assert.equal((await order()).slice(0, 3), 'Del');
      await rotation.assign(coordinator, slot(1), null);
      await rotation.volunteer(third, slot(1), lahella);
      assert.equal((await order()).slice(0, 4), 'DLed');
    });

    it('notifies the coordinators, colleagues, and the project that had the slot or was proposed', async () => {
      await world.people.add(programme, [{ ...actor('kerttu'), language: 'fi', projects: [digi] }]);
      await rotation.volunteer(otherWorker, slot(0), digi);
      assert.deepEqual(await notices(), [
        'clara: slotVolunteered',
        'kaisa: slotVolunteered',
        'kerttu: slotVolunteered',
        'vilma: slotVolunteered',
      ]);
      await rotation.assign(coordinator, slot(1), lahella);
      await rotation.assign(coordinator, slot(1), null);
      await world.pass({ seconds: 30 });
      await rotation.volunteer(worker, slot(1), elma);
      assert.deepEqual(await notices(), [
        'clara: slotVolunteered',
        'kaisa: slotVolunteered',
        'lahja: slotVolunteered',
      ]);
    });

    it("is for one's own project, but a coordinator takes it for any", async () => {
      await refused('presenter.notYours', () => rotation.volunteer(worker, slot(0), digi));
      const { occurrence } = await rotation.volunteer(coordinator, slot(0), digi);
      assert.equal(occurrence.slot?.how, 'volunteer');
    });

    it('lets one of two have it who take it at once, and changes nothing when sent twice', async () => {
      const results = await Promise.allSettled([
        rotation.volunteer(worker, slot(2), elma),
        rotation.volunteer(otherWorker, slot(2), digi),
      ]);
      assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      const lost = results.find((result) => result.status === 'rejected');
      assert.ok(lost);
      assert.equal((lost.reason as { code: string }).code, 'presenter.taken');
      const { slot: taken } = await read(2);
      const winner = taken?.how === 'volunteer' && taken.projectId === elma ? worker : otherWorker;
      const again = await rotation.volunteer(winner, slot(2), winner === worker ? elma : digi);
      assert.equal(again.undo, undefined);
    });
  });

  it('lets a presenter take back what they did, and nobody what another did', async () => {
    const { undo = 0 } = await rotation.volunteer(otherWorker, slot(0), digi);
    await refused('undo.tooLate', () => world.series.undoOccurrence(worker, slot(0), undo));
    await world.series.undoOccurrence(otherWorker, slot(0), undo);
    assert.equal((await order()).slice(0, 3), 'edl');
    const given = await rotation.giveUp(worker, slot(0));
    await world.series.undoOccurrence(worker, slot(0), given.undo ?? 0);
    assert.equal((await order()).slice(0, 3), 'edl');
  });

  describe('taken back', () => {
    it('cancels every notice of it', async () => {
      await rotation.swap(worker, slot(0), slot(1));
      await world.pass({ seconds: 20 });
      const { undo = 0 } = await rotation.answerSwap(otherWorker, slot(0), slot(1), false);
      assert.deepEqual(await notices(), ['vilma: swapDeclined']);
      await world.series.undoOccurrence(otherWorker, slot(0), undo);
      assert.deepEqual(await notices(), []);
      assert.equal((await read(0)).record?.swap?.with, slot(1));
    });

    it('is refused once somebody was notified of it', async () => {
      const { undo = 0 } = await rotation.assign(coordinator, slot(0), digi);
      await world.pass({ seconds: 20 });
      await refused('undo.tooLate', () => world.series.undoOccurrence(coordinator, slot(0), undo));
      assert.equal((await order()).slice(0, 1), 'D');
    });
  });

  describe('giving up', () => {
    it('opens the slot, notifies every coordinator, and lets the project come back soon', async () => {
      await rotation.giveUp(worker, slot(0));
      assert.equal((await order()).slice(0, 4), '-edl');
      assert.deepEqual(await notices(), [
        'clara: turnGivenUp',
        'kaisa: turnGivenUp',
        'kalle: volunteerAsked',
        'lahja: volunteerAsked',
      ]);
      assert.equal((await rotation.giveUp(worker, slot(0))).undo, undefined);
    });

    it('asks nobody again whom it has asked, once another takes the slot and gives it up', async () => {
      await rotation.giveUp(worker, slot(0));
      assert.equal((await rotation.askVolunteers(coordinator, slot(0))).undo, undefined);
      await rotation.volunteer(third, slot(0), lahella);
      await world.pass({ seconds: 30 });
      await rotation.giveUp(third, slot(0));
      assert.deepEqual(
        (await notices()).filter((each) => each.endsWith('volunteerAsked')),
        ['kalle: volunteerAsked', 'vilma: volunteerAsked'],
      );
    });

    it('is refused for the slot of another', async () => {
      await refused('presenter.notYours', () => rotation.giveUp(otherWorker, slot(0)));
    });

    it('sends no notice once somebody else has taken the slot', async () => {
      await rotation.giveUp(worker, slot(0));
      const [waiting] = await world.waiting('notice');
      await rotation.volunteer(third, slot(0), lahella);
      assert.equal(
        isStillTrue({ occurrence: await read(0) }, waiting?.body.notice as SessionNotice, []),
        false,
      );
    });
  });

  describe('asking for volunteers', () => {
    it('asks everybody of all projects once, and proposes the slot to nobody meanwhile', async () => {
      await world.people.add(programme, [{ ...actor('monna'), language: 'fi', projects: [elma, digi] }]);
      const { undo } = await rotation.askVolunteers(coordinator, slot(0));
      assert.ok(undo);
      assert.equal((await order()).slice(0, 3), '-ed');
      await world.series.undoOccurrence(coordinator, slot(0), undo);
      assert.deepEqual([await notices(), (await order()).slice(0, 3)], [[], 'edl']);
      await rotation.askVolunteers(coordinator, slot(0));
      assert.equal((await rotation.askVolunteers(coordinator, slot(0))).undo, undefined);
      await world.pass({ seconds: 30 });
      const asked = world.left.flatMap((body) => (body.kind === 'notice' ? [body.to] : []));
      assert.deepEqual(asked.sort(), ['kalle', 'lahja', 'monna', 'vilma']);
    });

    it('is true until somebody takes the slot, and refused where somebody has it', async () => {
      await rotation.askVolunteers(coordinator, slot(0));
      const [waiting] = await world.waiting('notice');
      const notice = waiting?.body.notice as SessionNotice;
      assert.equal(isStillTrue({ occurrence: await read(0) }, notice, []), true);
      await rotation.volunteer(third, slot(0), lahella);
      assert.equal(isStillTrue({ occurrence: await read(0) }, notice, []), false);
      await refused('presenter.taken', () => rotation.askVolunteers(coordinator, slot(0)));
      await refused('permission.denied', () => rotation.askVolunteers(worker, slot(1)));
    });
  });

  it('shows the coordinators for a week what a project has entered, and near slots without a topic', async () => {
    const overview = async (who: Actor) => {
      const line = await world.series.overviewLine({ id: who.id, role: who.role, projects: [elma] });
      const days = (lines: readonly { readonly date: string }[]) => lines.map(({ date }) => date);
      return [days(line.unanswered), days(line.entered)];
    };
    await rotation.assign(coordinator, slot(0), digi);
    await rotation.assign(coordinator, slot(1), lahella);
    assert.deepEqual(await overview(coordinator), [['2026-12-01'], []]);
    await rotation.answer(otherWorker, slot(0), talk);
    await rotation.answer(coordinator, slot(1), talk);
    assert.deepEqual(await overview(coordinator), [[], ['2026-12-01']]);
    assert.deepEqual(await overview(worker), [[], []]);
    await world.pass({ days: 7, hours: 1 });
    assert.deepEqual(await overview(coordinator), [[], []]);
  });

  it('speaks to a coordinator as coordinator, also about projects of their own', async () => {
    const everywhere = programme.projects.map(({ id }) => id);
    await world.people.add(programme, [{ ...coordinator, language: 'fi', projects: everywhere }]);
    await rotation.assign(coordinator, slot(0), digi);
    await rotation.volunteer(third, slot(1), lahella);
    assert.deepEqual(
      (await notices()).filter((each) => each.startsWith('kaisa')),
      ['kaisa: slotVolunteered'],
    );
  });

  describe('swapping', () => {
    it('is done at once by the coordinator, each talk going along with its project', async () => {
      await rotation.answer(worker, slot(0), talk);
      const { isAsked } = await rotation.swap(coordinator, slot(0), slot(1));
      assert.equal(isAsked, false);
      assert.equal((await order()).slice(0, 4), 'DEld');
      const [first, second] = [await read(0), await read(1)];
      assert.deepEqual([first.state.status, first.talk], ['planned', undefined]);
      assert.deepEqual([second.state.status, second.talk?.topic], ['confirmed', talk.topic]);
      assert.deepEqual(await notices(), ['kalle: turnGiven', 'vilma: turnGiven']);
      const [newest] = (await world.series.occurrenceAudit(coordinator, slot(1))).lines;
      assert.deepEqual(newest?.event, { action: 'turn', projectId: elma, how: 'swap', with: slot(0) });
    });

    it('is undone on both sides, before anybody is notified, and not where something has happened since', async () => {
      await rotation.answer(worker, slot(0), talk);
      const { undo = 0 } = await rotation.swap(coordinator, slot(0), slot(1));
      await world.series.undoOccurrence(coordinator, slot(0), undo);
      assert.equal((await order()).slice(0, 3), 'Edl');
      assert.deepEqual([(await read(0)).talk?.topic, (await read(1)).talk], [talk.topic, undefined]);
      assert.deepEqual(await notices(), []);
      const again = await rotation.swap(coordinator, slot(0), slot(1));
      await rotation.answer(worker, slot(1), { ...talk, topic: 'Toinen' });
      await refused('undo.tooLate', () => world.series.undoOccurrence(coordinator, slot(0), again.undo ?? 0));
      assert.equal((await read(1)).talk?.topic, 'Toinen');
    });

    it('is notified of to everybody of both projects, each of the session that is theirs now', async () => {
      await world.people.add(programme, [
        { ...actor('kerttu'), language: 'fi', projects: [digi] },
        { ...actor('veikko'), language: 'fi', projects: [elma] },
      ]);
      await rotation.swap(worker, slot(0), slot(1));
      await world.pass({ seconds: 20 });
      await rotation.answerSwap(otherWorker, slot(0), slot(1), true);
      const each = (await world.waiting('notice')).map(({ body: { to, notice } }) => {
        const { about, withId } = notice as Extract<SessionNotice, { withId: OccurrenceId }>;
        return `${to}: ${about} ${String(slots.indexOf(withId))}`;
      });
      assert.deepEqual(each.sort(), [
        'kerttu: swapAccepted 0',
        'veikko: swapAccepted 1',
        'vilma: swapAccepted 1',
      ]);
    });

    it('is refused when the answer comes after one of the sessions, and changes nothing', async () => {
      const [first, second] = [slot(0), slot(1)];
      await rotation.swap(worker, first, second);
      await world.pass({ days: 9 });
      for (const isAccepted of [true, true])
        await refused('swap.notPossible', () => rotation.answerSwap(otherWorker, first, second, isAccepted));
      const { occurrence } = await world.series.occurrence(coordinator, second);
      assert.equal(occurrence.record?.slot, undefined);
    });

    it('is taken back by swapping again, and happens once for one press', async () => {
      await rotation.swap(coordinator, slot(0), slot(1), elma);
      await rotation.swap(coordinator, slot(0), slot(1), elma);
      assert.equal((await order()).slice(0, 2), 'DE');
      await rotation.swap(coordinator, slot(0), slot(1), digi);
      assert.equal((await order()).slice(0, 2), 'ED');
      await refused('swap.notPossible', () => rotation.swap(coordinator, slot(0), slot(1), lahella));
    });

    it('is asked by a presenter, and happens when the other agrees', async () => {
      const asked = await rotation.swap(worker, slot(0), slot(1));
      assert.equal(asked.isAsked, true);
      assert.equal((await order()).slice(0, 2), 'ed');
      assert.deepEqual(await notices(), ['kalle: swapAsked']);
      assert.equal((await rotation.swap(worker, slot(0), slot(1))).undo, undefined);
      await refused('presenter.notYours', () => rotation.answerSwap(third, slot(0), slot(1), true));
      await refused('presenter.notYours', () => rotation.answerSwap(worker, slot(0), slot(1), true));
      await rotation.answerSwap(otherWorker, slot(0), slot(1), true);
      assert.equal((await order()).slice(0, 2), 'DE');
      assert.deepEqual(await notices(), ['kalle: swapAsked', 'vilma: swapAccepted']);
      await refused('swap.notPossible', () => rotation.answerSwap(otherWorker, slot(0), slot(1), true));
    });

    it('does not happen when the other declines, or who asked takes it back', async () => {
      await rotation.swap(worker, slot(0), slot(1));
      const [waiting] = await world.waiting('notice');
      await rotation.answerSwap(otherWorker, slot(0), slot(1), false);
      assert.equal((await order()).slice(0, 2), 'ed');
      assert.deepEqual(await notices(), ['kalle: swapAsked', 'vilma: swapDeclined']);
      assert.equal(
        isStillTrue({ occurrence: await read(0) }, waiting?.body.notice as SessionNotice, []),
        false,
      );
      await rotation.swap(worker, slot(0), slot(1));
      const before = await notices();
      await rotation.answerSwap(worker, slot(0), slot(1), false);
      assert.equal((await read(0)).record?.swap, undefined);
      assert.deepEqual(await notices(), before, 'nobody is said to have declined');
    });

    it('is offered with slots of which the topic is not due yet; a coordinator may choose any', async () => {
      const offered = async (who: Actor, index: number): Promise<boolean> => {
        const { slots: seen } = await rotation.rotation(who, series.id);
        const own = seen.find(({ occurrence }) => occurrence.id === slot(index));
        return own?.swappable.includes(slot(0)) ?? false;
      };
      assert.equal(await offered(otherWorker, 1), true);
      const { start } = await read(0);
      const days = world.clock.now().until(start).total('hours') / 24;
      world.clock.forward({ hours: Math.ceil((days - 6) * 24) });
      assert.equal(await offered(otherWorker, 1), false);
      assert.equal(await offered(coordinator, 1), true);
    });

    it('is answered as it was asked: an answer to an ask that another has replaced is refused', async () => {
      await rotation.swap(worker, slot(0), slot(1));
      await rotation.swap(worker, slot(0), slot(4));
      for (const isAccepted of [true, false])
        await refused('swap.notPossible', () =>
          rotation.answerSwap(otherWorker, slot(0), slot(1), isAccepted),
        );
      assert.equal((await order()).slice(0, 5), 'edled');
      await rotation.answerSwap(otherWorker, slot(0), slot(4), true);
      assert.equal((await order()).slice(0, 5), 'DeldE');
    });

    it("is not possible any more once one of the slots is another's", async () => {
      await rotation.swap(worker, slot(0), slot(1));
      await rotation.assign(coordinator, slot(1), lahella);
      await refused('swap.notPossible', () => rotation.answerSwap(otherWorker, slot(0), slot(1), true));
    });

    it("is not possible with itself, with one's own, with nobody's, or in another series", async () => {
      const other = await world.create('hankeradio', { formId: 'form-another' });
      const [elsewhere] = await world.next(other);
      assert.ok(elsewhere);
      await rotation.assign(coordinator, slot(4), null);
      for (const withId of [slot(0), slot(3), slot(4), elsewhere.id])
        await refused('swap.notPossible', () => rotation.swap(coordinator, slot(0), withId));
      await refused('presenter.notYours', () => rotation.swap(worker, slot(1), slot(2)));
    });
  });

  describe('answering', () => {
    it('confirms the session, and makes a proposed slot an agreed one', async () => {
      const { occurrence, undo } = await rotation.answer(worker, slot(0), {
        ...talk,
        material: 'https://example.org/slides',
      });
      assert.equal(occurrence.state.status, 'confirmed');
      assert.equal(occurrence.slot?.how, 'turn');
      assert.equal(occurrence.talk?.material, 'https://example.org/slides');
      assert.ok(undo);
      const again = await rotation.answer(worker, slot(0), {
        ...talk,
        material: 'https://example.org/slides',
      });
      assert.equal(again.undo, undefined);
    });

    it('is put into the other language by the coordinator, and stays the presenters own', async () => {
      const before = (await rotation.answer(worker, slot(0), talk)).occurrence.talk;
      const swedish = { topic: 'Elma ger råd', speaker: '' };
      const sent = { ...talk, translations: { sv: swedish, en: { topic: ' ' } } };
      await rotation.answer(coordinator, slot(0), sent);
      assert.deepEqual((await read(0)).talk, { ...before, translations: { sv: { topic: 'Elma ger råd' } } });
      assert.equal((await rotation.answer(coordinator, slot(0), sent)).undo, undefined);
      // A form that knows of no translations, as in chat, leaves them, unless they would translate something else.
      await rotation.answer(worker, slot(0), { ...talk, speaker: 'Vilma' });
      assert.equal((await read(0)).talk?.translations?.sv?.topic, 'Elma ger råd');
      await rotation.answer(worker, slot(0), { ...talk, topic: 'Elma muuttuu' });
      assert.equal((await read(0)).talk?.translations, undefined);
      await refused('input.invalid', () =>
        rotation.answer(coordinator, slot(0), { ...talk, translations: { de: swedish } }),
      );
      await refused('text.personalData', () =>
        rotation.answer(coordinator, slot(0), { ...talk, translations: { sv: { topic: '131052-308T' } } }),
      );
    });

    it("does not write over a colleague's answer unseen", async () => {
      const veikko = actor('veikko');
      await world.people.add(programme, [{ ...veikko, language: 'fi', projects: [elma] }]);
      const both = await Promise.allSettled([
        rotation.answer(worker, slot(0), { ...talk, basedOn: '' }),
        rotation.answer(veikko, slot(0), { ...talk, topic: 'Veikon aihe', basedOn: '' }),
      ]);
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      const { talk: current } = await read(0);
      assert.ok(current);
      const [other, topic] = current.by.id === worker.id ? [veikko, 'Veikon'] : [worker, 'Vilman'];
      await refused('text.conflict', () => rotation.answer(other, slot(0), { ...talk, topic, basedOn: '' }));
      await rotation.answer(other, slot(0), { ...talk, topic, basedOn: current.at });
      assert.equal((await read(0)).talk?.topic, topic);
    });

    it('is for the presenters and the coordinator', async () => {
      await refused('presenter.notYours', () => rotation.answer(otherWorker, slot(0), talk));
      await rotation.answer(coordinator, slot(0), talk);
      await rotation.assign(coordinator, slot(1), null);
      await refused('presenter.notYours', () => rotation.answer(worker, slot(1), talk));
      const { occurrence } = await rotation.answer(coordinator, slot(1), talk);
      assert.deepEqual([occurrence.slot, occurrence.state.status], [{ how: 'nobody' }, 'confirmed']);
    });

    it('names what is wrong at each field', async () => {
      await assert.rejects(
        rotation.answer(worker, slot(0), { topic: ' ', material: 'slides', language: 'fi' }),
        (error) => {
          assert.deepEqual(
            fieldFaults(error).map(({ field, code }) => `${field} ${code}`),
            ['topic required', 'speaker required', 'material notALink'],
          );
          return true;
        },
      );
      await refused('text.personalData', () =>
        rotation.answer(worker, slot(0), { ...talk, topic: 'Asiakas 131052-308T kertoo' }),
      );
      assert.equal((await read(0)).talk, undefined);
    });

    it('is mended afterwards by the coordinator alone', async () => {
      const first = slot(0);
      await rotation.answer(worker, first, talk);
      await world.pass({ days: 10 });
      await refused('occurrence.moveNotAllowed', () =>
        rotation.answer(worker, first, { ...talk, topic: 'Toinen' }),
      );
      const { occurrence } = await rotation.answer(coordinator, first, { ...talk, topic: 'Toinen' });
      assert.deepEqual([occurrence.talk?.topic, occurrence.state.status], ['Toinen', 'held']);
    });
  });

  it('asks nothing of people who are not known any more', async () => {
    const stranger: Actor = { id: 'nobody' as PersonId, name: 'Nobody', role: 'worker' };
    await refused('presenter.notYours', () => rotation.volunteer(stranger, slot(0), elma));
  });
});
