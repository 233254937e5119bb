import { may } from '../people/permissions.js';
import { canMove, moves, type Move } from './moves.js';
import type { NewsItem } from './news.js';
import type { Actor, NewsAction } from './service.js';

const authorMoves: readonly Move[] = ['resubmit', 'withdraw'];
const decisions: readonly Move[] = ['accept', 'requestChanges', 'reject'];

/** A decision on new news takes it into review on the way. */
function isOpen(item: NewsItem, move: Move): boolean {
  return canMove(item, move) || (item.is.state === 'submitted' && decisions.includes(move));
}

/** What the actor may do with the item as it stands: the buttons to show. */
export function openActions(actor: Actor, item: NewsItem): NewsAction[] {
  const isAuthor = actor.id === item.author.id;
  const isReviewer = may(actor.role, 'news:review');
  const open = (Object.keys(moves) as Move[])
    .filter((move) => (authorMoves.includes(move) ? isAuthor : isReviewer))
    .filter((move) => isOpen(item, move));
  const { state } = item.is;
  const isPutAway = state === 'rejected' || state === 'withdrawn';
  const mayEdit = !isPutAway && (isReviewer || (isAuthor && state !== 'accepted'));
  return [
    ...open,
    ...(mayEdit ? (['edit'] as const) : []),
    ...(isReviewer ? (['note'] as const) : []),
    ...(isReviewer && state === 'accepted' ? (['place'] as const) : []),
  ];
}
