export type { NewsItemAnswer, NewsListAnswer } from '../../news/routes.js';
