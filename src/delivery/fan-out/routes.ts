import { z } from 'zod';
import { get, json, post, type Call, type Route } from '../../http/route.js';
import { AppError } from '../../platform/errors.js';
import { isId, type FanOutId } from '../../platform/ids.js';
import { pageSchema } from '../../platform/pages.js';
import { parse } from '../../platform/validation.js';
import type {
  FanOutAnswer,
  FanOutAuditAnswer,
  FanOutListAnswer,
  FanOutRecipientsAnswer,
} from '../../shared/answers/fan-outs.js';
import type { FanOutView } from './fan-out.js';
import type { FanOutService } from './service.js';

/** Beside the page, what they are about: its kind and its id. */
const listSchema = z.object(pageSchema.shape).catchall(z.string().max(64));
const statuses = ['open', 'sent', 'undeliverable', 'failed', 'uncertain', 'dropped'] as const;
const recipientsSchema = z.strictObject({
  // The value in older links.
  is: z.preprocess((is) => (is === 'gone' ? 'undeliverable' : is), z.enum(statuses).optional()),
  ...pageSchema.shape,
});
const againSchema = z.strictObject({ is: z.enum(['failed', 'uncertain']) });

/** An id that could never have been given out names no fan-out; it is not asked for in storage. */
function idOf({ params }: Call): FanOutId {
  const id = params.id ?? '';
  if (!isId(id)) throw new AppError('send.notFound', { id });
  return id as FanOutId;
}

/** The fan-outs: how far they have come, who got what, pause and call back. */
export function fanOutRoutes(fanOuts: FanOutService): Route[] {
  type Move = (call: Call, id: FanOutId) => Promise<FanOutView>;
  const move = (name: string, change: Move): Route =>
    post(`/api/sends/:id/${name}`, 'send:edit', async (call) =>
      json((await change(call, idOf(call))) satisfies FanOutAnswer),
    );
  return [
    get('/api/sends', 'send:see', async ({ person, query }) => {
      const { after: from, ...about } = parse(listSchema, query);
      const [subject] = Object.entries(about);
      if (subject === undefined) return json((await fanOuts.list(person, from)) satisfies FanOutListAnswer);
      const lines = await fanOuts.about(person, subject.join(':'));
      return json({ lines } satisfies FanOutListAnswer);
    }),
    get('/api/sends/:id', 'send:see', async (call) =>
      json((await fanOuts.get(call.person, idOf(call))) satisfies FanOutAnswer),
    ),
    get('/api/sends/:id/recipients', 'send:see', async (call) => {
      const { is, after: from } = parse(recipientsSchema, call.query);
      const page = await fanOuts.recipients(call.person, idOf(call), is, from);
      return json(page satisfies FanOutRecipientsAnswer);
    }),
    get('/api/sends/:id/audit', 'send:see', async (call) => {
      const page = await fanOuts.audit(call.person, idOf(call), parse(pageSchema, call.query).after);
      return json(page satisfies FanOutAuditAnswer);
    }),
    move('pause', ({ person }, id) => fanOuts.pause(person, id)),
    move('resume', ({ person }, id) => fanOuts.resume(person, id)),
    move('cancel', ({ person }, id) => fanOuts.cancel(person, id)),
    move('again', ({ person, body }, id) => fanOuts.again(person, id, parse(againSchema, body).is)),
  ];
}
