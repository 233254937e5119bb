import { authoredIn } from '../../../src/sessions/outsider.js';
import { AppError, type FieldFault } from '../../../src/platform/errors.js';
import { t } from '../../../src/i18n/messages.js';
import type { Occurrence } from '../../../src/sessions/occurrences/occurrence.js';
import type { Question } from '../../../src/sessions/topics/topic.js';
import { type Notice, button } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import { quote } from '../../cards/detail-card.js';
import { renderPlainSession, sessionChanges, sessionSnapshot, shownText, topicIn } from './session-card.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import { type Answer, type Turn, occurrenceIdSchema, shown } from '../../conversation/turn.js';
import type { SessionActions, SessionServices } from './services.js';
import { formField } from '../../cards/fields.js';
import {
  askButton,
  currentSession,
  isSuperseded,
  listButton,
  occurrenceOf,
  sessionSchema,
} from './session.js';
import { z } from 'zod';
import { type OccurrenceId, type QuestionId, freshId } from '../../../src/platform/ids.js';
import { type Action, action, forEveryone, faultText } from '../../conversation/actions.js';
import { faultsIn, formAnswer, formIdSchema, typedIn } from '../../conversation/form-answers.js';

interface WrittenOptions {
  readonly typed: string;
  readonly faults?: readonly FieldFault[];
  readonly notices?: readonly Notice[];
}

/** The form of a question to those who present. */
export function questionForm(
  turn: Turn,
  occurrence: Occurrence,
  formId: string,
  { typed, faults = [], notices = [] }: WrittenOptions,
): Card {
  const { language } = turn;
  const data = { id: occurrence.id, seen: sessionSnapshot(occurrence) };
  const topic = topicIn(occurrence, language);
  return renderPlainSession(turn, occurrence, t(language, 'chat.question.heading'), {
    notices,
    paragraphs: topic === undefined ? [] : [{ text: shownText(topic) }],
    fields: [
      formField(language, faults, {
        id: 'text',
        kind: 'lines',
        label: t(language, 'chat.question.label'),
        example: t(language, 'chat.question.example'),
        wants: t(language, 'chat.question.wants'),
        value: typed,
        isRequired: true,
      }),
    ],
    actions: [
      button(t(language, 'chat.form.send'), 'question.send', { ...data, formId }, 'positive', 'auto'),
      button(t(language, 'chat.form.cancel'), 'session.open', data),
    ],
  });
}

/** The receipt of a question. */
export function questionReceipt(turn: Turn, occurrence: Occurrence, question: Question): Card {
  const { language } = turn;
  return renderPlainSession(turn, occurrence, t(language, 'chat.question.sent'), {
    quotes: [quote(t(language, 'chat.question.yours'), question.text)],
    closings: [{ text: t(language, 'chat.question.sent.text') }],
    actions: [askButton(occurrence, turn), listButton(turn)],
  });
}

/** A question to the person's project, with a field for the answer. */
export function questionAskedView(
  turn: Turn,
  occurrence: Occurrence,
  question: Question,
  { typed, faults = [], notices = [] }: WrittenOptions,
): Card {
  const { language } = turn;
  const label = t(language, 'chat.question.from', { name: authoredIn(language, question).by.name });
  return renderPlainSession(turn, occurrence, t(language, 'chat.question.asked'), {
    notices,
    quotes: [quote(label, question.text)],
    fields: [
      formField(language, faults, {
        id: 'text',
        kind: 'lines',
        label: t(language, 'chat.question.answer'),
        example: t(language, 'chat.question.answer.example'),
        wants: t(language, 'chat.question.answer.wants'),
        value: typed,
        isRequired: true,
      }),
    ],
    actions: [
      button(
        t(language, 'chat.question.answerSend'),
        'question.answer',
        { id: occurrence.id, questionId: question.id },
        'positive',
        'auto',
      ),
      button(t(language, 'chat.session.show'), 'session.open', { id: occurrence.id }),
    ],
  });
}

/** A question with its answer: for those who asked, and for those who answered or tried to answer too late. */
export function questionAnsweredView(
  turn: Turn,
  occurrence: Occurrence,
  question: Question,
  notices: readonly Notice[] = [],
): Card {
  const { language, person } = turn;
  const { state } = question;
  const isMine = question.by.id === person.id;
  const asked = t(language, isMine ? 'chat.question.yours' : 'chat.question.from', {
    name: authoredIn(language, question).by.name,
  });
  const answer =
    state.status === 'answered'
      ? [quote(t(language, 'chat.question.answerOf', { name: state.by.name }), state.answer)]
      : [];
  const headline =
    state.status === 'answered'
      ? t(language, isMine ? 'chat.question.answered' : 'chat.question.thanks')
      : t(language, 'chat.question.carried');
  return renderPlainSession(turn, occurrence, headline, {
    notices,
    quotes: [quote(asked, question.text), ...answer],
    actions: [
      button(t(language, 'chat.session.show'), 'session.open', { id: occurrence.id }),
      listButton(turn),
    ],
  });
}

type Data = Readonly<Record<string, unknown>>;

const askSchema = sessionSchema.extend({ formId: formIdSchema });
const answerSchema = z.object({ id: occurrenceIdSchema, questionId: z.string().regex(/^[\w-]{1,64}$/) });

const idOf = ({ id }: { id: string }): OccurrenceId => id as OccurrenceId;

/** Checks the data of a card, which comes from a client. @throws AppError `input.malformed`. */
function read<Value>(schema: z.ZodType<Value>, data: Data): Value {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new AppError('input.malformed');
  return parsed.data;
}

/** The form of a question, with what somebody has written of it already. */
export async function openQuestion(
  turn: Turn,
  data: z.infer<typeof sessionSchema> & { readonly text?: string | undefined },
  services: SessionServices,
): Promise<Answer> {
  const occurrence = await occurrenceOf(turn.person, idOf(data), services);
  const notices = sessionChanges(data.seen, occurrence, turn.language);
  if (!isUpcoming(occurrence)) return currentSession(turn, { id: occurrence.id, seen: data.seen }, services);
  return shown(turn, questionForm(turn, occurrence, freshId(), { typed: data.text ?? '', notices }));
}

const sendQuestion: Action<SessionServices> = {
  permission: 'session:take',
  run: async (turn, data, services) => {
    const { id, formId } = read(askSchema, data);
    const { text } = typedIn(data, ['text']);
    const question = await services.topics.ask(turn.person, id as OccurrenceId, { text, formId });
    const occurrence = await occurrenceOf(turn.person, id as OccurrenceId, services);
    return shown(turn, questionReceipt(turn, occurrence, question));
  },
  recover: async (turn, data, error, services) => {
    const { id, formId } = read(askSchema, data);
    const { text } = typedIn(data, ['text']);
    const occurrence = await occurrenceOf(turn.person, id as OccurrenceId, services);
    const { faults, notices } = faultsIn(error, turn.language);
    const changes = sessionChanges(undefined, occurrence, turn.language);
    const shownNotices = changes.length > 0 ? changes : notices;
    return formAnswer(
      questionForm(turn, occurrence, formId, { typed: text, faults, notices: shownNotices }),
      turn.language,
    );
  },
};

/** A question with its session. @throws AppError `question.notFound`. */
export async function questionOf(
  turn: Pick<Turn, 'person'>,
  id: OccurrenceId,
  questionId: string,
  services: SessionServices,
): Promise<{ occurrence: Occurrence; question: Question }> {
  const question = await services.topics.question(turn.person, questionId as QuestionId, id);
  return { occurrence: await occurrenceOf(turn.person, question.occurrenceId, services), question };
}

const answerQuestion: Action<SessionServices> = {
  permission: 'session:take',
  run: async (turn, data, services) => {
    const { id, questionId } = read(answerSchema, data);
    const { text } = typedIn(data, ['text']);
    const { topics } = services;
    const question = await topics.answerQuestion(turn.person, questionId as QuestionId, id as OccurrenceId, {
      answer: text,
    });
    const occurrence = await occurrenceOf(turn.person, question.occurrenceId, services);
    return shown(turn, questionAnsweredView(turn, occurrence, question));
  },
  recover: async (turn, data, error, services) => {
    const { id, questionId } = read(answerSchema, data);
    const { text } = typedIn(data, ['text']);
    const { occurrence, question } = await questionOf(turn, id as OccurrenceId, questionId, services);
    if (question.state.status !== 'open' && isSuperseded(error)) {
      const { state } = question;
      const isMine =
        state.status === 'answered' && state.by.id === turn.person.id && state.answer === text.trim();
      const why = { style: 'warning', text: faultText(error, turn.language) } as const;
      // What was typed is not lost: it is shown below the reason.
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
  'session.ask': forEveryone(action('session:take', sessionSchema, openQuestion)),
  'question.send': sendQuestion,
  'question.answer': answerQuestion,
} satisfies SessionActions;
