import type {
  ContactAnswer,
  ContactBulkAnswer,
  ContactListAnswer,
  HelperAnswer,
} from '../../../src/shared/answers/contacts.js';
import type {
  ImportAnswer,
  ImportListAnswer,
  ImportRowAnswer,
  ImportRowsAnswer,
  ImportView,
  WelcomePreviewAnswer,
} from '../../../src/shared/answers/imports.js';
import type { UpcomingAnswer } from '../../../src/shared/answers/sessions.js';
import type { Language } from '../../../src/shared/languages.js';
import type { WallTime } from '../../shared/dates.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Api } from '../../api.js';

/** Of which contacts a list is, as the address has it. */
export type ContactFilters = Readonly<
  Partial<Record<'text' | 'series' | 'organisation' | 'language' | 'consent' | 'unreached', string>>
>;

/** Contacts that a filter wants, page by page; a page may be short, and go on. */
export function listContacts(api: Api, filters: ContactFilters, after?: string): Promise<ContactListAnswer> {
  return api.get('/api/contacts', { ...filters, after });
}

/** All that a filter wants as a file for spreadsheets. */
export function exportContacts(api: Api, filters: ContactFilters): Promise<string> {
  return api.text('/api/contacts/export', { ...filters });
}

/** Does something with several contacts, in a moment: until then it can be called back. */
export function changeContacts(api: Api, bulk: object): Promise<ContactBulkAnswer> {
  return api.post('/api/contacts/bulk', bulk);
}

export const undoChange = (api: Api, id: string): Promise<unknown> =>
  api.post(`/api/contacts/bulk/${id}/undo`);

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

/** How the mail looks to somebody who is new in a series, where it leaves at a time, or else now. */
export function welcomePreview(
  api: Api,
  series: string,
  language: Language,
  sendAt?: WallTime,
): Promise<WelcomePreviewAnswer> {
  return api.get('/api/contacts/welcome-preview', { series, language, ...sendAt });
}

/** So many of the next sessions of a series are kept away from. */
const nextSessions = 12;

/** When the next sessions of series begin: ISO instants. */
export async function nextStarts(api: Api, series: readonly string[]): Promise<readonly string[]> {
  const of = (id: string) =>
    api.get<UpcomingAnswer>('/api/sessions/upcoming', { series: id, most: String(nextSessions) });
  return (await Promise.all(series.map(of))).flatMap(({ lines }) => lines.map(({ start }) => start));
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

/** Whom people outside ask. */
export const getHelper = (api: Api): Promise<HelperAnswer> => api.get('/api/helper');

/** @param seen whom the form was filled with */
export const putHelper = (api: Api, helper: object | null, seen: Fields): Promise<HelperAnswer> =>
  api.put('/api/helper', { helper, seen });

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
    ask: async () => (await api.post<ContactAnswer>(`${path}/ask`)).contact,
  };
}
