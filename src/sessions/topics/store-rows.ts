import type { Change, Versioned } from '../../platform/commit.js';
import type { OccurrenceId, PersonId, QuestionId, SeriesId, TopicId } from '../../platform/ids.js';
import type { Question } from './topic.js';
import type { StoredTopic, TopicStore } from './store.js';
import { prefixRange, type Rows } from '../../platform/rows.js';
import { put, versioned } from '../../platform/row-lists.js';

const maxTopics = 1_000;
const maxVotes = 5_000;
const maxQuestions = 1_000;

const topicKey = (id: TopicId): string => `topic|${id}`;
const proposedPrefix = (seriesId?: SeriesId): string =>
  seriesId === undefined ? 'topic-proposed|' : `topic-proposed|${seriesId}|`;
const votePrefix = (personId: PersonId): string => `topic-vote|${personId}|`;
const questionPrefix = (id: OccurrenceId): string => `question|${id}|`;
const questionKey = (occurrenceId: OccurrenceId, id: QuestionId): string => questionPrefix(occurrenceId) + id;

/**
 * Topics in `topic|<id>`, with a copy in `topic-proposed|<series>|<id>` while nobody has decided about them; votes in
 * `topic-vote|<person>|<topic>`, questions in `question|<occurrence>|<id>`.
 */
export function topicStore(rows: Rows, partition: string): TopicStore {
  const one = async <Value>(key: string): Promise<Versioned<Value> | undefined> => {
    const row = await rows.get<Value>(partition, key);
    return row && versioned(row);
  };
  return {
    topic: (id) => one(topicKey(id)),
    proposed: async (seriesId) => {
      const range = prefixRange(proposedPrefix(seriesId), maxTopics);
      return (await rows.range<StoredTopic>(partition, range)).rows.map(({ value }) => value);
    },
    putTopic: (before, after) => [
      put(topicKey(after.id), before, after),
      ...proposedChanges(before?.value, after),
    ],
    hasVoted: async (personId, id) => (await rows.get(partition, votePrefix(personId) + id)) !== undefined,
    votesOf: async (personId) => {
      const prefix = votePrefix(personId);
      const found = await rows.range(partition, prefixRange(prefix, maxVotes));
      return new Set(found.rows.map(({ key }) => key.slice(prefix.length) as TopicId));
    },
    putVote: (personId, id, isFor) => {
      const key = votePrefix(personId) + id;
      return isFor ? { op: 'insert', key, value: {} } : { op: 'delete', key };
    },
    question: (occurrenceId, id) => one(questionKey(occurrenceId, id)),
    questions: async (occurrenceId) => {
      const range = prefixRange(questionPrefix(occurrenceId), maxQuestions);
      return (await rows.range<Question>(partition, range)).rows.map(versioned);
    },
    putQuestion: (before, after) => put(questionKey(after.occurrenceId, after.id), before, after),
    dropQuestion: ({ value: { occurrenceId, id }, version }) => ({
      op: 'delete',
      key: questionKey(occurrenceId, id),
      version,
    }),
  };
}

/** The copy among the proposed ones comes, follows and goes with the topic's own row, in the same transaction. */
function proposedChanges(before: StoredTopic | undefined, after: StoredTopic): Change[] {
  const key = proposedPrefix(after.seriesId) + after.id;
  if (after.state.status === 'proposed') return [{ op: 'put', key, value: after }];
  return before?.state.status === 'proposed' ? [{ op: 'delete', key }] : [];
}
