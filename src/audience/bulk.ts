import { z } from 'zod';
import { messageKind, type DeliveryKind, type PayloadOf } from '../delivery/outbox/kind.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { requirePermission } from '../people/permissions.js';
import { refOf, type Actor, type PersonRef } from '../platform/actor.js';
import type { Clock } from '../platform/clock.js';
import { whileConflicting } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import { deterministicId, type ContactId, type MessageId } from '../platform/ids.js';
import type { Partition } from '../platform/partition.js';
import { insert, replace, storedId, storedKind, storedPersonRef } from '../platform/stored.js';
import { parse } from '../platform/validation.js';
import { maxBulkContacts } from '../shared/contact-bulk.js';
import { eachOf } from './forming.js';
import { subscriptionsSchema } from './input.js';
import type { ContactService } from './service.js';

const atOnce = 4;
/** Well below the minute for which a message is claimed, in milliseconds. */
const maxWorkMs = 20_000;
const chunk = 40;

const contactId = z
  .string()
  .regex(/^[0-9a-f]{26}$/, 'wrongType')
  .transform((id) => id as ContactId);
const bulkSchema = z.strictObject({
  formId: z.string().regex(/^[0-9A-Za-z-]{8,64}$/, 'wrongType'),
  action: z.enum(['unsubscribe', 'remove', 'ask']),
  ids: z.array(contactId).min(1, { error: 'required' }).max(maxBulkContacts, { error: 'tooMany' }),
  series: subscriptionsSchema.optional(),
});

/** What is done to several contacts at once, a little after it was asked for, so that it can be called back. */
export interface Bulk {
  readonly id: string;
  readonly action: z.infer<typeof bulkSchema>['action'];
  readonly ids: readonly ContactId[];
  readonly subscriptions: readonly string[];
  readonly by: PersonRef;
  /** How many of the contacts are done. */
  readonly done: number;
  /** ISO instant at which it begins. */
  readonly dueAt: string;
  /** It has begun, or was called back before: the first of the two holds. */
  readonly is?: 'begun' | 'calledBack';
}

const bulkRow = storedKind<Bulk>({
  name: 'contact.bulk',
  schema: z.looseObject({
    id: z.string(),
    action: z.enum(['unsubscribe', 'remove', 'ask']),
    ids: z.array(storedId<ContactId>()),
    subscriptions: z.array(z.string()),
    by: storedPersonRef,
    done: z.number(),
    dueAt: z.string(),
    is: z.enum(['begun', 'calledBack']).exactOptional(),
  }),
});

const bulkKey = (id: string): string => `contact-bulk|${id}`;

/** Whoever was faster is read then. */
function ignoreConflict(error: unknown): void {
  if (!isAppError(error, 'storage.conflict')) throw error;
}

/** The message by which it is done. */
export const bulkWork = messageKind('contactBulk', z.object({ bulkId: z.string() }));
const messageId = (id: string): MessageId => deterministicId<MessageId>('contactBulk', id);

interface BulkDeps {
  readonly partition: Partition;
  readonly contacts: Pick<ContactService, 'unsubscribe' | 'remove' | 'ask'>;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly clock: Clock;
  readonly undoSeconds: number;
}

/** What is done to several contacts at once: `contact:edit`. */
export function bulkService({ partition, contacts, outbox, clock, undoSeconds }: BulkDeps) {
  const doOne = async ({ action, by, subscriptions }: Bulk, id: ContactId): Promise<void> => {
    const actor: Actor = { ...by, role: 'coordinator' };
    try {
      if (action === 'remove') await contacts.remove(actor, id);
      else if (action === 'ask') await contacts.ask(actor, id);
      else await contacts.unsubscribe(actor, id, subscriptions);
    } catch (error) {
      // Somebody removed them meanwhile, or they have answered: nothing is left to do.
      if (!isAppError(error, 'contact.notFound') && !isAppError(error, 'contact.notToAsk')) throw error;
    }
  };

  /** Whether its message has left, or is leaving: its row goes when it is done. */
  async function isDone(id: string): Promise<boolean> {
    try {
      return (await outbox.cancel(messageId(id))).length > 0;
    } catch (error) {
      if (isAppError(error, 'outbox.tooLate')) return true;
      throw error;
    }
  }

  const delivery: DeliveryKind<PayloadOf<typeof bulkWork>> = {
    ...bulkWork,
    // Whoever is done has nothing to be done again.
    afterCrash: 'repeat',
    afterRestore: 'run',
    handle: async ({ bulkId }, _message, claim) => {
      const until = clock.now().epochMilliseconds + maxWorkMs;
      for (;;) {
        const found = await partition.get(bulkRow, bulkKey(bulkId));
        if (found === undefined) return { result: 'sent' };
        const { value, version } = found;
        if (value.is === 'calledBack') {
          await outbox.commit([{ op: 'delete', key: bulkKey(bulkId), version }]);
          return { result: 'sent' };
        }
        if (value.is === undefined) {
          // Of this and an undo at the same moment one alone holds.
          const begun = replace(bulkRow, bulkKey(bulkId), found, { ...value, is: 'begun' });
          await outbox.commit([begun]).catch(ignoreConflict);
          continue;
        }
        const some = value.ids.slice(value.done, value.done + chunk);
        await eachOf(some, (id) => doOne(value, id), atOnce);
        const done = value.done + some.length;
        const isDone = done >= value.ids.length;
        await outbox.commit([
          isDone
            ? { op: 'delete', key: bulkKey(bulkId), version }
            : replace(bulkRow, bulkKey(bulkId), found, { ...value, done }),
        ]);
        if (isDone) return { result: 'sent' };
        if (claim?.aborted === true || clock.now().epochMilliseconds > until)
          return { result: 'postponed', reason: 'unfinished', afterSeconds: 0 };
      }
    },
  };

  return {
    /**
     * `{ formId, action, ids, series? }`, at most 5,000: takes contacts out of series, removes them, or asks them for their
     * consent, when the time for an undo is over. The same form is done once, and answered alike when it comes again.
     * @throws AppError `input.invalid`.
     */
    async start(
      actor: Actor,
      input: unknown,
    ): Promise<Pick<Bulk, 'id' | 'dueAt'> & { readonly count: number }> {
      requirePermission(actor, 'contact:edit');
      const { formId, action, ids, series = [] } = parse(bulkSchema, input);
      if (action === 'unsubscribe' && series.length === 0)
        throw new AppError('input.invalid', { fields: [{ field: 'series', code: 'required' }] });
      const id = deterministicId<string>('contactBulk', actor.id, formId);
      const dueAt = clock.now().add({ seconds: undoSeconds }).toString();
      const once = [...new Set(ids)];
      const bulk: Bulk = { id, action, ids: once, subscriptions: series, by: refOf(actor), done: 0, dueAt };
      const message = { id: messageId(id), dueAt, body: bulkWork.body({ bulkId: id }) };
      return whileConflicting(async () => {
        const found = await partition.get(bulkRow, bulkKey(id));
        if (found !== undefined) return { id, dueAt: found.value.dueAt, count: once.length };
        if (await isDone(id)) return { id, dueAt: clock.now().toString(), count: once.length };
        await outbox.commit([insert(bulkRow, bulkKey(id), bulk)], [message]);
        return { id, dueAt, count: once.length };
      });
    },

    /** Calls it back before it begins. @throws AppError `undo.tooLate`, also where there is none. */
    async undo(actor: Actor, id: string): Promise<void> {
      requirePermission(actor, 'contact:edit');
      await whileConflicting(async () => {
        const found = await partition.get(bulkRow, bulkKey(id));
        if (found === undefined || found.value.is === 'begun') throw new AppError('undo.tooLate', { id });
        if (found.value.is === 'calledBack') return;
        const { value } = found;
        // Whom it was about is needed no more; what is left goes with its message.
        await outbox.commit([replace(bulkRow, bulkKey(id), found, { ...value, ids: [], is: 'calledBack' })]);
      });
    },

    delivery,
  };
}

export type BulkService = ReturnType<typeof bulkService>;
