import type { ContactId, OccurrenceId, PersonId, SendId, SeriesId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import type { ChatAddress } from '../../people/person.js';

/** How a recipient is reached: one to one in chat, in a channel or group chat, or by mail. */
export const ways = ['chat', 'channel', 'mail'] as const;
export type Way = (typeof ways)[number];

/** What is sent: facts from which the words are made when it leaves, in each recipient's language. */
export type SendContent =
  /** `offset`: minutes before the start; `start`: the ISO instant that it announces, as it stood when it was planned. */
  | {
      readonly kind: 'reminder';
      readonly occurrenceId: OccurrenceId;
      readonly offset: number;
      readonly start: string;
    }
  /** Thanks with materials and recording, and the pulse. `round` makes a second one another send. */
  | { readonly kind: 'thanks'; readonly occurrenceId: OccurrenceId; readonly round: number }
  /** A session was moved, cancelled or brought back at short notice. `start` is when it is now, `was` when it was told to be. */
  | {
      readonly kind: 'change';
      readonly change: 'moved' | 'cancelled' | 'restored';
      readonly occurrenceId: OccurrenceId;
      readonly start: string;
      readonly was: string;
      /** An invitation of the series leaves with it, from which contacts learn of it. */
      readonly isInvited?: true;
    }
  /**
   * Calendar invitations by mail: the series as it stands at `sequence`, or its cancellation; to everybody who is
   * invited, or to one contact who is new.
   */
  | {
      readonly kind: 'invitation';
      readonly seriesId: SeriesId;
      readonly sequence: number;
      readonly contactId?: ContactId;
    };

/** One who is to be reached, once for each `key` in a send. */
export type Recipient = {
  /** `person:<id>`, `contact:<id>` or `conversation:<id>`: somebody who is in two groups has one key. */
  readonly key: string;
  readonly language: Language;
} &
  /** Somebody whom the bot has not met yet has no `chat`: the carrier answers `gone` with the reason `neverMet`. */
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
 * asks for them again. `dropped` never left: too late, overtaken by a change, or called back.
 */
export type RecipientState =
  | {
      readonly status: 'open';
      readonly attempts: number;
      readonly retryAt?: string;
      readonly lastFault?: string;
    }
  | { readonly status: 'sent'; readonly at: string }
  | { readonly status: 'gone' | 'failed' | 'uncertain'; readonly at: string; readonly reason: string }
  | { readonly status: 'dropped'; readonly at: string; readonly reason: DropReason };

/** `late`: it would have come when it was of no more use. `overtaken`: what it told is not so any more. */
export type DropReason = 'late' | 'overtaken' | 'cancelled';

export type SendStateName = 'sending' | 'paused' | 'cancelled' | 'done' | 'dropped';

export interface SendCounts {
  readonly total: number;
  readonly open: number;
  readonly sent: number;
  readonly gone: number;
  readonly failed: number;
  readonly uncertain: number;
  readonly dropped: number;
}

/** One fan-out: what, to how many, and how far it has come. Times are ISO instants. */
export interface Send {
  readonly id: SendId;
  readonly content: SendContent;
  /** When it was to leave. */
  readonly dueAt: string;
  readonly startedAt: string;
  /** `dropped`: nobody was sent anything, for this reason. */
  readonly state:
    | { readonly status: 'sending' | 'paused' }
    | { readonly status: 'cancelled' | 'done'; readonly at: string }
    | { readonly status: 'dropped'; readonly at: string; readonly reason: DropReason };
  readonly counts: SendCounts;
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
