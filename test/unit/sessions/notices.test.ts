import assert from 'node:assert/strict';
import type { OccurrenceId, PersonId, ProjectId, QuestionId, TopicId } from '../../../src/platform/ids.js';
import { isStillTrue, type NoticeFacts, type SessionNotice } from '../../../src/sessions/notices.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import type { Question } from '../../../src/sessions/topics/topic.js';

const [occurrenceId, withId] = ['one', 'two'] as OccurrenceId[] as [OccurrenceId, OccurrenceId];
const questionId = 'question' as QuestionId;
const [elma, digi] = ['elma', 'digi'] as ProjectId[] as [ProjectId, ProjectId];
const by = { id: 'kaisa' as PersonId, name: 'Kaisa' };
const at = '2026-11-23T08:00:00Z';

/** Only what decides of an occurrence. */
const occurrence = (more: Partial<Occurrence> = {}): Occurrence =>
  ({
    id: occurrenceId,
    state: { status: 'planned' },
    slot: { projectId: elma, how: 'chosen', at },
    start: at,
    ...more,
  }) as Occurrence;
const over = occurrence({ state: { status: 'held' } });
const cancelled = occurrence({ state: { status: 'cancelled', was: 'planned', at, by } });
const free = occurrence({ slot: { how: 'nobody' } });
const proposed = occurrence({ slot: { projectId: elma, how: 'proposed' } });
const ofDigi = occurrence({ slot: { projectId: digi, how: 'swap', at } });
const answered = occurrence({ talk: { presenter: 'Vilma' } } as unknown as Partial<Occurrence>);
const asked = occurrence({ record: { swap: { with: withId } } } as unknown as Partial<Occurrence>);
const topicId = 'topic' as TopicId;
const withTopics = (topics: readonly TopicId[]): Occurrence =>
  occurrence({ record: { topics } } as unknown as Partial<Occurrence>);
const question = (status: string): Question => ({ id: questionId, state: { status } }) as unknown as Question;

const later = occurrence({ start: '2026-11-24T08:00:00Z' });

const swap = { occurrenceId, withId, by: 'Kalle' } as const;
const changed = { about: 'slotChanged', occurrenceId, projectId: elma, was: at, start: at } as const;

/** For each notice: what makes it true, and what makes it superseded, for somebody of ELMA. */
const cases: readonly {
  readonly notice: SessionNotice;
  readonly isTrue: readonly NoticeFacts[];
  readonly isSuperseded: readonly NoticeFacts[];
}[] = [
  {
    notice: { about: 'presenterAsk', occurrenceId, projectId: elma, round: 1 },
    isTrue: [{ occurrence: occurrence() }, { occurrence: proposed }],
    isSuperseded: [ofDigi, answered, over, cancelled].map((each) => ({ occurrence: each })),
  },
  {
    notice: { about: 'turnGiven', occurrenceId, projectId: elma },
    isTrue: [{ occurrence: occurrence() }],
    isSuperseded: [ofDigi, free, proposed, over, cancelled].map((each) => ({ occurrence: each })),
  },
  {
    notice: { about: 'presenterAway', occurrenceId, projectId: elma, by: 'Vilma' },
    isTrue: [
      { occurrence: occurrence() },
      { occurrence: answered },
      { occurrence: answered, answer: 'notComing' },
    ],
    isSuperseded: [
      ...[ofDigi, free, proposed, over, cancelled].map((each) => ({ occurrence: each })),
      { occurrence: occurrence(), answer: 'coming' },
    ],
  },
  {
    notice: { about: 'presenterComes', occurrenceId, projectId: elma, by: 'Vilma', who: 'vilma' as PersonId },
    isTrue: [{ occurrence: occurrence(), answer: 'coming' }, { occurrence: answered }],
    isSuperseded: [
      ...[ofDigi, free, proposed, over, cancelled].map((each) => ({ occurrence: each })),
      { occurrence: occurrence(), answer: 'notComing' },
    ],
  },
  {
    notice: { about: 'turnTaken', occurrenceId, projectId: elma },
    isTrue: [{ occurrence: ofDigi }, { occurrence: free }, { occurrence: proposed }],
    isSuperseded: [occurrence(), over, cancelled].map((each) => ({ occurrence: each })),
  },
  {
    notice: { ...changed, change: 'moved' },
    isTrue: [{ occurrence: occurrence() }],
    isSuperseded: [ofDigi, free, proposed, over, cancelled, later].map((each) => ({ occurrence: each })),
  },
  {
    notice: { ...changed, change: 'restored' },
    isTrue: [{ occurrence: occurrence() }],
    isSuperseded: [ofDigi, over, cancelled, later].map((each) => ({ occurrence: each })),
  },
  {
    notice: { ...changed, change: 'cancelled' },
    isTrue: [{ occurrence: cancelled }],
    isSuperseded: [occurrence(), ofDigi, over].map((each) => ({ occurrence: each })),
  },
  {
    notice: { about: 'slotDropped', occurrenceId, projectId: elma, start: occurrence().start },
    isTrue: [],
    isSuperseded: [occurrence(), ofDigi, cancelled].map((each) => ({ occurrence: each })),
  },
  {
    notice: { about: 'turnGivenUp', occurrenceId, projectId: elma, by: 'Vilma' },
    isTrue: [{ occurrence: free }, { occurrence: proposed }],
    isSuperseded: [occurrence(), ofDigi, over, cancelled].map((each) => ({ occurrence: each })),
  },
  {
    notice: { about: 'swapAsked', ...swap },
    isTrue: [{ occurrence: asked, other: ofDigi }],
    isSuperseded: [
      { occurrence: asked },
      { occurrence: asked, other: over },
      { occurrence: occurrence(), other: ofDigi },
    ],
  },
  {
    notice: { about: 'swapAccepted', ...swap },
    isTrue: [{ occurrence: ofDigi, other: occurrence() }],
    isSuperseded: [
      { occurrence: ofDigi },
      { occurrence: ofDigi, other: free },
      { occurrence: over, other: occurrence() },
      { occurrence: ofDigi, other: over },
    ],
  },
  {
    notice: { about: 'swapDeclined', ...swap },
    isTrue: [{ occurrence: occurrence(), other: ofDigi }],
    isSuperseded: [{ occurrence: ofDigi }, { occurrence: over }, { occurrence: proposed }],
  },
  {
    notice: { about: 'questionAsked', occurrenceId, questionId },
    isTrue: [{ occurrence: occurrence(), question: question('open') }],
    isSuperseded: [
      { occurrence: occurrence() },
      { occurrence: occurrence(), question: question('answered') },
    ],
  },
  {
    notice: { about: 'questionAnswered', occurrenceId, questionId },
    isTrue: [{ occurrence: over, question: question('answered') }],
    isSuperseded: [{ occurrence: over }, { occurrence: over, question: question('open') }],
  },
  {
    notice: { about: 'topicPlanned', occurrenceId, topicId, text: 'Selkeä kieli' },
    isTrue: [{ occurrence: withTopics([topicId]) }],
    isSuperseded: [
      { occurrence: occurrence() },
      { occurrence: withTopics([]) },
      { occurrence: { ...withTopics([topicId]), state: { status: 'held' } } },
    ],
  },
  {
    notice: { about: 'presenterThanks', occurrenceId },
    isTrue: [{ occurrence: over }],
    isSuperseded: [{ occurrence: occurrence() }, { occurrence: cancelled }],
  },
];

describe('a notice about a session', () => {
  for (const { notice, isTrue, isSuperseded } of cases)
    it(`is sent only as long as it is true: ${notice.about}`, () => {
      for (const facts of isTrue) assert.equal(isStillTrue(facts, notice, [elma]), true);
      for (const facts of isSuperseded) assert.equal(isStillTrue(facts, notice, [elma]), false);
    });
});
