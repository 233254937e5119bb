import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Change, Versioned } from '../platform/commit.js';
import type { ContactId } from '../platform/ids.js';
import { shownAddress } from '../platform/mail-address.js';
import type { Page } from '../platform/pages.js';
import type { Partition } from '../platform/partition.js';
import { canStand } from '../platform/row-limits.js';
import { prefixRange } from '../platform/rows.js';
import { insert, put, replace, storedId, storedKind, storedPersonRef } from '../platform/stored.js';
import { languages } from '../shared/languages.js';
import { normalise } from '../shared/normalise.js';
import type { Consent, Contact, Subscriber } from './contact.js';

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
  by: storedPersonRef,
});

const contactSchema: z.ZodType<Contact> = z.looseObject({
  id: storedId<ContactId>(),
  name: z.string(),
  organisation: z.string().exactOptional(),
  address: z.string(),
  language: z.enum(languages),
  subscriptions: z.array(z.string()),
  consent: z.union([
    consentGiven,
    z.looseObject({ given: z.literal(false), at: z.string(), why: z.enum(['notAsked', 'withdrawn']) }),
    z.looseObject({
      given: z.literal(false),
      at: z.string(),
      why: z.literal('unsubscribed'),
      was: consentGiven,
    }),
  ]),
  stopKey: z.string(),
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
  schema: z.looseObject({ id: storedId<ContactId>(), language: z.enum(languages) }),
});

const stopRow = storedKind<Pick<Contact, 'id'>>({
  name: 'stopKey',
  schema: z.looseObject({ id: storedId<ContactId>() }),
});

const contactKey = (id: ContactId): string => `contact|${id}`;
const stopKey = (key: string): string => `contact-stop|${key}`;
const linePrefix = 'contact-line|';
const wordPrefix = 'contact-word|';
const subscriberPrefix = (id: string): string => `contact-invited|${id}|`;

/** Where the search finds a contact: under the whole name, under each later part of it, and under the address as kept and shown. */
function wordKeys({ id, name, address }: Contact): string[] {
  const parts = sortable(name).trimEnd().split(' ').slice(0, maxNameParts);
  const tails = parts.map((_, index) => parts.slice(index).join(' '));
  return [...new Set([...tails, sortable(address), sortable(shownAddress(address))])].map(
    (tail) => `${wordPrefix}${tail}|${id}`,
  );
}

/** The index rows of a contact, by their keys: of the list, the search and the subscriptions. */
function indexRows(contact: Contact | undefined): ReadonlyMap<string, unknown> {
  if (contact === undefined) return new Map();
  const { id, name, language, subscriptions, consent } = contact;
  const listed = [`${linePrefix}${sortable(name)}|${id}`, ...wordKeys(contact)];
  const subscribed = consent.given ? subscriptions.map((each) => subscriberPrefix(each) + id) : [];
  return new Map([
    ...listed.map((key) => [key, contactRow.write(contact)] as const),
    ...subscribed.map((key) => [key, subscriberRow.write({ id, language })] as const),
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

/** Somebody who is found by several of their names on a page is listed once: under the first of them. */
function isFirst(contact: Contact, key: string, prefix: string): boolean {
  const found = wordKeys(contact).filter((each) => each.startsWith(prefix));
  return [...found].sort()[0] === key;
}

/**
 * Contacts in `contact|<id>`; the list in `contact-line|<name>|<id>`; the search in `contact-word|<beginning>|<id>`; who
 * may be written to about a subscription in `contact-invited|<subscription>|<id>`; and `contact-stop|<key>` names whose a
 * link is.
 */
export function contactStore(partition: Partition) {
  async function search(limit: number, text: string, after?: string): Promise<Page<Contact>> {
    const prefix = wordPrefix + sortable(text);
    const isOwnKey = after !== undefined && after.startsWith(prefix) && canStand(after);
    const found = await partition.raw(prefixRange(prefix, limit, isOwnKey ? after : undefined));
    const last = found.rows.at(-1);
    const lines = found.rows.flatMap((row): Contact[] => {
      const contact = partition.valueOf(contactRow, row);
      return contact !== undefined && isFirst(contact, row.key, prefix) ? [contact] : [];
    });
    return { lines, ...(found.more && last !== undefined && { next: last.key }) };
  }

  return {
    find: (id: ContactId): Promise<Versioned<Contact> | undefined> =>
      partition.get(contactRow, contactKey(id)),

    /** By name; with `text` those one of whose names or whose address begins so. A page may be shorter than the limit. */
    list: (
      limit: number,
      { text = '', after }: { readonly text?: string; readonly after?: string },
    ): Promise<Page<Contact>> =>
      sortable(text) === ''
        ? partition.page(contactRow, linePrefix, limit, after)
        : search(limit, text, after),

    /** Everybody who is subscribed to it and has agreed to get mails. */
    subscribers: (id: string): Promise<readonly Subscriber[]> =>
      partition.all(subscriberRow, subscriberPrefix(id), maxSubscribers),

    idOfStopKey: async (key: string): Promise<ContactId | undefined> =>
      (await partition.get(stopRow, stopKey(key)))?.value.id,

    /** Fails to commit (`storage.conflict`) where there is a contact of this address. */
    insert: (contact: Contact): Change[] => [
      insert(contactRow, contactKey(contact.id), contact),
      insert(stopRow, stopKey(contact.stopKey), { id: contact.id }),
      ...indexChanges(undefined, contact),
    ],

    /**
     * Holds when the contact is still at the version that was read, and no other has the new address: under another id,
     * but with the same link, so that that in an old mail still stops the new ones.
     */
    replace: (before: Versioned<Contact>, after: Contact): Change[] => {
      const isSameAddress = before.value.id === after.id;
      return [
        ...(isSameAddress
          ? [replace(contactRow, contactKey(after.id), before, after)]
          : [
              { op: 'delete', key: contactKey(before.value.id), version: before.version } as const,
              insert(contactRow, contactKey(after.id), after),
              put(stopRow, stopKey(after.stopKey), { id: after.id }),
            ]),
        ...indexChanges(before.value, after),
      ];
    },

    /** Nothing of the person is left. */
    remove: ({ value, version }: Versioned<Contact>): Change[] => [
      { op: 'delete', key: contactKey(value.id), version },
      { op: 'delete', key: stopKey(value.stopKey) },
      ...indexChanges(value, undefined),
    ],

    commit: (changes: readonly Change[]): Promise<void> => partition.commit(changes),
  };
}

export type ContactStore = ReturnType<typeof contactStore>;
