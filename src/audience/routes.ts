import { z } from 'zod';
import { AppError } from '../platform/errors.js';
import type { ContactId } from '../platform/ids.js';
import { del, get, json, overwrite, post, type Call, type Route } from '../http/route.js';
import { shownAddress } from '../platform/mail-address.js';
import { pageSchema } from '../platform/pages.js';
import { parse } from '../platform/validation.js';
import type { Contact } from './contact.js';
import type { ContactService } from './service.js';
import type {
  ContactAnswer,
  ContactAuditAnswer,
  ContactListAnswer,
  ContactView,
  ContactsAddedAnswer,
} from '../shared/answers/contacts.js';

const listSchema = z.strictObject({
  text: z.string().max(254).optional(),
  after: z.string().max(512).optional(),
});

function idOf({ params }: Call): ContactId {
  const id = params.id ?? '';
  if (!/^[0-9a-f]{26}$/.test(id)) throw new AppError('contact.notFound', { id });
  return id as ContactId;
}

const viewOf = ({
  stopKey: _stop,
  addressKey: _key,
  since: _since,
  subscriptions,
  ...view
}: Contact): ContactView => ({
  ...view,
  address: shownAddress(view.address),
  series: subscriptions,
});
const answerOf = (contact: Contact): ContactAnswer => ({ contact: viewOf(contact) });

/** People outside the organisation who are written to by mail. */
export function contactRoutes(contacts: ContactService): Route[] {
  return [
    get('/api/contacts', 'contact:edit', async ({ person, query }) => {
      const { text, after } = parse(listSchema, query);
      const wanted = { ...(text !== undefined && { text }), ...(after !== undefined && { after }) };
      const { lines, next } = await contacts.list(person, wanted);
      const answer: ContactListAnswer = { lines: lines.map(viewOf), ...(next !== undefined && { next }) };
      return json(answer);
    }),
    post('/api/contacts', 'contact:edit', async ({ person, body }) => ({
      json: answerOf(await contacts.add(person, body)),
      status: 201,
    })),
    post('/api/contacts/several', 'contact:edit', async ({ person, body }) => {
      const answer: ContactsAddedAnswer = await contacts.addMany(person, body);
      return json(answer);
    }),
    get('/api/contacts/removals', 'contact:edit', async ({ person, query }) => {
      const { after } = parse(pageSchema, query);
      return json((await contacts.removals(person, after)) satisfies ContactAuditAnswer);
    }),
    get('/api/contacts/:id', 'contact:edit', async (call) =>
      json(answerOf(await contacts.get(call.person, idOf(call)))),
    ),
    overwrite('put', '/api/contacts/:id', 'contact:edit', async (call) =>
      json(answerOf(await contacts.edit(call.person, idOf(call), call.body, call.seen))),
    ),
    get('/api/contacts/:id/audit', 'contact:edit', async (call) => {
      const { after } = parse(pageSchema, call.query);
      return json((await contacts.audit(call.person, idOf(call), after)) satisfies ContactAuditAnswer);
    }),
    post('/api/contacts/:id/stop-key', 'contact:edit', async (call) => {
      await contacts.renewStopKey(call.person, idOf(call));
      return json({});
    }),
    del('/api/contacts/:id', 'contact:edit', async (call) => {
      await contacts.remove(call.person, idOf(call));
      return json({});
    }),
  ];
}
