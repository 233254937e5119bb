import type { NewMessage } from '../delivery/outbox/message.js';
import type { ContactId } from '../platform/ids.js';

/** Something to which contacts can be subscribed: a series of sessions, say. */
export interface Subscribable {
  /** Names it among everything that can be subscribed to, of whatever kind. */
  readonly id: string;
  /**
   * What a contact is sent at once who is new in it, or has agreed to mails only now: an invitation, say; nothing where
   * it takes nobody at present.
   * @param at ISO instant of the change, which tells one welcome from another.
   * @param dueAt ISO instant before which it must not leave.
   */
  welcome(contactId: ContactId, when: { readonly at: string; readonly dueAt: string }): readonly NewMessage[];
}

/** A kind of what contacts can be subscribed to. A feature gives one of its own. */
export interface SubscriptionKind {
  /** All there are, also those that take nobody at present: who is subscribed stays so. */
  all(): Promise<readonly Subscribable[]>;
}
