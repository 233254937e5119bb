import type { Actor } from '../platform/actor.js';
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../platform/errors.js';
import type { IssueId } from '../platform/ids.js';
import {
  change,
  withItems,
  type Decision,
  type Found,
  type NewsletterDeps,
  type ActionContext,
} from './changing.js';
import type { IssueAudit, IssueState, Story } from './types.js';
import { applyUndo, isOpen } from './workflow.js';
import { putBack, takeOut } from './placing.js';
import { pinsOf } from './readiness.js';
import type { IssueChanged } from './service.js';

type Before = NonNullable<IssueAudit['before']>;

function storiesAfter(
  stories: readonly Story[],
  { put = [], remove = [] }: Omit<Decision, 'event'>,
): Story[] {
  const kept = stories.filter(
    (story) => !remove.includes(story.id) && !put.some(({ id }) => id === story.id),
  );
  return [...kept, ...put];
}

/** Whether every text still stands at the revision that an approval pinned. */
async function isPinned(
  deps: NewsletterDeps,
  is: IssueState,
  found: Found,
  decision: Omit<Decision, 'event'>,
): Promise<boolean> {
  if (is.status !== 'approved') return false;
  const pins = pinsOf(await withItems(deps, storiesAfter(found.stories, decision)));
  return isDeepStrictEqual(pins, is.pins);
}

/** What becomes of the stories; the issue itself stands yet as it was found. */
async function takeBack(
  deps: NewsletterDeps,
  actor: Actor,
  found: Found,
  { did, before }: { did: IssueAudit['event']; before: Before },
  actionContext: ActionContext,
): Promise<Omit<Decision, 'event'>> {
  const { issue } = found;
  if (did.action === 'place') {
    const { decision, isTold } = await takeOut(deps, actor, found, did.storyId);
    if (isTold) throw new AppError('undo.tooLate', { id: issue.id });
    return decision;
  }
  if (before.story === undefined) return { issue };
  if (did.action === 'remove') return putBack(deps, actor, issue, before.story, actionContext);
  return { issue, put: [before.story] };
}

/** Takes back the actor's own last step while nothing else has happened since. */
export function undo(deps: NewsletterDeps, actor: Actor, id: IssueId, number: number): Promise<IssueChanged> {
  return change(deps, actor, id, async (found, actionContext) => {
    const isNewest = number === found.issue.auditCount && isOpen(found.issue.state);
    const entry = isNewest ? await deps.store.audit(id, number) : undefined;
    if (entry?.before === undefined || entry.by.id !== actor.id) {
      throw new AppError('undo.tooLate', { id, number });
    }
    const { event, before } = entry;
    const decision = await takeBack(deps, actor, found, { did: event, before }, actionContext);
    const isStillPinned = await isPinned(deps, before.shape.state, found, decision);
    const issue = applyUndo(found.issue, before.shape, isStillPinned);
    return { ...decision, issue, event: { action: 'undo', of: number }, canUndo: false };
  });
}
