import { isUpcoming } from './occurrences/workflow.js';
import { z } from 'zod';
import type { NoticeKind } from '../delivery/notices.js';
import type { OccurrenceId, PersonId, ProjectId, QuestionId, TopicId } from '../platform/ids.js';
import { languages } from '../shared/languages.js';
import { noticeTo, notifyMany } from '../delivery/notices.js';
import { type Occurrence, projectOf } from './occurrences/occurrence.js';
import type { AnswerValue } from './coming/answer.js';
import type { Question } from './topics/topic.js';

const occurrenceId = z.string() as unknown as z.ZodType<OccurrenceId>;
const personId = z.string() as unknown as z.ZodType<PersonId>;
const projectId = z.string() as unknown as z.ZodType<ProjectId>;
const questionId = z.string() as unknown as z.ZodType<QuestionId>;
const topicId = z.string() as unknown as z.ZodType<TopicId>;

const slotPayload = <About extends string>(about: About) =>
  z.object({ about: z.literal(about), occurrenceId, projectId });
const swapPayload = <About extends string>(about: About) =>
  z.object({ about: z.literal(about), occurrenceId, withId: occurrenceId, by: z.string() });
const questionPayload = <About extends string>(about: About) =>
  z.object({ about: z.literal(about), occurrenceId, questionId });

/** Notices to people around a session. One that is no longer true when it is due is not sent. */
const payloads = [
  /** Asks the people of the presenting project for topic, presenter and material; `round` 2 asks those who have not answered. */
  z.object({
    about: z.literal('presenterAsk'),
    occurrenceId,
    projectId,
    round: z.union([z.literal(1), z.literal(2)]),
  }),
  /** The slot is yours now, or no longer. */
  slotPayload('turnGiven').extend({
    /** In a swap: when the session begins that is no longer theirs (ISO instant). */
    swapped: z.string().exactOptional(),
  }),
  slotPayload('turnTaken'),
  /** A session that the project presents is at another time now, does not take place, or does after all. */
  z.object({
    about: z.literal('slotChanged'),
    occurrenceId,
    projectId,
    change: z.enum(['moved', 'cancelled', 'restored']),
    was: z.string(),
    start: z.string(),
  }),
  /** The series has the session no more that the project was to present. */
  z.object({ about: z.literal('slotDropped'), occurrenceId, projectId, start: z.string() }),
  /** Somebody who was to present, or is of the project that presents what is not entered yet, can't come: to the coordinators. */
  z.object({
    about: z.literal('presenterAway'),
    occurrenceId,
    projectId,
    by: z.string(),
    /** Older releases named nobody by their id. */
    who: personId.exactOptional(),
  }),
  /** They come after all: to the coordinators, who had been notified that they can't. */
  z.object({ about: z.literal('presenterComes'), occurrenceId, projectId, by: z.string(), who: personId }),
  /** A project can't present: to the coordinators. */
  z.object({ about: z.literal('turnGivenUp'), occurrenceId, projectId, by: z.string() }),
  /** A project volunteered for a slot: to the coordinators, to its own people, and to those who had the slot. */
  z.object({ about: z.literal('slotVolunteered'), occurrenceId, projectId, by: z.string() }),
  /** Who takes a slot that nobody has: to everybody of all projects; `projectId` had to give it up. */
  z.object({ about: z.literal('volunteerAsked'), occurrenceId, projectId: projectId.exactOptional() }),
  swapPayload('swapAsked'),
  swapPayload('swapAccepted'),
  swapPayload('swapDeclined'),
  questionPayload('questionAsked'),
  questionPayload('questionAnswered'),
  /** A topic is on the agenda: to whoever proposed it, in whose words it is. */
  z.object({ about: z.literal('topicPlanned'), occurrenceId, topicId, text: z.string() }),
  /** Thanks to the presenters, with "make a news item of it". */
  z.object({
    about: z.literal('presenterThanks'),
    occurrenceId,
    /** What the coordinator wrote with it, by language. */
    message: z.partialRecord(z.enum(languages), z.string()).exactOptional(),
  }),
] as const;

export type SessionNotice = Readonly<z.infer<(typeof payloads)[number]>>;

/** What is for somebody themselves: thanks, an answer to their own question. The others want something done for a project or the sessions. */
const personal: readonly SessionNotice['about'][] = ['questionAnswered', 'topicPlanned', 'presenterThanks'];

export const sessionNotices: readonly NoticeKind[] = payloads.map((payload): NoticeKind<SessionNotice> => ({
  kind: payload.shape.about.value,
  payload,
  isDuty: ({ about }) => !personal.includes(about),
  subject: ({ occurrenceId }) => `occurrence:${occurrenceId}`,
}));

export const personNotice = noticeTo<SessionNotice>;
export const groupNotice = notifyMany<SessionNotice>;

/** Whether presenters still have to be asked: the slot is theirs, and nobody has entered what they present. */
export function isAskStillOpen(occurrence: Occurrence, projectId: ProjectId): boolean {
  return (
    occurrence.state.status === 'planned' &&
    occurrence.talk === undefined &&
    projectOf(occurrence) === projectId
  );
}

/** The current objects of a notice, read when somebody is to be notified. */
export interface NoticeFacts {
  readonly occurrence: Occurrence;
  /** The other slot of a swap. */
  readonly other?: Occurrence;
  readonly question?: Question;
  /** What the one whom the notice is about has answered to the session as it is. */
  readonly answer?: AnswerValue | undefined;
}

/** Whether it is settled that a project presents; a proposal of the rotation settles nothing. */
export function isSlotOf(occurrence: Pick<Occurrence, 'slot'>, projectId: ProjectId): boolean {
  return occurrence.slot?.how !== 'proposed' && projectOf(occurrence) === projectId;
}

/**
 * Whether a notice is still true when it is due: nobody is notified of what was undone or superseded meanwhile.
 * @param projects the projects of the recipient.
 */
export function isStillTrue(
  { occurrence, other, question, answer }: NoticeFacts,
  notice: SessionNotice,
  projects: readonly ProjectId[],
): boolean {
  const isComing = isUpcoming(occurrence);
  const isTheirs = (one: Occurrence): boolean =>
    isUpcoming(one) && projects.some((project) => isSlotOf(one, project));
  switch (notice.about) {
    case 'presenterAsk':
      return isComing && occurrence.talk === undefined && projectOf(occurrence) === notice.projectId;
    case 'presenterAway':
      return isComing && isSlotOf(occurrence, notice.projectId) && answer !== 'coming';
    case 'presenterComes':
      return isComing && isSlotOf(occurrence, notice.projectId) && answer !== 'notComing';
    case 'slotVolunteered':
    case 'turnGiven':
      return isComing && isSlotOf(occurrence, notice.projectId);
    case 'turnTaken':
      return isComing && !isSlotOf(occurrence, notice.projectId);
    case 'slotChanged': {
      const isOff = occurrence.state.status === 'cancelled';
      const isAsSaid = occurrence.start === notice.start && isSlotOf(occurrence, notice.projectId);
      return isAsSaid && (notice.change === 'cancelled' ? isOff : isComing);
    }
    case 'slotDropped':
      // There is no such session: whoever finds one has been notified of it since.
      return false;
    case 'turnGivenUp':
      return isComing && (occurrence.slot?.how === 'nobody' || occurrence.slot?.how === 'proposed');
    case 'volunteerAsked':
      return isComing && occurrence.slot?.how === 'nobody';
    case 'swapAsked': {
      const isAsked = occurrence.record?.swap?.with === notice.withId;
      return isComing && isAsked && other !== undefined && isUpcoming(other);
    }
    case 'swapAccepted':
      return isComing && other !== undefined && isTheirs(other);
    case 'swapDeclined':
      return isTheirs(occurrence);
    case 'questionAsked':
      return question?.state.status === 'open';
    case 'questionAnswered':
      return question?.state.status === 'answered';
    case 'topicPlanned':
      return isComing && occurrence.record?.topics?.includes(notice.topicId) === true;
    case 'presenterThanks':
      return occurrence.state.status === 'held';
  }
}
