import { z } from 'zod';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId, SendId } from '../../platform/ids.js';
import { sendsOfOccurrence } from '../../sessions/occurrences/fan-outs.js';
import type { RecipientLine, Send } from './fan-out.js';
import type { SendService, SendView } from './service.js';
import { parse } from '../../platform/validation.js';
import { get, json, post, type Call, type Route } from '../../platform/route.js';

/** Answer of GET /api/sends: large sends, newest first, 20 a page; those of one `occurrence` all at once. */
export interface SendListAnswer {
  readonly lines: readonly Send[];
  readonly next?: string;
}

/** Answer of GET /api/sends/:id and of what changes a send. */
export type SendAnswer = SendView;

/** Answer of GET /api/sends/:id/recipients: 100 a page. */
export interface SendRecipientsAnswer {
  readonly lines: readonly RecipientLine[];
  readonly next?: string;
}

const after = z.string().max(512).optional();
const listSchema = z.strictObject({ after, occurrence: z.string().max(64).optional() });
const states = ['open', 'sent', 'gone', 'failed', 'uncertain', 'dropped'] as const;
const recipientsSchema = z.strictObject({ is: z.enum(states).optional(), after });
const againSchema = z.strictObject({ is: z.enum(['failed', 'uncertain']) });

/** An id that could never have been given out names no send; it is not asked for in storage. */
function idOf({ params }: Call): SendId {
  const id = params.id ?? '';
  if (!/^[0-9a-f]{26}$/.test(id)) throw new AppError('send.notFound', { id });
  return id as SendId;
}

/** The large sends: how far they have come, who got what, pause and call back. */
export function sendRoutes(sends: SendService): Route[] {
  type Move = (call: Call, id: SendId) => Promise<SendView>;
  const move = (name: string, change: Move): Route =>
    post(`/api/sends/:id/${name}`, 'send:edit', async (call) =>
      json((await change(call, idOf(call))) satisfies SendAnswer),
    );
  return [
    get('/api/sends', 'send:see', async ({ person, query }) => {
      const { after: from, occurrence } = parse(listSchema, query);
      if (occurrence === undefined) return json((await sends.list(person, from)) satisfies SendListAnswer);
      const lines = await sendsOfOccurrence(sends, person, occurrence as OccurrenceId);
      return json({ lines } satisfies SendListAnswer);
    }),
    get('/api/sends/:id', 'send:see', async (call) =>
      json((await sends.get(call.person, idOf(call))) satisfies SendAnswer),
    ),
    get('/api/sends/:id/recipients', 'send:see', async (call) => {
      const { is, after: from } = parse(recipientsSchema, call.query);
      const page = await sends.recipients(call.person, idOf(call), is, from);
      return json(page satisfies SendRecipientsAnswer);
    }),
    move('pause', ({ person }, id) => sends.pause(person, id)),
    move('resume', ({ person }, id) => sends.resume(person, id)),
    move('cancel', ({ person }, id) => sends.cancel(person, id)),
    move('again', ({ person, body }, id) => sends.again(person, id, parse(againSchema, body).is)),
  ];
}
