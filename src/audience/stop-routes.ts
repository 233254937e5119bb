import { z } from 'zod';
import { formFields, open, type OpenCall, type Reply, type Route } from '../http/route.js';
import type { Programme } from '../people/person.js';
import { AppError } from '../platform/errors.js';
import { languages } from '../shared/languages.js';
import { wishes, type Contact, type Offers } from './contact.js';
import type { ContactService, OwnChoice } from './service.js';
import { stopPage, type StopView } from './stop-page.js';

export interface StopRouteDeps {
  readonly contacts: Pick<
    ContactService,
    'byStopKey' | 'suppressedByKey' | 'stop' | 'takeStopBack' | 'choose'
  >;
  readonly offers: Offers;
  readonly programme: () => Promise<Programme>;
}

/** What the page says happened, by the address to which a press leads. */
const notices = ['saved', 'savedLess', 'savedMore', 'isBack'] as const;

const stopKeyPattern = /^[0-9a-f]{40}$/;

const choiceSchema = z.object({
  language: z.enum(languages),
  what: z.enum(['both', ...wishes]),
  series: z.array(z.string()),
  shown: z.array(z.string()),
});

/** What was chosen; `undefined` where it is no such form: then nothing changes. @param offered what may be chosen. */
function choiceOf(body: unknown, offered: readonly string[]): OwnChoice | undefined {
  const fields = formFields(body);
  const read = choiceSchema.safeParse({
    ...Object.fromEntries(fields),
    series: fields.getAll('series'),
    shown: fields.getAll('shown'),
  });
  if (!read.success) return undefined;
  const { language, what, series: subscriptions, shown } = read.data;
  return {
    language,
    subscriptions,
    shown: shown.filter((id) => offered.includes(id)),
    ...(what !== 'both' && { wants: what }),
  };
}

const sameIds = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));

/** What a page says happened, by what the contact was before and is now. */
function savedNotice(before: Contact, after: Contact): 'saved' | 'savedLess' | 'savedMore' {
  const invited = ({ wants, subscriptions }: Contact) => (wants === 'reminders' ? [] : subscriptions);
  const [had, has] = [invited(before), invited(after)];
  if (sameIds(had, has)) return 'saved';
  return had.some((id) => !has.includes(id)) ? 'savedLess' : 'savedMore';
}

/**
 * The page behind the link in every mail, open to whoever has it: what they are sent, and how they stop it. A GET changes
 * nothing, since mail scanners follow links; its buttons and mail programs with one click (RFC 8058) post. What is posted
 * to the link itself stops all mails, whatever it is and however often. A key of nobody gets the page of somebody who gets
 * no mail: it reveals nothing about anybody. Who stopped the mails and was removed since may still take it back.
 */
export function stopRoutes({ contacts, offers, programme }: StopRouteDeps): Route[] {
  async function viewOf(key: string): Promise<StopView> {
    if (!stopKeyPattern.test(key)) return { is: 'none' };
    const contact = await contacts.byStopKey(key);
    if (contact === undefined) {
      const suppression = await contacts.suppressedByKey(key);
      return suppression === undefined
        ? { is: 'none' }
        : { is: 'done', language: suppression.language, offers: [], clears: false };
    }
    const { consent, language } = contact;
    if (consent.given) return { is: 'choices', contact, offers: await offers.of(contact) };
    if (consent.why !== 'unsubscribed') return { is: 'none', language };
    const clears = consent.clearsAt !== undefined;
    return { is: 'done', language, clears, offers: clears ? [] : await offers.of(contact) };
  }

  async function page(call: OpenCall, view: StopView): Promise<Reply> {
    const { names, helper } = await programme();
    const facts = { names, helper, language: call.language, key: call.params.key ?? '' };
    return { text: stopPage(view, facts), type: 'text/html; charset=utf-8' };
  }

  /** What is shown after a press, so that going back and reloading press nothing again. */
  const after = (key: string, shown: Readonly<Record<string, string>> = {}): Reply => {
    const query = new URLSearchParams(shown).toString();
    return { seeOther: `/stop/${encodeURIComponent(key)}${query === '' ? '' : `?${query}`}` };
  };

  async function stop(call: OpenCall, key: string): Promise<Reply> {
    const fields = formFields(call.body);
    if (stopKeyPattern.test(key)) await contacts.stop(key, fields.has('calendar'));
    // A mail program with one click must not be sent anywhere else (RFC 8058, 3.1).
    return fields.get('from') === 'page' ? after(key) : page(call, await viewOf(key));
  }

  async function show(call: OpenCall, key: string): Promise<Reply> {
    const { said } = call.query;
    const view = await viewOf(key);
    if (view.is === 'none' && said === 'lifted') {
      const language = languages.find((each) => each === call.query.language) ?? call.language;
      return page(call, { is: 'lifted', language });
    }
    const notice = notices.find((each) => each === said);
    return page(call, view.is === 'choices' && notice ? { ...view, notice } : view);
  }

  async function choose(call: OpenCall, key: string): Promise<Reply> {
    const before = await viewOf(key);
    if (before.is !== 'choices') return after(key);
    const choice = choiceOf(
      call.body,
      before.offers.map(({ id }) => id),
    );
    if (choice === undefined) return after(key);
    await contacts.choose(key, choice);
    const now = await viewOf(key);
    return now.is === 'choices' ? after(key, { said: savedNotice(before.contact, now.contact) }) : after(key);
  }

  async function back(_call: OpenCall, key: string): Promise<Reply> {
    const before = await viewOf(key);
    if (stopKeyPattern.test(key)) await contacts.takeStopBack(key);
    const now = await viewOf(key);
    if (now.is === 'choices') return after(key, { said: 'isBack' });
    // Somebody who is no contact any more is found by nothing once they have taken it back.
    const isLifted = before.is === 'done' && now.is === 'none';
    return isLifted ? after(key, { said: 'lifted', language: before.language }) : after(key);
  }

  async function removalFile({ params }: OpenCall): Promise<Reply> {
    const { key = '', file = '' } = params;
    const contact = stopKeyPattern.test(key) ? await contacts.byStopKey(key) : undefined;
    const name = /^(.+)\.ics$/.exec(file)?.[1];
    const text =
      contact === undefined || name === undefined ? undefined : await offers.removalFile(contact, name);
    if (text === undefined) throw new AppError('route.notFound');
    return { text, type: 'text/calendar; method=CANCEL; charset=utf-8', fileName: file };
  }

  const keyed = (act: (call: OpenCall, key: string) => Promise<Reply>) => (call: OpenCall) =>
    act(call, call.params.key ?? '');
  return [
    open('get', '/stop/:key', keyed(show)),
    open('post', '/stop/:key', keyed(stop)),
    open('post', '/stop/:key/choices', keyed(choose)),
    open('post', '/stop/:key/back', keyed(back)),
    open('get', '/stop/:key/calendar/:file', removalFile),
  ];
}
