import { z } from 'zod';
import { AppError } from '../../../src/platform/errors.js';
import { freshId, type OccurrenceId, type QuestionId } from '../../../src/platform/ids.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import type { Question } from '../../../src/sessions/service.js';
import { occurrenceOf } from './session-facts.js';
import { sessionChanges } from './session-snapshot.js';
import {
  occurrenceIdSchema,
  shown,
  type Answer,
  type BotServices,
  type Turn,
} from '../../conversation/turn.js';
import { questionAnsweredView, questionAskedView, questionForm, questionReceipt } from './question-view.js';
import { isToCome } from './session-parts.js';
import { action, faultText, type Action } from '../../conversation/action.js';
import { sessionSchema, standingSession } from './session-actions.js';
import { faultsIn, formAnswer, formIdSchema, isOvertaken, typedIn } from '../../conversation/form-answers.js';

type Data = Readonly<Record<string, unknown>>;

const askSchema = sessionSchema.extend({ formId: formIdSchema });
const answerSchema = z.object({ id: occurrenceIdSchema, questionId: z.string().regex(/^[\w-]{1,64}$/) });

const idOf = ({ id }: { id: string }): OccurrenceId => id as OccurrenceId;

/** The card that was pressed, read; its data comes back from a client. @throws AppError `input.malformed`. */
function read<Value>(schema: z.ZodType<Value>, data: Data): Value {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new AppError('input.malformed');
  return parsed.data;
}

async function openForm(
  turn: Turn,
  data: z.infer<typeof sessionSchema>,
  services: BotServices,
): Promise<Answer> {
  const occurrence = await occurrenceOf(turn.person, idOf(data), services);
  const notices = sessionChanges(data.seen, occurrence, turn.language);
  if (!isToCome(occurrence)) return standingSession(turn, { id: occurrence.id, seen: data.seen }, services);
  return shown(turn, questionForm(turn, occurrence, freshId(), { typed: '', notices }));
}

const sendQuestion: Action = {
  permission: 'session:take',
  run: async (turn, data, services) => {
    const { id, formId } = read(askSchema, data);
    const { text } = typedIn(data, ['text']);
    const question = await services.sessions.topics.ask(turn.person, id as OccurrenceId, { text, formId });
    const occurrence = await occurrenceOf(turn.person, id as OccurrenceId, services);
    return shown(turn, questionReceipt(turn, occurrence, question));
  },
  recover: async (turn, data, error, services) => {
    const { id, formId } = read(askSchema, data);
    const { text } = typedIn(data, ['text']);
    const occurrence = await occurrenceOf(turn.person, id as OccurrenceId, services);
    const { faults, notices } = faultsIn(error, turn.language);
    const changes = sessionChanges(undefined, occurrence, turn.language);
    const said = changes.length > 0 ? changes : notices;
    return formAnswer(
      questionForm(turn, occurrence, formId, { typed: text, faults, notices: said }),
      turn.language,
    );
  },
};

/** A question with its session. @throws AppError `question.notFound`. */
export async function questionOf(
  turn: Pick<Turn, 'person'>,
  id: OccurrenceId,
  questionId: string,
  services: Pick<BotServices, 'sessions' | 'publicUrl'>,
): Promise<{ occurrence: Occurrence; question: Question }> {
  const [occurrence, all] = await Promise.all([
    occurrenceOf(turn.person, id, services),
    services.sessions.topics.questions(turn.person, id),
  ]);
  const question = all.find((one) => one.id === questionId);
  if (question === undefined) throw new AppError('question.notFound');
  return { occurrence, question };
}

const answerQuestion: Action = {
  permission: 'session:take',
  run: async (turn, data, services) => {
    const { id, questionId } = read(answerSchema, data);
    const { text } = typedIn(data, ['text']);
    const { topics } = services.sessions;
    const question = await topics.answerQuestion(turn.person, questionId as QuestionId, id as OccurrenceId, {
      answer: text,
    });
    const occurrence = await occurrenceOf(turn.person, id as OccurrenceId, services);
    return shown(turn, questionAnsweredView(turn, occurrence, question));
  },
  recover: async (turn, data, error, services) => {
    const { id, questionId } = read(answerSchema, data);
    const { text } = typedIn(data, ['text']);
    const { occurrence, question } = await questionOf(turn, id as OccurrenceId, questionId, services);
    if (question.state.status !== 'open' && isOvertaken(error)) {
      const { state } = question;
      const isMine =
        state.status === 'answered' && state.by.id === turn.person.id && state.answer === text.trim();
      const why = { style: 'warning', text: faultText(error, turn.language) } as const;
      // What was typed is not lost: it stands below what is said.
      const kept = text.trim() === '' ? [] : [{ style: 'emphasis' as const, text }];
      return shown(turn, questionAnsweredView(turn, occurrence, question, isMine ? [] : [why, ...kept]));
    }
    const { faults, notices } = faultsIn(error, turn.language, { answer: 'text' });
    return formAnswer(
      questionAskedView(turn, occurrence, question, { typed: text, faults, notices }),
      turn.language,
    );
  },
};

export const questionActions = {
  'session.ask': action('session:take', sessionSchema, openForm),
  'question.send': sendQuestion,
  'question.answer': answerQuestion,
} satisfies Record<string, Action>;
