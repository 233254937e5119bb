import type { PersonRef } from '../platform/actor.js';
import type { FieldFaultCode } from '../platform/errors.js';
import type { ContactId } from '../platform/ids.js';
import type { Language } from '../shared/languages.js';
import type { NewMessage } from '../delivery/outbox/message.js';

/** That somebody agreed to get mails: when, how it was asked, and by whom. */
export interface Consent {
  readonly given: true;
  /** ISO instant. */
  readonly at: string;
  readonly how: string;
  readonly by: PersonRef;
}

/** Somebody outside the organisation who is written to by mail. Gets nothing without consent. */
export interface Contact {
  /** Follows from the address: another address is another contact. */
  readonly id: ContactId;
  readonly name: string;
  readonly organisation?: string;
  /** Mail address, in small letters, an international domain in ASCII; one contact an address. */
  readonly address: string;
  readonly language: Language;
  /** The ids of what they are subscribed to; see `Subscribable`. */
  readonly subscriptions: readonly string[];
  readonly consent:
    | Consent
    | { readonly given: false; readonly at: string; readonly why: 'notAsked' | 'withdrawn' }
    /** By the link in a mail; `was` comes back with "I clicked by mistake". */
    | { readonly given: false; readonly at: string; readonly why: 'unsubscribed'; readonly was: Consent };
  /** Makes the address at which they stop the mails. */
  readonly stopKey: string;
  /** ISO instant. */
  readonly createdAt: string;
}

/** What is kept of a contact in the list of those to whom one may write about a subscription. */
export type Subscriber = Pick<Contact, 'id' | 'language'>;

/** What is wrong with somebody in a list of contacts. */
export interface LineFault {
  /** 1 for the first. */
  readonly line: number;
  /** What was typed of them: all of the line, or their part of it. */
  readonly text: string;
  /** `row` where all of it can't be read. */
  readonly field: 'name' | 'organisation' | 'address' | 'language' | 'row';
  /** A fault of the field; `unclear` where one can't see which column is which. */
  readonly code: FieldFaultCode | 'unclear';
}

/** Something to which contacts can be subscribed, such as a series of sessions. */
export interface Subscribable {
  /** Names it among everything that can be subscribed to, of whatever kind. */
  readonly id: string;
  /**
   * What is sent at once to a contact who is new in it, or has agreed to mails only now, such as an invitation; nothing where
   * it takes nobody at present.
   * @param at ISO instant of the change, which distinguishes one welcome from another.
   * @param dueAt ISO instant before which it must not leave.
   */
  welcome(contactId: ContactId, when: { readonly at: string; readonly dueAt: string }): readonly NewMessage[];
}

/** A kind of what contacts can be subscribed to. A feature gives one of its own. */
export interface SubscriptionKind {
  /** All there are, also those that take nobody at present: who is subscribed stays so. */
  all(): Promise<readonly Subscribable[]>;
}
