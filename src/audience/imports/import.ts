import type { Actor, PersonRef } from '../../platform/actor.js';
import type { FieldFaultCode } from '../../platform/errors.js';
import type { ContactId, FanOutId, MessageId } from '../../platform/ids.js';
import { workflow } from '../../platform/workflow.js';
import type { TableColumn } from '../../shared/contact-table.js';
import type { Language } from '../../shared/languages.js';
import type { Contact } from '../contact.js';

declare const brand: unique symbol;
export type ImportId = string & { readonly [brand]: 'Import' };

/** What everybody of an import has in common. */
export interface ImportSettings {
  /** Its name in lists and among what is sent. */
  readonly name: string;
  readonly columns: readonly TableColumn[];
  /** Of those of whom the list says none. */
  readonly language?: Language;
  /** Of those of whom the list says none. */
  readonly organisation?: string;
  readonly subscriptions: readonly string[];
  /** How everybody agreed, and on which ISO date where that is known. */
  readonly consent: { readonly given: boolean; readonly how?: string; readonly on?: string };
}

/** How many rows came to what end. */
export interface ImportCounts {
  readonly created: number;
  /** Contacts already, who were subscribed to something more, or have agreed now. */
  readonly changed: number;
  /** Contacts already, with all of it. */
  readonly unchanged: number;
  /** Of the created and the changed those who stopped their mails: they get none. */
  readonly stopped: number;
  /** The second of an address, which was left out; older releases counted these as unchanged. */
  readonly duplicates?: number;
  /** Left out: faulty, or not wanted. */
  readonly left: number;
}

/** What an import sends to those who are new in something: one fan-out for each kind of what they are new in. */
export interface ImportSend {
  readonly messages: readonly MessageId[];
  readonly fanOuts: readonly FanOutId[];
  /** ISO instant. */
  readonly dueAt: string;
  readonly people: number;
  /** Somebody stopped it before it left. */
  readonly isStopped?: true;
}

interface Begun {
  /** ISO instant at which it began. */
  readonly at: string;
  readonly by: PersonRef;
  /** ISO instant before which nothing was to be sent, as it was chosen at first and written into the contacts. */
  readonly sendAt: string;
  /** How many chunks of rows are done. */
  readonly chunks: number;
  readonly counts: ImportCounts;
}

interface Ended extends Begun {
  /** ISO instant. */
  readonly endedAt: string;
  /** Absent where nobody is new in anything that is open. */
  readonly send?: ImportSend;
}

/** draft -> running -> done -> undoing -> undone; see CONTEXT.md for the terms. */
export type ImportState =
  | { readonly status: 'draft' }
  | ({ readonly status: 'running' } & Begun)
  | ({ readonly status: 'done' } & Ended)
  | ({ readonly status: 'undoing' } & Ended & { readonly undoneBy: PersonRef; readonly undone: number })
  | ({ readonly status: 'undone' } & Ended & {
        readonly undoneBy: PersonRef;
        readonly undone: number;
        readonly undoneAt: string;
      });

/** A list of people on its way to become contacts: a table of rows in chunks, and what they have in common. */
export interface ContactImport extends ImportSettings {
  readonly id: ImportId;
  /** How the list itself names its columns. */
  readonly header?: readonly string[];
  /** The number of rows of each chunk. */
  readonly sizes: readonly number[];
  /** ISO instant. */
  readonly createdAt: string;
  readonly by: PersonRef;
  readonly state: ImportState;
  /** ISO instant from which its rows are erased, and what it did to whom: it can't be undone any more. */
  readonly forgottenAt?: string;
}

/** What may be done with an import; nothing else sets its state. */
export const { requireMove, applyMove } = workflow<ContactImport>()(
  {
    change: { from: ['draft'] },
    start: { from: ['draft'], to: 'running' },
    progress: { from: ['running'], to: 'running' },
    finish: { from: ['running'], to: 'done' },
    reschedule: { from: ['done'], to: 'done' },
    undo: { from: ['done'], to: 'undoing' },
    takeBack: { from: ['undoing'], to: 'undoing' },
    finishUndo: { from: ['undoing'], to: 'undone' },
  },
  { error: 'import.moveNotAllowed' },
);

/** One row as it is stored. */
export interface ImportRow {
  /** 0 for the first of the import. */
  readonly row: number;
  /** Personal identity codes are masked: they are not stored. */
  readonly cells: readonly string[];
  readonly isLeftOut?: true;
}

/** What is wrong with a row, at the field that a column says. */
export interface RowFault {
  readonly field: 'name' | 'organisation' | 'address' | 'language';
  readonly code: FieldFaultCode;
}

/** What becomes of a row when it is imported. */
export type RowCheck =
  | { readonly status: 'new' }
  /** A contact already; `added`: what they are subscribed to by it. */
  | { readonly status: 'exists'; readonly id: ContactId; readonly added: readonly string[] }
  /** They stopped their mails at that ISO instant, and get none whatever the import says. */
  | { readonly status: 'stopped'; readonly at: string; readonly id?: ContactId }
  | { readonly status: 'faulty'; readonly faults: readonly RowFault[] }
  | { readonly status: 'leftOut' };

export type CheckedRow = ImportRow & {
  readonly check: RowCheck;
  /** As it would be kept; absent for a row with faults. A later row with the same is left out. */
  readonly address?: string;
  readonly language?: Language;
};

/** What an import did to one contact, kept as long as it can be undone. */
export interface ImportedContact {
  readonly row: number;
  readonly id: ContactId;
  readonly isNew: boolean;
  readonly isStopped?: true;
  /** What they were subscribed to by it. */
  readonly added: readonly string[];
  /** What of that is sent to them. */
  readonly welcomed: readonly string[];
  /** What the import changed the consent from, and to; of a new contact only to. */
  readonly consent?: { readonly before?: Contact['consent']; readonly after: Contact['consent'] };
  /** From when they get what they were subscribed to by it, as it was written then; older releases kept none. */
  readonly since?: Contact['since'];
}

/**
 * That what an import sends waits for another time than was written into its contacts, as an ISO instant, at first; or, without
 * `until`, for somebody who sends what was stopped.
 */
export interface ImportHold {
  readonly id: ImportId;
  /** What was written: whose own is another, such as that of who signed up themselves meanwhile, waits for nothing. */
  readonly since: string;
  /** ISO instant. */
  readonly until?: string;
}

export const noCounts: ImportCounts = {
  created: 0,
  changed: 0,
  unchanged: 0,
  duplicates: 0,
  stopped: 0,
  left: 0,
};

/** Big Room itself, which goes on with what a person began. */
export const begunBy = ({ id, name }: PersonRef): Actor => ({ id, name, role: 'coordinator' });
