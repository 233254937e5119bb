import type { Permission } from '../../../src/people/permissions.js';
import { part, type Part } from '../../shared/part.js';
import type { TextKey } from '../../text.js';

/** A page of the settings: the second part of the address, and what it is about. A new one is an entry. */
export interface SettingsPage {
  readonly path: string;
  readonly name: TextKey;
  readonly lead: TextKey;
  readonly permission: Permission;
  readonly view: Part<object>;
}

/** In the order in which they are listed. */
export const settingsPages: readonly SettingsPage[] = [
  {
    path: 'people',
    name: 'settings.people',
    lead: 'settings.people.lead',
    permission: 'people:manage',
    view: part(async () => (await import('./people/people-page.js')).PeoplePage),
  },
  {
    path: 'approvals',
    name: 'settings.approvals',
    lead: 'settings.approvals.lead',
    permission: 'programme:manage',
    view: part(async () => (await import('./approvals/approvals-page.js')).ApprovalsPage),
  },
];
