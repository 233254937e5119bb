import { isUpcoming } from './occurrences/workflow.js';
import { z } from 'zod';
import type { NoticeKind } from '../delivery/notices.js';
import type { OccurrenceId, ProjectId, QuestionId } from '../platform/ids.js';
import { noticeTo, notifyMany } from '../delivery/notices.js';
import { type Occurrence, projectOf } from './occurrences/occurrence.js';

const occurrenceId = z.string() as unknown as z.ZodType<OccurrenceId>;
const projectId = z.string() as unknown as z.ZodType<ProjectId>;
const questionId = z.string() as unknown as z.ZodType<QuestionId>;

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
  slotPayload('turnGiven'),
  slotPayload('turnTaken'),
  /** A project can't present: to the coordinators. */
  z.object({ about: z.literal('turnGivenUp'), occurrenceId, projectId, by: z.string() }),
  swapPayload('swapAsked'),
  swapPayload('swapAccepted'),
  swapPayload('swapDeclined'),
  questionPayload('questionAsked'),
  questionPayload('questionAnswered'),
  /** Thanks to the presenters, with "make a news item of it". */
  z.object({ about: z.literal('presenterThanks'), occurrenceId }),
] as const;

export type SessionNotice = Readonly<z.infer<(typeof payloads)[number]>>;

export const sessionNotices: readonly NoticeKind[] = payloads.map((payload) => ({
  kind: payload.shape.about.value,
  payload,
}));

export const personNotice = noticeTo<SessionNotice>;
export const groupNotice = notifyMany<SessionNotice>;

type AskNotice = Extract<SessionNotice, { about: 'presenterAsk' }>;

/** Whether presenters still have to be asked: the slot is theirs, and nobody has entered what they present. */
export function isAskStillOpen(occurrence: Occurrence, { projectId }: Pick<AskNotice, 'projectId'>): boolean {
  return (
    occurrence.state.status === 'planned' &&
    occurrence.talk === undefined &&
    projectOf(occurrence) === projectId
  );
}

/**
 * Whether a notice is still true when it is due: nobody is notified of what was undone or superseded meanwhile.
 * Questions are not looked at here.
 */
export function isStillTrue(occurrence: Occurrence, notice: SessionNotice): boolean {
  const isComing = isUpcoming(occurrence);
  switch (notice.about) {
    case 'presenterAsk':
      return isAskStillOpen(occurrence, notice);
    case 'turnGiven':
      return isComing && projectOf(occurrence) === notice.projectId;
    case 'turnTaken':
      return isComing && projectOf(occurrence) !== notice.projectId;
    case 'turnGivenUp':
      return isComing && occurrence.slot?.how === 'nobody';
    case 'swapAsked':
      return isComing && occurrence.record?.swap?.with === notice.withId;
    case 'presenterThanks':
      return (occurrence.record?.thanked ?? 0) > 0;
    case 'swapAccepted':
    case 'swapDeclined':
    case 'questionAsked':
    case 'questionAnswered':
      return true;
  }
}
