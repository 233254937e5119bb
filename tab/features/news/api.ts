import type { NewsItemAnswer, NewsListAnswer } from '../../../src/shared/answers/news.js';
import type { Getter, Query } from '../../api.js';

// What the first script asks for; what is done with an item stands in item/api.ts.

/** Everybody's news with a filter, or one's own, page by page. */
export function listNews(api: Getter, whose: 'all' | 'mine', query: Query): Promise<NewsListAnswer> {
  return api.get(whose === 'mine' ? '/api/news/mine' : '/api/news', query);
}

export function getNewsItem(api: Getter, id: string): Promise<NewsItemAnswer> {
  return api.get(`/api/news/${id}`);
}
