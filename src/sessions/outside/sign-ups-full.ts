import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { DeliveryKind, PayloadOf } from '../../delivery/outbox/kind.js';
import { messageKind } from '../../delivery/outbox/kind.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Clock } from '../../platform/clock.js';
import { deterministicId, type MessageId } from '../../platform/ids.js';

/** That nobody more can sign up on the public pages on a day (ISO, in UTC): it needs attention until that day is over. */
export const signUpsFullRequest = messageKind('signUpsFull', z.object({ day: z.string() }));

const dayOf = (now: Temporal.Instant): string => now.toString().slice(0, 10);

/** The message of a day, the same however often it is asked for. */
export function signUpsFull(now: Temporal.Instant): NewMessage {
  const day = dayOf(now);
  const id = deterministicId<MessageId>('signUpsFull', day);
  return { id, dueAt: now.toString(), body: signUpsFullRequest.body({ day }) };
}

/** Sends nothing: it stands among what needs attention, and is settled there. */
export function signUpsFullDelivery({
  clock,
}: {
  readonly clock: Clock;
}): DeliveryKind<PayloadOf<typeof signUpsFullRequest>> {
  return {
    ...signUpsFullRequest,
    afterCrash: 'repeat',
    afterRestore: 'run',
    handle: ({ day }) =>
      Promise.resolve(
        day === dayOf(clock.now()) ? { result: 'failed', reason: 'limitReached' } : { result: 'sent' },
      ),
  };
}
