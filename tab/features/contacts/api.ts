import type {
  ContactAnswer,
  ContactListAnswer,
  ContactsAddedAnswer,
} from '../../../src/shared/answers/contacts.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Api } from '../../api.js';

/** Contacts by name, or those that begin with `text`, page by page. */
export function listContacts(api: Api, text: string, after?: string): Promise<ContactListAnswer> {
  return api.get('/api/contacts', { text, after });
}

export function addContact(api: Api, contact: object): Promise<ContactAnswer> {
  return api.post('/api/contacts', contact);
}

/** Adds several, one a line; those with faults are left out. */
export function addContacts(api: Api, several: { readonly text: string }): Promise<ContactsAddedAnswer> {
  return api.post('/api/contacts/several', several);
}

/** One contact. */
export function contactApi(api: Api, id: string) {
  const path = `/api/contacts/${id}`;
  return {
    path,
    get: async () => (await api.get<ContactAnswer>(path)).contact,
    /** @param seen the fields as the form was filled with */
    put: (contact: object, seen: Fields) => api.put<ContactAnswer>(path, { ...contact, seen }),
    remove: () => api.del(path),
    renewStopKey: () => api.post(`${path}/stop-key`, {}),
  };
}
