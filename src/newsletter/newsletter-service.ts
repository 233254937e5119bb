import type { IssueId, StoryId } from '../platform/ids.js';
import type { PublicLanguage } from '../shared/languages.js';
import { approve, textChanged, unapprove } from './approval.js';
import { demand } from '../people/permissions.js';
import { findIssue, findStory, withItems, type NewsletterParts } from './changing.js';
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

async function view(parts: NewsletterParts, id: IssueId): Promise<IssueView> {
  const { issue, stories } = await findIssue(parts, id);
  const [entries, programme] = await Promise.all([withItems(parts, stories), parts.programme()]);
  return issueView(issue.value, entries, programme, parts.clock);
}

async function story(parts: NewsletterParts, id: IssueId, storyId: StoryId): Promise<StoryView> {
  const { stories } = await findIssue(parts, id);
  const [entry] = await withItems(parts, [findStory(stories, storyId)]);
  return storyView(entry ?? { story: findStory(stories, storyId) });
}

async function overviewLine(parts: NewsletterParts): Promise<IssueOverview | undefined> {
  const [newest] = await parts.store.lines(1);
  if (newest === undefined || !isOpen(newest)) return undefined;
  const { issue, stories } = await findIssue(parts, newest.id);
  return overviewOf(issue.value, await withItems(parts, stories));
}

async function mail(parts: NewsletterParts, id: IssueId, language: PublicLanguage): Promise<Mail> {
  const { issue, stories } = await findIssue(parts, id);
  const [current, programme] = await Promise.all([withItems(parts, stories), parts.programme()]);
  const entries = await withPinnedWords(parts, issue.value.is, current);
  return renderMail(modelOf(issue.value, entries, programme, language));
}

/** The newsletter over its store, the news and the outbox. */
export function newsletterService(parts: NewsletterParts): NewsletterService {
  return {
    issues: async (actor) => {
      demand(actor, 'newsletter:see');
      return parts.store.lines(listedIssues);
    },
    issue: async (actor, id) => {
      demand(actor, 'newsletter:see');
      return view(parts, id);
    },
    story: async (actor, id, storyId) => {
      demand(actor, 'newsletter:see');
      return story(parts, id, storyId);
    },
    overviewLine: async (actor) => {
      demand(actor, 'newsletter:see');
      return overviewLine(parts);
    },
    mail: async (actor, id, language) => {
      demand(actor, 'newsletter:see');
      return mail(parts, id, language);
    },
    open: async (actor) => open(parts, actor),
    place: async (actor, newsId) => place(parts, actor, newsId),
    remove: async (actor, id, storyId) => remove(parts, actor, id, storyId),
    arrange: async (actor, id, order) => arrange(parts, actor, id, order),
    arrangeAgain: async (actor, id) => arrangeAgain(parts, actor, id),
    chooseLead: async (actor, id, storyId) => chooseLead(parts, actor, id, storyId),
    weigh: async (actor, id, storyId, weight) => weigh(parts, actor, id, storyId, weight),
    editWords: async (actor, id, storyId, language, input) =>
      editWords(parts, actor, id, storyId, language, input),
    useItemWords: async (actor, id, storyId, language) => useItemWords(parts, actor, id, storyId, language),
    setDeadline: async (actor, id, deadline) => setDeadline(parts, actor, id, deadline),
    approve: async (actor, id, approval) => approve(parts, actor, id, approval),
    unapprove: async (actor, id) => unapprove(parts, actor, id),
    undo: async (actor, id, number) => undo(parts, actor, id, number),
    textChanged: async (item, actor) => textChanged(parts, item, actor),
  };
}
