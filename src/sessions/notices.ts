import { z } from 'zod';
import type { NoticeKind } from '../delivery/notices.js';
import type { OccurrenceId, ProjectId, QuestionId } from '../platform/ids.js';

const occurrenceId = z.string() as unknown as z.ZodType<OccurrenceId>;
const projectId = z.string() as unknown as z.ZodType<ProjectId>;
const questionId = z.string() as unknown as z.ZodType<QuestionId>;

const slotPayload = <About extends string>(about: About) =>
  z.object({ about: z.literal(about), occurrenceId, projectId });
const swapPayload = <About extends string>(about: About) =>
  z.object({ about: z.literal(about), occurrenceId, withId: occurrenceId, by: z.string() });
const questionPayload = <About extends string>(about: About) =>
  z.object({ about: z.literal(about), occurrenceId, questionId });

/** What people are told around a session. What is not so any more when it is to be told is left untold. */
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
