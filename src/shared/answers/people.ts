export type { PeopleAnswer, SessionAnswer } from '../../people/routes.js';
