import type { Change, Versioned } from '../../platform/commit.js';
import type { OccurrenceId, PersonId, QuestionId, SeriesId, TopicId } from '../../platform/ids.js';
import type { Question, Topic } from './topic.js';

/** A topic as it is kept: whether the one who asks has voted for it stands elsewhere. */
export type StoredTopic = Omit<Topic, 'isVoted'>;

/** Where topics, the votes for them and questions are kept. */
export interface TopicStore {
  topic(id: TopicId): Promise<Versioned<StoredTopic> | undefined>;
  /** Those that nobody has decided about, of one series or of all; at most 1,000. One round trip. */
  proposed(seriesId?: SeriesId): Promise<readonly StoredTopic[]>;
  /** The topic, and its place among the proposed ones; `before` is undefined for a new one. */
  putTopic(before: Versioned<StoredTopic> | undefined, after: StoredTopic): Change[];
  hasVoted(personId: PersonId, id: TopicId): Promise<boolean>;
  /** The topics for which a person has voted. */
  votesOf(personId: PersonId): Promise<ReadonlySet<TopicId>>;
  /** Holds when the vote is not there yet, or still is. */
  putVote(personId: PersonId, id: TopicId, isFor: boolean): Change;

  question(occurrenceId: OccurrenceId, id: QuestionId): Promise<Versioned<Question> | undefined>;
  /** Those of one occurrence; at most 1,000. */
  questions(occurrenceId: OccurrenceId): Promise<readonly Versioned<Question>[]>;
  putQuestion(before: Versioned<Question> | undefined, after: Question): Change;
  dropQuestion(before: Versioned<Question>): Change;
}
