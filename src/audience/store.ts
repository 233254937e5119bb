import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { auditLog, type LogEntry } from '../platform/audit-trail.js';
import { newestFirst } from '../platform/clock.js';
import { whileConflicting, type Change, type Versioned } from '../platform/commit.js';
import type { ContactId } from '../platform/ids.js';
import { shownAddress } from '../platform/mail-address.js';
import type { Page } from '../platform/pages.js';
import type { Partition } from '../platform/partition.js';
import { canStand } from '../platform/row-limits.js';
import { prefixRange } from '../platform/rows.js';
import { insert, put, replace, storedId, storedKind, storedPersonRef } from '../platform/stored.js';
import { retentionDays } from '../platform/retention.js';
import { languages } from '../shared/languages.js';
import { importedContacts, importHolds } from './imports/store.js';
import { normalise } from '../shared/normalise.js';
import {
  consentStateOf,
  leavingReasons,
  type Consent,
  type Contact,
  type ContactFilter,
  type ContactMail,
  type ContactReply,
  type ContactEvent,
  type Leaving,
  type SentVersion,
  type Subscriber,
  type Suppression,
  type Welcome,
  wishes,
} from './contact.js';

/** Characters that a table key can't hold, and those with which keys are put together. */
const notInKeys = /[\u0000-\u001f\u007f-\u009f/\\#?|%]/gu;

/** Å, ä and ö come after z in Finnish and Swedish; so do these, in this order. */
const behindZ: Readonly<Record<string, string>> = { å: '{', ä: '}', ö: '~' };

const maxCharacters = 80;

/**
 * A text as a part of a key: small letters that sort as in Finnish and Swedish, without other accents. Two texts that
 * people take for the same give the same, and the beginning of a text gives the beginning.
 */
export function sortable(text: string): string {
  const plain = normalise(text)
    .toLowerCase()
    .replace(/[{}~]/g, ' ')
    .replace(/[åäö]/g, (letter) => behindZ[letter] ?? letter)
    .normalize('NFD')
    // Pictures and rare scripts come as pairs, of which a cut could leave half.
    .replace(/[\p{Mark}\u{10000}-\u{10ffff}\p{Surrogate}]/gu, '')
    .replace(notInKeys, ' ')
    .replace(/\s+/g, ' ')
    .trimStart();
  return plain.slice(0, maxCharacters);
}

/** Far more than a programme writes to. */
const maxSubscribers = 20_000;
/** Of a name, how many of its parts are looked for. */
const maxNameParts = 4;

const consentGiven: z.ZodType<Consent> = z.looseObject({
  given: z.literal(true),
  at: z.string(),
  how: z.string(),
  on: z.string().exactOptional(),
  by: storedPersonRef,
  wording: z.string().exactOptional(),
});

const contactSchema: z.ZodType<Contact> = z.looseObject({
  id: storedId<ContactId>(),
  name: z.string(),
  organisation: z.string().exactOptional(),
  address: z.string(),
  addressKey: z.string().exactOptional(),
  language: z.enum(languages),
  subscriptions: z.array(z.string()),
  wants: z.enum(wishes).exactOptional(),
  since: z.record(z.string(), z.string()).exactOptional(),
  consent: z.union([
    consentGiven,
    z.looseObject({
      given: z.literal(false),
      at: z.string(),
      why: z.enum(['notAsked', 'withdrawn']),
      asked: z
        .looseObject({ at: z.string(), by: storedPersonRef, wording: z.string().exactOptional() })
        .exactOptional(),
    }),
    z.looseObject({
      given: z.literal(false),
      at: z.string(),
      why: z.literal('unsubscribed'),
      was: consentGiven,
      clearsAt: z.string().exactOptional(),
    }),
  ]),
  stopKey: z.string(),
  isListed: z.literal(true).exactOptional(),
  unreachedAt: z.string().exactOptional(),
  createdAt: z.string(),
});

/** A contact under its id, and the same in the list and in the search. */
export const contactRow = storedKind<Contact>({
  name: 'contact',
  schema: contactSchema,
  upgrades: [
    // Once there was nothing but series to subscribe to.
    ({ series, ...contact }) => ({ ...contact, subscriptions: series }),
  ],
});

const subscriberRow = storedKind<Subscriber>({
  name: 'subscriber',
  schema: z.looseObject({
    id: storedId<ContactId>(),
    language: z.enum(languages),
    wants: z.enum(wishes).exactOptional(),
    since: z.string().exactOptional(),
  }),
});

const stopRow = storedKind<Pick<Contact, 'id'>>({
  name: 'stopKey',
  schema: z.looseObject({ id: storedId<ContactId>() }),
});

const addressRow = storedKind<Pick<Contact, 'id'>>({
  name: 'contact.address',
  schema: z.looseObject({ id: storedId<ContactId>() }),
});

const suppressionRow = storedKind<Suppression>({
  name: 'contact.suppression',
  schema: z.looseObject({ at: z.string(), stopKey: z.string(), language: z.enum(languages) }),
});

interface SuppressedAddress {
  readonly addressKey: string;
}

/** Which addresses a link has stopped. */
const suppressedRow = storedKind<SuppressedAddress>({
  name: 'contact.suppressed',
  schema: z.looseObject({ addressKey: z.string() }),
});

interface Sent {
  readonly id: ContactId;
  readonly versions: Readonly<Record<string, SentVersion>>;
}

const sentVersions = z.record(
  z.string(),
  z.looseObject({
    version: z.string(),
    by: z.string(),
    at: z.string(),
    addressKey: z.string().exactOptional(),
    held: z.string().exactOptional(),
  }),
);

const sentRow = storedKind<Sent>({
  name: 'contact.sent',
  schema: z.looseObject({ id: storedId<ContactId>(), versions: sentVersions }),
});

const leavingRow = storedKind<Leaving>({
  name: 'contact.leaving',
  schema: z.looseObject({
    id: z.string(),
    contactId: storedId<ContactId>(),
    why: z.enum(leavingReasons),
    at: z.string(),
    name: z.string(),
    address: z.string(),
    addressKey: z.string().exactOptional(),
    language: z.enum(languages),
    stopKey: z.string(),
    since: z.record(z.string(), z.string()).exactOptional(),
    subscriptions: z.array(z.string()),
    versions: sentVersions,
    done: z.array(z.string()),
  }),
});

/** Of an import, its contacts stand beside it: a row would not take them all. */
type StoredWelcome = Welcome & { readonly importId?: string };

const welcomeRow = storedKind<StoredWelcome>({
  name: 'contact.welcome',
  schema: z.looseObject({
    id: z.string(),
    name: z.string().exactOptional(),
    importId: z.string().exactOptional(),
    at: z.string(),
    isComplete: z.literal(true).exactOptional(),
    contacts: z.array(z.looseObject({ id: storedId<ContactId>(), subscriptions: z.array(z.string()) })),
  }),
});

/** How far the contacts of older releases are upgraded; `isListed`: they stand in the list of each filter too. */
interface Upgraded {
  readonly after?: string;
  readonly isDone: boolean;
  readonly isListed?: boolean;
}

const upgradedRow = storedKind<Upgraded>({
  name: 'contact.upgraded',
  schema: z.looseObject({
    after: z.string().exactOptional(),
    isDone: z.boolean(),
    isListed: z.boolean().exactOptional(),
  }),
});

const mailRow = storedKind<ContactMail>({
  name: 'contact.mail',
  schema: z.looseObject({
    at: z.string(),
    kind: z.string(),
    subject: z.string(),
    result: z.enum(['sent', 'undeliverable', 'failed', 'uncertain']),
    reason: z.string().exactOptional(),
  }),
});

const replyRow = storedKind<ContactReply>({
  name: 'contact.reply',
  schema: z.looseObject({
    at: z.string(),
    answer: z.enum(['coming', 'notComing', 'maybe']),
    way: z.enum(['mail', 'calendar']),
    subscription: z.string(),
    start: z.string().exactOptional(),
  }),
});

/** The subject under which removals are recorded: nothing there names who was removed. */
export const removedContacts = 'removed';
/** A commit takes 100 changes, and a contact has some dozens of rows. */
const maxErased = 40;

const contactKey = (id: ContactId): string => `contact|${id}`;
const stopKey = (key: string): string => `contact-stop|${key}`;
const addressRowKey = (addressKey: string): string => `contact-address|${addressKey}`;
const suppressionKey = (addressKey: string): string => `contact-suppressed|${addressKey}`;
const suppressedPrefix = (key: string): string => `contact-stopped|${key}|`;
const sentPrefix = 'contact-sent|';
const welcomePrefix = 'contact-welcome|';
const leavingPrefix = 'contact-leaving|';
const upgradedKey = 'contacts-upgraded';
/** As many addresses as somebody has had, with room. */
const maxSuppressed = 20;
/** Of so many contacts each is read by itself; of more, those of all are read at once. */
const fewContacts = 20;
/** How many old welcomes or leavings are pruned with each new one. */
const maxPruned = 10;
const dayMs = 86_400_000;
/** What was stopped begins when somebody sends it after all. */
const never = '9999-12-31T00:00:00Z';
const linePrefix = 'contact-line|';
const wordPrefix = 'contact-word|';
const filterPrefix = 'contact-by|';
const mailPrefix = (id: ContactId): string => `contact-mail|${id}|`;
const replyPrefix = (id: ContactId): string => `contact-reply|${id}|`;
/** So many rows are read for a page of a filter, so that a rare one costs no more than others. */
const readForPage = 500;
const mailsPerPage = 50;
const subscriberPrefix = (id: string): string => `contact-invited|${id}|`;

/** Where the search finds a contact: under the whole name, under each later part of it, and under the address as kept and shown. */
function wordKeys({ id, name, address }: Contact): string[] {
  const parts = sortable(name).trimEnd().split(' ').slice(0, maxNameParts);
  const tails = parts.map((_, index) => parts.slice(index).join(' '));
  return [...new Set([...tails, sortable(address), sortable(shownAddress(address))])].map(
    (tail) => `${wordPrefix}${tail}|${id}`,
  );
}

/** The lists of one filter in which a contact stands. */
function filtersOf(contact: Contact): readonly string[] {
  const { language, subscriptions, organisation = '', unreachedAt } = contact;
  return [
    ...(unreachedAt === undefined ? [] : ['unreached']),
    ...(sortable(organisation) === '' ? [] : [`organisation:${sortable(organisation).trimEnd()}`]),
    ...subscriptions.map((id) => `series:${id}`),
    `consent:${consentStateOf(contact)}`,
    `language:${language}`,
  ];
}

/** The beginning of the keys of the shortest list that holds all that a filter wants. */
function narrowest(filter: ContactFilter): string {
  const { text = '', unreached, organisation = '', subscription, consent, language } = filter;
  if (sortable(text) !== '') return wordPrefix + sortable(text);
  if (unreached) return `${filterPrefix}unreached|`;
  if (sortable(organisation) !== '') return `${filterPrefix}organisation:${sortable(organisation)}`;
  if (subscription !== undefined) return `${filterPrefix}series:${subscription}|`;
  if (consent !== undefined) return `${filterPrefix}consent:${consent}|`;
  return language === undefined ? linePrefix : `${filterPrefix}language:${language}|`;
}

/** Whether a contact is one of those that a filter wants, whatever its text. */
function isWanted(contact: Contact, filter: ContactFilter): boolean {
  const { unreached, organisation = '', subscription, consent, language } = filter;
  return (
    (unreached === undefined || contact.unreachedAt !== undefined) &&
    sortable(contact.organisation ?? '').startsWith(sortable(organisation)) &&
    (subscription === undefined || contact.subscriptions.includes(subscription)) &&
    (consent === undefined || consentStateOf(contact) === consent) &&
    (language === undefined || contact.language === language)
  );
}

/** The index rows of a contact, by their keys: of the list, the search and the subscriptions. */
function indexRows(contact: Contact | undefined): ReadonlyMap<string, unknown> {
  if (contact === undefined) return new Map();
  const { id, name, language, wants, subscriptions, consent } = contact;
  const line = `${sortable(name)}|${id}`;
  const filters = contact.isListed === true ? filtersOf(contact) : [];
  const filtered = filters.map((filter) => `${filterPrefix}${filter}|${line}`);
  const listed = [linePrefix + line, ...wordKeys(contact), ...filtered];
  const subscribed = consent.given ? subscriptions : [];
  return new Map([
    ...listed.map((key) => [key, contactRow.write(contact)] as const),
    ...subscribed.map((each) => {
      const since = contact.since?.[each];
      const choice = { ...(wants !== undefined && { wants }), ...(since !== undefined && { since }) };
      const subscriber = { id, language, ...choice };
      return [subscriberPrefix(each) + id, subscriberRow.write(subscriber)] as const;
    }),
  ]);
}

/** The changes that bring the index up to date; none for rows that are up to date already. */
function indexChanges(before: Contact | undefined, after: Contact | undefined): Change[] {
  const [old, wanted] = [indexRows(before), indexRows(after)];
  const isSame = (key: string, value: unknown): boolean => isDeepStrictEqual(old.get(key), value);
  return [
    ...[...wanted]
      .filter(([key, value]) => !isSame(key, value))
      .map(([key, value]): Change => ({ op: 'put', key, value })),
    ...[...old.keys()].filter((key) => !wanted.has(key)).map((key): Change => ({ op: 'delete', key })),
  ];
}

/** The changes by which each address is one contact's. */
function addressChanges(before: Contact | undefined, after: Contact | undefined): Change[] {
  if (before?.addressKey === after?.addressKey) return [];
  return [
    ...(before?.addressKey === undefined
      ? []
      : [{ op: 'delete', key: addressRowKey(before.addressKey) } as const]),
    ...(after?.addressKey === undefined
      ? []
      : [insert(addressRow, addressRowKey(after.addressKey), { id: after.id })]),
  ];
}

/** The id of a welcome or a leaving, in the order of their times. @param at milliseconds since 1970. */
export function timedId(at: number, unique: string): string {
  return `${String(at).padStart(15, '0')}-${unique}`;
}

/** Somebody who is found by several of their names on a page is listed once: under the first of them. */
function isFirst(contact: Contact, key: string, prefix: string): boolean {
  const found = wordKeys(contact).filter((each) => each.startsWith(prefix));
  return [...found].sort()[0] === key;
}

/**
 * Contacts in `contact|<id>`; the list in `contact-line|<name>|<id>`; the search in `contact-word|<beginning>|<id>`; who
 * may be written to about a subscription in `contact-invited|<subscription>|<id>`; `contact-stop|<key>` names whose a link
 * is, `contact-address|<keyed hash>` whose an address is; what was last sent to them in `contact-sent|<id>`; those who are
 * new in something in `contact-welcome|<id>`, who lost something in `contact-leaving|<id>`. Beyond the contact there stay `contact-suppressed|<keyed hash of the address>`
 * of who stopped their mails, and `contact-stopped|<key>|<keyed hash>`, by which their link finds it.
 */
export function contactStore(partition: Partition) {
  const audit = auditLog<ContactEvent>(partition, { name: 'contact.audit', prefix: 'contact-audit|' });
  /** A page of those that a filter wants; it may be shorter than the limit, or empty, and go on all the same. */
  async function filtered(limit: number, filter: ContactFilter, after?: string): Promise<Page<Contact>> {
    const prefix = narrowest(filter);
    const isOwnKey = after !== undefined && after.startsWith(prefix) && canStand(after);
    const found = await partition.raw(prefixRange(prefix, readForPage, isOwnKey ? after : undefined));
    const lines: Contact[] = [];
    let last: string | undefined;
    for (const row of found.rows) {
      if (lines.length === limit) return { lines, ...(last !== undefined && { next: last }) };
      last = row.key;
      const contact = partition.valueOf(contactRow, row);
      if (contact === undefined || !isWanted(contact, filter)) continue;
      if (!prefix.startsWith(wordPrefix) || isFirst(contact, row.key, prefix)) lines.push(contact);
    }
    return { lines, ...(found.more && last !== undefined && { next: last }) };
  }

  /** Whose invitation waits for another time than their own `since`, by what their import sends. */
  async function heldBack(subscription: string) {
    const holds = await importHolds(partition).all();
    return Promise.all(
      holds.map(async ({ id, since, until = never }) => {
        const all = await importedContacts(partition).all(id);
        const ids = all.filter(({ welcomed }) => welcomed.includes(subscription)).map((each) => each.id);
        return { since, until, ids: new Set(ids) };
      }),
    );
  }

  /** Erases some of the rows whose ids begin with an earlier time, in milliseconds since 1970. */
  async function prune(prefix: string, before: number): Promise<void> {
    const range = { from: prefix, to: prefix + timedId(before, ''), limit: maxPruned };
    const { rows } = await partition.raw(range);
    if (rows.length === 0) return;
    await partition.commit(rows.map(({ key, version }): Change => ({ op: 'delete', key, version })));
  }

  return {
    find: (id: ContactId): Promise<Versioned<Contact> | undefined> =>
      partition.get(contactRow, contactKey(id)),

    /** By name, or of an organisation by that; a page may be shorter than the limit. One trip. */
    list: (
      limit: number,
      { after, ...filter }: ContactFilter & { readonly after?: string },
    ): Promise<Page<Contact>> => filtered(limit, filter, after),

    /** What was mailed to a contact, newest first, 50 a page. */
    mails: (id: ContactId, after?: string): Promise<Page<ContactMail>> =>
      partition.page(mailRow, mailPrefix(id), mailsPerPage, after),

    /** @param mailId names the mail. */
    putMail: (id: ContactId, mail: ContactMail, mailId: string): Change =>
      put(mailRow, `${mailPrefix(id)}${newestFirst(mail.at)}|${mailId}`, mail),

    /** What a contact answered, newest first, 50 a page. */
    replies: (id: ContactId, after?: string): Promise<Page<ContactReply>> =>
      partition.page(replyRow, replyPrefix(id), mailsPerPage, after),

    /** @param asked names what was asked: an answer to it at the same moment is the same. */
    putReply: (id: ContactId, reply: ContactReply, asked: string): Change =>
      put(replyRow, `${replyPrefix(id)}${newestFirst(reply.at)}|${asked}`, reply),

    /** Everybody who is subscribed to it and has agreed to get mails. */
    async subscribers(id: string): Promise<readonly Subscriber[]> {
      const [all, held] = await Promise.all([
        partition.all(subscriberRow, subscriberPrefix(id), maxSubscribers),
        heldBack(id),
      ]);
      if (held.length === 0) return all;
      return all.map((each) => {
        const hold = held.find(({ since, ids }) => since === each.since && ids.has(each.id));
        return hold === undefined ? each : { ...each, since: hold.until };
      });
    },

    /** From when a contact gets what is sent about a subscription, as it is now; `undefined` where that is not known. */
    async beginsAt({ id, since = {} }: Contact, subscription: string): Promise<string | undefined> {
      const own = since[subscription];
      if (own === undefined) return undefined;
      const hold = (await heldBack(subscription)).find((each) => each.since === own && each.ids.has(id));
      return hold?.until ?? own;
    },

    /** Who those are who are subscribed, agreed or not. One trip for each thousand. */
    namesOfSubscribers: async (
      id: string,
    ): Promise<ReadonlyMap<ContactId, Pick<Contact, 'name' | 'organisation'>>> => {
      const all = await partition.all(contactRow, `${filterPrefix}series:${id}|`, maxSubscribers);
      return new Map(all.map((contact) => [contact.id, contact]));
    },

    idOfStopKey: async (key: string): Promise<ContactId | undefined> =>
      (await partition.get(stopRow, stopKey(key)))?.value.id,

    idOfAddress: async (addressKey: string): Promise<ContactId | undefined> =>
      (await partition.get(addressRow, addressRowKey(addressKey)))?.value.id,

    /** That whoever has the address stopped their mails. @param addressKey the keyed hash of the address. */
    suppression: async (addressKey: string): Promise<Suppression | undefined> =>
      (await partition.get(suppressionRow, suppressionKey(addressKey)))?.value,

    /** The addresses (their keyed hashes) that a link has stopped. */
    suppressedBy: async (key: string): Promise<readonly string[]> =>
      (await partition.all(suppressedRow, suppressedPrefix(key), maxSuppressed)).map(
        ({ addressKey }) => addressKey,
      ),

    suppress: (addressKey: string, suppression: Suppression): Change[] => [
      put(suppressionRow, suppressionKey(addressKey), suppression),
      put(suppressedRow, suppressedPrefix(suppression.stopKey) + addressKey, { addressKey }),
    ],

    /** Takes back what a link has stopped at an address; fails to commit where it was taken back already. */
    unsuppress: (addressKey: string, key: string): Change[] => [
      { op: 'delete', key: suppressionKey(addressKey) },
      { op: 'delete', key: suppressedPrefix(key) + addressKey },
    ],

    /** The suppression under another link. */
    resuppress: (addressKey: string, before: Suppression, key: string): Change[] => [
      put(suppressionRow, suppressionKey(addressKey), { ...before, stopKey: key }),
      put(suppressedRow, suppressedPrefix(key) + addressKey, { addressKey }),
      { op: 'delete', key: suppressedPrefix(before.stopKey) + addressKey },
    ],

    /** Fails to commit (`storage.conflict`) where there is a contact of this address. */
    insert: (given: Contact): Change[] => {
      const contact: Contact = { ...given, isListed: true };
      return [
        insert(contactRow, contactKey(contact.id), contact),
        insert(stopRow, stopKey(contact.stopKey), { id: contact.id }),
        ...addressChanges(undefined, contact),
        ...indexChanges(undefined, contact),
      ];
    },

    /**
     * Holds when the contact is still at the version that was read, and no other has the new address. The link goes along,
     * so that that in an old mail still stops the new ones; with a new stop key the old link is nobody's.
     */
    replace: (before: Versioned<Contact>, given: Contact): Change[] => {
      const after: Contact = { ...given, isListed: true };
      const isSameLink = before.value.stopKey === after.stopKey;
      return [
        replace(contactRow, contactKey(after.id), before, after),
        ...(isSameLink
          ? []
          : [
              { op: 'delete', key: stopKey(before.value.stopKey) } as const,
              insert(stopRow, stopKey(after.stopKey), { id: after.id }),
            ]),
        ...addressChanges(before.value, after),
        ...indexChanges(before.value, after),
      ];
    },

    /** What was done to one contact, by its id; what became of those who were removed, without a name, by {@link removedContacts}. */
    audit,

    /** Whether a contact was ever given other links. A round trip for each 50 that were done to them. */
    async isLinkRenewed(id: ContactId): Promise<boolean> {
      let page: Page<LogEntry<ContactEvent>> | undefined;
      do {
        page = await audit.page(id, page?.next);
        if (page.lines.some(({ event }) => event.action === 'renewLink')) return true;
      } while (page.next !== undefined);
      return false;
    },

    /** Nothing of the person is left, but that they stopped their mails, and what {@link eraseTrail} erases. */
    async remove({ value, version }: Versioned<Contact>): Promise<Change[]> {
      const [sent, trail] = await Promise.all([
        partition.get(sentRow, sentPrefix + value.id),
        audit.erase(value.id, maxErased),
      ]);
      return [
        ...trail,
        { op: 'delete', key: contactKey(value.id), version },
        { op: 'delete', key: stopKey(value.stopKey) },
        ...(sent ? [{ op: 'delete', key: sentPrefix + value.id, version: sent.version } as const] : []),
        ...addressChanges(value, undefined),
        ...indexChanges(value, undefined),
      ];
    },

    /** Erases what {@link remove} has left of a long trail, what was mailed, and what they answered. */
    async eraseTrail(id: ContactId): Promise<void> {
      for (const prefix of [mailPrefix(id), replyPrefix(id)])
        for (;;) {
          const { rows } = await partition.raw(prefixRange(prefix, maxErased));
          if (rows.length === 0) break;
          await partition.commit(rows.map(({ key }): Change => ({ op: 'delete', key })));
        }
      for (;;) {
        const trail = await audit.erase(id, maxErased);
        if (trail.length === 0) return;
        await partition.commit(trail);
      }
    },

    /** What was last sent to contacts, by subscription; those to whom nothing was are left out. */
    async sentVersions(ids: readonly ContactId[]): Promise<ReadonlyMap<ContactId, Sent['versions']>> {
      const read =
        ids.length <= fewContacts
          ? await Promise.all(
              ids.map(async (id) => (await partition.get(sentRow, sentPrefix + id))?.value ?? []),
            )
          : await partition.all(sentRow, sentPrefix, maxSubscribers);
      return new Map(read.flat().map(({ id, versions }) => [id, versions]));
    },

    /**
     * Records right before something leaves that it is sent to a contact, unless something else has sent the same already:
     * of several that would, one alone may.
     * @param isAnew whether it is to be sent once more than what was sent before.
     * @returns whether it may leave.
     */
    claimVersion: (
      id: ContactId,
      subscription: string,
      claim: SentVersion,
      isAnew: (sent: SentVersion) => boolean,
    ): Promise<boolean> =>
      whileConflicting(async () => {
        const found = await partition.get(sentRow, sentPrefix + id);
        const sent = found?.value.versions[subscription];
        if (sent?.version === claim.version) {
          // It may be tried again, by that which has claimed it.
          if (sent.by === claim.by && sent.addressKey === claim.addressKey) return true;
          if (sent.by !== claim.by && !isAnew(sent)) return false;
        }
        const versions = { ...found?.value.versions, [subscription]: claim };
        await partition.commit([replace(sentRow, sentPrefix + id, found, { id, versions })]);
        return true;
      }),

    /** Records what is known of a version once it has left; nothing where another was claimed since. */
    keepHeld: (id: ContactId, subscription: string, by: string, held: string): Promise<void> =>
      whileConflicting(async () => {
        const found = await partition.get(sentRow, sentPrefix + id);
        const sent = found?.value.versions[subscription];
        if (found === undefined || sent?.by !== by) return;
        const versions = { ...found.value.versions, [subscription]: { ...sent, held } };
        await partition.commit([replace(sentRow, sentPrefix + id, found, { id, versions })]);
      }),

    async welcome(id: string): Promise<Welcome | undefined> {
      if (!canStand(welcomePrefix + id)) return undefined;
      const found = (await partition.get(welcomeRow, welcomePrefix + id))?.value;
      if (found?.importId === undefined) return found;
      const all = await importedContacts(partition).all(found.importId);
      const contacts = all
        .filter(({ welcomed }) => welcomed.length > 0)
        .map(({ id: contactId, welcomed }) => ({ id: contactId, subscriptions: welcomed }));
      return { ...found, contacts };
    },

    /** The welcome of an import, whose contacts are those that it records. */
    putWelcomeOfImport: ({ contacts: _recorded, ...welcome }: Welcome, importId: string): Change =>
      put(welcomeRow, welcomePrefix + welcome.id, { ...welcome, contacts: [], importId }),

    putWelcome: (welcome: Welcome): Change => put(welcomeRow, welcomePrefix + welcome.id, welcome),

    /** Erases some of the welcomes that left long ago. @param now milliseconds since 1970. */
    pruneWelcomes: (now: number): Promise<void> =>
      prune(welcomePrefix, now - retentionDays.fanOutRecipients * dayMs),

    leaving: async (id: string): Promise<Versioned<Leaving> | undefined> =>
      canStand(leavingPrefix + id) ? partition.get(leavingRow, leavingPrefix + id) : undefined,

    putLeaving: (leaving: Leaving): Change => put(leavingRow, leavingPrefix + leaving.id, leaving),

    /** Holds while it is at the version that was read. */
    replaceLeaving: (before: Versioned<Leaving>, after: Leaving): Change =>
      replace(leavingRow, leavingPrefix + after.id, before, after),

    eraseLeaving: (id: string): Promise<void> =>
      partition.commit([{ op: 'delete', key: leavingPrefix + id }]),

    /** Erases some of those who left long ago. @param now milliseconds since 1970. */
    pruneLeavings: (now: number): Promise<void> => prune(leavingPrefix, now - retentionDays.leavings * dayMs),

    /** How far the contacts of older releases are upgraded. */
    upgraded: () => partition.get(upgradedRow, upgradedKey),

    putUpgraded: (next: Upgraded): Change => put(upgradedRow, upgradedKey, next),

    commit: (changes: readonly Change[]): Promise<void> => partition.commit(changes),
  };
}

export type ContactStore = ReturnType<typeof contactStore>;
