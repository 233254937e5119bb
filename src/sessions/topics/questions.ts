import { z } from 'zod';
import { writtenText } from '../../content/input.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { requirePermission } from '../../people/permissions.js';
import type { Actor } from '../../platform/actor.js';
import { actionContextOf, type PersonActionContext } from '../../platform/aggregate.js';
import { homeDate } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { deterministicId, type OccurrenceId, type QuestionId } from '../../platform/ids.js';
import { requireSeen, type Seen } from '../../platform/seen.js';
import { parse } from '../../platform/validation.js';
import { type ParticipationDeps } from '../occurrences/change.js';
import { projectsOfActor, requireMayActFor, signedForProject } from '../policy.js';
import { requireUpcoming } from '../occurrences/workflow.js';
import { agreedProject, findOccurrence, type Found, occurrencesOf } from '../occurrences/reading.js';
import { peopleOf } from '../../delivery/notices.js';
import { groupNotice, personNotice } from '../notices.js';
import { isOutsider } from '../outsider.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import type { TopicStore } from './store.js';
import type { AskedQuestion, Question } from './topic.js';

export interface TopicDeps extends ParticipationDeps {
  readonly topics: TopicStore;
}

/** Made by whoever shows a form: the same one twice is one proposal, or one question. */
export const formIdSchema = z.string().regex(/^[\w-]{8,64}$/, { error: 'wrongType' });

const questionSchema = z.strictObject({
  text: writtenText({ max: 1_000, min: 1 }),
  formId: formIdSchema,
});
const answerSchema = z.strictObject({ answer: writtenText({ max: 2_000, min: 1 }) });

/** During a session everybody votes at once for the same few. */
export const voteTries = 25;
/** Slots are swapped a few times, not so often. */
const maxHops = 10;

/** Days ahead in which the next session is looked for: soon first, then as far as rare ones come. */
const spans = [120, 1_500] as const;

function notAllowed({ id, state }: Question): AppError {
  return new AppError('question.moveNotAllowed', { id, state: state.status });
}

/** Questions to those who present, before and during a session. */
export function questionOperations(deps: TopicDeps) {
  const { topics, outbox, people, clock } = deps;

  /** The question, where its talk is now. @throws AppError `question.notFound`. */
  async function findQuestion(askedId: OccurrenceId, id: QuestionId) {
    let occurrenceId = askedId;
    for (let hops = 0; hops < maxHops; hops += 1) {
      const found = await topics.question(occurrenceId, id);
      if (found === undefined) break;
      const { state } = found.value;
      if (state.status !== 'carriedOver' || state.isWithTalk !== true) return found;
      occurrenceId = state.to;
    }
    throw new AppError('question.notFound', { id, occurrenceId });
  }

  /** "You are asked something": to those who have agreed to present, and where there are none to the coordinators. */
  async function askedMessages(
    occurrence: Occurrence,
    { id, by }: Pick<Question, 'id' | 'by'>,
    actionContext: PersonActionContext,
  ): Promise<NewMessage[]> {
    const projectId = agreedProject(occurrence);
    const presenters = peopleOf(await people.all(), projectId).filter((person) => person.id !== by.id);
    const notice = { about: 'questionAsked', occurrenceId: occurrence.id, questionId: id } as const;
    const action = { ...actionContext, act: 'asked' };
    if (projectId === undefined || presenters.length === 0)
      return [groupNotice(notice, 'coordinators', action)];
    return [groupNotice(notice, { projectId }, action, { silent: [by.id] })];
  }

  /** The occurrence in which a question is now, where the actor may answer for those who present. @throws AppError `presenter.notYours`. */
  async function requirePresenter(
    actor: Actor,
    id: QuestionId,
    askedId: OccurrenceId,
  ): Promise<Found & { readonly signer: Actor }> {
    const asked = await findOccurrence(deps, askedId);
    const [actorProjects, { value }] = await Promise.all([
      projectsOfActor(deps, actor),
      findQuestion(asked.occurrence.id, id),
    ]);
    const isThere = value.occurrenceId === asked.occurrence.id;
    const found = isThere ? asked : await findOccurrence(deps, value.occurrenceId);
    const { slot } = found.occurrence;
    const projectId = slot && 'projectId' in slot ? slot.projectId : undefined;
    requireMayActFor(actorProjects, projectId);
    return { ...found, signer: signedForProject(actorProjects, projectId) };
  }

  /** The session of the series that comes next, after this one and after now, and is not cancelled. */
  async function nextAfter({ series, occurrence }: Found): Promise<Occurrence> {
    const now = clock.now().toString();
    const since = occurrence.start > now ? occurrence.start : now;
    const from = homeDate(since);
    for (const days of spans) {
      const to = from.add({ days }).toString();
      const coming = await occurrencesOf(deps, series.value, from.toString(), to);
      const next = coming.find(
        ({ id, start, state }) => id !== occurrence.id && start > since && state.status !== 'cancelled',
      );
      if (next !== undefined) return next;
    }
    throw new AppError('occurrence.notFound', { after: occurrence.id });
  }

  return {
    /** Before or during: `{ text, formId }`; the same form twice is one question. The presenters are notified. */
    async ask(actor: Actor, askedId: OccurrenceId, input: unknown): Promise<Question> {
      requirePermission(actor, 'session:take');
      const { text, formId } = parse(questionSchema, input);
      const { occurrence } = await findOccurrence(deps, askedId);
      const { id: occurrenceId } = occurrence;
      const id = deterministicId<QuestionId>('question', actor.id, formId);
      if ((await topics.question(occurrenceId, id)) !== undefined)
        return (await findQuestion(occurrenceId, id)).value;
      requireUpcoming(occurrence);
      const actionContext = actionContextOf(deps, actor);
      const { at, by } = actionContext;
      const question: Question = { id, occurrenceId, text, by, at, state: { status: 'open' } };
      try {
        const messages = await askedMessages(occurrence, question, actionContext);
        await outbox.commit([topics.putQuestion(undefined, question)], messages);
        return question;
      } catch (error) {
        if (!isAppError(error, 'storage.conflict')) throw error;
        return (await findQuestion(occurrenceId, id)).value;
      }
    },

    /** What people asked on the public page and was answered, in the order in which they asked: nobody else's question is shown there. */
    async answeredOutside(id: OccurrenceId): Promise<readonly { text: string; answer: string }[]> {
      const all = (await topics.questions(id)).map(({ value }) => value);
      return all
        .filter(({ by }) => isOutsider(by))
        .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
        .flatMap(({ text, state }) => (state.status === 'answered' ? [{ text, answer: state.answer }] : []));
    },

    /** Those with most votes first, then in the order in which they were asked. */
    async questions(actor: Actor, id: OccurrenceId): Promise<readonly AskedQuestion[]> {
      requirePermission(actor, 'session:see');
      const { occurrence } = await findOccurrence(deps, id);
      const [all, voted] = await Promise.all([
        topics.questions(occurrence.id),
        topics.questionVotesOf(actor.id),
      ]);
      return all
        .filter(({ value: { state } }) => state.status !== 'carriedOver' || state.isWithTalk !== true)
        .map(({ value }) => ({ ...value, isVoted: voted.has(value.id) }))
        .sort(
          (one, other) =>
            (other.votes ?? 0) - (one.votes ?? 0) || (one.at < other.at ? -1 : Number(one.at > other.at)),
        );
    },

    /**
     * One vote a person, for a question that nobody has answered; the same again changes nothing.
     * @throws AppError `question.notFound`, `question.moveNotAllowed`.
     */
    async voteForQuestion(
      actor: Actor,
      id: QuestionId,
      askedId: OccurrenceId,
      isFor: boolean,
    ): Promise<AskedQuestion> {
      requirePermission(actor, 'session:take');
      const { id: occurrenceId } = (await findOccurrence(deps, askedId)).occurrence;
      return whileConflicting(async () => {
        const [before, isVoted] = await Promise.all([
          findQuestion(occurrenceId, id),
          topics.hasVotedForQuestion(actor.id, id),
        ]);
        if (isVoted === isFor) return { ...before.value, isVoted };
        if (before.value.state.status !== 'open') throw notAllowed(before.value);
        const after = { ...before.value, votes: (before.value.votes ?? 0) + (isFor ? 1 : -1) };
        await outbox.commit([topics.putQuestionVote(actor.id, id, isFor), topics.putQuestion(before, after)]);
        return { ...after, isVoted: isFor };
      }, voteTries);
    },

    /** One question, in the session where its talk is now. @throws `question.notFound`. */
    async question(actor: Actor, id: QuestionId, askedId: OccurrenceId): Promise<Question> {
      requirePermission(actor, 'session:see');
      return (await findQuestion((await findOccurrence(deps, askedId)).occurrence.id, id)).value;
    },

    /**
     * By the presenters' project or the coordinator; who asked is notified. `seen` has the `answer` before.
     * @throws AppError `question.moveNotAllowed`, `presenter.notYours`, `edit.conflict`.
     */
    async answerQuestion(
      actor: Actor,
      id: QuestionId,
      askedId: OccurrenceId,
      input: unknown,
      seen?: Seen,
    ): Promise<Question> {
      requirePermission(actor, 'session:take');
      const { answer } = parse(answerSchema, typeof input === 'string' ? { answer: input } : input);
      const found = await requirePresenter(actor, id, askedId);
      const { id: occurrenceId } = found.occurrence;
      const actionContext = actionContextOf(deps, found.signer);
      const { at, by } = actionContext;
      return whileConflicting(async () => {
        const before = await findQuestion(occurrenceId, id);
        const { state } = before.value;
        if (state.status === 'answered' && state.by.id === actor.id && state.answer === answer)
          return before.value;
        requireSeen(seen, { answer }, { answer: state.status === 'answered' ? state.answer : undefined });
        // One's own answer may be put better; another's is not written over.
        if (state.status === 'carriedOver' || (state.status === 'answered' && state.by.id !== actor.id))
          throw notAllowed(before.value);
        const after: Question = { ...before.value, state: { status: 'answered', at, by, answer } };
        const notice = { about: 'questionAnswered', occurrenceId, questionId: id } as const;
        // Nobody is notified again of an answer that was put better.
        const message = personNotice(after.by.id, notice, { ...actionContext, act: 'answered' });
        const isNotified = after.by.id !== actor.id && !isOutsider(after.by);
        await outbox.commit([topics.putQuestion(before, after)], isNotified ? [message] : []);
        return after;
      });
    },

    /** To the next occurrence of the series. @throws `question.moveNotAllowed`, `occurrence.notFound` where none follows. */
    async carryOver(actor: Actor, id: QuestionId, askedId: OccurrenceId): Promise<Question> {
      requirePermission(actor, 'session:take');
      const found = await requirePresenter(actor, id, askedId);
      const { id: occurrenceId } = found.occurrence;
      const actionContext = actionContextOf(deps, found.signer);
      return whileConflicting(async () => {
        const before = await findQuestion(occurrenceId, id);
        const { value: question } = before;
        if (question.state.status === 'carriedOver') return question;
        if (question.state.status === 'answered') throw notAllowed(question);
        const next = await nextAfter(found);
        const carried: Question = {
          ...question,
          state: { status: 'carriedOver', to: next.id, at: actionContext.at, by: actionContext.by },
        };
        const there: Question = { ...question, occurrenceId: next.id };
        await outbox.commit(
          [topics.putQuestion(before, carried), topics.putQuestion(undefined, there)],
          await askedMessages(next, there, actionContext),
        );
        return carried;
      });
    },
  };
}
