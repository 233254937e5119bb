import { workflow } from '../platform/workflow.js';
import type { IssueShape, IssueState, IssueStateName, WholeIssue } from './types.js';

/** The moves of an issue. */
export const { moves, applyMove } = workflow<WholeIssue>()(
  {
    shape: { from: ['collecting', 'drafting', 'approved'], to: 'drafting' },
    approveFirst: { from: ['collecting', 'drafting'], to: 'drafting' },
    approve: { from: ['collecting', 'drafting'], to: 'approved' },
    sendBack: { from: ['collecting', 'drafting', 'approved'], to: 'drafting' },
    unapprove: { from: ['approved'], to: 'drafting' },
    send: { from: ['approved'], to: 'sending' },
    finish: { from: ['sending'], to: 'sent' },
    sentOtherwise: { from: ['approved'], to: 'sent' },
  },
  { error: 'newsletter.notEditable' },
);

/** Whether stories can still come and go and change. */
export function isOpen({ status }: { readonly status: IssueStateName }): boolean {
  const from: readonly IssueStateName[] = moves.shape.from;
  return from.includes(status);
}

/** The issue once the coordinator has shaped it: it is being drafted. @throws AppError `newsletter.notEditable`. */
export function toDrafting(issue: WholeIssue): WholeIssue {
  const { state } = issue;
  const sentBack = state.status === 'drafting' ? state.sentBack : undefined;
  return applyMove(issue, 'shape', { status: 'drafting', ...(sentBack && { sentBack }) });
}

/**
 * The issue after stories came or went: one that collects goes on collecting, an approved one must be approved again.
 * @throws AppError `newsletter.notEditable`.
 */
export function withoutApproval(issue: WholeIssue): WholeIssue {
  return issue.state.status === 'collecting' ? issue : toDrafting(issue);
}

/**
 * The issue back in the shape before its last step. Undo is the one move that the table does not list. An
 * approval comes back only while what it pinned is still current; else the issue is being drafted.
 */
export function applyUndo(
  { id, number, openedAt, auditCount, stories }: WholeIssue,
  before: IssueShape,
  isStillPinned: boolean,
): WholeIssue {
  const isStale = before.state.status === 'approved' && !isStillPinned;
  const state: IssueState = isStale ? { status: 'drafting' } : before.state;
  return { id, number, openedAt, auditCount, stories, ...before, state };
}
