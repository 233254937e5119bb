import { z } from 'zod';
import type { MessageId } from '../../platform/ids.js';
import type { Outbox } from './outbox.js';
import { parse } from '../../platform/validation.js';
import { get, json, post, type Route } from '../../http/route.js';
import type { OutboxAnswer } from '../../shared/answers/messages.js';

const resolveSchema = z.strictObject({ as: z.enum(['again', 'sent', 'cancelled']) });

export function outboxRoutes(
  outbox: Pick<Outbox, 'needingAttention' | 'countDoubted' | 'resolve' | 'resolveDoubted'>,
): Route[] {
  const answer = async (): Promise<OutboxAnswer> => {
    const [messages, restored] = await Promise.all([outbox.needingAttention(), outbox.countDoubted()]);
    return { messages, restored };
  };
  return [
    get('/api/outbox', 'outbox:see', async () => json(await answer())),
    post('/api/outbox/resolve-restored', 'outbox:resolve', async ({ body }) => {
      await outbox.resolveDoubted(parse(resolveSchema, body).as);
      return json(await answer());
    }),
    post('/api/outbox/:id/resolve', 'outbox:resolve', async ({ params, body }) => {
      await outbox.resolve(params.id as MessageId, parse(resolveSchema, body).as);
      return json(await answer());
    }),
  ];
}
