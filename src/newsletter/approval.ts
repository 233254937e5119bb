import type { Actor } from '../platform/actor.js';
import type { Change } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import type { IssueId } from '../platform/ids.js';
import type { NewsItem } from '../news/types.js';
import { change, changesOf, withItems, type NewsletterDeps } from './changing.js';
import { parseApproval } from './input.js';
import { applyMove, isOpen } from './workflow.js';
import { gapsOf, needed, pinsOf, stampOf, unwaived, type StoryWithItem } from './readiness.js';
import type { IssueChanged } from './service.js';

/** What stands must be what the approver looked at, where they say what that was. */
function requireSeen(entries: readonly StoryWithItem[], seen: string | undefined): void {
  const stamp = stampOf(entries);
  if (seen !== undefined && seen !== stamp) throw new AppError('text.conflict', { stamp });
}

/**
 * Approves what stands now, if that is what was seen. That nobody edits a text between the look at it and the pin is the work of
 * {@link textChanged}, which makes this commit fail and look again.
 */
export function approve(
  deps: NewsletterDeps,
  actor: Actor,
  id: IssueId,
  input: unknown,
): Promise<IssueChanged> {
  return change(deps, actor, id, async ({ issue, stories }, { at }) => {
    const { waivers: given, seen } = parseApproval(input);
    const entries = await withItems(deps, stories);
    requireSeen(entries, seen);
    if (issue.state.status === 'approved') return undefined;
    if (stories.length === 0) throw new AppError('newsletter.empty', { id });
    const gaps = gapsOf(entries);
    const missing = unwaived(gaps, given);
    if (missing.length > 0) throw new AppError('newsletter.languagesMissing', { id, missing });
    const waivers = needed(given, gaps);
    const approvedBy = { id: actor.id, name: actor.name };
    const approval = { approvedAt: at, approvedBy, pins: pinsOf(entries), waivers };
    return {
      issue: applyMove(issue, 'approve', { status: 'approved', ...approval }),
      event: { action: 'approve' },
    };
  });
}

export function unapprove(deps: NewsletterDeps, actor: Actor, id: IssueId): Promise<IssueChanged> {
  return change(deps, actor, id, ({ issue }) => {
    if (issue.state.status === 'drafting' || issue.state.status === 'collecting') return undefined;
    return { issue: applyMove(issue, 'unapprove', { status: 'drafting' }), event: { action: 'unapprove' } };
  });
}

/**
 * What follows in the newsletter when an item's words change. An approved issue that tells of it must be approved
 * again; an open one is touched, so that an approval under way at this moment notices.
 */
export async function textChanged(deps: NewsletterDeps, item: NewsItem, actor: Actor): Promise<Change[]> {
  const changes: Change[] = [];
  for (const use of item.uses) {
    const found = use.in === 'newsletter' ? await deps.store.find(use.id) : undefined;
    if (found === undefined || !isOpen(found.issue.value.state)) continue;
    const { value: issue, version } = found.issue;
    if (issue.state.status === 'approved') {
      const decision = {
        issue: applyMove(issue, 'unapprove', { status: 'drafting' }),
        event: { action: 'textChanged', newsId: item.id },
        canUndo: false,
      } as const;
      const at = deps.clock.now().toString();
      changes.push(...changesOf(deps, actor, { issue, version, stories: found.stories }, decision, at));
    } else {
      changes.push(deps.store.touch(found.issue));
    }
  }
  return changes;
}
