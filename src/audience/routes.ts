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
import { languages, type Language } from '../shared/languages.js';
import { agreePage, type AgreeView } from './agree-page.js';
import type { BulkService } from './bulk.js';
import { type Contact, type ContactFilter, consentStateOf, consentStates } from './contact.js';
import { contactsCsv } from './export.js';
import { t } from '../i18n/messages.js';
import type { ContactService } from './service.js';
import type {
  ContactAnswer,
  ContactAuditAnswer,
  ContactBulkAnswer,
  ContactListAnswer,
  ContactMailsAnswer,
  ContactRepliesAnswer,
  ContactView,
  ContactsAddedAnswer,
} from '../shared/answers/contacts.js';

const filterSchema = z.strictObject({
  text: z.string().max(254).optional(),
  series: z.string().max(64).optional(),
  organisation: z.string().max(120).optional(),
  language: z.enum(languages).optional(),
  consent: z.enum(consentStates).optional(),
  unreached: z.literal('1').optional(),
});
const listSchema = z.strictObject({ ...filterSchema.shape, after: z.string().max(512).optional() });

function filterOf({ series, unreached, ...rest }: z.infer<typeof filterSchema>): ContactFilter {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== '');
  return {
    ...(Object.fromEntries(given) as ContactFilter),
    ...(series !== undefined && { subscription: series }),
    ...(unreached !== undefined && { unreached: true }),
  };
}

function idOf({ params }: Call): ContactId {
  const id = params.id ?? '';
  if (!/^[0-9a-f]{26}$/.test(id)) throw new AppError('contact.notFound', { id });
  return id as ContactId;
}

const viewOf = ({
  stopKey: _stop,
  addressKey: _key,
  since: _since,
  isListed: _isListed,
  subscriptions,
  ...view
}: Contact): ContactView => ({
  ...view,
  address: shownAddress(view.address),
  series: subscriptions,
});
const answerOf = (contact: Contact): ContactAnswer => ({ contact: viewOf(contact) });

export interface ContactRouteDeps {
  readonly contacts: ContactService;
  readonly bulk: BulkService;
  /** What people call what contacts subscribe to, by its id. */
  readonly namesOf: () => Promise<ReadonlyMap<string, Readonly<Record<Language, string>>>>;
}

/** People outside the organisation who are written to by mail. */
export function contactRoutes({ contacts, bulk, namesOf }: ContactRouteDeps): Route[] {
  return [
    get('/api/contacts', 'contact:edit', async ({ person, query }) => {
      const { after, ...filter } = parse(listSchema, query);
      const wanted = { ...filterOf(filter), ...(after !== undefined && { after }) };
      const { lines, next } = await contacts.list(person, wanted);
      const answer: ContactListAnswer = { lines: lines.map(viewOf), ...(next !== undefined && { next }) };
      return json(answer);
    }),
    get('/api/contacts/export', 'contact:edit', async ({ person, query }) => {
      const [all, names] = await Promise.all([
        contacts.all(person, filterOf(parse(filterSchema, query))),
        namesOf(),
      ]);
      const text = contactsCsv(all, person.language, (id) => names.get(id)?.[person.language] ?? '');
      return { text, type: 'text/csv; charset=utf-8', fileName: 'contacts.csv' };
    }),
    post('/api/contacts/bulk', 'contact:edit', async ({ person, body }) =>
      json((await bulk.start(person, body)) satisfies ContactBulkAnswer),
    ),
    post('/api/contacts/bulk/:id/undo', 'contact:edit', async ({ person, params }) => {
      const id = params.id ?? '';
      if (!/^[0-9a-f]{26}$/.test(id)) throw new AppError('undo.tooLate', { id });
      await bulk.undo(person, id);
      return json({});
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
    get('/api/contacts/:id/mails', 'contact:edit', async (call) => {
      const { after } = parse(pageSchema, call.query);
      const { lines, next } = await contacts.mails(call.person, idOf(call), after);
      const answer: ContactMailsAnswer = {
        lines: lines.map(({ at, ...event }) => ({ at, event })),
        ...(next !== undefined && { next }),
      };
      return json(answer);
    }),
    get('/api/contacts/:id/replies', 'contact:edit', async (call) => {
      const { after } = parse(pageSchema, call.query);
      const { lines, next } = await contacts.replies(call.person, idOf(call), after);
      const answer: ContactRepliesAnswer = {
        lines: lines.map(({ at, ...event }) => ({ at, event })),
        ...(next !== undefined && { next }),
      };
      return json(answer);
    }),
    post('/api/contacts/:id/ask', 'contact:edit', async (call) =>
      json(answerOf(await contacts.ask(call.person, idOf(call)))),
    ),
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

const stopKeyPattern = /^[0-9a-f]{40}$/;

type AgreeRouteDeps = {
  readonly contacts: Pick<ContactService, 'byStopKey' | 'agree'>;
  readonly programme: () => Promise<Programme>;
};

/**
 * The page behind the link of a mail that asks for consent. A GET changes nothing, since mail scanners follow links; the
 * button posts. A key of nobody gets the page of somebody with nothing to answer.
 */
export function agreeRoutes({ contacts, programme }: AgreeRouteDeps): Route[] {
  const page = async (call: OpenCall): Promise<Reply> => {
    const key = call.params.key ?? '';
    const contact = stopKeyPattern.test(key) ? await contacts.byStopKey(key) : undefined;
    const state = contact && consentStateOf(contact);
    const view: AgreeView = state === 'asked' ? 'ask' : state === 'given' ? 'agreed' : 'none';
    const language = contact?.language ?? call.language;
    const { names, helper } = await programme();
    const facts = { language, programme: names[language], key, helper };
    return { text: agreePage(view, facts), type: 'text/html; charset=utf-8' };
  };
  return [
    open('get', '/agree/:key', page),
    open('post', '/agree/:key', async (call) => {
      const key = call.params.key ?? '';
      if (stopKeyPattern.test(key)) {
        const { names } = await programme();
        await contacts.agree(key, (language) => {
          const read = (['ask.ask', 'ask.askMore', 'ask.button'] as const).map((text) =>
            t(language, text, { programme: names[language] }),
          );
          return { how: t(language, 'ask.how'), wording: read.join(' ') };
        });
      }
      return { seeOther: `/agree/${encodeURIComponent(key)}` };
    }),
  ];
}
