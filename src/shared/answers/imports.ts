import type { CheckedRow, ContactImport } from '../../audience/imports/import.js';

/** An import as the tab sees it: what people are subscribed to is called `series`, as in forms. */
export type ImportView = Omit<ContactImport, 'subscriptions'> & {
  readonly series: ContactImport['subscriptions'];
  /** Of one import that was asked for: the ISO dates on which nobody is at work, as far as a send can be put off. */
  readonly closedDays?: readonly string[];
};

/** Answer of GET /api/contacts/imports: newest first, 20 a page; of …/planned: all that are still to leave, the first of them first. */
export interface ImportListAnswer {
  readonly lines: readonly ImportView[];
  readonly next?: string;
}

/** Answer of GET, POST and PUT of one import, and of what is done with it. */
export interface ImportAnswer {
  readonly import: ImportView;
}

/** A row with what becomes of it; an international domain of the address is in its own letters. */
export type ImportRowView = Omit<CheckedRow, 'isLeftOut'> & { readonly isLeftOut: boolean };

/** Answer of GET /api/contacts/imports/:id/rows/:chunk. */
export interface ImportRowsAnswer {
  readonly rows: readonly ImportRowView[];
}

/** Answer of PUT /api/contacts/imports/:id/rows/:chunk/:row. */
export interface ImportRowAnswer {
  readonly row: ImportRowView;
}

/** Answer of GET /api/contacts/welcome-preview: the mail to somebody who is new in a series. */
export interface WelcomePreviewAnswer {
  readonly subject: string;
  readonly html: string;
}
