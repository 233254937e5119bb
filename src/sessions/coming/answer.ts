import type { ContactId, MessageId, PersonId } from '../../platform/ids.js';
import type { Occurrence } from '../occurrences/occurrence.js';

export const answerValues = ['coming', 'notComing', 'maybe'] as const;
/** `maybe` comes from calendars alone: neither a card nor a page asks for it. */
export type AnswerValue = (typeof answerValues)[number];

/** How it was given: in chat, in the tab, by the link in a mail, or in the calendar of the one who was invited. */
export const answerWays = ['chat', 'tab', 'mail', 'calendar'] as const;
export type AnswerWay = (typeof answerWays)[number];

/** Somebody who may be invited: `person:<id>`, or `contact:<id>` for somebody outside. */
export type Invitee = `person:${string}` | `contact:${string}`;

export const personInvitee = (id: PersonId): Invitee => `person:${id}`;
export const contactInvitee = (id: ContactId): Invitee => `contact:${id}`;

/** Whether somebody comes to a session at a time: when the session is moved, it does not hold for the new time. */
export interface Answer {
  readonly who: Invitee;
  readonly answer: AnswerValue;
  /** ISO instant of the start for which it was given; of a whole series that of its session then next. */
  readonly start: string;
  /** ISO instant at which it was given; not known of an absence that an older release stored, nor is how. */
  readonly at?: string;
  readonly way?: AnswerWay;
  /**
   * Of one who presents: the messages to the coordinators that they can't come, or come after all, which have left or wait;
   * newest last, two at most: all but the newest have left.
   */
  readonly notices?: readonly MessageId[];
}

/** What was answered to one session, and to its whole series in calendars. */
export interface GivenAnswers {
  readonly toSession: readonly Answer[];
  readonly toSeries: readonly Answer[];
}

/**
 * The answers that hold for a session as it is, by who gave them. One that was given for another start counts no more, nor does
 * one to the whole series for a session that was moved: whoever could not come at the old time is asked anew. Where it is moved
 * back, they hold again.
 */
export function currentAnswers(
  { start, movedFrom }: Pick<Occurrence, 'start' | 'movedFrom'>,
  { toSession, toSeries }: GivenAnswers,
): ReadonlyMap<Invitee, Answer> {
  const ofSeries = movedFrom === undefined ? toSeries : [];
  const ofSession = toSession.filter((answer) => answer.start === start);
  return new Map([...ofSeries, ...ofSession].map((answer) => [answer.who, answer]));
}
