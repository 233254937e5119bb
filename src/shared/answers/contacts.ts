import type {
  Contact,
  ContactEvent,
  LineFault,
  StoppedLine,
  ContactMail,
  ContactReply,
} from '../../audience/contact.js';
import type { Helper, ProgrammeEvent } from '../../people/person.js';
import type { LogEntry } from '../../platform/audit-trail.js';
import type { Page } from '../../platform/pages.js';

/**
 * A contact as the tab sees it: the key of the link in their mails stays inside; the subscriptions are called `series`
 * in answers as they are in forms. An international domain of the address is in its own letters.
 */
export type ContactView = Omit<Contact, 'stopKey' | 'addressKey' | 'since' | 'isListed' | 'subscriptions'> & {
  readonly series: Contact['subscriptions'];
};

/** Answer of GET /api/contacts: a page by name, or of those that begin with `text`. */
export interface ContactListAnswer {
  readonly lines: readonly ContactView[];
  readonly next?: string;
}

/** Answer of GET and PUT /api/helper: whom people outside ask, and whom they ask where nobody is set. */
export interface HelperAnswer {
  readonly helper: Helper | null;
  readonly usual: Helper | null;
}

/** Answer of GET /api/helper/audit: newest first, 50 a page. */
export type HelperAuditAnswer = Page<LogEntry<ProgrammeEvent>>;

/** Answer of GET, POST and PUT of one contact. */
export interface ContactAnswer {
  readonly contact: ContactView;
}

/** Answer of POST /api/contacts/several. */
export interface ContactsAddedAnswer {
  readonly added: number;
  /** The line that names the columns, as typed: lines that were left out need it. */
  readonly header?: string;
  readonly faults: readonly LineFault[];
  /** Who stopped their mails themselves: they were added, but get none. */
  readonly stopped: readonly StoppedLine[];
}

/** Answer of GET /api/contacts/:id/audit and /api/contacts/removals: newest first, 50 a page. */
export type ContactAuditAnswer = Page<LogEntry<ContactEvent>>;

/** Answer of GET /api/contacts/:id/mails: newest first, 50 a page. */
export type ContactMailsAnswer = Page<{ readonly at: string; readonly event: Omit<ContactMail, 'at'> }>;

/** Answer of GET /api/contacts/:id/replies: newest first, 50 a page. */
export type ContactRepliesAnswer = Page<{
  readonly at: string;
  readonly event: Omit<ContactReply, 'at'>;
}>;

/** Answer of POST /api/contacts/bulk: what begins at `dueAt` (ISO instant), unless it is called back before. */
export interface ContactBulkAnswer {
  readonly id: string;
  readonly dueAt: string;
  readonly count: number;
}
