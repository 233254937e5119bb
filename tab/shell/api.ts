import type { PeopleAnswer, SessionAnswer } from '../../src/shared/answers/people.js';
import type { NotifyBy } from '../../src/people/person.js';
import type { Language } from '../../src/shared/languages.js';
import type { Api, Getter } from '../api.js';

/** Everybody who can be chosen in trial mode. */
export function listPeople(api: Getter): Promise<PeopleAnswer> {
  return api.get('/api/people');
}

/** Who is here and what they may do. */
export function getSession(api: Getter): Promise<SessionAnswer> {
  return api.get('/api/session');
}

/** Sets the person's language, here and in what is sent to them. */
export function setLanguage(api: Api, language: Language): Promise<unknown> {
  return api.put('/api/session/language', { language });
}

/** Sets by which way the person is notified. */
export function setNotifyBy(api: Api, by: NotifyBy): Promise<SessionAnswer> {
  return api.put('/api/session/notify-by', { by });
}
