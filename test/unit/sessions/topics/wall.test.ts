import assert from 'node:assert/strict';
import type { OccurrenceId } from '../../../../src/platform/ids.js';
import { keyedHash } from '../../../../src/platform/keyed-hash.js';
import { joinPage } from '../../../../src/sessions/topics/join-page.js';
import { topicService } from '../../../../src/sessions/topics/service.js';
import { topicStore } from '../../../../src/sessions/topics/store.js';
import { wallService } from '../../../../src/sessions/topics/wall.js';
import { actor, coordinator, otherWorker, programme, worker } from '../../../make.js';
import { sessionWorld } from '../../../make-sessions.js';
import { rejectsWith } from '../../../world/outbox.js';
import { readablePartition } from '../../../world/partition.js';

const rotation = {
  projects: programme.projects.map(({ id }) => id),
  askDays: 21,
  deadlineDays: 7,
};

async function world() {
  const all = await sessionWorld();
  const partition = readablePartition(all.rows, all.partition);
  const topics = topicService({ ...all.deps, people: all.people, topics: topicStore(partition) });
  const wall = wallService({
    ...all.deps,
    topics,
    keyedHash: keyedHash(partition),
    publicUrl: 'https://room.example.fi',
  });
  const series = await all.create('hankeradio', { rotation, joinUrl: 'https://example.org/join' });
  const [first] = (await all.next(series, 1)).map(({ id }) => id) as [OccurrenceId];
  let forms = 0;
  const ask = (text: string, who = otherWorker) => {
    forms += 1;
    return topics.ask(who, first, { text, formId: `question-${String(forms)}` });
  };
  return { ...all, topics, wall, first, ask };
}

describe('the wall of a session', () => {
  it('has the open questions by votes, and what may be read by all', async () => {
    const { wall, topics, first, ask, clock } = await world();
    await ask('Miten alkuun?');
    clock.forward({ seconds: 1 });
    const popular = await ask('Kenelle?');
    clock.forward({ seconds: 1 });
    const answered = await ask('Milloin?');
    await topics.voteForQuestion(worker, popular.id, first, true);
    await topics.answerQuestion(coordinator, answered.id, first, { answer: 'Heti.' });
    const shown = await wall.wall(worker, first);
    assert.deepEqual(
      shown.questions.map(({ text, votes }) => [text, votes]),
      [
        ['Kenelle?', 1],
        ['Miten alkuun?', 0],
      ],
    );
    assert.equal(shown.now, clock.now().toString());
    assert.equal(shown.join?.url, 'https://example.org/join');
    assert.match(shown.join.address, /^https:\/\/room\.example\.fi\/j\/[2-9a-hj-km-np-z]{6}$/);
  });

  it('leads by its short address to the session from an hour before its start to its end', async () => {
    const { wall, first, clock } = await world();
    const { join } = await wall.wall(worker, first);
    const code = join?.address.slice(-6) ?? '';
    const there = async (typed = code) => (await wall.joinedBy(typed))?.id;
    assert.equal(await there(), undefined, 'a week before');
    clock.forward({ days: 7, hours: 21, minutes: 59 });
    assert.equal(await there(), undefined);
    clock.forward({ minutes: 1 });
    assert.equal(await there(), first);
    assert.equal(await there(code.toUpperCase()), first);
    assert.equal(await there('222222'), undefined);
    clock.forward({ hours: 1, minutes: 29 });
    assert.equal(await there(), first);
    clock.forward({ minutes: 1 });
    assert.equal(await there(), undefined, 'it is over');
  });

  it('names the session on the page of its address, and says where there is none', async () => {
    const { wall, first, clock } = await world();
    clock.forward({ days: 7, hours: 22 });
    const code = (await wall.wall(worker, first)).join?.address.slice(-6) ?? '';
    const facts = { language: 'sv', programme: 'Projekten' } as const;
    const page = joinPage(await wall.joinedBy(code), facts);
    assert.match(
      page,
      /<h1>Hankeradio \(Projektradion\)<\/h1>[^]*href="https:\/\/example\.org\/join"[^]*Anslut/,
    );
    assert.match(joinPage(undefined, facts), /leder inte till något evenemang just nu/);
  });
});

describe('votes for questions', () => {
  it('count each person once, can be taken back, and none is lost of twenty at once', async () => {
    const { topics, first, ask } = await world();
    const { id } = await ask('Kenelle?');
    const votes = async () =>
      (await topics.questions(worker, first)).map((one) => [one.votes ?? 0, one.isVoted]);
    assert.deepEqual(await votes(), [[0, false]]);
    await topics.voteForQuestion(worker, id, first, true);
    await topics.voteForQuestion(worker, id, first, true);
    assert.deepEqual(await votes(), [[1, true]]);
    await topics.voteForQuestion(worker, id, first, false);
    assert.deepEqual(await votes(), [[0, false]]);
    const people = Array.from({ length: 20 }, (_, index) => actor(`person${String(index)}`));
    await Promise.all(people.map((person) => topics.voteForQuestion(person, id, first, true)));
    assert.deepEqual(await votes(), [[20, false]]);
  });

  it('are for those that nobody has answered', async () => {
    const { topics, first, ask } = await world();
    const { id } = await ask('Milloin?');
    await topics.answerQuestion(coordinator, id, first, { answer: 'Heti.' });
    await rejectsWith(topics.voteForQuestion(worker, id, first, true), 'question.moveNotAllowed');
  });
});
