import type { IssueId, StoryId } from '../platform/ids.js';
import type { PublicLanguage } from '../shared/languages.js';
import { approve, textChanged, unapprove } from './approval.js';
import { requirePermission } from '../people/permissions.js';
import { findIssue, findStory, withItems, type NewsletterDeps } from './changing.js';
import { modelOf } from './mail/from-issue.js';
import { renderMail, type Mail } from './mail/mail.js';
import { isOpen } from './workflow.js';
import { withPinnedWords } from './pinned.js';
import { open, place, remove } from './placing.js';
import type { IssueOverview, IssueView, NewsletterService, StoryView } from './service.js';
import { arrange, arrangeAgain, chooseLead, editWords, setDeadline, useItemWords, weigh } from './shaping.js';
import { undo } from './undo.js';
import { issueView, overviewOf, storyView } from './view.js';

const listedIssues = 100;

async function view(deps: NewsletterDeps, id: IssueId): Promise<IssueView> {
  const { issue, stories } = await findIssue(deps, id);
  const [entries, programme] = await Promise.all([withItems(deps, stories), deps.programme()]);
  return issueView(issue.value, entries, programme, deps.clock);
}

async function story(deps: NewsletterDeps, id: IssueId, storyId: StoryId): Promise<StoryView> {
  const { stories } = await findIssue(deps, id);
  const [entry] = await withItems(deps, [findStory(stories, storyId)]);
  return storyView(entry ?? { story: findStory(stories, storyId) });
}

async function overviewLine(deps: NewsletterDeps): Promise<IssueOverview | undefined> {
  const [newest] = await deps.store.lines(1);
  if (newest === undefined || !isOpen(newest)) return undefined;
  const { issue, stories } = await findIssue(deps, newest.id);
  return overviewOf(issue.value, await withItems(deps, stories));
}

async function mail(deps: NewsletterDeps, id: IssueId, language: PublicLanguage): Promise<Mail> {
  const { issue, stories } = await findIssue(deps, id);
  const [current, programme] = await Promise.all([withItems(deps, stories), deps.programme()]);
  const entries = await withPinnedWords(deps, issue.value.state, current);
  return renderMail(modelOf(issue.value, entries, programme, language));
}

/** The newsletter over its store, the news and the outbox. */
export function newsletterService(deps: NewsletterDeps): NewsletterService {
  return {
    issues: async (actor) => {
      requirePermission(actor, 'newsletter:see');
      return deps.store.lines(listedIssues);
    },
    issue: async (actor, id) => {
      requirePermission(actor, 'newsletter:see');
      return view(deps, id);
    },
    story: async (actor, id, storyId) => {
      requirePermission(actor, 'newsletter:see');
      return story(deps, id, storyId);
    },
    overviewLine: async (actor) => {
      requirePermission(actor, 'newsletter:see');
      return overviewLine(deps);
    },
    mail: async (actor, id, language) => {
      requirePermission(actor, 'newsletter:see');
      return mail(deps, id, language);
    },
    open: async (actor) => open(deps, actor),
    place: async (actor, newsId) => place(deps, actor, newsId),
    remove: async (actor, id, storyId) => remove(deps, actor, id, storyId),
    arrange: async (actor, id, order) => arrange(deps, actor, id, order),
    arrangeAgain: async (actor, id) => arrangeAgain(deps, actor, id),
    chooseLead: async (actor, id, storyId) => chooseLead(deps, actor, id, storyId),
    weigh: async (actor, id, storyId, weight) => weigh(deps, actor, id, storyId, weight),
    editWords: async (actor, id, storyId, language, input) =>
      editWords(deps, actor, id, storyId, language, input),
    useItemWords: async (actor, id, storyId, language) => useItemWords(deps, actor, id, storyId, language),
    setDeadline: async (actor, id, deadline) => setDeadline(deps, actor, id, deadline),
    approve: async (actor, id, approval) => approve(deps, actor, id, approval),
    unapprove: async (actor, id) => unapprove(deps, actor, id),
    undo: async (actor, id, number) => undo(deps, actor, id, number),
    textChanged: async (item, actor) => textChanged(deps, item, actor),
  };
}
