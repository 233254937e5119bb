import assert from 'node:assert/strict';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import type { OccurrenceId, PersonId, QuestionId, SeriesId, TopicId } from '../../../../src/platform/ids.js';
import { topicStore } from '../../../../src/sessions/topics/store.js';
import { readablePartition } from '../../../world/partition.js';

const by = { id: 'vilma', name: 'Vilma' };
const at = '2026-11-20T08:00:00Z';
const topic = { id: 't1', seriesId: 's1', text: 'Elma', language: 'fi', by, at, votes: 2 };
const question = { id: 'q1', occurrenceId: 's1-20261201', text: 'Miksi?', by, at };

describe('topics and questions that an older version stored', () => {
  it('are read with their status', async () => {
    const rows = new MemoryRows();
    const planned = { state: 'planned', occurrenceId: 's1-20261201' };
    const answered = { state: 'answered', at, by, answer: 'Siksi.' };
    await rows.commit('test', [
      { op: 'put', key: 'topic|t1', value: { ...topic, is: planned } },
      { op: 'put', key: 'topic-proposed|s1|t2', value: { ...topic, id: 't2', is: { state: 'proposed' } } },
      { op: 'put', key: 'topic-vote|vilma|t2', value: {} },
      { op: 'put', key: 'question|s1-20261201|q1', value: { ...question, is: answered } },
    ]);
    const store = topicStore(readablePartition(rows));
    assert.deepEqual((await store.topic('t1' as TopicId))?.value, {
      ...topic,
      state: { status: 'planned', occurrenceId: 's1-20261201' },
    });
    assert.deepEqual(await store.proposed('s1' as SeriesId), [
      { ...topic, id: 't2', state: { status: 'proposed' } },
    ]);
    assert.deepEqual(await store.votesOf('vilma' as PersonId), new Set(['t2']));
    const found = await store.question('s1-20261201' as OccurrenceId, 'q1' as QuestionId);
    assert.deepEqual(found?.value, { ...question, state: { status: 'answered', at, by, answer: 'Siksi.' } });
  });
});
