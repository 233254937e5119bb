import { agenda, setAgenda } from './agenda.js';
import { asking } from './questions.js';
import { settle } from './settling.js';
import { proposing, type TopicDeps } from './topics.js';
import type { Actor } from '../../platform/actor.js';
import type { OccurrenceId, QuestionId, SeriesId, TopicId } from '../../platform/ids.js';
import type { AgendaItem } from '../series/series.js';
import type { Question, Topic } from './topic.js';
import type { OccurrenceMoved } from '../occurrences/change.js';

/** Topics, questions and the agenda. */
export interface TopicService {
  /** `{ seriesId, text, why?, language, formId }`; the same form twice is one topic. @throws `input.invalid`, `text.personalData`. */
  propose(actor: Actor, input: unknown): Promise<Topic>;
  /** Open ones by votes, then age; those of one series, or of all. At most 100. */
  topics(actor: Actor, seriesId?: SeriesId): Promise<readonly Topic[]>;
  vote(actor: Actor, id: TopicId, isFor: boolean): Promise<Topic>;
  /** Puts it on the agenda of an occurrence; `null` takes it off again; `done` and `declined` end it. */
  settle(
    actor: Actor,
    id: TopicId,
    as: { readonly occurrenceId: OccurrenceId | null } | 'done' | 'declined',
  ): Promise<Topic>;

  /** Before or during: `{ text, formId }`. The presenters are told. */
  ask(actor: Actor, id: OccurrenceId, input: unknown): Promise<Question>;
  questions(actor: Actor, id: OccurrenceId): Promise<readonly Question[]>;
  /** By the presenters' project or the coordinator; who asked is told. @throws `question.moveNotAllowed`, `presenter.notYours`. */
  answerQuestion(
    actor: Actor,
    id: QuestionId,
    occurrenceId: OccurrenceId,
    answer: unknown,
  ): Promise<Question>;
  /** To the next occurrence of the series. @throws `question.moveNotAllowed`, `occurrence.notFound` where none follows. */
  carryOver(actor: Actor, id: QuestionId, occurrenceId: OccurrenceId): Promise<Question>;

  /** The items, then the topics planned for it that are not among them (each under the topic's id). */
  agenda(actor: Actor, id: OccurrenceId): Promise<readonly AgendaItem[]>;
  setAgenda(actor: Actor, id: OccurrenceId, items: unknown): Promise<OccurrenceMoved>;
}

/** See {@link TopicService}. */
export function topicService(deps: TopicDeps): TopicService {
  return {
    ...proposing(deps),
    settle: (actor, id, as) => settle(deps, actor, id, as),
    ...asking(deps),
    agenda: (actor, id) => agenda(deps, actor, id),
    setAgenda: (actor, id, items) => setAgenda(deps, actor, id, items),
  };
}
