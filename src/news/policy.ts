import type { Actor } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import { may } from '../people/permissions.js';
import { requireAccess } from './changing.js';
import { canMove, moves, type Move } from './workflow.js';
import type { NewsItem } from './types.js';
import type { NewsAction } from './service.js';

const authorMoves: readonly Move[] = ['resubmit', 'withdraw'];
const decisions: readonly Move[] = ['accept', 'requestChanges', 'reject'];

/** A decision on new news takes it into review on the way. */
function isOpen(item: NewsItem, move: Move): boolean {
  return canMove(item, move) || (item.state.status === 'submitted' && decisions.includes(move));
}

/** Whether the author may still change their item: until it is accepted or put away. */
function isOpenToAuthor({ state: { status } }: NewsItem): boolean {
  return status === 'submitted' || status === 'inReview' || status === 'changesRequested';
}

/** Reviewers edit what is not put away; authors their own until it is accepted. */
function mayEdit(actor: Actor, item: NewsItem): boolean {
  if (may(actor.role, 'news:review')) return isOpenToAuthor(item) || item.state.status === 'accepted';
  return actor.id === item.author.id && isOpenToAuthor(item);
}

function refuse({ id, state }: NewsItem, move: 'edit' | 'revise'): never {
  throw new AppError('news.moveNotAllowed', { id, move, state: state.status });
}

/** @throws AppError `permission.denied`; `news.moveNotAllowed` when the time for the actor's edits is over. */
export function requireEdit(actor: Actor, item: NewsItem): void {
  requireAccess(actor, item);
  if (!mayEdit(actor, item)) refuse(item, 'edit');
}

/**
 * Sending the form again is for authors alone, whatever else they may do.
 * @throws AppError `permission.denied`; `news.moveNotAllowed` when the author's time for changes is over.
 */
export function requireRevise(actor: Actor, item: NewsItem): void {
  if (item.author.id !== actor.id) throw new AppError('permission.denied', { id: item.id });
  if (!isOpenToAuthor(item)) refuse(item, 'revise');
}

/** What the actor may do with the item as it stands: the buttons to show. */
export function openActions(actor: Actor, item: NewsItem): NewsAction[] {
  const isAuthor = actor.id === item.author.id;
  const isReviewer = may(actor.role, 'news:review');
  const open = (Object.keys(moves) as Move[])
    .filter((move) => (authorMoves.includes(move) ? isAuthor : isReviewer))
    .filter((move) => isOpen(item, move));
  return [
    ...open,
    ...(mayEdit(actor, item) ? (['edit'] as const) : []),
    ...(isReviewer ? (['note'] as const) : []),
    ...(isReviewer && item.state.status === 'accepted' ? (['place'] as const) : []),
  ];
}
