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
import { pageSchema } from '../platform/pages.js';
import { parse } from '../platform/validation.js';
import type { Language } from '../shared/languages.js';
import type { Contact } from './contact.js';
import type { ContactService } from './service.js';
import { stopPage, type StopView } from './stop-page.js';
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

export interface StopRouteDeps {
  readonly contacts: Pick<ContactService, 'byStopKey' | 'suppressedByKey' | 'stop' | 'takeStopBack'>;
  readonly programme: () => Promise<Programme>;
}

const stopKeyPattern = /^[0-9a-f]{40}$/;

function stopViewOf(contact: Contact, isBack: boolean): StopView {
  if (contact.consent.given) return isBack ? 'isBack' : 'ask';
  return contact.consent.why === 'unsubscribed' ? 'done' : 'none';
}

/**
 * The page behind "no more mails" in every mail, open to whoever has the link. A GET changes nothing, since mail scanners
 * follow links; the button and mail programs with one click (RFC 8058) post. What they post does not matter, nor how
 * often. A key of nobody gets the page of somebody who gets no mail: it reveals nothing about anybody. Who stopped the mails
 * and was removed since may still take it back.
 */
export function stopRoutes({ contacts, programme }: StopRouteDeps): Route[] {
  const shownFor = async (key: string, isBack: boolean): Promise<{ view: StopView; language?: Language }> => {
    const contact = await contacts.byStopKey(key);
    if (contact !== undefined) return { view: stopViewOf(contact, isBack), language: contact.language };
    const suppression = await contacts.suppressedByKey(key);
    return suppression === undefined ? { view: 'none' } : { view: 'done', language: suppression.language };
  };
  const pageOf = async (call: OpenCall, view: StopView, language = call.language): Promise<Reply> => {
    const { names } = await programme();
    const facts = { language, programme: names[language], key: call.params.key ?? '' };
    return { text: stopPage(view, facts), type: 'text/html; charset=utf-8' };
  };
  /** The page as it is after something was done with the key, which is one that Big Room could have made. */
  const page = async (
    call: OpenCall,
    act?: (key: string) => Promise<void>,
    isBack = false,
  ): Promise<Reply> => {
    const key = call.params.key ?? '';
    if (!stopKeyPattern.test(key)) return pageOf(call, 'none');
    const before = isBack ? await shownFor(key, isBack) : undefined;
    await act?.(key);
    const { view, language } = await shownFor(key, isBack);
    // Somebody who is no contact any more is found by nothing once they have taken it back.
    const isLifted = before?.view === 'done' && view === 'none';
    return isLifted ? pageOf(call, 'lifted', before.language) : pageOf(call, view, language);
  };
  return [
    open('get', '/stop/:key', (call) => page(call)),
    open('post', '/stop/:key', (call) => page(call, (key) => contacts.stop(key))),
    open('post', '/stop/:key/back', (call) => page(call, (key) => contacts.takeStopBack(key), true)),
  ];
}
