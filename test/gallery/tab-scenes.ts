import type { Page } from 'playwright-core';
import { demoPeopleByKey, type DemoPersonKey } from '../../src/trial/demo/people.js';
import type { PublicLanguage } from '../../src/languages.js';
import type { DemoIds } from './demo-ids.js';

/** A page of the tab in one of its states. */
export interface TabScene {
  readonly name: string;
  /** The address after `#`. */
  readonly at: (ids: DemoIds) => string;
  /** Who looks, by the language that they read; the coordinators where it is left out. */
  readonly as?: Readonly<Record<PublicLanguage, DemoPersonKey>>;
  /** What the server answers instead, set before the page is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
  /** What is done on the page before its picture is taken. */
  readonly then?: (page: Page, ids: DemoIds) => Promise<void>;
  /** Whether the picture shows the page while it still waits. */
  readonly waits?: true;
}

const coordinators = { fi: 'aino', sv: 'linnea' } as const;
const workers = { fi: 'eeva', sv: 'siv' } as const;

export function personOf({ as = coordinators }: TabScene, language: PublicLanguage): string {
  return demoPeopleByKey[as[language]].id;
}

const never = (path: string) => (page: Page) => page.route(path, () => undefined);
const broken = (path: string) => (page: Page) =>
  page.route(path, (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({ status: 503, code: 'storage.unavailable', title: 'storage.unavailable' }),
    }),
  );
const answering = (path: string, answer: unknown) => (page: Page) =>
  page.route(path, (route) => route.fulfill({ json: answer }));

export const tabScenes: readonly TabScene[] = [
  { name: 'overview', at: () => '/' },
  { name: 'overview-worker', at: () => '/', as: workers },
  { name: 'overview-loading', at: () => '/', before: never('**/api/overview'), waits: true },
  { name: 'overview-error', at: () => '/', before: broken('**/api/overview') },
  { name: 'inbox', at: () => '/news' },
  { name: 'inbox-loading', at: () => '/news', before: never('**/api/news*'), waits: true },
  { name: 'inbox-empty', at: () => '/news', before: answering('**/api/news*', { lines: [] }) },
  { name: 'inbox-error', at: () => '/news', before: broken('**/api/news*') },
  { name: 'item', at: ({ news }) => `/news/${news('elma-reader-panel')}` },
  { name: 'item-one-language', at: ({ news }) => `/news/${news('contact-search')}` },
  { name: 'item-behind', at: ({ news }) => `/news/${news('therapy-navigator')}` },
  { name: 'item-changes-requested', at: ({ news }) => `/news/${news('elma-walking-groups')}` },
  { name: 'item-rejected', at: ({ news }) => `/news/${news('manager-coaching-invitation')}` },
  { name: 'item-used', at: ({ news }) => `/news/${news('elma-whole-region')}` },
  { name: 'newsletter', at: () => '/newsletter' },
  { name: 'queue', at: () => '/releases' },
  { name: 'release-scheduled', at: ({ release }) => `/releases/${release('scheduled')}` },
  { name: 'release-published', at: ({ release }) => `/releases/${release('published')}` },
  { name: 'release-draft', at: ({ release }) => `/releases/${release('draft')}` },
];
