import type {
  IntranetAnswer,
  IntranetListAnswer,
  IntranetPageAnswer,
} from '../../../src/shared/answers/intranet.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import type { Api } from '../../api.js';

/** Where releases are read, with the addresses of the feeds. */
export const getIntranet = (api: Api): Promise<IntranetAnswer> => api.get('/api/intranet');

/** Gives the feeds other addresses: those so far lead nowhere any more. */
export const renewFeeds = (api: Api): Promise<IntranetAnswer> => api.post('/api/intranet/feed-key');

/** A page of the releases that are out in a language, newest first. */
export const listPages = (api: Api, language: PublicLanguage, after?: string): Promise<IntranetListAnswer> =>
  api.get(`/api/intranet/${language}`, { after });

/** One of them. */
export const getPage = (api: Api, language: PublicLanguage, id: string): Promise<IntranetPageAnswer> =>
  api.get(`/api/intranet/${language}/${encodeURIComponent(id)}`);
