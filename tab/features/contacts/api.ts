import type { ContactAnswer, ContactListAnswer } from '../../../src/shared/answers/contacts.js';
import type {
  ImportAnswer,
  ImportListAnswer,
  ImportRowAnswer,
  ImportRowsAnswer,
  ImportView,
  WelcomePreviewAnswer,
} from '../../../src/shared/answers/imports.js';
import type { Language } from '../../../src/shared/languages.js';
import type { WallTime } from '../../shared/dates.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Api } from '../../api.js';

/** Contacts by name, or those that begin with `text`, page by page. */
export function listContacts(api: Api, text: string, after?: string): Promise<ContactListAnswer> {
  return api.get('/api/contacts', { text, after });
}

export function addContact(api: Api, contact: object): Promise<ContactAnswer> {
  return api.post('/api/contacts', contact);
}

/** Earlier imports, newest first. */
export function listImports(api: Api): Promise<ImportListAnswer> {
  return api.get('/api/contacts/imports');
}

/** Makes a draft, whose rows follow in chunks; the same form is the same draft. */
export async function createImport(api: Api, form: object): Promise<ImportView> {
  return (await api.post<ImportAnswer>('/api/contacts/imports', form)).import;
}

/** How the mail looks to somebody who is new in a series. */
export function welcomePreview(api: Api, series: string, language: Language): Promise<WelcomePreviewAnswer> {
  return api.get('/api/contacts/welcome-preview', { series, language });
}

type SendAt = WallTime | null;

/** One import. */
export function importApi(api: Api, id: string) {
  const path = `/api/contacts/imports/${id}`;
  const answered = async (asked: Promise<ImportAnswer>): Promise<ImportView> => (await asked).import;
  return {
    path,
    get: () => answered(api.get(path)),
    edit: (settings: object, seen: Fields) => answered(api.put(path, { ...settings, seen })),
    addRows: (chunk: number, rows: readonly (readonly string[])[]) =>
      api.post(`${path}/rows/${chunk}`, { rows }),
    rows: async (chunk: number) => (await api.get<ImportRowsAnswer>(`${path}/rows/${chunk}`)).rows,
    editRow: async (place: { readonly chunk: number; readonly row: number }, row: object, seen: Fields) =>
      (await api.put<ImportRowAnswer>(`${path}/rows/${place.chunk}/${place.row}`, { ...row, seen })).row,
    discard: () => api.del(path),
    start: (sendAt: SendAt) => answered(api.post(`${path}/start`, { sendAt })),
    undo: () => answered(api.post(`${path}/undo`)),
    stopSend: () => answered(api.post(`${path}/stop-send`)),
    send: (sendAt: SendAt) => answered(api.post(`${path}/send`, { sendAt })),
  };
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
