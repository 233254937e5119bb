import { z } from 'zod';
import type { MessageId } from '../../platform/ids.js';
import type { Outbox } from './outbox.js';
import { parse } from '../../platform/validation.js';
import { get, json, post, type Route } from '../../http/route.js';
import type { OutboxAnswer } from '../../shared/answers/messages.js';

const resolveSchema = z.strictObject({ as: z.enum(['again', 'sent', 'cancelled']) });

export function outboxRoutes(outbox: Pick<Outbox, 'needingAttention' | 'resolve'>): Route[] {
  const answer = async (): Promise<OutboxAnswer> => ({ messages: await outbox.needingAttention() });
  return [
    get('/api/outbox', 'outbox:see', async () => json(await answer())),
    post('/api/outbox/:id/resolve', 'outbox:resolve', async ({ params, body }) => {
      await outbox.resolve(params.id as MessageId, parse(resolveSchema, body).as);
      return json(await answer());
    }),
  ];
}
