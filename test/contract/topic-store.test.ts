import assert from 'node:assert/strict';
import type {
  NewsId,
  OccurrenceId,
  PersonId,
  QuestionId,
  SeriesId,
  TopicId,
} from '../../src/platform/ids.js';
import type { Question, StoredTopic } from '../../src/sessions/topics/topic.js';
import { followUpStore } from '../../src/sessions/follow-up/store.js';
import type { Rows } from '../../src/platform/rows.js';
import { topicStore } from '../../src/sessions/topics/store.js';
import { handClock } from '../world/clock.js';
import { readablePartition } from '../world/partition.js';
import { rejectsWith } from '../world/outbox.js';
import { makeQueueAndRows } from '../world/storage.js';

const by = { id: 'vilma' as PersonId, name: 'Vilma' };
const at = '2026-11-23T08:00:00Z';
const idOf = <Id extends string>(number: number): Id => String(number).padStart(26, '0') as Id;
const occurrence = `${'a'.repeat(26)}-20261201` as OccurrenceId;
const later = `${'a'.repeat(26)}-20270105` as OccurrenceId;

const topic = (number: number, series = 1): StoredTopic => ({
  id: idOf<TopicId>(number),
  seriesId: idOf<SeriesId>(series),
  text: `Aihe ${String(number)}`,
  language: 'fi',
  by,
  at,
  votes: 0,
  state: { status: 'proposed' },
});

const question = (number: number, occurrenceId = occurrence): Question => ({
  id: idOf<QuestionId>(number),
  occurrenceId,
  text: 'Milloin?',
  by,
  at,
  state: { status: 'open' },
});

for (const [name, make] of Object.entries(makeQueueAndRows)) {
  describe(`Topic store on ${name}`, function () {
    this.timeout(60_000);
    let rows: Rows;
    const store = () => topicStore(readablePartition(rows, 'programme'));
    const followUp = () => followUpStore(readablePartition(rows, 'programme'));
    const commit = (changes: Parameters<Rows['commit']>[1]) => rows.commit('programme', changes);
    const proposed = async (series?: number) =>
      (await store().proposed(series === undefined ? undefined : idOf<SeriesId>(series))).map(({ id }) =>
        Number(id),
      );

    beforeEach(async () => {
      ({ rows } = await make(handClock()));
    });

    it('lists what is proposed by series, as long as it is', async () => {
      for (const each of [topic(1), topic(2), topic(3, 2)]) await commit(store().putTopic(undefined, each));
      assert.deepEqual([await proposed(), await proposed(1), await proposed(2)], [[1, 2, 3], [1, 2], [3]]);
      const before = await store().topic(idOf(1));
      assert.ok(before);
      assert.deepEqual(before.value, topic(1));
      await commit(store().putTopic(before, { ...topic(1), state: { status: 'done' } }));
      assert.deepEqual(await proposed(1), [2]);
      await rejectsWith(commit(store().putTopic(before, topic(1))), 'storage.conflict');
      await rejectsWith(commit(store().putTopic(undefined, topic(2))), 'storage.conflict');
      const done = await store().topic(idOf(1));
      await commit(store().putTopic(done, topic(1)));
      assert.deepEqual(await proposed(1), [1, 2]);
    });

    it('hides no topic behind others, however many there are', async () => {
      const many = Array.from({ length: 1_100 }, (_, index) => topic(index + 1));
      for (let from = 0; from < many.length; from += 40)
        await commit(many.slice(from, from + 40).flatMap((each) => store().putTopic(undefined, each)));
      assert.equal((await proposed(1)).length, 1_100);
    });

    it('keeps a vote once, and knows whose it is', async () => {
      const vote = (isFor: boolean) => commit([store().putVote(by.id, idOf(1), isFor)]);
      await vote(true);
      await rejectsWith(vote(true), 'storage.conflict');
      assert.deepEqual(await store().votesOf(by.id), new Set([idOf<TopicId>(1)]));
      assert.equal(await store().hasVoted(by.id, idOf(1)), true);
      assert.equal(await store().hasVoted('vil' as PersonId, idOf(1)), false);
      await vote(false);
      await rejectsWith(vote(false), 'storage.conflict');
      assert.equal((await store().votesOf(by.id)).size, 0);
    });

    it('keeps the questions of each occurrence, and moves them', async () => {
      for (const number of [1, 2]) await commit([store().putQuestion(undefined, question(number))]);
      await commit([store().putQuestion(undefined, question(3, later))]);
      const before = await store().question(occurrence, idOf(1));
      assert.ok(before);
      await commit([
        store().dropQuestion(before),
        store().putQuestion(undefined, { ...before.value, occurrenceId: later }),
      ]);
      const idsOf = async (id: OccurrenceId) =>
        (await store().questions(id)).map(({ value }) => Number(value.id));
      assert.deepEqual([await idsOf(occurrence), await idsOf(later)], [[2], [1, 3]]);
      await rejectsWith(commit([store().dropQuestion(before)]), 'storage.conflict');
    });

    it('keeps one pulse a person, and the news of an occurrence in the order in which it was made', async () => {
      const answer = (person: string, useful: number) =>
        commit([followUp().putPulse(occurrence, person as PersonId, { useful, at })]);
      await answer('vilma', 2);
      await answer('vilma', 5);
      await answer('kalle', 3);
      assert.deepEqual((await followUp().pulses(occurrence)).map(({ useful }) => useful).sort(), [3, 5]);
      const [first, second] = [idOf<NewsId>(9), idOf<NewsId>(1)];
      await commit([followUp().putNews(occurrence, first, '2026-12-01T08:00:00Z')]);
      await commit([followUp().putNews(occurrence, second, '2026-12-02T08:00:00Z')]);
      assert.deepEqual(await followUp().news(occurrence), [first, second]);
      assert.deepEqual(await followUp().news(later), []);
    });
  });
}
