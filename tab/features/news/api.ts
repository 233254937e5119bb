import type { SeenRevisions } from '../../../src/content/edits.js';
import type { TextContent } from '../../../src/content/text.js';
import type { NewsAction } from '../../../src/news/policy.js';
import type { NewsItemAnswer, NewsListAnswer, NewsMessagesAnswer } from '../../../src/shared/answers/news.js';
import type { Language, PublicLanguage } from '../../../src/shared/languages.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Getter, Query, Api } from '../../api.js';

// What the first script asks for; what is done with an item stands in item/api.ts.

/** Everybody's news with a filter, or one's own, page by page. */
export function listNews(api: Getter, whose: 'all' | 'mine', query: Query): Promise<NewsListAnswer> {
  return api.get(whose === 'mine' ? '/api/news/mine' : '/api/news', query);
}

export function getNewsItem(api: Getter, id: string): Promise<NewsItemAnswer> {
  return api.get(`/api/news/${id}`);
}

/** The moves that one button does; editing and placing have places of their own. */
export type MoveAction = Exclude<NewsAction, 'edit' | 'place'>;

const moveRoutes: Readonly<Record<MoveAction, string>> = {
  startReview: 'start-review',
  accept: 'accept',
  requestChanges: 'request-changes',
  reject: 'reject',
  note: 'note',
  reopen: 'reopen',
  withdraw: 'withdraw',
  resubmit: 'resubmit',
};

/** One news item. */
export function newsItemApi(api: Api, id: string) {
  const path = `/api/news/${id}`;
  return {
    path,
    get: () => getNewsItem(api, id),
    auditPath: `${path}/audit`,
    /** @param after the `next` of the page before */
    messages: (after?: string) =>
      api.get<NewsMessagesAnswer>(`${path}/messages`, after === undefined ? {} : { after }),
    /** Writes to the author, or as the author to the communications team. */
    write: (text: string) => api.post<NewsItemAnswer>(`${path}/messages`, { text }),
    /** @param body the note or reason that some moves want */
    move: (move: MoveAction, body: object) => api.post<NewsItemAnswer>(`${path}/${moveRoutes[move]}`, body),
    /** @param audit the number of the change that is undone */
    undo: (audit: number) => api.post<NewsItemAnswer>(`${path}/undo`, { audit }),
    setText: (language: Language, content: TextContent, basedOn: number) =>
      api.put<NewsItemAnswer>(`${path}/texts/${language}`, { ...content, basedOn }),
    /** Marks a language as looked at beside the others. */
    checkText: (language: PublicLanguage, seen: SeenRevisions) =>
      api.post<NewsItemAnswer>(`${path}/texts/${language}/check`, { seen }),
    /** @param seen the details as the form was filled with */
    setDetails: (details: object, seen: Fields) =>
      api.put<NewsItemAnswer>(`${path}/details`, { ...details, seen }),
    placeInNewsletter: () => api.post('/api/newsletter/stories', { newsId: id }),
    makeRelease: () => api.post('/api/releases', { newsId: id }),
  };
}
