import type { FanOutId, PersonId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import type { ChatAddress } from '../../people/person.js';
import type { FanOutContent } from './kind.js';

/** How a recipient is reached: one to one in chat, in a channel or group chat, or by mail. */
export const ways = ['chat', 'channel', 'mail'] as const;
export type Way = (typeof ways)[number];

/** One who is to be reached, once for each `key` in a fan-out. */
export type Recipient = {
  /** `person:<id>`, `contact:<id>` or `conversation:<id>`: somebody who is in two groups has one key. */
  readonly key: string;
  readonly language: Language;
} &
  /** Somebody whom the bot has not met yet has no `chat`: the transport answers `undeliverable` with the reason `neverMet`. */
  (
    | {
        readonly way: 'chat';
        readonly name: string;
        readonly personId: PersonId;
        readonly chat?: ChatAddress;
      }
    | {
        readonly way: 'channel';
        readonly name: string;
        readonly chat: ChatAddress & { readonly conversationId: string };
      }
    /** Name and address are looked up each time: whoever is erased must be nowhere else. */
    | { readonly way: 'mail' }
  );

/**
 * What came of one recipient. `open` is still to be sent (again after `retryAt`), the others are final unless a person
 * asks for them again. `dropped` never left: too late, superseded by a change, or called back.
 */
export type RecipientState =
  | {
      readonly status: 'open';
      readonly attempts: number;
      readonly retryAt?: string;
      readonly lastFault?: string;
    }
  | { readonly status: 'sent'; readonly at: string }
  | {
      readonly status: 'undeliverable' | 'failed' | 'uncertain';
      readonly at: string;
      readonly reason: string;
    }
  | { readonly status: 'dropped'; readonly at: string; readonly reason: DropReason };

/** `late`: it would have come when it was of no more use. `superseded`: what it says is not so any more. */
export type DropReason = 'late' | 'superseded' | 'cancelled';

export type FanOutStatus = 'sending' | 'paused' | 'cancelled' | 'done' | 'dropped';

export interface FanOutCounts {
  readonly total: number;
  readonly open: number;
  readonly sent: number;
  readonly undeliverable: number;
  readonly failed: number;
  readonly uncertain: number;
  readonly dropped: number;
}

/** One fan-out: what, to how many, and how far it has come. Times are ISO instants. */
export interface FanOut {
  readonly id: FanOutId;
  readonly content: FanOutContent;
  /** When it was to leave. */
  readonly dueAt: string;
  readonly startedAt: string;
  /** `dropped`: nobody was sent anything, for this reason. */
  readonly state:
    | { readonly status: 'sending' | 'paused' }
    | { readonly status: 'cancelled' | 'done'; readonly at: string }
    | { readonly status: 'dropped'; readonly at: string; readonly reason: DropReason };
  readonly counts: FanOutCounts;
}

/** A recipient with what came of them, for the list of results. */
export interface RecipientLine {
  readonly key: string;
  /** Absent for a contact who is there no more. */
  readonly name?: string;
  readonly way: Way;
  readonly language: Language;
  readonly state: RecipientState;
}

/** A fan-out with its pace, as somebody who watches it sees it. */
export interface FanOutView extends FanOut {
  /** Recipients settled in a second, over the last half minute or so. */
  readonly rate: number;
  /** Estimate in seconds; absent where nothing moves. */
  readonly secondsLeft?: number;
  /** It ended so long ago that its recipients are erased. */
  readonly isForgotten?: true;
  /** Counted reasons of what did not arrive, most frequent first. */
  readonly reasons: readonly {
    readonly status: RecipientState['status'];
    readonly reason: string;
    readonly count: number;
  }[];
}
