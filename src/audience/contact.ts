import type { PersonRef } from '../platform/actor.js';
import type { FieldFaultCode } from '../platform/errors.js';
import type { ContactId } from '../platform/ids.js';
import type { Language } from '../shared/languages.js';
import type { NewMessage } from '../delivery/outbox/message.js';

/** That somebody agreed to get mails: when, how it was asked, and by whom. */
export interface Consent {
  readonly given: true;
  /** ISO instant. */
  readonly at: string;
  readonly how: string;
  /** ISO date on which they agreed, where somebody wrote it down; `at` is when Big Room came to know of it. */
  readonly on?: string;
  readonly by: PersonRef;
  /** To what they agreed, in the words that they read; not known where somebody wrote down that they did. */
  readonly wording?: string;
}

export const wishes = ['invitations', 'reminders'] as const;

/** Somebody outside the organisation who is written to by mail. Gets nothing without consent. */
export interface Contact {
  /** Nothing follows from it. (That of a contact whom an older release added is a hash of the address.) */
  readonly id: ContactId;
  readonly name: string;
  readonly organisation?: string;
  /** Mail address, in small letters, an international domain in ASCII; one contact an address. */
  readonly address: string;
  readonly language: Language;
  /** The keyed hash of the address, by which there is one contact each; absent until {@link ContactService} has upgraded it. */
  readonly addressKey?: string;
  /** The ids of what they are subscribed to; see `Subscribable`. */
  readonly subscriptions: readonly string[];
  /** What alone of these they get, by their own choice: invitations without reminders, or reminders without a calendar. */
  readonly wants?: (typeof wishes)[number];
  /** ISO instant from which they get what is sent, by subscription; not known of what an older release subscribed them to. */
  readonly since?: Readonly<Record<string, string>>;
  readonly consent:
    | Consent
    /** `askedAt`: ISO instant at which a mail asked for it, and by whom that was sent. */
    | {
        readonly given: false;
        readonly at: string;
        readonly why: 'notAsked' | 'withdrawn';
        readonly asked?: { readonly at: string; readonly by: PersonRef; readonly wording?: string };
      }
    /**
     * By the link in a mail; `was` comes back with "I clicked by mistake". `clearsAt`: ISO instant from which what mails
     * brought is taken out of their calendar.
     */
    | {
        readonly given: false;
        readonly at: string;
        readonly why: 'unsubscribed';
        readonly was: Consent;
        readonly clearsAt?: string;
      };
  /** They stand in the list of each filter, which older releases did not write. */
  readonly isListed?: true;
  /** ISO instant since which no mail has reached them. */
  readonly unreachedAt?: string;
  /** Makes the address at which they stop the mails. */
  readonly stopKey: string;
  /** ISO instant. */
  readonly createdAt: string;
}

/**
 * What is kept of a contact in the list of those to whom one may write about a subscription; `since` as it is now, where what
 * their import sends was stopped or put off.
 */
export type Subscriber = Pick<Contact, 'id' | 'language' | 'wants'> & { readonly since?: string };

/**
 * That somebody stopped their mails: it stays when the contact is removed, and only they take it back. Found by the keyed
 * hash of their address; it names nobody.
 */
export interface Suppression {
  /** ISO instant. */
  readonly at: string;
  /** The stop key of the link by which they stopped, which takes it back too. */
  readonly stopKey: string;
  readonly language: Language;
}

/** What was done to a contact; with nobody's name where they did it by the link in a mail. */
export type ContactEvent =
  | {
      readonly action:
        | 'add'
        | 'import'
        /** A contact already, who was subscribed to more by an import, or of whom it recorded a consent. */
        | 'importSubscribe'
        | 'importConsent'
        | 'importBack'
        | 'signUp'
        | 'ask'
        | 'agree'
        | 'stop'
        | 'back'
        | 'renewLink'
        | 'remove';
    }
  /** The names of the fields alone: what stood in them may have to be erased. `choose`: by the link in a mail. */
  | {
      readonly action: 'edit' | 'choose';
      readonly fields: readonly (ContactField | 'wants')[];
      /** What became of the consent, where that is among them. */
      readonly consent?: 'given' | 'withdrawn';
    };

/** What a form of a contact holds. */
export const contactFields = [
  'name',
  'organisation',
  'address',
  'language',
  'subscriptions',
  'consent',
] as const satisfies readonly (keyof Contact)[];
export type ContactField = (typeof contactFields)[number];

/** What of a subscription was last sent to a contact, so that whatever else would send the same sees it. */
export interface SentVersion {
  /** Names what was sent: the same contents have the same version. */
  readonly version: string;
  /** Which fan-out sent it: one that tries again is the same. */
  readonly by: string;
  /** ISO instant right before it left. */
  readonly at: string;
  /** Keyed hash of the address to which it went. */
  readonly addressKey?: string;
  /** What the sender has to know of it the next time; it alone reads it. */
  readonly held?: string;
}

/**
 * Why somebody loses invitations: they stopped all mails, they chose so, another did so (or removed them), or they are
 * at another address now.
 */
export const leavingReasons = ['stopped', 'chosen', 'taken', 'readdressed'] as const;

/**
 * Somebody who loses invitations. Kept until what mails brought is taken out of their calendar, since the contact may be
 * gone by then; who comes back before that keeps everything.
 */
export interface Leaving extends Pick<
  Contact,
  'name' | 'address' | 'addressKey' | 'language' | 'since' | 'stopKey'
> {
  readonly id: string;
  readonly contactId: ContactId;
  readonly why: (typeof leavingReasons)[number];
  /** ISO instant at which they lost them. */
  readonly at: string;
  /** Those of which they get no more invitations. */
  readonly subscriptions: readonly string[];
  /** What of these was last sent to them. */
  readonly versions: Readonly<Record<string, SentVersion>>;
  /** What has been taken out so far, by the names that its sender gives. */
  readonly done: readonly string[];
}

/** Contacts who are new in something: what is sent to them leaves as one fan-out. */
export interface Welcome {
  /** Sorts by time. */
  readonly id: string;
  /** The name of the import that added them. */
  readonly name?: string;
  /** ISO instant at which they were subscribed. */
  readonly at: string;
  /** Absent while some of them are still being stored. */
  readonly isComplete?: true;
  readonly contacts: readonly Pick<Contact, 'id' | 'subscriptions'>[];
}

/** What is wrong with somebody in a list of contacts. */
export interface LineFault {
  /** 1 for the first. */
  readonly line: number;
  /** What was typed of them: all of the line, or their part of it. */
  readonly text: string;
  /** `row` where all of it can't be read. */
  readonly field: 'name' | 'organisation' | 'address' | 'language' | 'row';
  /** A fault of the field; `unclear` where one can't see which column is which. */
  readonly code: FieldFaultCode | 'unclear';
}

/** Somebody of a list who was added as unsubscribed, since they stopped their mails themselves. */
export interface StoppedLine extends Pick<LineFault, 'line' | 'text'> {
  /** ISO instant at which they did. */
  readonly at: string;
}

/** Something to which contacts can be subscribed, such as a series of sessions. */
export interface Subscribable {
  /** Names it among everything that can be subscribed to, of whatever kind. */
  readonly id: string;
  /** Whether it takes contacts at present, so that who is new in it is sent something. */
  readonly isOpen: boolean;
}

/** Something to which a contact is, or was, subscribed, in their language. */
export interface Offer {
  readonly id: string;
  readonly name: string;
  /** When it takes place, or what else sets it apart from others. */
  readonly line: string;
  /** The address of its calendar to subscribe to. */
  readonly feedUrl?: string;
  /** What of it is in their calendar, as far as mails brought it there; each has a file that takes it out. */
  readonly inCalendar: readonly { readonly name: string; readonly line: string }[];
}

/** What the page of a contact's choices shows. A feature gives what it offers. */
export interface Offers {
  of(contact: Contact): Promise<readonly Offer[]>;
  /** The calendar file that takes something out. @param name as in {@link Offer}; any other gives `undefined`. */
  removalFile(contact: Contact, name: string): Promise<string | undefined>;
}

/** A kind of what contacts can be subscribed to. A feature gives one of its own. */
export interface SubscriptionKind {
  /** All there are, also those that take nobody at present: who is subscribed stays so. */
  all(): Promise<readonly Subscribable[]>;
  /**
   * What is sent to the contacts of a welcome, such as their invitations: one message for all of them.
   * @param subscriptions those of this kind in which somebody is new.
   * @param dueAt ISO instant before which it must not leave.
   */
  welcome(welcome: Welcome, subscriptions: readonly string[], dueAt: string): NewMessage;
  /**
   * What takes out of somebody's calendar what mails of this kind brought there; `undefined` where that is nothing.
   * @param dueAt ISO instant before which it must not leave.
   */
  leave(leaving: Leaving, dueAt: string): NewMessage | undefined;
}

/** How somebody stands to mails, as lists are filtered by it; `asked`: a mail has asked them, and they have not answered. */
export const consentStates = ['given', 'notAsked', 'asked', 'withdrawn', 'unsubscribed'] as const;
export type ConsentState = (typeof consentStates)[number];

export function consentStateOf({ consent }: Pick<Contact, 'consent'>): ConsentState {
  if (consent.given) return 'given';
  if (consent.why === 'unsubscribed') return 'unsubscribed';
  return consent.why === 'notAsked' && consent.asked !== undefined ? 'asked' : consent.why;
}

/** Of which contacts a list is; what is left out filters nothing. */
export interface ContactFilter {
  /** The beginning of a name, of any part of it, or of an address. */
  readonly text?: string;
  readonly subscription?: string;
  /** The beginning of its name. */
  readonly organisation?: string;
  readonly language?: Language;
  readonly consent?: ConsentState;
  /** Those alone whom no mail reaches. */
  readonly unreached?: true;
}

/** What a contact answered, of something to which they are subscribed. */
export interface ContactReply {
  /** ISO instant. */
  readonly at: string;
  readonly answer: 'coming' | 'notComing' | 'maybe';
  readonly way: 'mail' | 'calendar';
  /** The id of what it belongs to. */
  readonly subscription: string;
  /** ISO instant at which that begins; absent of an answer to all of it. */
  readonly start?: string;
}

/** A mail that was sent to a contact, or was not. */
export interface ContactMail {
  /** ISO instant. */
  readonly at: string;
  /** What it was: the kind of the fan-out, or of the message. */
  readonly kind: string;
  readonly subject: string;
  readonly result: 'sent' | 'undeliverable' | 'failed' | 'uncertain';
  /** In the words of the one who tried. */
  readonly reason?: string;
}
