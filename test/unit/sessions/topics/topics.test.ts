import assert from 'node:assert/strict';
import { fieldFaults } from '../../../../src/platform/errors.js';
import type { OccurrenceId, ProjectId, TopicId } from '../../../../src/platform/ids.js';
import { rotationService } from '../../../../src/sessions/rotation/service.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import type { Question, Topic } from '../../../../src/sessions/topics/topic.js';
import { topicFollower, type TopicService, topicService } from '../../../../src/sessions/topics/service.js';
import { topicStore } from '../../../../src/sessions/topics/store.js';
import { actor, coordinator, otherWorker, programme, worker } from '../../../make.js';
import { sessionWorld, type SessionWorld } from '../../../make-sessions.js';
import { rejectsWith } from '../../../world/outbox.js';
import { readablePartition } from '../../../world/partition.js';

const [elma] = programme.projects.map(({ id }) => id) as [ProjectId];

/** The code with which something is refused. */
const refused = (code: string, run: () => Promise<unknown>) => rejectsWith(run(), code);

describe('Topics', () => {
  let world: SessionWorld;
  let topics: TopicService;
  let series: Series;
  let next: OccurrenceId[];

  beforeEach(async () => {
    world = await sessionWorld();
    const deps = {
      ...world.deps,
      people: world.people,
      topics: topicStore(readablePartition(world.rows, world.partition)),
    };
    topics = topicService(deps);
    world.followers.push(topicFollower(deps));
    series = await world.create('bigRoom');
    next = (await world.next(series, 6)).map(({ id }) => id);
  });

  const on = (index: number): OccurrenceId => {
    const id = next[index];
    assert.ok(id);
    return id;
  };
  let forms = 0;
  const propose = (text: string, more: object = {}, who = worker): Promise<Topic> => {
    forms += 1;
    return topics.propose(who, {
      seriesId: series.id,
      text,
      language: 'fi',
      formId: `form-${String(forms).padStart(6, '0')}`,
      ...more,
    });
  };
  const listed = async (who = worker): Promise<string[]> =>
    (await topics.topics(who, series.id)).map(
      ({ text, votes, isVoted }) => `${text} ${votes}${isVoted ? '+' : ''}`,
    );
  const agenda = async (index = 0): Promise<(string | undefined)[]> =>
    (await topics.agenda(worker, on(index))).map(({ id, title }) =>
      ['picture', 'plan', 'ideas', 'training'].includes(id) ? id : title.fi,
    );

  describe('proposals', () => {
    it('are put into other languages by coordinators, each language by itself', async () => {
      const { id } = await propose('Selkeä kieli', { why: 'Siitä on puhuttu.' });
      const sv = { text: 'Klarspråk', why: 'Det har diskuterats.' };
      await topics.translate(coordinator, id, { translations: { sv } }, { translations: {} });
      const en = { text: 'Plain language' };
      // Two who saw none of them: the languages are put together, two texts in one language are not.
      const translated = await topics.translate(
        coordinator,
        id,
        { translations: { en } },
        { translations: {} },
      );
      assert.deepEqual(translated.translations, { sv, en });
      await refused('edit.conflict', () =>
        topics.translate(coordinator, id, { translations: { sv: { text: 'Annat' } } }, { translations: {} }),
      );
      const cleared = { translations: { sv: { text: '' }, en } };
      const { translations } = await topics.translate(coordinator, id, cleared, { translations: { sv, en } });
      assert.deepEqual(translations, { en });
      // What is in the language in which it was proposed is no translation.
      const own = { translations: { fi: { text: 'Muuta' }, en } };
      const same = await topics.translate(coordinator, id, own, { translations: { en } });
      assert.deepEqual([same.text, same.translations], ['Selkeä kieli', { en }]);
      await topics.vote(otherWorker, id, true);
      const [listedTopic] = await topics.topics(worker, series.id);
      assert.deepEqual([listedTopic?.votes, listedTopic?.translations], [1, { en }]);
    });

    it('are put into other languages by nobody else, and without personal identity codes', async () => {
      const { id } = await propose('Selkeä kieli');
      const translations = { sv: { text: 'Klarspråk' } };
      await refused('permission.denied', () => topics.translate(worker, id, { translations }));
      await refused('text.personalData', () =>
        topics.translate(coordinator, id, { translations: { sv: { text: 'Klient 131052-308T' } } }),
      );
      await refused('input.invalid', () =>
        topics.translate(coordinator, id, { translations: { et: { text: 'Selge keel' } } }),
      );
      await refused('topic.notFound', () =>
        topics.translate(coordinator, 'f'.repeat(26) as TopicId, { translations }),
      );
    });

    it('are on the agenda in each language in which they are', async () => {
      const { id } = await propose('Selkeä kieli');
      await topics.translate(coordinator, id, { translations: { sv: { text: 'Klarspråk' } } });
      await topics.settle(coordinator, id, { occurrenceId: on(0) });
      const item = (await topics.agenda(worker, on(0))).find((each) => each.id === id);
      assert.deepEqual(item?.title, { fi: 'Selkeä kieli', sv: 'Klarspråk' });
    });

    it('stores a form once, whatever it says the second time', async () => {
      const form = { formId: 'form-once-1' };
      const first = await propose('Selkeä kieli', form);
      const second = await propose('Jotain muuta', form);
      assert.deepEqual(second, first);
      assert.deepEqual(await listed(), ['Selkeä kieli 0']);
    });

    it('lists them by votes, then age, of one series or of all', async () => {
      const plain = await propose('Selkeä kieli');
      world.clock.forward({ minutes: 1 });
      const video = await propose('Videot');
      world.clock.forward({ minutes: 1 });
      await propose('Kuvat');
      await topics.vote(worker, video.id, true);
      assert.deepEqual(await listed(), ['Videot 1+', 'Selkeä kieli 0', 'Kuvat 0']);
      assert.deepEqual(await listed(otherWorker), ['Videot 1', 'Selkeä kieli 0', 'Kuvat 0']);
      await topics.vote(otherWorker, plain.id, true);
      await topics.vote(worker, plain.id, true);
      assert.deepEqual(await listed(), ['Selkeä kieli 2+', 'Videot 1+', 'Kuvat 0']);
      const other = await world.create('training');
      await propose('Leikkaus', { seriesId: other.id });
      assert.equal((await topics.topics(worker)).length, 4);
      assert.equal((await listed()).length, 3);
    });

    it('counts each person once, and takes a vote back', async () => {
      const { id } = await propose('Selkeä kieli');
      await topics.vote(worker, id, true);
      await topics.vote(worker, id, true);
      assert.deepEqual(await listed(), ['Selkeä kieli 1+']);
      await topics.vote(worker, id, false);
      await topics.vote(worker, id, false);
      assert.deepEqual(await listed(), ['Selkeä kieli 0']);
    });

    it('loses no vote of twenty who vote at once', async () => {
      const { id } = await propose('Selkeä kieli');
      const people = Array.from({ length: 20 }, (_, index) => actor(`person${String(index)}`));
      await Promise.all(people.map((person) => topics.vote(person, id, true)));
      assert.deepEqual(await listed(), ['Selkeä kieli 20']);
    });

    it('names what is wrong, and stops personal identity codes', async () => {
      await assert.rejects(propose(' ', { language: 'de', extra: 1 }), (error) => {
        assert.deepEqual(
          fieldFaults(error)
            .map(({ field, code }) => `${field} ${code}`)
            .sort(),
          ['extra unknownField', 'language unknownChoice', 'text required'],
        );
        return true;
      });
      await refused('text.personalData', () => propose('Asiakas 131052-308T'));
      await refused('text.personalData', () => propose('Asiakas', { why: 'tunnus 131052–308T' }));
      await refused('series.notFound', () => propose('Aihe', { seriesId: 'f'.repeat(26) }));
      await refused('topic.notFound', () => topics.vote(worker, 'f'.repeat(26) as TopicId, true));
      assert.deepEqual(await listed(), []);
    });
  });

  describe('agenda', () => {
    it('is the template until it is written by hand, with planned topics behind it', async () => {
      const { id } = await propose('Selkeä kieli');
      assert.deepEqual(await agenda(), ['picture', 'plan', 'ideas', 'training']);
      await topics.settle(coordinator, id, { occurrenceId: on(0) });
      assert.deepEqual(await agenda(), ['picture', 'plan', 'ideas', 'training', 'Selkeä kieli']);
      assert.deepEqual(await listed(), []);
      const items = await topics.agenda(worker, on(0));
      const { undo } = await topics.setAgenda(coordinator, on(0), [items[4], { ...items[0], minutes: 20 }]);
      assert.deepEqual(await agenda(), ['Selkeä kieli', 'picture']);
      assert.deepEqual(await agenda(1), ['picture', 'plan', 'ideas', 'training']);
      await world.series.undoOccurrence(coordinator, on(0), undo ?? 0);
      assert.deepEqual(await agenda(), ['picture', 'plan', 'ideas', 'training', 'Selkeä kieli']);
    });

    it('gives a planned topic back to the proposals when its writer saw it and took it away', async () => {
      const { id } = await propose('Selkeä kieli');
      await topics.settle(coordinator, id, { occurrenceId: on(0) });
      const items = await topics.agenda(coordinator, on(0));
      const without = items.filter((item) => item.id !== id);
      const { undo } = await topics.setAgenda(coordinator, on(0), without, { items });
      assert.deepEqual([await agenda(), undo], [['picture', 'plan', 'ideas', 'training'], undefined]);
      assert.deepEqual(await listed(), ['Selkeä kieli 0']);
    });

    it('keeps the ids of its items, and gives new ones their own', async () => {
      await topics.setAgenda(coordinator, on(0), [
        { id: 'picture', title: { fi: 'Tilanne' } },
        { title: { sv: 'Annat' } },
      ]);
      const [first, second] = await topics.agenda(worker, on(0));
      assert.equal(first?.id, 'picture');
      assert.match(second?.id ?? '', /^[0-9a-f]{26}$/);
    });

    it("is the coordinator's, whole and without personal identity codes", async () => {
      await refused('permission.denied', () => topics.setAgenda(worker, on(0), []));
      await refused('input.invalid', () => topics.setAgenda(coordinator, on(0), [{ title: {} }]));
      await refused('input.invalid', () => topics.setAgenda(coordinator, on(0), 'x'));
      await refused('text.personalData', () =>
        topics.setAgenda(coordinator, on(0), [{ title: { fi: '131052-308T' } }]),
      );
    });
  });

  describe('settling', () => {
    it('moves a topic from one agenda to another, off it, and back among the proposals', async () => {
      const { id } = await propose('Selkeä kieli');
      await topics.settle(coordinator, id, { occurrenceId: on(0) });
      const moved = await topics.settle(coordinator, id, { occurrenceId: on(1) });
      const { id: personId, name } = coordinator;
      const by = { id: personId, name };
      assert.deepEqual(moved.state, { status: 'planned', occurrenceId: on(1), by, at: world.clock.iso() });
      assert.equal((await agenda(0)).length, 4);
      assert.equal((await agenda(1)).length, 5);
      await topics.settle(coordinator, id, { occurrenceId: on(1) });
      assert.equal((await agenda(1)).length, 5);
      await topics.settle(coordinator, id, { occurrenceId: null });
      assert.equal((await agenda(1)).length, 4);
      assert.deepEqual(await listed(), ['Selkeä kieli 0']);
    });

    it('notifies who proposed it, with each agenda on which it is put, and nobody of their own', async () => {
      const notices = async (): Promise<string[]> =>
        (await world.waiting('notice')).map(({ body }) => `${body.to}: ${JSON.stringify(body.notice)}`);
      const { id, by } = await propose('Selkeä kieli');
      await topics.settle(coordinator, id, { occurrenceId: on(0) });
      await topics.settle(coordinator, id, { occurrenceId: on(0) });
      const notice = { about: 'topicPlanned', occurrenceId: on(0), topicId: id, text: 'Selkeä kieli' };
      const first = `${by.id}: ${JSON.stringify(notice)}`;
      assert.deepEqual(await notices(), [first]);
      await topics.settle(coordinator, id, { occurrenceId: on(1) });
      const second = `${by.id}: ${JSON.stringify({ ...notice, occurrenceId: on(1) })}`;
      assert.deepEqual((await notices()).sort(), [first, second].sort());
      const own = await propose('Oma aihe', {}, coordinator);
      await topics.settle(coordinator, own.id, { occurrenceId: on(0) });
      assert.equal((await notices()).length, 2);
    });

    it('takes it out of an agenda that was written by hand too', async () => {
      const { id } = await propose('Selkeä kieli');
      await topics.settle(coordinator, id, { occurrenceId: on(0) });
      await topics.setAgenda(coordinator, on(0), await topics.agenda(worker, on(0)));
      await topics.settle(coordinator, id, 'declined');
      assert.deepEqual(await agenda(), ['picture', 'plan', 'ideas', 'training']);
      assert.deepEqual(await listed(), []);
    });

    it('leaves what was talked about on the agenda of its day, and can open it again', async () => {
      const { id } = await propose('Selkeä kieli');
      await topics.vote(worker, id, true);
      await topics.settle(coordinator, id, { occurrenceId: on(0) });
      await topics.settle(coordinator, id, 'done');
      assert.equal((await agenda()).length, 5);
      await topics.settle(coordinator, id, { occurrenceId: null });
      assert.deepEqual(await listed(), ['Selkeä kieli 1+']);
    });

    it("is the coordinator's, for sessions to come", async () => {
      const { id } = await propose('Selkeä kieli');
      await refused('permission.denied', () => topics.settle(worker, id, 'done'));
      await world.series.cancel(coordinator, on(0), {});
      await refused('occurrence.moveNotAllowed', () =>
        topics.settle(coordinator, id, { occurrenceId: on(0) }),
      );
      assert.deepEqual(await listed(), ['Selkeä kieli 0']);
    });
  });

  describe('questions', () => {
    let radio: OccurrenceId[];
    let asked = 0;
    const ask = (text: string, who = otherWorker, id = radio[0]): Promise<Question> => {
      asked += 1;
      assert.ok(id);
      return topics.ask(who, id, { text, formId: `question-${String(asked).padStart(4, '0')}` });
    };
    const notices = async (): Promise<string[]> =>
      (await world.waiting('notice')).map(({ body }) => `${body.to}: ${body.notice.about}`).sort();
    const states = async (index: number): Promise<string[]> => {
      const id = radio[index];
      assert.ok(id);
      return (await topics.questions(worker, id)).map(({ text, state }) => `${text} ${state.status}`);
    };

    beforeEach(async () => {
      const hankeradio = await world.create('hankeradio');
      radio = (await world.next(hankeradio, 4)).map(({ id }) => id);
      await rotationService({ ...world.deps, people: world.people }).volunteer(worker, radio[0]!, elma);
      await world.pass({ seconds: 30 });
    });

    it('reach those who have agreed to present, and the answer reaches who asked', async () => {
      const { id, occurrenceId } = await ask('Milloin Elma tulee meille?');
      assert.deepEqual(await notices(), ['vilma: questionAsked']);
      const answered = await topics.answerQuestion(worker, id, occurrenceId, { answer: 'Tammikuussa.' });
      assert.equal(answered.state.status, 'answered');
      assert.deepEqual(await notices(), ['kalle: questionAnswered', 'vilma: questionAsked']);
    });

    it('follow the talk when its slot is swapped, to be answered there from an old card, and come back', async () => {
      const rotation = rotationService({ ...world.deps, people: world.people });
      const [first, second] = [radio[0]!, radio[1]!];
      const [digi] = [programme.projects[1]!.id];
      await rotation.assign(coordinator, second, digi);
      const { id } = await ask('Elmasta?');
      await ask('Digistä?', worker, second);
      await world.pass({ seconds: 30 });
      const { undo = 0 } = await rotation.swap(coordinator, first, second);
      assert.deepEqual([await states(0), await states(1)], [['Digistä? open'], ['Elmasta? open']]);
      await world.series.undoOccurrence(coordinator, first, undo);
      assert.deepEqual([await states(0), await states(1)], [['Elmasta? open'], ['Digistä? open']]);
      await rotation.swap(coordinator, first, second);
      // The card in the chat names the session for which it was asked.
      assert.equal((await topics.question(worker, id, first)).occurrenceId, second);
      await refused('presenter.notYours', () => topics.answerQuestion(otherWorker, id, first, 'Kyllä'));
      await topics.answerQuestion(worker, id, first, 'Tammikuussa.');
      assert.deepEqual([await states(0), await states(1)], [['Digistä? open'], ['Elmasta? answered']]);
      const third = radio[2]!;
      await rotation.assign(coordinator, third, digi);
      await rotation.swap(coordinator, second, third);
      assert.deepEqual([await states(1), await states(2)], [[], ['Elmasta? answered']]);
      assert.equal((await topics.question(worker, id, first)).occurrenceId, third);
    });

    it('go to the coordinators where nobody has agreed to present', async () => {
      await ask('Kuka puhuu?', worker, radio[1]);
      await ask('Mistä puhutaan?', worker, on(0));
      assert.deepEqual(await notices(), [
        'clara: questionAsked',
        'clara: questionAsked',
        'kaisa: questionAsked',
        'kaisa: questionAsked',
      ]);
    });

    it('are asked before and during, not after, and once for each form', async () => {
      const first = radio[0]!;
      const form = { text: 'Kuuluuko?', formId: 'same-form-1' };
      await topics.ask(otherWorker, first, form);
      await topics.ask(otherWorker, first, form);
      assert.deepEqual(await states(0), ['Kuuluuko? open']);
      await world.pass({ days: 7, hours: 23, minutes: 10 });
      // Tuesday 1 December, 9.10: it is on the air.
      await ask('Entä nyt?');
      await world.pass({ minutes: 30 });
      await refused('occurrence.moveNotAllowed', () => ask('Myöhässä'));
      assert.equal((await states(0)).length, 2);
    });

    it('are answered by the presenters and the coordinator, and no answer is written over', async () => {
      const { id, occurrenceId } = await ask('Milloin?');
      await refused('presenter.notYours', () =>
        topics.answerQuestion(otherWorker, id, occurrenceId, { answer: 'En tiedä' }),
      );
      await refused('text.personalData', () =>
        topics.answerQuestion(worker, id, occurrenceId, { answer: '131052-308T' }),
      );
      await topics.answerQuestion(worker, id, occurrenceId, 'Tammikuussa');
      await topics.answerQuestion(worker, id, occurrenceId, 'Tammikuussa 2027');
      await refused('question.moveNotAllowed', () =>
        topics.answerQuestion(coordinator, id, occurrenceId, 'Helmikuussa'),
      );
      const [current] = await topics.questions(worker, occurrenceId);
      assert.equal(current?.state.status === 'answered' && current.state.answer, 'Tammikuussa 2027');
      assert.equal((await notices()).filter((line) => line.includes('questionAnswered')).length, 1);
    });

    it('are moved to the next session that takes place, and answered there', async () => {
      const { id, occurrenceId } = await ask('Milloin?');
      await world.series.cancel(coordinator, radio[1]!, {});
      const carried = await topics.carryOver(worker, id, occurrenceId);
      assert.deepEqual(carried.state.status === 'carriedOver' && carried.state.to, radio[2]);
      assert.deepEqual(await states(0), ['Milloin? carriedOver']);
      assert.deepEqual(await states(2), ['Milloin? open']);
      assert.deepEqual(await topics.carryOver(worker, id, occurrenceId), carried);
      await refused('question.moveNotAllowed', () => topics.answerQuestion(worker, id, occurrenceId, 'Nyt'));
      await topics.answerQuestion(coordinator, id, radio[2]!, 'Maaliskuussa');
      assert.deepEqual(await states(2), ['Milloin? answered']);
      await refused('question.moveNotAllowed', () => topics.carryOver(coordinator, id, radio[2]!));
    });

    it('of a session long past are moved to one that is still to come', async () => {
      const { id, occurrenceId } = await ask('Milloin?');
      await world.pass({ days: 50 });
      assert.deepEqual(await states(0), ['Milloin? open']);
      const carried = await topics.carryOver(coordinator, id, occurrenceId);
      assert.deepEqual(carried.state.status === 'carriedOver' && carried.state.to, radio[2]);
    });

    it('say so where there is none', async () => {
      await refused('question.notFound', () =>
        topics.answerQuestion(worker, 'f'.repeat(26) as never, radio[0]!, 'x'),
      );
    });
  });

  it('go along, planned topics and questions, when a change of the series gives new dates', async () => {
    const { id } = await propose('Selkeä kieli');
    await topics.settle(coordinator, id, { occurrenceId: on(0) });
    await topics.ask(otherWorker, on(0), { text: 'Missä?', formId: 'question-form' });
    const rule = { every: 'weekdayOfMonth', interval: 1, weekday: 3, week: 3 };
    await world.series.changeFrom(coordinator, series.id, { from: '2026-12-01', rule });
    const [moved] = await world.next(series, 1);
    assert.ok(moved && moved.id !== on(0));
    assert.deepEqual(
      (await topics.agenda(worker, moved.id)).map(({ title }) => title.fi).at(-1),
      'Selkeä kieli',
    );
    assert.deepEqual(
      (await topics.questions(worker, on(0))).map(({ occurrenceId }) => occurrenceId),
      [moved.id],
    );
    const settled = await topics.settle(coordinator, id, { occurrenceId: null });
    assert.equal(settled.state.status, 'proposed');
    assert.equal((await topics.agenda(worker, moved.id)).length, 4);
  });
});
