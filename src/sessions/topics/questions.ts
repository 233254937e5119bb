import { z } from 'zod';
import { homeDate } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { deterministicId, type OccurrenceId, type QuestionId } from '../../platform/ids.js';
import type { Actor } from '../../news/service.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { demand } from '../../people/permissions.js';
import { refusePersonalText } from '../../content/personal-data.js';
import { cleanText } from '../../content/input.js';
import { parse } from '../../platform/validation.js';
import { occasionOf, type PersonsOccasion } from '../occurrences/change.js';
import { agreedProject } from '../rotation/fair-order.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { findOccurrence, occurrencesOf, type Found } from '../occurrences/reading.js';
import { peopleOf, tell, wordTo } from '../rotation/notices.js';
import { actingOf, demandActing, demandComing } from '../rotation/deps.js';
import type { Question, TopicService } from '../service.js';
import { formIdSchema, type TopicParts } from './topics.js';

const questionSchema = z.strictObject({
  text: cleanText.pipe(z.string().min(1).max(1_000)),
  formId: formIdSchema,
});
const answerSchema = z.strictObject({ answer: cleanText.pipe(z.string().min(1).max(2_000)) });

/** Days ahead in which the next session is looked for: soon first, then as far as rare ones come. */
const spans = [120, 1_500] as const;

/** "You are asked something", to those who have agreed to present, and where there are none to the coordinators. */
async function askedWords(
  { people }: TopicParts,
  occurrence: Occurrence,
  { id, by }: Pick<Question, 'id' | 'by'>,
  occasion: PersonsOccasion,
): Promise<NewMessage[]> {
  const projectId = agreedProject(occurrence);
  const presenters = peopleOf(await people.all(), projectId).filter((person) => person.id !== by.id);
  const notice = { about: 'questionAsked', occurrenceId: occurrence.id, questionId: id } as const;
  const telling = { ...occasion, act: 'asked' };
  if (projectId === undefined || presenters.length === 0) return [tell(notice, 'coordinators', telling)];
  return [tell(notice, { projectId }, telling, { silent: [by.id] })];
}

async function ask(
  parts: TopicParts,
  actor: Actor,
  askedId: OccurrenceId,
  input: unknown,
): Promise<Question> {
  demand(actor, 'session:take');
  const { text, formId } = parse(questionSchema, input);
  refusePersonalText({ text });
  const { occurrence } = await findOccurrence(parts, askedId);
  const { id: occurrenceId } = occurrence;
  const id = deterministicId<QuestionId>('question', actor.id, formId);
  const stored = await parts.topics.question(occurrenceId, id);
  if (stored !== undefined) return stored.value;
  demandComing(occurrence);
  const occasion = occasionOf(parts, actor);
  const { at, by } = occasion;
  const question: Question = { id, occurrenceId, text, by, at, is: { state: 'open' } };
  try {
    const words = await askedWords(parts, occurrence, question, occasion);
    await parts.outbox.commit([parts.topics.putQuestion(undefined, question)], words);
    return question;
  } catch (error) {
    if (!isAppError(error, 'storage.conflict')) throw error;
    return (await findQuestion(parts, occurrenceId, id)).value;
  }
}

async function findQuestion({ topics }: TopicParts, occurrenceId: OccurrenceId, id: QuestionId) {
  const found = await topics.question(occurrenceId, id);
  if (found === undefined) throw new AppError('question.notFound', { id, occurrenceId });
  return found;
}

function notAllowed({ id, is }: Question): AppError {
  return new AppError('question.moveNotAllowed', { id, state: is.state });
}

/** The occurrence, where the actor may speak for those who present. @throws AppError `presenter.notYours`. */
async function demandPresenter(parts: TopicParts, actor: Actor, id: OccurrenceId): Promise<Found> {
  const [acting, found] = await Promise.all([actingOf(parts, actor), findOccurrence(parts, id)]);
  const { turn } = found.occurrence;
  demandActing(acting, turn && 'projectId' in turn ? turn.projectId : undefined);
  return found;
}

async function answerQuestion(
  parts: TopicParts,
  actor: Actor,
  id: QuestionId,
  askedId: OccurrenceId,
  input: unknown,
): Promise<Question> {
  demand(actor, 'session:take');
  const { answer } = parse(answerSchema, typeof input === 'string' ? { answer: input } : input);
  refusePersonalText({ answer });
  const { id: occurrenceId } = (await demandPresenter(parts, actor, askedId)).occurrence;
  const occasion = occasionOf(parts, actor);
  const { at, by } = occasion;
  return whileConflicting(async () => {
    const before = await findQuestion(parts, occurrenceId, id);
    const { is } = before.value;
    if (is.state === 'answered' && is.by.id === actor.id && is.answer === answer) return before.value;
    // One's own answer may be put better; another's is not written over.
    if (is.state === 'carriedOver' || (is.state === 'answered' && is.by.id !== actor.id))
      throw notAllowed(before.value);
    const after: Question = { ...before.value, is: { state: 'answered', at, by, answer } };
    const notice = { about: 'questionAnswered', occurrenceId, questionId: id } as const;
    // An answer that was put better is not told again.
    const word = wordTo(after.by.id, notice, { ...occasion, act: 'answered' });
    const words = after.by.id === actor.id ? [] : [word];
    await parts.outbox.commit([parts.topics.putQuestion(before, after)], words);
    return after;
  });
}

/** The session of the series that comes next, after this one and after now, and is not cancelled. */
async function nextAfter(parts: TopicParts, { series, occurrence }: Found): Promise<Occurrence> {
  const now = parts.clock.now().toString();
  const since = occurrence.start > now ? occurrence.start : now;
  const from = homeDate(since);
  for (const days of spans) {
    const to = from.add({ days }).toString();
    const coming = await occurrencesOf(parts, series.value, from.toString(), to);
    const next = coming.find(
      ({ id, start, is }) => id !== occurrence.id && start > since && is.state !== 'cancelled',
    );
    if (next !== undefined) return next;
  }
  throw new AppError('occurrence.notFound', { after: occurrence.id });
}

async function carryOver(
  parts: TopicParts,
  actor: Actor,
  id: QuestionId,
  askedId: OccurrenceId,
): Promise<Question> {
  demand(actor, 'session:take');
  const found = await demandPresenter(parts, actor, askedId);
  const { id: occurrenceId } = found.occurrence;
  const occasion = occasionOf(parts, actor);
  return whileConflicting(async () => {
    const before = await findQuestion(parts, occurrenceId, id);
    const { value: question } = before;
    if (question.is.state === 'carriedOver') return question;
    if (question.is.state === 'answered') throw notAllowed(question);
    const next = await nextAfter(parts, found);
    const carried: Question = { ...question, is: { state: 'carriedOver', to: next.id, at: occasion.at } };
    const there: Question = { ...question, occurrenceId: next.id };
    const words = await askedWords(parts, next, there, occasion);
    await parts.outbox.commit(
      [parts.topics.putQuestion(before, carried), parts.topics.putQuestion(undefined, there)],
      words,
    );
    return carried;
  });
}

async function questions(parts: TopicParts, actor: Actor, id: OccurrenceId): Promise<readonly Question[]> {
  demand(actor, 'session:see');
  const { occurrence } = await findOccurrence(parts, id);
  const all = await parts.topics.questions(occurrence.id);
  return all
    .map(({ value }) => value)
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
}

type Asking = 'ask' | 'questions' | 'answerQuestion' | 'carryOver';

/** Questions to those who present, before and during. */
export function asking(parts: TopicParts): Pick<TopicService, Asking> {
  return {
    ask: (actor, id, input) => ask(parts, actor, id, input),
    questions: (actor, id) => questions(parts, actor, id),
    answerQuestion: (actor, id, occurrenceId, input) => answerQuestion(parts, actor, id, occurrenceId, input),
    carryOver: (actor, id, occurrenceId) => carryOver(parts, actor, id, occurrenceId),
  };
}
