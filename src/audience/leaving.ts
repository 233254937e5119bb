import type { NewMessage } from '../delivery/outbox/message.js';
import type { Clock } from '../platform/clock.js';
import type { Change } from '../platform/commit.js';
import { deterministicId } from '../platform/ids.js';
import type { Contact, Leaving, SubscriptionKind } from './contact.js';
import { timedId, type ContactStore } from './store.js';

/** The subscriptions of which a contact gets invitations. */
export function invitedTo({ consent, subscriptions, wants }: Contact): readonly string[] {
  return consent.given && wants !== 'reminders' ? subscriptions : [];
}

/** What of `before` a contact is not invited to any more, at the address of then. */
function lost(before: Contact, after: Contact | undefined): readonly string[] {
  const still = after !== undefined && after.address === before.address ? invitedTo(after) : [];
  return invitedTo(before).filter((id) => !still.includes(id));
}

interface LeavingDeps {
  readonly store: Pick<ContactStore, 'sentVersions' | 'putLeaving' | 'pruneLeavings'>;
  readonly kinds: readonly SubscriptionKind[];
  readonly clock: Clock;
  /** How long it waits, so that it can be taken back before it leaves. */
  readonly undoSeconds: number;
}

/** What is stored and sent when somebody loses invitations. */
export interface Left {
  readonly changes: readonly Change[];
  readonly messages: readonly NewMessage[];
  /** ISO instant from which it leaves. */
  readonly dueAt: string;
}

/** What becomes of the calendars of those who lose invitations. */
export function leavings({ store, kinds, clock, undoSeconds }: LeavingDeps) {
  /** @param subscriptions what they lose; at the address that the contact has. */
  async function leave(
    contact: Contact,
    subscriptions: readonly string[],
    { why, at }: Pick<Leaving, 'why' | 'at'>,
  ): Promise<Left> {
    const dueAt = clock.now().add({ seconds: undoSeconds }).toString();
    if (subscriptions.length === 0) return { changes: [], messages: [], dueAt };
    const { id: contactId, name, address, addressKey, language, since, stopKey } = contact;
    // The same of one act, however often it is tried.
    const unique = deterministicId<string>('leaving', contactId, address, at, why);
    const leaving: Leaving = {
      id: timedId(Date.parse(at), unique),
      contactId,
      why,
      at,
      name,
      address,
      ...(addressKey !== undefined && { addressKey }),
      language,
      ...(since !== undefined && { since }),
      stopKey,
      subscriptions,
      versions: (await store.sentVersions([contactId])).get(contactId) ?? {},
      done: [],
    };
    const messages = kinds.flatMap((kind) => kind.leave(leaving, dueAt) ?? []);
    if (messages.length === 0) return { changes: [], messages, dueAt };
    await store.pruneLeavings(clock.now().epochMilliseconds);
    return { changes: [store.putLeaving(leaving)], messages, dueAt };
  }

  return {
    leave,
    /** What a contact loses by a change, or by being removed. */
    after: (before: Contact, after: Contact | undefined, cause: Pick<Leaving, 'why' | 'at'>): Promise<Left> =>
      leave(before, lost(before, after), {
        ...cause,
        why: after !== undefined && after.address !== before.address ? 'readdressed' : cause.why,
      }),
  };
}
