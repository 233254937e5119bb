import type { ContactListAnswer, ContactView } from '../../../src/shared/answers/contacts.js';
import { maxBulkContacts } from '../../../src/shared/contact-bulk.js';

/** The contacts that are chosen, by their ids. */
export type Chosen = ReadonlyMap<string, ContactView>;

/**
 * All of a list, as many as can be changed at once, and how many are left out.
 * @param page a page of it after another one, as the list gives its `next`.
 */
export async function chooseAll(
  page: (after?: string) => Promise<ContactListAnswer>,
): Promise<{ readonly chosen: Chosen; readonly leftOut: number }> {
  const chosen = new Map<string, ContactView>();
  const others = new Set<string>();
  let after: string | undefined;
  do {
    const { lines, next } = await page(after);
    for (const contact of lines)
      if (chosen.size < maxBulkContacts || chosen.has(contact.id)) chosen.set(contact.id, contact);
      else others.add(contact.id);
    after = next;
  } while (after !== undefined);
  return { chosen, leftOut: others.size };
}
