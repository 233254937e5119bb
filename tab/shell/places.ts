import {
  AlertRegular,
  CalendarLtrRegular,
  ContactCardRegular,
  DocumentBulletListRegular,
  HomeRegular,
  MailRegular,
  MegaphoneLoudRegular,
  NewsRegular,
  PeopleTeamRegular,
  PersonSwapRegular,
  PlugDisconnectedRegular,
  SendRegular,
  SettingsRegular,
} from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { Permission } from '../../src/people/permissions.js';
import { part, type Part } from '../shared/part.js';
import type { TextKey } from '../text.js';

/** A place of the navigation: the first part of the address, and the feature that draws it. */
export interface Place {
  /** The first part of the path; empty for the overview. */
  readonly path: string;
  readonly name: TextKey;
  readonly icon: ComponentType;
  readonly permission: Permission;
  readonly view: Part<object>;
  /** Reached by a link from where it matters, not from the navigation. */
  readonly isAside?: true;
  /** The place of the navigation to which an aside one belongs, and which is marked while one is there. */
  readonly under?: string;
  /** Whether what an address of it names fills the whole screen, without header and navigation. */
  readonly isFullScreen?: (path: readonly string[]) => boolean;
}

/** The features, in the order of the navigation. Each is a chunk of its own. */
export const places: readonly Place[] = [
  {
    path: '',
    name: 'shell.nav.overview',
    icon: HomeRegular,
    permission: 'programme:see',
    view: part(async () => (await import('../features/overview/index.js')).OverviewView),
  },
  {
    path: 'news',
    name: 'shell.nav.news',
    icon: DocumentBulletListRegular,
    permission: 'news:seeOwn',
    view: part(async () => (await import('../features/news/index.js')).NewsView),
  },
  {
    path: 'newsletter',
    name: 'shell.nav.newsletter',
    icon: MailRegular,
    permission: 'newsletter:see',
    view: part(async () => (await import('../features/newsletter/index.js')).NewsletterView),
  },
  {
    path: 'releases',
    name: 'shell.nav.releases',
    icon: MegaphoneLoudRegular,
    permission: 'release:see',
    view: part(async () => (await import('../features/releases/index.js')).ReleasesView),
  },
  {
    path: 'calendar',
    name: 'calendar.title',
    icon: CalendarLtrRegular,
    permission: 'programme:see',
    view: part(async () => (await import('../features/calendar/index.js')).CalendarView),
  },
  {
    path: 'sessions',
    name: 'shell.nav.sessions',
    icon: PeopleTeamRegular,
    permission: 'session:see',
    view: part(async () => (await import('../features/sessions/index.js')).SessionsView),
    isFullScreen: ([, , part]) => part === 'wall',
  },
  {
    path: 'intranet',
    name: 'intranet.place',
    icon: NewsRegular,
    permission: 'release:see',
    view: part(async () => (await import('../features/intranet/index.js')).IntranetView),
    isAside: true,
    under: 'releases',
  },
  {
    path: 'messages',
    name: 'messages.title',
    icon: PlugDisconnectedRegular,
    permission: 'outbox:see',
    view: part(async () => (await import('../features/messages/index.js')).MessagesView),
    isAside: true,
  },
  {
    path: 'sends',
    name: 'sends.title',
    icon: SendRegular,
    permission: 'send:see',
    view: part(async () => (await import('../features/fan-outs/index.js')).FanOutsView),
    isAside: true,
    under: 'sessions',
  },
  {
    path: 'contacts',
    name: 'contacts.title',
    icon: ContactCardRegular,
    permission: 'contact:edit',
    view: part(async () => (await import('../features/contacts/index.js')).ContactsView),
    isAside: true,
    under: 'sessions',
  },
  {
    path: 'reminders',
    name: 'reminders.title',
    icon: AlertRegular,
    permission: 'session:take',
    view: part(async () => (await import('../features/reminders/index.js')).RemindersView),
    isAside: true,
    under: 'sessions',
  },
  {
    path: 'substitutes',
    name: 'substitutes.title',
    icon: PersonSwapRegular,
    permission: 'programme:see',
    view: part(async () => (await import('../features/substitutes/index.js')).SubstitutesView),
    isAside: true,
  },
  {
    path: 'settings',
    name: 'settings.title',
    icon: SettingsRegular,
    permission: 'programme:manage',
    view: part(async () => (await import('../features/settings/index.js')).SettingsView),
    isAside: true,
  },
];

/** The place that an address names. */
export const placeOf = (path: readonly string[]): Place | undefined =>
  places.find((place) => place.path === (path[0] ?? ''));
