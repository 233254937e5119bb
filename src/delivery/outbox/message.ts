import type {
  MessageId,
  NewsId,
  OccurrenceId,
  PersonId,
  ProjectId,
  QuestionId,
  ReleaseId,
  SendId,
  SeriesId,
} from '../../platform/ids.js';
import type { SendContent } from '../fan-out/fan-out.js';

/** Everybody of a project, or those who look after the sessions. */
export type Hearers = { readonly projectId: ProjectId } | 'coordinators';

/** What leaves: a word to a person, a release to its channel; and the search index, which follows the news. */
export type MessageBody =
  | { readonly kind: 'notice'; readonly to: PersonId; readonly notice: Notice }
  /** The same word to however many people: expands into a notice to each. `act` tells one occasion of it from another. */
  | {
      readonly kind: 'tell';
      readonly to: Hearers;
      readonly except: readonly PersonId[];
      readonly act: string;
      readonly notice: SessionNotice;
    }
  | { readonly kind: 'release'; readonly releaseId: ReleaseId; readonly revision: string }
  | { readonly kind: 'newsIndex'; readonly newsId: NewsId }
  /** Brings what is planned for a series (reminders, questions to presenters, calendar) in step; without one, all. */
  | { readonly kind: 'sessionPlan'; readonly seriesId?: SeriesId }
  /** Brings the calendar outside in step with a series. */
  | { readonly kind: 'calendar'; readonly seriesId: SeriesId }
  /** Asks the meeting's report who was there. */
  | { readonly kind: 'attendance'; readonly occurrenceId: OccurrenceId }
  /** Expands into a send to many; see `src/sending`. */
  | { readonly kind: 'send'; readonly sendId: SendId; readonly content: SendContent };

export type MessageKind = MessageBody['kind'];

/** What the bot tells a person unasked, in the person's language. */
export type Notice = NewsNotice | SessionNotice;

export type NewsNotice =
  | { readonly about: 'newsAccepted'; readonly newsId: NewsId }
  | { readonly about: 'changesRequested'; readonly newsId: NewsId; readonly note: string }
  | { readonly about: 'newsRejected'; readonly newsId: NewsId; readonly reason: string }
  | { readonly about: 'newsNote'; readonly newsId: NewsId; readonly note: string; readonly from: string }
  | { readonly about: 'newsPlaced'; readonly newsId: NewsId; readonly issueNumber: number }
  | {
      readonly about: 'newsPublished';
      readonly newsId: NewsId;
      readonly urls: Readonly<Record<string, string>>;
    };

/** Words around a session. What is not so any more when it is to be told is left untold. */
export type SessionNotice =
  /** Asks the people of the presenting project for topic, speaker and material; `round` 2 asks those who have not answered. */
  | {
      readonly about: 'presenterAsk';
      readonly occurrenceId: OccurrenceId;
      readonly projectId: ProjectId;
      readonly round: 1 | 2;
    }
  /** The turn is yours now, or no longer. */
  | {
      readonly about: 'turnGiven' | 'turnTaken';
      readonly occurrenceId: OccurrenceId;
      readonly projectId: ProjectId;
    }
  /** A project can't present: to the coordinators. */
  | {
      readonly about: 'turnGivenUp';
      readonly occurrenceId: OccurrenceId;
      readonly projectId: ProjectId;
      readonly by: string;
    }
  | {
      readonly about: 'swapAsked' | 'swapAccepted' | 'swapDeclined';
      readonly occurrenceId: OccurrenceId;
      readonly withId: OccurrenceId;
      readonly by: string;
    }
  | {
      readonly about: 'questionAsked' | 'questionAnswered';
      readonly occurrenceId: OccurrenceId;
      readonly questionId: QuestionId;
    }
  /** Thanks to the presenters, with "make a news item of it". */
  | { readonly about: 'presenterThanks'; readonly occurrenceId: OccurrenceId };

/** An effect to come. Its id is made from what it is about, so that asking twice is asking once. */
export type NewMessage = {
  readonly id: MessageId;
  /** ISO instant before which it must not leave. */
  readonly dueAt: string;
  readonly body: MessageBody;
};

/** pending -> sent | gone | failed | uncertain | cancelled; see CONTEXT.md for the words. */
export type MessageState =
  | Pending
  | { readonly status: 'sent'; readonly at: string }
  | { readonly status: 'gone'; readonly at: string; readonly reason: string }
  | { readonly status: 'failed'; readonly at: string; readonly reason: string }
  | { readonly status: 'uncertain'; readonly at: string; readonly reason: string }
  | { readonly status: 'cancelled'; readonly at: string };

/** Still to leave. */
export interface Pending {
  readonly status: 'pending';
  /** How many times it was claimed, a running attempt included. */
  readonly attempts: number;
  /** Set while a worker carries it out: until then it is that worker's. Past, the worker died on the way. */
  readonly claimedUntil?: string;
  /** Not to be tried again before; absent before the first attempt, when `dueAt` says it. */
  readonly retryAt?: string;
  /** Why the last attempt did not succeed. */
  readonly lastFault?: string;
}

export type Message = NewMessage & { readonly state: MessageState };

/** What came of one attempt. */
export type Outcome =
  | { readonly result: 'sent' }
  /** The recipient can never be reached; keep the reason. */
  | { readonly result: 'gone'; readonly reason: string }
  /** It will never work; somebody must look. */
  | { readonly result: 'failed'; readonly reason: string }
  /** Nobody can tell whether it arrived. */
  | { readonly result: 'uncertain'; readonly reason: string }
  /**
   * Try again, after so many seconds where the other side named them, or at an ISO instant that stands fast (`at`):
   * then neither sooner nor later.
   */
  | {
      readonly result: 'retry';
      readonly reason: string;
      readonly afterSeconds?: number;
      readonly at?: string;
    };

/**
 * Carries out one kind of message. A thrown error counts as `retry`. It bounds its own time, well below the
 * minute that a claim lasts, and answers `uncertain` where the time was up before the other side said anything.
 */
export interface Handler {
  handle(message: Message): Promise<Outcome>;
  /**
   * What to do when an instance died between claim and record: `repeat` where doing it twice is harmless or
   * better than not at all, `ask` where a person must decide.
   */
  readonly afterCrash: 'repeat' | 'ask';
}

export type Handlers = { readonly [Kind in 'notice' | 'release' | 'newsIndex']: Handler } & {
  readonly [Kind in MessageKind]?: Handler;
};

/** When a pending message is to be looked at next: at the end of its claim, at its retry, or when it is due. */
export function nextAttemptAt(message: Pick<NewMessage, 'dueAt'>, is: Pending): string {
  return is.claimedUntil ?? is.retryAt ?? message.dueAt;
}
