import { AppError } from '../platform/errors.js';
import type { NewsItem, NewsState, NewsStateName } from './types.js';

/** Each move of a news item: the states it may start from, and the one it ends in. Nothing else sets a state. */
export const moves = {
  startReview: { from: ['submitted'], to: 'inReview' },
  requestChanges: { from: ['inReview'], to: 'changesRequested' },
  resubmit: { from: ['changesRequested'], to: 'submitted' },
  accept: { from: ['inReview'], to: 'accepted' },
  reject: { from: ['inReview'], to: 'rejected' },
  reopen: { from: ['accepted', 'rejected', 'changesRequested'], to: 'inReview' },
  withdraw: { from: ['submitted', 'inReview', 'changesRequested', 'accepted'], to: 'withdrawn' },
} as const satisfies Record<string, { from: readonly NewsStateName[]; to: NewsStateName }>;

export type Move = keyof typeof moves;
type StateAfter<M extends Move> = Extract<NewsState, { status: (typeof moves)[M]['to'] }>;

/** Whether the move is open to an item as it stands. A used item can neither be withdrawn nor reopened. */
export function canMove(item: Pick<NewsItem, 'state' | 'uses'>, move: Move): boolean {
  const from: readonly NewsStateName[] = moves[move].from;
  const isHeld = item.uses.length > 0 && (move === 'withdraw' || move === 'reopen');
  return from.includes(item.state.status) && !isHeld;
}

/**
 * The item after a move.
 * @throws AppError `news.inUse` or `news.moveNotAllowed`, both with the state in which the item stands.
 */
export function applyMove<M extends Move>(item: NewsItem, move: M, next: StateAfter<M>): NewsItem {
  if (canMove(item, move)) return { ...item, state: next };
  const from: readonly NewsStateName[] = moves[move].from;
  const code = from.includes(item.state.status) ? 'news.inUse' : 'news.moveNotAllowed';
  throw new AppError(code, { id: item.id, move, state: item.state.status });
}

/** The item back in the state before its last move. Undo is the one way back that the table does not list. */
export function applyUndo(item: NewsItem, before: NewsState): NewsItem {
  return { ...item, state: before };
}
