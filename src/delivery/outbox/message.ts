import type { MessageId, PersonId } from '../../platform/ids.js';

/** The contents of a message: the facts that its kind handles. The module that registered the kind defines them. */
export interface MessageBody {
  readonly kind: string;
  readonly [fact: string]: unknown;
}

/** An effect to come. Its id is made from what it is about, so that asking twice is asking once. */
export type NewMessage = {
  readonly id: MessageId;
  /** ISO instant before which it must not leave. */
  readonly dueAt: string;
  readonly body: MessageBody;
};

/** pending -> sent | undeliverable | failed | uncertain | cancelled; see CONTEXT.md for the terms. */
export type MessageState =
  | Pending
  /** `by`: the way it went, where that was not the chat. */
  | { readonly status: 'sent'; readonly at: string; readonly by?: 'feed' }
  | { readonly status: 'undeliverable'; readonly at: string; readonly reason: string }
  | { readonly status: 'failed'; readonly at: string; readonly reason: string }
  | { readonly status: 'uncertain'; readonly at: string; readonly reason: string }
  | { readonly status: 'cancelled'; readonly at: string };

/** Still to leave. */
export interface Pending {
  readonly status: 'pending';
  /** How many times it was claimed, a running attempt included. */
  readonly attempts: number;
  /** Set while a worker handles it: until then it belongs to that worker. Past that time, the worker has died. */
  readonly claimedUntil?: string;
  /** Not to be tried again before this; absent before the first attempt, for which `dueAt` holds. */
  readonly retryAt?: string;
  /** Why the last attempt did not succeed. */
  readonly lastFault?: string;
  /** It may have left before the tables were restored: its kind runs, but must not repeat what people would notice. */
  readonly isDoubtful?: true;
  /** Set while it waits for a person to turn up; `retryAt` is then when it is checked whether it is still of use. */
  readonly waitsFor?: AwaitedPerson;
}

/** For whom a message waits who could not be reached: they never met the bot, or closed their chat with it. */
export interface AwaitedPerson {
  readonly personId: PersonId;
  /** Why they were not reached, in the words of the one who tried. */
  readonly reason: string;
  /** ISO instant of the first attempt. */
  readonly since: string;
  /** What the message is about, as `<kind of thing>:<id>`, such as `occurrence:<id>`. */
  readonly subject?: string;
}

export type Message = NewMessage & { readonly state: MessageState };

/** What came of one attempt. */
export type Outcome =
  /** `by`: the way it went, where that was not the chat. `place`: the message in a chat that it became, where that is known. */
  | {
      readonly result: 'sent';
      readonly by?: 'feed';
      readonly place?: { readonly conversationId: string; readonly activityId: string };
    }
  /** The recipient can never be reached; keep the reason. */
  | { readonly result: 'undeliverable'; readonly reason: string }
  /** It will never work; somebody must look. */
  | { readonly result: 'failed'; readonly reason: string }
  /** The person can't be reached until they turn up: it is kept until then, while it is of use. */
  | ({ readonly result: 'waits' } & Omit<AwaitedPerson, 'since'>)
  /** Nobody knows whether it arrived. */
  | { readonly result: 'uncertain'; readonly reason: string }
  /** Nothing was tried: it is not its turn yet, as while the pace or quiet hours last. Counts as no attempt. */
  | {
      readonly result: 'postponed';
      readonly reason: string;
      readonly afterSeconds?: number;
      readonly at?: string;
    }
  /**
   * Try again, after so many seconds where the other side named them, or at a fixed ISO instant (`at`):
   * then neither sooner nor later.
   */
  | {
      readonly result: 'retry';
      readonly reason: string;
      readonly afterSeconds?: number;
      readonly at?: string;
    };

/** Whether it may have left before a restore of the tables; see `DeliveryKind.afterRestore`. */
export function mayHaveLeft({ state }: Pick<Message, 'state'>): boolean {
  return state.status === 'pending' && state.isDoubtful === true;
}

/** When a pending message is to be looked at next: at the end of its claim, at its retry, or when it is due. */
export function nextAttemptAt(message: Pick<NewMessage, 'dueAt'>, state: Pending): string {
  return state.claimedUntil ?? state.retryAt ?? message.dueAt;
}

/** What somebody decided about a message that needed a person. */
export interface Resolution {
  readonly action: 'again' | 'sent' | 'cancelled';
  readonly id: MessageId;
  /** The kind of the message, and of the notice that it is. */
  readonly kind: string;
  readonly about?: string;
}
