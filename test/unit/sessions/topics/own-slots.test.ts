import assert from 'node:assert/strict';
import type { OccurrenceId, ProjectId } from '../../../../src/platform/ids.js';
import { followUpService } from '../../../../src/sessions/follow-up/service.js';
import { followUpStore } from '../../../../src/sessions/follow-up/store.js';
import { rotationService } from '../../../../src/sessions/rotation/service.js';
import { topicService } from '../../../../src/sessions/topics/service.js';
import { topicStore } from '../../../../src/sessions/topics/store.js';
import { coordinator, otherWorker, programme, worker } from '../../../make.js';
import { sessionWorld } from '../../../make-sessions.js';
import { readablePartition } from '../../../world/partition.js';

const [elma, digi] = programme.projects.map(({ id }) => id) as [ProjectId, ProjectId];
const rotation = { projects: [elma, digi], askDays: 21, deadlineDays: 7 };
const talk = { topic: 'Elma arjessa', speaker: 'Vilma', language: 'fi' };

async function world() {
  const all = await sessionWorld();
  const partition = readablePartition(all.rows, all.partition);
  const deps = { ...all.deps, people: all.people, topics: topicStore(partition) };
  const topics = topicService(deps);
  const series = await all.create('hankeradio', { rotation, joinUrl: 'https://example.org/join' });
  const [first] = (await all.next(series, 1)).map(({ id }) => id) as [OccurrenceId];
  const shown = async (who = worker) =>
    (await topics.ownSlots(who)).map(({ occurrence, missing, openQuestions }) => [
      occurrence.date,
      occurrence.slot?.how,
      missing,
      openQuestions,
    ]);
  const followUp = followUpService({
    ...deps,
    followUp: followUpStore(partition),
    news: { get: () => assert.fail('nobody asks for news') },
  });
  return { ...all, topics, rotation: rotationService(deps), followUp, series, first, shown };
}

describe('own slots', () => {
  it('are those of one’s own project, with what is missing and how many questions wait', async () => {
    const { rotation: slots, topics, first, followUp, shown } = await world();
    await slots.assign(coordinator, first, elma, {});
    const [of] = await shown();
    assert.deepEqual(of, ['2026-12-01', 'chosen', ['topic'], 0]);
    await topics.ask(otherWorker, first, { text: 'Miten alkuun?', formId: 'question-1' });
    const second = await topics.ask(otherWorker, first, { text: 'Kenelle?', formId: 'question-2' });
    await topics.answerQuestion(worker, second.id, first, { answer: 'Kaikille.' });
    await slots.answer(worker, first, talk);
    assert.deepEqual((await shown())[0], ['2026-12-01', 'chosen', ['material'], 1]);
    await followUp.setMaterials(worker, first, {
      materials: [{ title: 'Diat', url: 'https://example.org/a' }],
    });
    assert.deepEqual((await shown())[0], ['2026-12-01', 'chosen', [], 1]);
    const dates = (await shown(otherWorker)).map(([date]) => date);
    assert.ok(!dates.includes('2026-12-01'), 'the other project does not have it');
  });

  it('say of a proposal that it is one, and ask nothing for it', async () => {
    const { shown } = await world();
    const proposed = await shown();
    assert.ok(proposed.length > 0);
    for (const [, how, missing] of proposed) assert.deepEqual([how, missing], ['proposed', []]);
  });

  it('leave out what is over or cancelled, and are none for who has no project', async () => {
    const { rotation: slots, first, clock, shown } = await world();
    await slots.assign(coordinator, first, elma, {});
    clock.forward({ days: 7, hours: 23, minutes: 10 });
    assert.equal((await shown())[0]?.[0], '2026-12-01', 'it is running');
    clock.forward({ hours: 1 });
    assert.notEqual((await shown())[0]?.[0], '2026-12-01');
    assert.equal((await shown(coordinator)).length, 0);
  });

  it('cost the same trips however many questions were asked long ago', async () => {
    const { rotation: slots, first, topics, trips, clock, next, series } = await world();
    await slots.assign(coordinator, first, elma, {});
    for (let number = 0; number < 30; number += 1)
      await topics.ask(otherWorker, first, { text: 'Miksi?', formId: `question-${String(number)}` });
    const measure = async () => {
      const before = trips();
      const { length } = await topics.ownSlots(worker);
      return trips() - before - length;
    };
    const now = await measure();
    clock.forward({ days: 9 });
    assert.ok((await next(series, 1)).length > 0);
    assert.equal(await measure(), now);
  });
});
