import { AppError } from '../platform/errors.js';
import type { Issue, IssueShape, IssueState, IssueStateName } from './types.js';

/** Each move of an issue: the states it may start from, and the one it ends in. Nothing else sets a state. */
export const moves = {
  shape: { from: ['collecting', 'drafting', 'approved'], to: 'drafting' },
  approve: { from: ['collecting', 'drafting'], to: 'approved' },
  unapprove: { from: ['approved'], to: 'drafting' },
  send: { from: ['approved'], to: 'sending' },
  finish: { from: ['sending'], to: 'sent' },
} as const satisfies Record<string, { from: readonly IssueStateName[]; to: IssueStateName }>;

export type Move = keyof typeof moves;
type StateAfter<M extends Move> = Extract<IssueState, { status: (typeof moves)[M]['to'] }>;

export function canMove(issue: Pick<Issue, 'state'>, move: Move): boolean {
  const from: readonly IssueStateName[] = moves[move].from;
  return from.includes(issue.state.status);
}

/**
 * The issue after a move.
 * @throws AppError `newsletter.notEditable` with the state in which it stands.
 */
export function applyMove<M extends Move>(issue: Issue, move: M, next: StateAfter<M>): Issue {
  if (!canMove(issue, move)) {
    throw new AppError('newsletter.notEditable', { id: issue.id, move, state: issue.state.status });
  }
  return { ...issue, state: next };
}

/** Whether stories can still come and go and change. */
export function isOpen({ status }: { readonly status: IssueStateName }): boolean {
  const from: readonly IssueStateName[] = moves.shape.from;
  return from.includes(status);
}

/**
 * The issue after stories came or went: one that collects goes on collecting, an approved one must be approved
 * again.
 * @throws AppError `newsletter.notEditable`.
 */
export function loosen(issue: Issue): Issue {
  return issue.state.status === 'collecting' ? issue : applyMove(issue, 'shape', { status: 'drafting' });
}

/**
 * The issue back in the shape before its last step. Undo is the one way back that the table does not list. An
 * approval comes back only while what it pinned still stands; else the issue is being drafted.
 */
export function applyUndo(
  { id, number, openedAt, auditCount }: Issue,
  before: IssueShape,
  isStillPinned: boolean,
): Issue {
  const isStale = before.state.status === 'approved' && !isStillPinned;
  const is: IssueState = isStale ? { status: 'drafting' } : before.state;
  return { id, number, openedAt, auditCount, ...before, state: is };
}
