import type { Actor, PersonRef } from '../platform/actor.js';
import type { Page } from '../platform/pages.js';
import type { FieldFaultCode } from '../platform/errors.js';
import type { ContactId, SeriesId } from '../platform/ids.js';
import type { Language } from '../shared/languages.js';

/** That somebody agreed to get mails: when, how it was asked, and by whom. */
export interface Consent {
  readonly given: true;
  /** ISO instant. */
  readonly at: string;
  readonly how: string;
  readonly by: PersonRef;
}

/** Somebody outside the organisation who is invited by mail. Gets nothing without consent. */
export interface Contact {
  /** Follows from the address: another address is another contact. */
  readonly id: ContactId;
  readonly name: string;
  readonly organisation?: string;
  /** Mail address, in small letters; one contact an address. */
  readonly address: string;
  readonly language: Language;
  /** The series to which they are invited. */
  readonly series: readonly SeriesId[];
  readonly consent:
    | Consent
    | { readonly given: false; readonly at: string; readonly why: 'notAsked' | 'withdrawn' }
    /** By the link in a mail; `was` comes back with "I clicked by mistake". */
    | { readonly given: false; readonly at: string; readonly why: 'unsubscribed'; readonly was: Consent };
  /** Makes the address at which they stop the mails. */
  readonly stopKey: string;
  readonly createdAt: string;
}

/** What is wrong with a line of several contacts; `code` is a fault of a field (`field.<code>`). */
export interface LineFault {
  /** 1 for the first. */
  readonly line: number;
  readonly field: 'name' | 'organisation' | 'address' | 'language';
  readonly code: FieldFaultCode;
}

/** Contacts of the programme; `contact:edit` but for those of a mail's link. */
export interface ContactService {
  /** By name, 50 a page; `text` finds the beginning of a name, of any part of it, or of an address. */
  list(actor: Actor, wanted: { readonly text?: string; readonly after?: string }): Promise<Page<Contact>>;
  /** @throws AppError `contact.notFound`. */
  get(actor: Actor, id: ContactId): Promise<Contact>;
  /**
   * `{ name, organisation?, address, language, series, consent?: { given, how? } }`; `how` is wanted where it is given.
   * Somebody who is new in a series and has agreed is sent its invitation.
   * @throws AppError `input.invalid` (faults at fields), `text.personalData`, `contact.standsAlready`.
   */
  add(actor: Actor, input: unknown): Promise<Contact>;
  /**
   * The same form as for {@link add}; without `consent` it stays as it is. With another address they get another id.
   * Who unsubscribed stays so until it is told how they agreed anew.
   */
  edit(actor: Actor, id: ContactId, input: unknown): Promise<Contact>;
  /** Erases the person's data. What was sent keeps its result for a while, under a key without name and address. */
  remove(actor: Actor, id: ContactId): Promise<void>;
  /**
   * Several at once, `{ text, series, consent }`, one a line of `text`: `Name; organisation; address; language`, at
   * most 500. Tells what is wrong line by line and adds the rest.
   * @throws AppError `input.invalid` with faults at `text`, `series`, `consent.how`.
   */
  addMany(
    actor: Actor,
    input: unknown,
  ): Promise<{ readonly added: number; readonly faults: readonly LineFault[] }>;
  /** Who a mail's link belongs to; `undefined` for a key of nobody. */
  byStopKey(key: string): Promise<Contact | undefined>;
  /** "No more mails": at once, however often. */
  stop(key: string): Promise<void>;
  /** "That was a mistake": takes a {@link stop} back, and nothing else. */
  takeStopBack(key: string): Promise<void>;
}
