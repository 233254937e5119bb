import { languages, type Language } from '../src/shared/languages.js';
import type { Getter } from './api.js';
import { getCalendar, listOpenReleases } from './features/calendar/api.js';
import { getNewsItem, getOutlets, getViews, listNews, listQuery } from './features/news/api.js';
import type { Identity } from './identity.js';
import { getOverview } from './shared/api.js';
import type { Route } from './shared/route.js';
import { getSession, listPeople } from './shell/api.js';

/** Stands in the address of the news in the place of an id, where new news is written. */
const newItem = 'new';
const languageKey = 'bigroom.language';
const reviewsKey = 'bigroom.reviewsNews';

/** The language that was spoken last here, else the browser's; the session decides as soon as it is known. */
export function guessLanguage(): Language {
  const last = window.localStorage.getItem(languageKey) ?? window.navigator.language.slice(0, 2);
  return languages.find((language) => language === last) ?? 'fi';
}

/** Whether a language was spoken here before. */
export const isLanguageKnown = (): boolean => window.localStorage.getItem(languageKey) !== null;

export function rememberLanguage(language: Language): void {
  window.localStorage.setItem(languageKey, language);
}

/** Keeps whether this person sees everybody's news, so that their next page may ask for the list before it knows. */
export function rememberReviewer(personId: string, mayReview: boolean): void {
  if (mayReview) window.localStorage.setItem(reviewsKey, personId);
  else if (window.localStorage.getItem(reviewsKey) === personId) window.localStorage.removeItem(reviewsKey);
}

/** Asks for the session and for what the page shows that the address names, all at once. */
export function askEarly(ahead: Getter, { choice }: Identity, { path, query }: Route): void {
  if (choice !== undefined && choice.personId() === undefined) {
    void listPeople(ahead);
    return;
  }
  void getSession(ahead);
  if (path.length === 0) void getOverview(ahead);
  if (path[0] === 'calendar') {
    const isOfNow = query.at === undefined && query.month === undefined && query.view !== 'week';
    if (isOfNow) void getCalendar(ahead);
    void listOpenReleases(ahead);
  }
  if (path[0] === 'news') {
    const reviewer = window.localStorage.getItem(reviewsKey);
    const isReviewer = reviewer !== null && (choice === undefined || choice.personId() === reviewer);
    if (path[1] !== undefined && path[1] !== newItem) {
      void getNewsItem(ahead, path[1]);
      void getOutlets(ahead, path[1]);
    }
    // A worker may not ask for it, and an answer of 403 helps nobody.
    if (!isReviewer) return;
    void listNews(
      ahead,
      query.whose === 'mine' ? 'mine' : 'all',
      query.whose === 'mine' ? {} : listQuery(query),
    );
    void getViews(ahead);
  }
}

/** Whether the first picture of an address needs more than the first texts (first-texts.ts). */
export const needsAllTexts = ([place = '', open]: readonly string[]): boolean =>
  place !== '' && (place !== 'news' || open !== undefined);

/**
 * The parts of the program that draw what an address names, as files without their endings: they are fetched at the same
 * time as the program. Only what surely is needed at once.
 */
export function partsOf({ path }: Route): readonly string[] {
  const [place = '', open] = path;
  const parts = Object.hasOwn(placeParts, place) ? placeParts[place] : undefined;
  if (parts === undefined) return [];
  const { view, opened = [] } = parts;
  return open !== undefined && open !== newItem ? [view, ...opened] : [view];
}

interface PlaceParts {
  readonly view: string;
  /** What draws the one thing that is open there. */
  readonly opened?: readonly string[];
}

/** By the first part of an address. */
const placeParts: Readonly<Record<string, PlaceParts>> = {
  '': { view: 'tab/features/overview/index' },
  news: {
    view: 'tab/features/news/index',
    opened: ['tab/features/news/item/item-page', 'tab/shared/editor/markdown-editor'],
  },
  newsletter: { view: 'tab/features/newsletter/index' },
  releases: {
    view: 'tab/features/releases/index',
    opened: ['tab/features/releases/page/release-page', 'tab/shared/editor/markdown-editor'],
  },
  calendar: { view: 'tab/features/calendar/index' },
  sessions: { view: 'tab/features/sessions/index' },
};

/** What is opened most. */
export const firstPart = 'tab/features/news/index';

export const allParts: readonly string[] = Object.values(placeParts).flatMap(({ view, opened = [] }) => [
  view,
  ...opened,
]);
