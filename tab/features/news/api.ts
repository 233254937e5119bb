import type { SeenRevisions } from '../../../src/content/edits.js';
import type { Presence } from '../../../src/news/presence.js';
import type { NewsAction } from '../../../src/news/policy.js';
import type {
  DeskAnswer,
  NewsItemAnswer,
  NewsListAnswer,
  NewsMessagesAnswer,
  NewsViewsAnswer,
  ReviewersAnswer,
} from '../../../src/shared/answers/news.js';
import type { NewsLine } from '../../../src/news/types.js';
import type { NewsView } from '../../../src/news/views.js';
import type { PlacedSeveralAnswer } from '../../../src/shared/answers/newsletter.js';
import type { OutletsAnswer } from '../../../src/shared/answers/outlets.js';
import type { Fields } from '../../../src/shared/merge.js';
import type { Getter, Query, Api } from '../../api.js';

// What the first script asks for; what is done with an item stands in item/api.ts.

/** Everybody's news with a filter, or one's own, page by page. */
export function listNews(api: Getter, whose: 'all' | 'mine', query: Query): Promise<NewsListAnswer> {
  return api.get(whose === 'mine' ? '/api/news/mine' : '/api/news', query);
}

/** The views of the inbox, in their order. */
export const newsViews: readonly NewsView[] = ['new', 'inWork', 'ready', 'archive'];

/**
 * The view that an address shows. What is searched for, or has a state of its own, is looked for in all views.
 */
export function viewOf(query: Query): NewsView | undefined {
  if (query.text || query.state) return undefined;
  return newsViews.find((view) => view === query.view) ?? 'new';
}

/** What is asked of the server for an address of the inbox. */
export function listQuery(query: Query): Query {
  const { state, project, missing, text } = query;
  const view = viewOf(query);
  return { view, ...(view !== undefined && { assigned: query.assigned }), state, project, missing, text };
}

/** How many items each view has. */
export function getViews(api: Getter): Promise<NewsViewsAnswer> {
  return api.get('/api/inbox/views');
}

/** Who has what open, and what changed last. */
export function getDesk(api: Getter): Promise<DeskAnswer> {
  return api.get('/api/inbox/now');
}

/** Says that one is here, and what one has open. */
export function notePresent(
  api: Api,
  here: Pick<Presence, 'isTyping' | 'language' | 'since'> & { readonly newsId?: string },
): Promise<unknown> {
  return api.put('/api/inbox/present', here);
}

/** Who may take care of an item. */
export function getReviewers(api: Getter): Promise<ReviewersAnswer> {
  return api.get('/api/inbox/reviewers');
}

/** Makes an item of a form: one for each form id, however often it is sent. */
export function submitNews(api: Api, form: object): Promise<NewsItemAnswer> {
  return api.post('/api/news', form);
}

/** What each outlet has of an item's text. */
export function getOutlets(api: Getter, id: string): Promise<OutletsAnswer> {
  return api.get(`/api/news/${id}/outlets`);
}

export function getNewsItem(api: Getter, id: string): Promise<NewsItemAnswer> {
  return api.get(`/api/news/${id}`);
}

/** The moves that one button does; editing and placing have places of their own. */
export type MoveAction = Exclude<NewsAction, 'edit' | 'editDetails' | 'place'>;

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

/** What came of something done with an outlet: the audit number to undo it by. */
export interface Done {
  readonly undo?: number;
  readonly issue?: { readonly id: string };
}

/** Puts several items into the newsletter, which is one step to undo. `revisions` are those that their lines show. */
export function placeInNewsletter(
  api: Api,
  lines: readonly Pick<NewsLine, 'id' | 'revisions'>[],
): Promise<PlacedSeveralAnswer> {
  const items = lines.map(({ id, revisions }) => ({ newsId: id, ...(revisions && { seen: revisions }) }));
  return api.post('/api/newsletter/stories/several', { items });
}

export function undoInNewsletter(api: Api, issueId: string, audit: number): Promise<unknown> {
  return api.post(`/api/newsletter/${issueId}/undo`, { audit });
}

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
    /** What the author wrote last needs no reply. */
    settleMessage: () => api.post<NewsItemAnswer>(`${path}/messages/settle`),
    /** @param body the note or reason that some moves want */
    move: (move: MoveAction, body: object) => api.post<NewsItemAnswer>(`${path}/${moveRoutes[move]}`, body),
    /** @param to nobody where it is null */
    assign: (to: string | null) => api.post<NewsItemAnswer>(`${path}/assign`, { to }),
    /** @param audit the number of the change that is undone */
    undo: (audit: number) => api.post<NewsItemAnswer>(`${path}/undo`, { audit }),
    /** @param seen the details as the form was filled with */
    setDetails: (details: object, seen: Fields) =>
      api.put<NewsItemAnswer>(`${path}/details`, { ...details, seen }),
    outletsPath: `${path}/outlets`,
    outlets: () => getOutlets(api, id),
    /**
     * @param seen the revisions on the screen, which placing may approve; so with the others
     * @param although somebody else is writing just now; so with the others
     */
    placeInNewsletter: (seen: SeenRevisions, although: boolean) =>
      api.post<Done>('/api/newsletter/stories', { newsId: id, seen, ...(although && { although }) }),
    takeFromNewsletter: (issueId: string, storyId: string) =>
      api.del<Done>(`/api/newsletter/${issueId}/stories/${storyId}`),
    undoInNewsletter: (issueId: string, audit: number) => undoInNewsletter(api, issueId, audit),
    makeRelease: (seen: SeenRevisions, although: boolean) =>
      api.post<Done>('/api/releases', { newsId: id, seen, ...(although && { although }) }),
    cancelRelease: (releaseId: string) => api.post<Done>(`/api/releases/${releaseId}/cancel`),
    publishRelease: (releaseId: string, { fi, sv }: SeenRevisions, although: boolean) =>
      api.post<Done>(`/api/releases/${releaseId}/publish`, {
        seen: { fi: fi ?? 0, sv: sv ?? 0 },
        ...(although && { although }),
      }),
    undoRelease: (releaseId: string, audit: number) => api.post(`/api/releases/${releaseId}/undo`, { audit }),
  };
}
