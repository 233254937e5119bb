import { z } from 'zod';
import { AppError } from '../../platform/errors.js';
import { isId, type OccurrenceId, type QuestionId, type SeriesId, type TopicId } from '../../platform/ids.js';
import type { OccurrenceQueries } from '../occurrences/queries.js';
import { authoredIn } from '../outsider.js';
import type { Question, Topic } from './topic.js';
import type { TopicService } from './service.js';
import { parse } from '../../platform/validation.js';
import {
  get,
  json,
  overwrite,
  type OverwritingCall,
  post,
  type Call,
  type Reply,
  type Route,
} from '../../http/route.js';
import { changingOccurrence } from '../occurrences/routes.js';
import { occurrenceIdOf } from '../occurrences/routes.js';
import type {
  AgendaAnswer,
  OwnSlotsAnswer,
  QuestionAnswer,
  QuestionsAnswer,
  TopicAnswer,
  TopicsAnswer,
} from '../../shared/answers/sessions.js';

const listSchema = z.strictObject({ series: z.string().max(64).optional() });
const voteSchema = z.strictObject({ isFor: z.boolean() });
const settleSchema = z.union([
  z.strictObject({ as: z.enum(['done', 'declined']) }),
  z.strictObject({ occurrenceId: z.string().max(64).nullable() }),
]);
const agendaSchema = z.strictObject({ items: z.unknown() });

function topicIdOf({ params: { id = '' } }: Call): TopicId {
  if (!isId(id)) throw new AppError('topic.notFound', { id });
  return id as TopicId;
}

function questionIdOf({ params: { question = '' } }: Call): QuestionId {
  if (!isId(question)) throw new AppError('question.notFound', { id: question });
  return question as QuestionId;
}

function seriesIdOf(id: string | undefined): SeriesId | undefined {
  if (id !== undefined && !isId(id)) throw new AppError('series.notFound', { id });
  return id as SeriesId | undefined;
}

const topicAnswer = ({ person: { language } }: Call, topic: Topic): Reply =>
  json({ topic: authoredIn(language, topic) } satisfies TopicAnswer);

function proposalRoutes(topics: TopicService): Route[] {
  return [
    get('/api/topics', 'session:see', async ({ person, query }) => {
      const { series } = parse(listSchema, query);
      const all = await topics.topics(person, seriesIdOf(series));
      const answer: TopicsAnswer = { topics: all.map((topic) => authoredIn(person.language, topic)) };
      return json(answer);
    }),
    post('/api/topics', 'session:take', async (call) =>
      topicAnswer(call, await topics.propose(call.person, call.body)),
    ),
    post('/api/topics/:id/vote', 'session:take', async (call) => {
      const { isFor } = parse(voteSchema, call.body);
      return topicAnswer(call, await topics.vote(call.person, topicIdOf(call), isFor));
    }),
    overwrite('put', '/api/topics/:id/translations', 'session:edit', async (call) =>
      topicAnswer(call, await topics.translate(call.person, topicIdOf(call), call.body, call.seen)),
    ),
    overwrite('post', '/api/topics/:id/settle', 'session:edit', async (call) => {
      const { person, seen } = call;
      const id = topicIdOf(call);
      const wanted = parse(settleSchema, call.body);
      if ('as' in wanted) return topicAnswer(call, await topics.settle(person, id, wanted.as, seen));
      const on =
        wanted.occurrenceId === null ? null : occurrenceIdOf({ params: { id: wanted.occurrenceId } });
      return topicAnswer(call, await topics.settle(person, id, { occurrenceId: on }, seen));
    }),
  ];
}

function questionRoutes(topics: TopicService): Route[] {
  const answering =
    <From extends Call>(change: (call: From, id: OccurrenceId) => Promise<Question>) =>
    async (call: From): Promise<Reply> =>
      json({
        question: authoredIn(call.person.language, await change(call, occurrenceIdOf(call))),
      } satisfies QuestionAnswer);
  return [
    get('/api/occurrences/:id/questions', 'session:see', async (call) => {
      const answer: QuestionsAnswer = {
        questions: (await topics.questions(call.person, occurrenceIdOf(call))).map((question) =>
          authoredIn(call.person.language, question),
        ),
      };
      return json(answer);
    }),
    post(
      '/api/occurrences/:id/questions',
      'session:take',
      answering(({ person, body }: Call, id) => topics.ask(person, id, body)),
    ),
    post('/api/occurrences/:id/questions/:question/vote', 'session:take', async (call) => {
      const { isFor } = parse(voteSchema, call.body);
      const id = occurrenceIdOf(call);
      const question = await topics.voteForQuestion(call.person, questionIdOf(call), id, isFor);
      return json({ question: authoredIn(call.person.language, question) } satisfies QuestionAnswer);
    }),
    overwrite(
      'put',
      '/api/occurrences/:id/questions/:question/answer',
      'session:take',
      answering((call: OverwritingCall, id) =>
        topics.answerQuestion(call.person, questionIdOf(call), id, call.body, call.seen),
      ),
    ),
    post(
      '/api/occurrences/:id/questions/:question/carry-over',
      'session:take',
      answering((call: Call, id) => topics.carryOver(call.person, questionIdOf(call), id)),
    ),
  ];
}

/** Topics, questions and agendas. */
export function topicRoutes(topics: TopicService, series: Pick<OccurrenceQueries, 'occurrence'>): Route[] {
  return [
    ...proposalRoutes(topics),
    ...questionRoutes(topics),
    get('/api/me/slots', 'session:take', async ({ person }) =>
      json({ slots: await topics.ownSlots(person) } satisfies OwnSlotsAnswer),
    ),
    get('/api/occurrences/:id/agenda', 'session:see', async (call) => {
      const answer: AgendaAnswer = { items: await topics.agenda(call.person, occurrenceIdOf(call)) };
      return json(answer);
    }),
    overwrite(
      'put',
      '/api/occurrences/:id/agenda',
      'session:edit',
      changingOccurrence(series, ({ person, body, seen }: OverwritingCall, id) =>
        topics.setAgenda(person, id, parse(agendaSchema, body).items, seen),
      ),
    ),
  ];
}
