import type { Page } from '../platform/pages.js';
import type { Change, Commit, Versioned } from '../platform/commit.js';
import type { ContactId, SeriesId } from '../platform/ids.js';
import type { Contact } from './contact.js';

/** What is kept of a contact in the list of those whom a series may write to. */
export type Invited = Pick<Contact, 'id' | 'language'>;

/** Where contacts are kept. */
export interface ContactStore {
  find(id: ContactId): Promise<Versioned<Contact> | undefined>;
  /** By name; with `text` those one of whose names or whose address begins so. A page may be shorter than the limit. */
  list(limit: number, wanted: { readonly text?: string; readonly after?: string }): Promise<Page<Contact>>;
  /** Everybody who is invited to a series and has agreed to get mails. */
  invited(id: SeriesId): Promise<readonly Invited[]>;
  idOfStopKey(key: string): Promise<ContactId | undefined>;
  /** Fails to commit (`storage.conflict`) where a contact of this address stands. */
  insert(contact: Contact): Change[];
  /**
   * Holds when the contact is still at the version that was read, and no other has the new address. The stop key stays
   * the same.
   */
  replace(before: Versioned<Contact>, after: Contact): Change[];
  /** Nothing of the person is left. */
  remove(before: Versioned<Contact>): Change[];
  readonly commit: Commit;
}
