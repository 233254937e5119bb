import { z } from 'zod';
import { AppError } from '../platform/errors.js';
import type { ContactId } from '../platform/ids.js';
import type { Contact, ContactService, LineFault } from './contact.js';
import { parse } from '../platform/validation.js';
import { del, get, json, post, put, type Call, type Route } from '../platform/route.js';

/** A contact as the tab sees it: the key of the link in their mails stays inside. */
export type ContactView = Omit<Contact, 'stopKey'>;

/** Answer of GET /api/contacts: a page by name, or of those that begin with `text`. */
export interface ContactListAnswer {
  readonly lines: readonly ContactView[];
  readonly next?: string;
}

/** Answer of GET, POST and PUT of one contact. With another address they get another id. */
export interface ContactAnswer {
  readonly contact: ContactView;
}

/** Answer of POST /api/contacts/several. */
export interface ContactsAddedAnswer {
  readonly added: number;
  readonly faults: readonly LineFault[];
}

const listSchema = z.strictObject({
  text: z.string().max(254).optional(),
  after: z.string().max(512).optional(),
});

function idOf({ params }: Call): ContactId {
  const id = params.id ?? '';
  if (!/^[0-9a-f]{26}$/.test(id)) throw new AppError('contact.notFound', { id });
  return id as ContactId;
}

const viewOf = ({ stopKey: _stopKey, ...view }: Contact): ContactView => view;
const answerOf = (contact: Contact): ContactAnswer => ({ contact: viewOf(contact) });

/** People outside the organisation who are invited by mail. */
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
    get('/api/contacts/:id', 'contact:edit', async (call) =>
      json(answerOf(await contacts.get(call.person, idOf(call)))),
    ),
    put('/api/contacts/:id', 'contact:edit', async (call) =>
      json(answerOf(await contacts.edit(call.person, idOf(call), call.body))),
    ),
    del('/api/contacts/:id', 'contact:edit', async (call) => {
      await contacts.remove(call.person, idOf(call));
      return json({});
    }),
  ];
}
