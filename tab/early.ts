import type { Language } from '../src/shared/languages.js';
import { languages } from '../src/shared/languages.js';
import type { Api } from './api.js';
import { parseRoute } from './shared/route.js';
import { loadTexts, type LoadedTexts } from './text-files.js';

const languageKey = 'bigroom.language';

/** The language that was spoken last here, else the browser's; the session decides as soon as it is known. */
export function guessLanguage(): Language {
  const last = window.localStorage.getItem(languageKey) ?? window.navigator.language.slice(0, 2);
  return languages.find((language) => language === last) ?? 'fi';
}

export function rememberLanguage(language: Language): void {
  window.localStorage.setItem(languageKey, language);
}

/** Asks for the session, the texts and the page that the address names, all at once. */
export function askEarly(api: Api): Promise<LoadedTexts> {
  const texts = loadTexts(api, guessLanguage());
  if (api.personId() === undefined) {
    api.ahead('/api/people');
    return texts;
  }
  api.ahead('/api/session');
  const { path, query } = parseRoute(window.location.hash);
  if (path.length === 0) api.ahead('/api/overview');
  if (path[0] === 'news') {
    api.ahead('/api/news', query);
    if (path[1] !== undefined) api.ahead(`/api/news/${path[1]}`);
  }
  return texts;
}
