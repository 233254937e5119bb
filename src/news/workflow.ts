import { workflow } from '../platform/workflow.js';
import type { NewsItem, NewsState } from './types.js';

/** The moves of a news item. A used item can neither be withdrawn nor reopened: `news.inUse`. */
export const { moves, canMove, applyMove } = workflow<NewsItem>()(
  {
    startReview: { from: ['submitted'], to: 'inReview' },
    requestChanges: { from: ['inReview'], to: 'changesRequested' },
    resubmit: { from: ['changesRequested'], to: 'submitted' },
    accept: { from: ['inReview'], to: 'accepted' },
    reject: { from: ['inReview'], to: 'rejected' },
    reopen: { from: ['accepted', 'rejected', 'changesRequested'], to: 'inReview' },
    withdraw: { from: ['submitted', 'inReview', 'changesRequested', 'accepted'], to: 'withdrawn' },
  },
  {
    error: 'news.moveNotAllowed',
    forbids: ({ uses }, move) =>
      uses.length > 0 && (move === 'withdraw' || move === 'reopen') ? 'news.inUse' : undefined,
  },
);

export type Move = keyof typeof moves;

/** The item back in the state before its last move. Undo is the one move that the table does not list. */
export function applyUndo(item: NewsItem, before: NewsState): NewsItem {
  return { ...item, state: before };
}
