import { z } from 'zod';
import type { Programme } from '../people/person.js';
import { AppError } from '../platform/errors.js';
import type { ContactId } from '../platform/ids.js';
import {
  del,
  get,
  json,
  open,
  overwrite,
  post,
  type Call,
  type OpenCall,
  type Reply,
  type Route,
} from '../http/route.js';
import { shownAddress } from '../platform/mail-address.js';
import { parse } from '../platform/validation.js';
import type { Language } from '../shared/languages.js';
import type { Contact } from './contact.js';
import type { ContactService } from './service.js';
import { stopPage, type StopView } from './stop-page.js';
import type {
  ContactAnswer,
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

const viewOf = ({ stopKey: _stopKey, subscriptions, ...view }: Contact): ContactView => ({
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
    get('/api/contacts/:id', 'contact:edit', async (call) =>
      json(answerOf(await contacts.get(call.person, idOf(call)))),
    ),
    overwrite('put', '/api/contacts/:id', 'contact:edit', async (call) =>
      json(answerOf(await contacts.edit(call.person, idOf(call), call.body, call.seen))),
    ),
    del('/api/contacts/:id', 'contact:edit', async (call) => {
      await contacts.remove(call.person, idOf(call));
      return json({});
    }),
  ];
}

export interface StopRouteDeps {
  readonly contacts: Pick<ContactService, 'byStopKey' | 'stop' | 'takeStopBack'>;
  readonly programme: () => Promise<Programme>;
}

const stopKeyPattern = /^[0-9a-f]{40}$/;

function stopViewOf(contact: Contact | undefined, isBack: boolean): StopView {
  if (contact === undefined) return 'none';
  if (contact.consent.given) return isBack ? 'isBack' : 'ask';
  return contact.consent.why === 'unsubscribed' ? 'done' : 'none';
}

/**
 * The page behind "no more mails" in every mail, open to whoever has the link. A GET changes nothing, since mail scanners
 * follow links; the button and mail programs with one click (RFC 8058) post. What they post does not matter, nor how
 * often. A key of nobody gets the page of somebody who gets no mail: it reveals nothing about anybody.
 */
export function stopRoutes({ contacts, programme }: StopRouteDeps): Route[] {
  const page = async ({ language }: OpenCall, key: string, isBack = false): Promise<Reply> => {
    const contact = stopKeyPattern.test(key) ? await contacts.byStopKey(key) : undefined;
    const shown: Language = contact?.language ?? language;
    const { names } = await programme();
    const facts = { language: shown, programme: names[shown], key };
    return { text: stopPage(stopViewOf(contact, isBack), facts), type: 'text/html; charset=utf-8' };
  };
  const keyOf = ({ params }: OpenCall): string => params.key ?? '';
  return [
    open('get', '/stop/:key', (call) => page(call, keyOf(call))),
    open('post', '/stop/:key', async (call) => {
      if (stopKeyPattern.test(keyOf(call))) await contacts.stop(keyOf(call));
      return page(call, keyOf(call));
    }),
    open('post', '/stop/:key/back', async (call) => {
      if (stopKeyPattern.test(keyOf(call))) await contacts.takeStopBack(keyOf(call));
      return page(call, keyOf(call), true);
    }),
  ];
}
