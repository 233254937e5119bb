import type { Page } from '../platform/pages.js';
import type { Change, Versioned } from '../platform/commit.js';
import type { ContactId, SeriesId } from '../platform/ids.js';
import type { Contact } from './contact.js';
import { sortable } from './sortable.js';
import type { ContactStore, Invited } from './store-port.js';
import { canStand } from '../platform/row-limits.js';
import { prefixRange, type Rows } from '../platform/rows.js';
import { pageOf, indexLine, type Indexed } from '../platform/row-lists.js';

/** Far more than a programme invites. */
const maxInvited = 20_000;
/** Of a name, how many of its parts are looked for. */
const maxNameParts = 4;

const contactKey = (id: ContactId): string => `contact|${id}`;
const stopKey = (key: string): string => `contact-stop|${key}`;
const linePrefix = 'contact-line|';
const wordPrefix = 'contact-word|';
const invitedPrefix = (id: SeriesId): string => `contact-invited|${id}|`;

/** Where a contact stands in the search: under the whole name, under each later part of it, and under the address. */
function wordKeys({ id, name, address }: Contact): string[] {
  const parts = sortable(name).trimEnd().split(' ').slice(0, maxNameParts);
  const tails = parts.map((_, index) => parts.slice(index).join(' '));
  return [...new Set([...tails, sortable(address)])].map((tail) => `${wordPrefix}${tail}|${id}`);
}

function listed(contact: Contact): Indexed<Contact> {
  const key = `${linePrefix}${sortable(contact.name)}|${contact.id}`;
  return { line: contact, keys: [key, ...wordKeys(contact)] };
}

function invitedTo({ id, language, series, consent }: Contact): Indexed<Invited> {
  const keys = consent.given ? series.map((each) => invitedPrefix(each) + id) : [];
  return { line: { id, language }, keys };
}

function removed({ keys }: Indexed<unknown>): Change[] {
  return keys.map((key): Change => ({ op: 'delete', key }));
}

function changed({ value, version }: Versioned<Contact>, after: Contact): Change[] {
  return [
    { op: 'replace', key: contactKey(after.id), value: after, version },
    ...indexLine(listed(value), listed(after)),
    ...indexLine(invitedTo(value), invitedTo(after)),
  ];
}

/** Under another id, but with the same link: that in an old mail still stops the new ones. */
function readdressed({ value, version }: Versioned<Contact>, after: Contact): Change[] {
  return [
    { op: 'delete', key: contactKey(value.id), version },
    { op: 'insert', key: contactKey(after.id), value: after },
    { op: 'put', key: stopKey(after.stopKey), value: { id: after.id } },
    ...removed(listed(value)),
    ...removed(invitedTo(value)),
    ...indexLine(undefined, listed(after)),
    ...indexLine(undefined, invitedTo(after)),
  ];
}

/** One who is found by several of their names on a page stands there once: under the first of them. */
function isFirst(contact: Contact, key: string, prefix: string): boolean {
  const found = wordKeys(contact).filter((each) => each.startsWith(prefix));
  return [...found].sort()[0] === key;
}

/**
 * Contacts in `contact|<id>`; the list in `contact-line|<name>|<id>`; the search in `contact-word|<beginning>|<id>`; who
 * may be written to for a series in `contact-invited|<series>|<id>`; and `contact-stop|<key>` tells whose a link is.
 */
export function contactStore(rows: Rows, partition: string): ContactStore {
  const search = async (limit: number, text: string, after?: string): Promise<Page<Contact>> => {
    const prefix = wordPrefix + sortable(text);
    const isOwnKey = after !== undefined && after.startsWith(prefix) && canStand(after);
    const range = prefixRange(prefix, limit, isOwnKey ? after : undefined);
    const found = await rows.range<Contact>(partition, range);
    const last = found.rows.at(-1);
    return {
      lines: found.rows.filter(({ key, value }) => isFirst(value, key, prefix)).map(({ value }) => value),
      ...(found.more && last !== undefined && { next: last.key }),
    };
  };
  return {
    find: async (id): Promise<Versioned<Contact> | undefined> => {
      const row = await rows.get<Contact>(partition, contactKey(id));
      return row && { value: row.value, version: row.version };
    },
    list: (limit, { text = '', after }) =>
      sortable(text) === ''
        ? pageOf<Contact>(rows, partition, linePrefix, limit, after)
        : search(limit, text, after),
    invited: async (id) => {
      const range = prefixRange(invitedPrefix(id), maxInvited);
      return (await rows.range<Invited>(partition, range)).rows.map(({ value }) => value);
    },
    idOfStopKey: async (key) =>
      (await rows.get<{ readonly id: ContactId }>(partition, stopKey(key)))?.value.id,
    insert: (contact) => [
      { op: 'insert', key: contactKey(contact.id), value: contact },
      { op: 'insert', key: stopKey(contact.stopKey), value: { id: contact.id } },
      ...indexLine(undefined, listed(contact)),
      ...indexLine(undefined, invitedTo(contact)),
    ],
    replace: (before, after) =>
      before.value.id === after.id ? changed(before, after) : readdressed(before, after),
    remove: ({ value, version }) => [
      { op: 'delete', key: contactKey(value.id), version },
      { op: 'delete', key: stopKey(value.stopKey) },
      ...removed(listed(value)),
      ...removed(invitedTo(value)),
    ],
    commit: (changes) => rows.commit(partition, changes),
  };
}
