import { languages, type Language } from '../src/shared/languages.js';
import type { Api } from './api.js';
import { getCalendar, listOpenReleases } from './features/calendar/api.js';
import { getNewsItem, listNews } from './features/news/api.js';
import type { Identity } from './identity.js';
import { getOverview } from './shared/api.js';
import { parseRoute } from './shared/route.js';
import { getSession, listPeople } from './shell/api.js';
import { loadTexts, type LoadedTexts } from './text-files.js';

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

/** Asks for the session, the texts and the page that the address names, all at once. */
export function askEarly(api: Api, { choice }: Identity): Promise<LoadedTexts> {
  const texts = loadTexts(api, guessLanguage());
  if (choice !== undefined && choice.personId() === undefined) {
    void listPeople(api.ahead);
    return texts;
  }
  void getSession(api.ahead);
  const { path, query } = parseRoute(window.location.hash);
  if (path.length === 0) void getOverview(api.ahead);
  if (path[0] === 'calendar') {
    const isOfNow = query.at === undefined && query.month === undefined && query.view !== 'week';
    if (isOfNow) void getCalendar(api.ahead);
    void listOpenReleases(api.ahead);
  }
  if (path[0] === 'news') {
    const reviewer = window.localStorage.getItem(reviewsKey);
    const isReviewer = reviewer !== null && (choice === undefined || choice.personId() === reviewer);
    // A worker may not ask for it, and an answer of 403 helps nobody.
    if (isReviewer) void listNews(api.ahead, 'all', query);
    if (path[1] !== undefined) void getNewsItem(api.ahead, path[1]);
  }
  return texts;
}
