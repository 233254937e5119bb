import {
  Apps24Regular,
  Briefcase24Regular,
  CalendarCancel24Regular,
  CheckmarkCircle24Regular,
  People24Regular,
  PersonSupport24Regular,
  PlugConnected24Regular,
  TextFont24Regular,
} from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { Permission } from '../../../src/people/permissions.js';
import { part, type Part } from '../../shared/part.js';
import type { TextKey } from '../../text.js';

/** A page of the settings: the second part of the address, and what it is about. A new one is an entry. */
export interface SettingsPage {
  readonly path: string;
  readonly name: TextKey;
  readonly icon: ComponentType;
  readonly lead: TextKey;
  readonly permission: Permission;
  readonly view: Part<object>;
}

/** In the order in which they are listed. */
export const settingsPages: readonly SettingsPage[] = [
  {
    path: 'programme',
    name: 'settings.programme',
    icon: TextFont24Regular,
    lead: 'settings.programme.lead',
    permission: 'programme:manage',
    view: part(async () => (await import('./programme/programme-page.js')).ProgrammePage),
  },
  {
    path: 'projects',
    name: 'settings.projects',
    icon: Briefcase24Regular,
    lead: 'settings.projects.lead.short',
    permission: 'programme:manage',
    view: part(async () => (await import('./projects/projects-page.js')).ProjectsPage),
  },
  {
    path: 'people',
    name: 'settings.people',
    icon: People24Regular,
    lead: 'settings.people.lead',
    permission: 'people:manage',
    view: part(async () => (await import('./people/people-page.js')).PeoplePage),
  },
  {
    path: 'approvals',
    name: 'settings.approvals',
    icon: CheckmarkCircle24Regular,
    lead: 'settings.approvals.lead',
    permission: 'programme:manage',
    view: part(async () => (await import('./approvals/approvals-page.js')).ApprovalsPage),
  },
  {
    path: 'channels',
    name: 'settings.channels',
    icon: PlugConnected24Regular,
    lead: 'settings.channels.lead.short',
    permission: 'programme:manage',
    view: part(async () => (await import('./channels/channels-page.js')).ChannelsPage),
  },
  {
    path: 'programmes',
    name: 'settings.programmes',
    icon: Apps24Regular,
    lead: 'settings.programmes.lead.short',
    permission: 'programme:manage',
    view: part(async () => (await import('./programmes/programmes-page.js')).ProgrammesPage),
  },
];

/** What is set elsewhere: a link to there. */
export const elsewhere: readonly (Omit<SettingsPage, 'path' | 'view'> & {
  readonly to: readonly string[];
})[] = [
  {
    to: ['contacts'],
    name: 'settings.helper',
    icon: PersonSupport24Regular,
    lead: 'settings.helper.lead',
    permission: 'contact:edit',
  },
  {
    to: ['sessions', 'days-off'],
    name: 'settings.daysOff',
    icon: CalendarCancel24Regular,
    lead: 'settings.daysOff.lead',
    permission: 'session:edit',
  },
];
