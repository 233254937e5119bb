import type { Actor } from '../platform/actor.js';
import type { Clock } from '../platform/clock.js';
import { whileConflicting, type Change } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import type { IssueId, StoryId } from '../platform/ids.js';
import type { NewsService } from '../news/service.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { requirePermission } from '../people/permissions.js';
import type { Programme } from '../people/person.js';
import { shapeOf, type Issue, type IssueEvent, type Story } from './types.js';
import type { IssueChanged } from './service.js';
import type { NewsletterStore, WholeIssue } from './store.js';
import type { StoryWithItem } from './readiness.js';

/** What the newsletter service is made of. */
export interface NewsletterDeps {
  readonly store: NewsletterStore;
  readonly news: Pick<NewsService, 'many' | 'use' | 'unuse' | 'revision'>;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly clock: Clock;
  readonly programme: () => Promise<Programme>;
  /** How long a word to an author waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
}

/** An issue as it was read; without a version it is new and not stored yet. */
export interface Found {
  readonly issue: Issue;
  readonly version?: string;
  readonly stories: readonly Story[];
}

/** What was decided: the issue as it will be, what becomes of its stories, and what is stored with it. */
export interface Decision {
  readonly issue: Issue;
  readonly event: IssueEvent;
  readonly put?: readonly Story[];
  readonly remove?: readonly StoryId[];
  /** The story as an undo brings it back. */
  readonly storyBefore?: Story;
  readonly changes?: readonly Change[];
  readonly messages?: readonly NewMessage[];
  /** Set to false where there is no way back. */
  readonly canUndo?: boolean;
}

/** Number and moment of the audit entry that a decision will have. */
export interface ActionContext {
  readonly auditNumber: number;
  readonly at: string;
  /** When a word about it may leave. */
  readonly noticeAt: string;
}

export async function findIssue({ store }: NewsletterDeps, id: IssueId): Promise<WholeIssue> {
  const found = await store.find(id);
  if (found === undefined) throw new AppError('newsletter.notFound', { id });
  return found;
}

export function findStory(stories: readonly Story[], id: StoryId): Story {
  const story = stories.find((candidate) => candidate.id === id);
  if (story === undefined) throw new AppError('newsletter.storyNotFound', { id });
  return story;
}

/** The stories with the items that they tell of. */
export async function withItems(
  { news }: NewsletterDeps,
  stories: readonly Story[],
): Promise<StoryWithItem[]> {
  const items = new Map(
    (await news.many(stories.map((story) => story.newsId))).map((item) => [item.id, item]),
  );
  return stories.map((story) => {
    const item = items.get(story.newsId);
    return { story, ...(item && { item }) };
  });
}

function countAfter(stories: readonly Story[], { put = [], remove = [] }: Decision): number {
  const ids = new Set([...stories, ...put].map((story) => story.id));
  for (const id of remove) ids.delete(id);
  return ids.size;
}

/** What is stored for a decision: the issue, its line, its stories and the audit entry. */
export function changesOf(
  { store }: NewsletterDeps,
  actor: Actor,
  found: Found,
  decision: Decision,
  at: string,
): Change[] {
  const number = found.issue.auditCount + 1;
  const { event, storyBefore, put, remove, canUndo = true } = decision;
  const before = { shape: shapeOf(found.issue), ...(storyBefore && { story: storyBefore }) };
  const change = {
    issue: { ...decision.issue, auditCount: number },
    storyCount: countAfter(found.stories, decision),
    ...(put && { put }),
    ...(remove && { remove }),
    audit: { number, at, by: { id: actor.id, name: actor.name }, event, ...(canUndo && { before }) },
  };
  if (found.version === undefined) return store.insert(change);
  return store.replace({ value: found.issue, version: found.version }, change);
}

/**
 * Reads, decides, and stores what was decided; reads and decides anew when somebody else was faster. No decision
 * stores nothing.
 */
export async function changeFound(
  deps: NewsletterDeps,
  actor: Actor,
  read: () => Promise<Found>,
  decide: (
    found: Found,
    actionContext: ActionContext,
  ) => Decision | undefined | Promise<Decision | undefined>,
): Promise<IssueChanged> {
  return whileConflicting(async () => {
    const found = await read();
    const { id: issueId, number, auditCount } = found.issue;
    const now = deps.clock.now();
    const noticeAt = now.add({ seconds: deps.undoSeconds }).toString();
    const decision = await decide(found, { auditNumber: auditCount + 1, at: now.toString(), noticeAt });
    if (decision === undefined) return { issueId, number };
    const changes = changesOf(deps, actor, found, decision, now.toString());
    await deps.outbox.commit([...changes, ...(decision.changes ?? [])], decision.messages);
    return { issueId, number, ...(decision.canUndo !== false && { undo: auditCount + 1 }) };
  });
}

/** As {@link changeFound}, for one issue that is stored. */
export function change(
  deps: NewsletterDeps,
  actor: Actor,
  id: IssueId,
  decide: (
    found: Found,
    actionContext: ActionContext,
  ) => Decision | undefined | Promise<Decision | undefined>,
): Promise<IssueChanged> {
  requirePermission(actor, 'newsletter:edit');
  const read = async (): Promise<Found> => {
    const { issue, stories } = await findIssue(deps, id);
    return { issue: issue.value, version: issue.version, stories };
  };
  return changeFound(deps, actor, read, decide);
}
