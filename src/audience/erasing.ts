import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { messageKind, type DeliveryKind, type PayloadOf } from '../delivery/outbox/kind.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import { deterministicId, type ContactId, type MessageId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';
import type { ContactStore } from './store.js';

/** Erases what is left of a contact who was removed. */
export const eraseRequest = messageKind('contactErase', z.object({ contactId: storedId<ContactId>() }));

/** By then whatever was being written about them has been. */
const eraseAfterSeconds = 60;

/** Stored with the removal, so that nothing stays where it ends halfway. @param at ISO instant of the removal. */
export const eraseMessage = (contactId: ContactId, at: string): NewMessage => ({
  id: deterministicId<MessageId>('contactErase', contactId),
  dueAt: Temporal.Instant.from(at).add({ seconds: eraseAfterSeconds }).toString(),
  body: eraseRequest.body({ contactId }),
});

export function eraseDelivery({
  store,
}: {
  readonly store: Pick<ContactStore, 'find' | 'eraseTrail'>;
}): DeliveryKind<PayloadOf<typeof eraseRequest>> {
  return {
    ...eraseRequest,
    // What is erased has nothing to be erased again.
    afterCrash: 'repeat',
    afterRestore: 'run',
    handle: async ({ contactId }) => {
      // After a restore they may be a contact again.
      if ((await store.find(contactId)) === undefined) await store.eraseTrail(contactId);
      return { result: 'sent' };
    },
  };
}
