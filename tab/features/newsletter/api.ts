import type { TextContent } from '../../../src/content/text.js';
import type { Weight } from '../../../src/newsletter/types.js';
import type {
  IssueAnswer,
  IssueListAnswer,
  MailAnswer,
  StoryAnswer,
} from '../../../src/shared/answers/newsletter.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { OrderBody } from './issue-view.js';
import type { Api } from '../../api.js';

/** All issues, newest first. */
export function listIssues(api: Api): Promise<IssueListAnswer> {
  return api.get('/api/newsletter');
}

/** Opens an issue. */
export function openIssue(api: Api): Promise<IssueAnswer> {
  return api.post('/api/newsletter');
}

export type IssueApi = ReturnType<typeof issueApi>;

/** One issue. */
export function issueApi(api: Api, id: string) {
  const path = `/api/newsletter/${id}`;
  return {
    path,
    get: () => api.get<IssueAnswer>(path),
    /** @param audit the number of the change that is undone */
    undo: (audit: number) => api.post<IssueAnswer>(`${path}/undo`, { audit }),
    /** @param seen what it replaces; so with the others */
    setDeadline: (deadline: string, seen: Fields) =>
      api.put<IssueAnswer>(`${path}/deadline`, { deadline, seen }),
    setOrder: (order: OrderBody, seen: OrderBody) =>
      api.put<IssueAnswer>(`${path}/order`, { ...order, seen }),
    setLead: (story: string, seen: Fields) => api.put<IssueAnswer>(`${path}/lead`, { story, seen }),
    /** Puts the stories back in the order that Big Room gives them. */
    arrange: (seen: OrderBody) => api.post<IssueAnswer>(`${path}/arrange`, { seen }),
    /** @param approval the reasons for what is not ready, and the stamp of what was seen */
    approve: (approval: {
      readonly waivers: readonly object[];
      readonly seen: string;
      readonly although?: boolean;
    }) => api.post<IssueAnswer>(`${path}/approve`, approval),
    sendBack: (reason: string) => api.post<IssueAnswer>(`${path}/send-back`, { reason }),
    unapprove: () => api.post<IssueAnswer>(`${path}/unapprove`),
    /** Says that it went out without Big Room. */
    markSent: () => api.post<IssueAnswer>(`${path}/sent`),
    setLetter: (language: PublicLanguage, texts: object, seen: Fields) =>
      api.put<IssueAnswer>(`${path}/letter/${language}`, { ...texts, seen }),
    /** Sends the mail to one address, once a form. */
    sendTest: (test: { readonly language: PublicLanguage; readonly to: string; readonly formId: string }) =>
      api.post(`${path}/test-mail`, test),
    previewPath: `${path}/preview`,
    preview: (language: PublicLanguage) => api.get<MailAnswer>(`${path}/preview`, { language }),
    /** The mail as a file. */
    exported: (language: PublicLanguage, format: 'html' | 'text' | 'eml') =>
      api.text(`${path}/export`, { language, format }),
  };
}

export type StoryApi = ReturnType<typeof storyApi>;

/** One story of an issue. */
export function storyApi(api: Api, issueId: string, storyId: string) {
  const path = `/api/newsletter/${issueId}/stories/${storyId}`;
  return {
    path,
    get: () => api.get<StoryAnswer>(path),
    remove: () => api.del<IssueAnswer>(path),
    setWeight: (weight: Weight, seen: Fields) => api.put<IssueAnswer>(`${path}/weight`, { weight, seen }),
    /** @param replaces when the words that these replace were saved; null where there were none */
    setOwnText: (language: PublicLanguage, words: Partial<TextContent>, replaces: string | null) =>
      api.put<IssueAnswer>(`${path}/words/${language}`, { words, replaces }),
    /** Stores it as the page closes. */
    putOwnTextLast: (language: PublicLanguage, words: Partial<TextContent>, replaces: string | null) =>
      api.putLast(`${path}/words/${language}`, { words, replaces }),
    /** Goes back to the text of the news item; `replaces` as for the others. */
    dropOwnText: (language: PublicLanguage, replaces: string | null) =>
      api.del<IssueAnswer>(`${path}/words/${language}`, { replaces }),
  };
}
