import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../errors.js';
import type { IssueId } from '../ids.js';
import type { Actor } from '../news/service.js';
import {
  change,
  withItems,
  type Decision,
  type Found,
  type NewsletterParts,
  type Occasion,
} from './changing.js';
import type { Issue, IssueAudit, IssueShape, Story } from './issue.js';
import { isOpen } from './moves.js';
import { putBack, takeOut } from './placing.js';
import { pinsOf } from './readiness.js';
import type { IssueChanged } from './service.js';

type Before = NonNullable<IssueAudit['before']>;

const withShape = ({ id, number, openedAt, auditCount }: Issue, shape: IssueShape): Issue => ({
  id,
  number,
  openedAt,
  auditCount,
  ...shape,
});

function storiesAfter(stories: readonly Story[], { put = [], remove = [] }: Omit<Decision, 'did'>): Story[] {
  const kept = stories.filter(
    (story) => !remove.includes(story.id) && !put.some(({ id }) => id === story.id),
  );
  return [...kept, ...put];
}

/** An approval comes back only while every text is still at its pinned revision. */
async function settle(parts: NewsletterParts, found: Found, decision: Omit<Decision, 'did'>): Promise<Issue> {
  const { issue } = decision;
  if (issue.is.state !== 'approved') return issue;
  const pins = pinsOf(await withItems(parts, storiesAfter(found.stories, decision)));
  return isDeepStrictEqual(pins, issue.is.pins) ? issue : { ...issue, is: { state: 'drafting' } };
}

async function takeBack(
  parts: NewsletterParts,
  actor: Actor,
  found: Found,
  { did, before }: { did: IssueAudit['did']; before: Before },
  occasion: Occasion,
): Promise<Omit<Decision, 'did'>> {
  const issue = withShape(found.issue, before.shape);
  if (did.action === 'place') return { ...(await takeOut(parts, actor, found, did.storyId)), issue };
  if (before.story === undefined) return { issue };
  if (did.action === 'remove') return putBack(parts, actor, issue, before.story, occasion);
  return { issue, put: [before.story] };
}

export function undo(
  parts: NewsletterParts,
  actor: Actor,
  id: IssueId,
  number: number,
): Promise<IssueChanged> {
  return change(parts, actor, id, async (found, occasion) => {
    const isNewest = number === found.issue.auditCount && isOpen(found.issue.is);
    const entry = isNewest ? await parts.store.audit(id, number) : undefined;
    if (entry?.before === undefined) throw new AppError('undo.tooLate', { id, number });
    const decision = await takeBack(parts, actor, found, { did: entry.did, before: entry.before }, occasion);
    const issue = await settle(parts, found, decision);
    return { ...decision, issue, did: { action: 'undo', of: number }, canUndo: false };
  });
}
