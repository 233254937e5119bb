import type { Language } from '../shared/languages.js';
import type { Programme } from '../people/person.js';
import type { Contact, ContactService } from './contact.js';
import { stopPage, type StopView } from './stop-page.js';
import { open, type OpenCall, type Reply, type Route } from '../platform/route.js';

export interface StopRouteDeps {
  readonly contacts: Pick<ContactService, 'byStopKey' | 'stop' | 'takeStopBack'>;
  readonly programme: () => Promise<Programme>;
}

const keyPattern = /^[0-9a-f]{40}$/;

function viewOf(contact: Contact | undefined, isBack: boolean): StopView {
  if (contact === undefined) return 'none';
  if (contact.consent.given) return isBack ? 'isBack' : 'ask';
  return contact.consent.why === 'unsubscribed' ? 'done' : 'none';
}

/**
 * The page behind "no more mails" in every mail, open to whoever has the link. A GET changes nothing, since mail scanners
 * follow links; the button and mail programs with one click (RFC 8058) post. What they post does not matter, nor how
 * often. A key of nobody gets the page of somebody who gets no mail: it tells nothing about anybody.
 */
export function stopRoutes({ contacts, programme }: StopRouteDeps): Route[] {
  const page = async ({ language }: OpenCall, key: string, isBack = false): Promise<Reply> => {
    const contact = keyPattern.test(key) ? await contacts.byStopKey(key) : undefined;
    const spoken: Language = contact?.language ?? language;
    const { names } = await programme();
    const facts = { language: spoken, programme: names[spoken], key };
    return { text: stopPage(viewOf(contact, isBack), facts), type: 'text/html; charset=utf-8' };
  };
  const keyOf = ({ params }: OpenCall): string => params.key ?? '';
  return [
    open('get', '/stop/:key', (call) => page(call, keyOf(call))),
    open('post', '/stop/:key', async (call) => {
      if (keyPattern.test(keyOf(call))) await contacts.stop(keyOf(call));
      return page(call, keyOf(call));
    }),
    open('post', '/stop/:key/back', async (call) => {
      if (keyPattern.test(keyOf(call))) await contacts.takeStopBack(keyOf(call));
      return page(call, keyOf(call), true);
    }),
  ];
}
