export type { IssueAnswer, IssueListAnswer, MailAnswer, StoryAnswer } from '../../newsletter/routes.js';
