import type { Actor } from '../platform/actor.js';
import { today } from '../platform/clock.js';
import type { Change } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import { deterministicId, type IssueId, type MessageId, type NewsId, type StoryId } from '../platform/ids.js';
import type { NewsItem, NewsUse } from '../news/types.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import { requirePermission } from '../people/permissions.js';
import {
  change,
  changeFound,
  findIssue,
  findStory,
  type Decision,
  type Found,
  type NewsletterDeps,
  type ActionContext,
} from './changing.js';
import { firstDeadline } from './deadline.js';
import { issueId, storyId, usualWeight, type Issue, type Story } from './types.js';
import { isOpen, loosen } from './workflow.js';
import type { IssueChanged } from './service.js';

type Use = Extract<NewsUse, { in: 'newsletter' }>;

/** The issue that takes stories now: the newest one while it is open, else the next, not stored yet. */
async function openIssue(deps: NewsletterDeps): Promise<Found> {
  const [newest] = await deps.store.lines(1);
  if (newest !== undefined && isOpen(newest)) {
    const { issue, stories } = await findIssue(deps, newest.id);
    return { issue: issue.value, version: issue.version, stories };
  }
  const number = (newest?.number ?? 0) + 1;
  const issue: Issue = {
    id: issueId(number),
    number,
    state: { status: 'collecting' },
    deadline: firstDeadline(today(deps.clock)).toString(),
    openedAt: deps.clock.now().toString(),
    auditCount: 0,
  };
  return { issue, stories: [] };
}

const useOf = ({ id, number }: Issue, at: string): Use => ({ in: 'newsletter', id, number, at });

/** The word to the author; none to oneself. Each placing has its own, since an earlier one may be cancelled. */
function noticeTo(
  item: NewsItem,
  actor: Actor,
  story: StoryId,
  issue: Issue,
  actionContext: ActionContext,
): NewMessage[] {
  if (item.author.id === actor.id) return [];
  const id = deterministicId<MessageId>('newsPlaced', story, String(actionContext.auditNumber));
  const notice = { about: 'newsPlaced', newsId: item.id, issueNumber: issue.number } as const;
  return [{ id, dueAt: actionContext.noticeAt, body: { kind: 'notice', to: item.author.id, notice } }];
}

async function placeInto(
  deps: NewsletterDeps,
  actor: Actor,
  { issue, stories }: Found,
  newsId: NewsId,
  actionContext: ActionContext,
): Promise<Decision> {
  const id = storyId(issue.id, newsId);
  if (stories.some((story) => story.id === id)) {
    throw new AppError('newsletter.alreadyPlaced', { id: issue.id, number: issue.number });
  }
  const { item, changes, messages } = await deps.news.use(actor, newsId, useOf(issue, actionContext.at));
  const notices = noticeTo(item, actor, id, issue, actionContext);
  const story: Story = {
    id,
    newsId,
    projectId: item.projectId,
    weight: usualWeight,
    addedAt: actionContext.at,
    own: {},
    ...(notices[0] && { notice: notices[0].id }),
  };
  return {
    issue: loosen(issue),
    event: { action: 'place', storyId: id },
    put: [story],
    changes,
    messages: [...messages, ...notices],
  };
}

export async function place(deps: NewsletterDeps, actor: Actor, newsId: NewsId): Promise<IssueChanged> {
  requirePermission(actor, 'newsletter:edit');
  const changed = await changeFound(
    deps,
    actor,
    () => openIssue(deps),
    (found, actionContext) => placeInto(deps, actor, found, newsId, actionContext),
  );
  return { ...changed, storyId: storyId(changed.issueId, newsId) };
}

export function open(deps: NewsletterDeps, actor: Actor): Promise<IssueChanged> {
  requirePermission(actor, 'newsletter:edit');
  return changeFound(
    deps,
    actor,
    () => openIssue(deps),
    ({ issue, version }) =>
      version === undefined ? { issue, event: { action: 'open' }, canUndo: false } : undefined,
  );
}

/** The changes that hold the word to the author back; `undefined` when it has left. */
async function callBack({ outbox }: NewsletterDeps, notice: MessageId): Promise<Change[] | undefined> {
  try {
    return await outbox.cancel(notice);
  } catch (error) {
    if (isAppError(error, 'outbox.tooLate')) return undefined;
    throw error;
  }
}

/** A story taken out: the decision, and whether its author has been told of it already. */
interface TakenOut {
  readonly decision: Omit<Decision, 'event'>;
  readonly isTold: boolean;
}

/** Takes a story out. A word to its author that has not left yet stays unsaid. */
export async function takeOut(
  deps: NewsletterDeps,
  actor: Actor,
  { issue, stories }: Found,
  id: StoryId,
): Promise<TakenOut> {
  const { notice, ...story } = findStory(stories, id);
  const calledBack = notice === undefined ? [] : await callBack(deps, notice);
  const use = { in: 'newsletter', id: issue.id } as const;
  const { changes, messages } = await deps.news.unuse(actor, story.newsId, use);
  const { lead, ...withoutLead } = loosen(issue);
  const isTold = calledBack === undefined;
  const decision = {
    issue: lead === undefined || lead === id ? withoutLead : { ...withoutLead, lead },
    remove: [id],
    // Without its notice where the author was told: putting it back then says nothing twice.
    storyBefore: isTold || notice === undefined ? story : { ...story, notice },
    changes: [...changes, ...(calledBack ?? [])],
    messages,
  };
  return { decision, isTold };
}

export function remove(
  deps: NewsletterDeps,
  actor: Actor,
  id: IssueId,
  story: StoryId,
): Promise<IssueChanged> {
  return change(deps, actor, id, async (found) => {
    const { decision } = await takeOut(deps, actor, found, story);
    return { ...decision, event: { action: 'remove', storyId: story } };
  });
}

/** Puts a story back that was taken out, as it was; its author is told unless that was done before. */
export async function putBack(
  deps: NewsletterDeps,
  actor: Actor,
  issue: Issue,
  { notice: heldBack, ...story }: Story,
  actionContext: ActionContext,
): Promise<Omit<Decision, 'event'>> {
  const { item, changes, messages } = await deps.news.use(
    actor,
    story.newsId,
    useOf(issue, actionContext.at),
  );
  const notices = heldBack === undefined ? [] : noticeTo(item, actor, story.id, issue, actionContext);
  return {
    issue,
    put: [{ ...story, ...(notices[0] && { notice: notices[0].id }) }],
    changes,
    messages: [...messages, ...notices],
  };
}
