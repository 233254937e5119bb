import { z } from 'zod';
import type { MessageId } from '../../platform/ids.js';
import type { Outbox } from './outbox.js';
import type { PeopleService } from '../../people/service.js';
import { unreachedPeople } from './unreached.js';
import { parse } from '../../platform/validation.js';
import { get, json, post, type Route } from '../../http/route.js';
import { pageSchema } from '../../platform/pages.js';
import type { OutboxAnswer, OutboxAuditAnswer, UnreachedAnswer } from '../../shared/answers/messages.js';

const resolveSchema = z.strictObject({ as: z.enum(['again', 'sent', 'cancelled']) });

export interface OutboxRouteDeps {
  readonly outbox: Pick<
    Outbox,
    'needingAttention' | 'countDoubted' | 'resolve' | 'resolveDoubted' | 'decisions' | 'awaited'
  >;
  readonly people: Pick<PeopleService, 'all'>;
}

export function outboxRoutes({ outbox, people }: OutboxRouteDeps): Route[] {
  const answer = async (): Promise<OutboxAnswer> => {
    const [messages, restored] = await Promise.all([outbox.needingAttention(), outbox.countDoubted()]);
    return { messages, restored };
  };
  return [
    get('/api/outbox', 'outbox:see', async () => json(await answer())),
    get('/api/outbox/audit', 'outbox:see', async ({ query }) =>
      json((await outbox.decisions(parse(pageSchema, query).after)) satisfies OutboxAuditAnswer),
    ),
    post('/api/outbox/resolve-restored', 'outbox:resolve', async ({ person, body }) => {
      await outbox.resolveDoubted(person, parse(resolveSchema, body).as);
      return json(await answer());
    }),
    // `about`: what it is about, as `occurrence:<id>`.
    get('/api/unreached', 'outbox:see', async ({ query }) => {
      const waiting = await outbox.awaited(query.about);
      return json({ people: await unreachedPeople(people, waiting) } satisfies UnreachedAnswer);
    }),
    post('/api/outbox/:id/resolve', 'outbox:resolve', async ({ person, params, body }) => {
      await outbox.resolve(person, params.id as MessageId, parse(resolveSchema, body).as);
      return json(await answer());
    }),
  ];
}
