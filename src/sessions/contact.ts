import type { ContactId, SeriesId } from '../ids.js';
import type { Language } from '../languages.js';
import type { Page } from '../news/news.js';
import type { Actor } from '../news/service.js';
import type { PersonRef } from '../texts/text.js';

/** Somebody outside the organisation who is invited by mail. Gets nothing without consent. */
export interface Contact {
  readonly id: ContactId;
  readonly name: string;
  readonly organisation?: string;
  /** Mail address, in small letters; one contact an address. */
  readonly address: string;
  readonly language: Language;
  /** The series to which they are invited. */
  readonly series: readonly SeriesId[];
  readonly consent:
    | { readonly given: true; readonly at: string; readonly how: string; readonly by: PersonRef }
    | { readonly given: false; readonly at: string; readonly why: 'notAsked' | 'withdrawn' | 'unsubscribed' };
  /** Makes the address at which they stop the mails. */
  readonly stopKey: string;
  readonly createdAt: string;
}

/** Contacts of the programme; `contact:edit` but for those of a mail's link. */
export interface ContactService {
  /** By name, 50 a page; `text` finds the beginning of a name or an address. */
  list(actor: Actor, wanted: { readonly text?: string; readonly after?: string }): Promise<Page<Contact>>;
  get(actor: Actor, id: ContactId): Promise<Contact>;
  /** @throws AppError `input.invalid` (faults at fields), `contact.standsAlready`. */
  add(actor: Actor, input: unknown): Promise<Contact>;
  edit(actor: Actor, id: ContactId, input: unknown): Promise<Contact>;
  /** Erases the person's data. */
  remove(actor: Actor, id: ContactId): Promise<void>;
  /** Several at once, one a line: `Name; organisation; address; language`. Tells what is wrong line by line and adds the rest. */
  addMany(
    actor: Actor,
    input: unknown,
  ): Promise<{
    readonly added: number;
    readonly faults: readonly { readonly line: number; readonly code: string }[];
  }>;
  /** Who a mail's link belongs to; `undefined` for a key of nobody. */
  byStopKey(key: string): Promise<Contact | undefined>;
  /** "No more mails": at once, however often. */
  stop(key: string): Promise<void>;
}
