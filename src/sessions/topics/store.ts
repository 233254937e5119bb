import { z } from 'zod';
import type { Change, Versioned } from '../../platform/commit.js';
import type { OccurrenceId, PersonId, QuestionId, SeriesId, TopicId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { prefixRange } from '../../platform/rows.js';
import { insert, put, replace, storedId, storedKind, storedPersonRef } from '../../platform/stored.js';
import { languages } from '../../shared/languages.js';
import type { Question, StoredTopic } from './topic.js';

const maxTopics = 20_000;
const maxVotes = 20_000;
const maxQuestions = 20_000;

type Old = Readonly<Record<string, unknown>>;

/** Version 1 had `is: { state }` where `state: { status }` is now. */
function withStatus({ is, ...rest }: Old): Old {
  const { state: status, ...state } = is as Old;
  return { ...rest, state: { status, ...state } };
}

/** A topic under its id, and the same among the proposed ones. */
const topicRow = storedKind<StoredTopic>({
  name: 'topic',
  schema: z.looseObject({
    id: storedId<TopicId>(),
    seriesId: storedId<SeriesId>(),
    text: z.string(),
    why: z.string().exactOptional(),
    language: z.enum(languages),
    translations: z
      .partialRecord(z.enum(languages), z.looseObject({ text: z.string(), why: z.string().exactOptional() }))
      .exactOptional(),
    by: storedPersonRef,
    at: z.string(),
    votes: z.int(),
    state: z.discriminatedUnion('status', [
      z.looseObject({ status: z.enum(['proposed', 'done', 'declined']) }),
      z.looseObject({ status: z.literal('planned'), occurrenceId: storedId<OccurrenceId>() }),
    ]),
  }),
  upgrades: [withStatus],
});

const questionRow = storedKind<Question>({
  name: 'question',
  schema: z.looseObject({
    id: storedId<QuestionId>(),
    occurrenceId: storedId<OccurrenceId>(),
    text: z.string(),
    by: storedPersonRef,
    at: z.string(),
    votes: z.int().exactOptional(),
    state: z.discriminatedUnion('status', [
      z.looseObject({ status: z.literal('open') }),
      z.looseObject({
        status: z.literal('answered'),
        at: z.string(),
        by: storedPersonRef,
        answer: z.string(),
      }),
      z.looseObject({ status: z.literal('carriedOver'), to: storedId<OccurrenceId>(), at: z.string() }),
    ]),
  }),
  upgrades: [withStatus],
});

/** All data of a vote is in its key. */
const voteRow = storedKind({ name: 'vote', schema: z.looseObject({}) });

const topicKey = (id: TopicId): string => `topic|${id}`;
const proposedPrefix = (seriesId?: SeriesId): string =>
  seriesId === undefined ? 'topic-proposed|' : `topic-proposed|${seriesId}|`;
const votePrefix = (personId: PersonId): string => `topic-vote|${personId}|`;
const questionVotePrefix = (personId: PersonId): string => `question-vote|${personId}|`;
const questionPrefix = (id: OccurrenceId): string => `question|${id}|`;
const questionKey = (occurrenceId: OccurrenceId, id: QuestionId): string => questionPrefix(occurrenceId) + id;

/** The copy among the proposed ones comes, changes and goes with the topic's own row, in the same transaction. */
function proposedChanges(before: StoredTopic | undefined, after: StoredTopic): Change[] {
  const key = proposedPrefix(after.seriesId) + after.id;
  if (after.state.status === 'proposed') return [put(topicRow, key, after)];
  return before?.state.status === 'proposed' ? [{ op: 'delete', key }] : [];
}

/**
 * Topics in `topic|<id>`, with a copy in `topic-proposed|<series>|<id>` while nobody has decided about them; votes in
 * `topic-vote|<person>|<topic>`, questions in `question|<occurrence>|<id>`, votes for them in
 * `question-vote|<person>|<question>`.
 */
export function topicStore(partition: Partition) {
  /** What a person has voted for, of the keys of their votes. */
  async function votedUnder<Id extends string>(prefix: string): Promise<ReadonlySet<Id>> {
    const found = await partition.range(voteRow, prefixRange(prefix, maxVotes));
    return new Set(found.rows.map(({ key }) => key.slice(prefix.length) as Id));
  }

  const voteChange = (key: string, isFor: boolean): Change =>
    isFor ? insert(voteRow, key, {}) : { op: 'delete', key };

  return {
    topic: (id: TopicId): Promise<Versioned<StoredTopic> | undefined> =>
      partition.get(topicRow, topicKey(id)),

    /** Those that nobody has decided about, of one series or of all: a round trip for each 1,000, since any of them may have the most votes. */
    proposed: (seriesId?: SeriesId): Promise<readonly StoredTopic[]> =>
      partition.all(topicRow, proposedPrefix(seriesId), maxTopics),

    /** The topic, and its place among the proposed ones; `before` is undefined for a new one. */
    putTopic: (before: Versioned<StoredTopic> | undefined, after: StoredTopic): Change[] => [
      replace(topicRow, topicKey(after.id), before, after),
      ...proposedChanges(before?.value, after),
    ],

    hasVoted: async (personId: PersonId, id: TopicId): Promise<boolean> =>
      (await partition.get(voteRow, votePrefix(personId) + id)) !== undefined,

    /** The topics for which a person has voted. */
    votesOf: (personId: PersonId): Promise<ReadonlySet<TopicId>> => votedUnder(votePrefix(personId)),

    /** Holds when the vote is not there yet, or still is. */
    putVote: (personId: PersonId, id: TopicId, isFor: boolean): Change =>
      voteChange(votePrefix(personId) + id, isFor),

    hasVotedForQuestion: async (personId: PersonId, id: QuestionId): Promise<boolean> =>
      (await partition.get(voteRow, questionVotePrefix(personId) + id)) !== undefined,

    /** The questions for which a person has voted. */
    questionVotesOf: (personId: PersonId): Promise<ReadonlySet<QuestionId>> =>
      votedUnder(questionVotePrefix(personId)),

    /** Holds when the vote is not there yet, or still is. */
    putQuestionVote: (personId: PersonId, id: QuestionId, isFor: boolean): Change =>
      voteChange(questionVotePrefix(personId) + id, isFor),

    question: (occurrenceId: OccurrenceId, id: QuestionId): Promise<Versioned<Question> | undefined> =>
      partition.get(questionRow, questionKey(occurrenceId, id)),

    /** Those of one occurrence. */
    questions: async (occurrenceId: OccurrenceId): Promise<readonly Versioned<Question>[]> =>
      (await partition.range(questionRow, prefixRange(questionPrefix(occurrenceId), maxQuestions))).rows,

    putQuestion: (before: Versioned<Question> | undefined, after: Question): Change =>
      replace(questionRow, questionKey(after.occurrenceId, after.id), before, after),

    dropQuestion: ({ value: { occurrenceId, id }, version }: Versioned<Question>): Change => ({
      op: 'delete',
      key: questionKey(occurrenceId, id),
      version,
    }),
  };
}

export type TopicStore = ReturnType<typeof topicStore>;
