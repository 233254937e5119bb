import type { Actor } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import { may, requirePermission } from '../people/permissions.js';
import type { NewsItem } from './types.js';
import { canMove, moves, type Move } from './workflow.js';

/** What a person may do with an item: its moves, and what leaves the state as it is. */
export type NewsAction = Move | 'edit' | 'note' | 'place';

const authorMoves: readonly Move[] = ['resubmit', 'withdraw'];
const decisions: readonly Move[] = ['accept', 'requestChanges', 'reject'];

/** Whoever reviews may see any item; an author sees their own. @throws AppError `permission.denied`. */
export function requireAccess(actor: Actor, item: NewsItem): void {
  if (item.author.id !== actor.id) requirePermission(actor, 'news:review');
}

/** @throws AppError `permission.denied` for everybody but the author, whatever else they may do. */
export function requireAuthor(actor: Actor, item: NewsItem): void {
  if (item.author.id !== actor.id) throw new AppError('permission.denied', { id: item.id });
}

/** A decision on submitted news takes it into review on the way. */
function isOpen(item: NewsItem, move: Move): boolean {
  return canMove(item, move) || (item.state.status === 'submitted' && decisions.includes(move));
}

/** Whether the author may still change their item: until it is accepted, rejected or withdrawn. */
function isOpenToAuthor({ state: { status } }: NewsItem): boolean {
  return status === 'submitted' || status === 'inReview' || status === 'changesRequested';
}

/** Reviewers edit what is neither rejected nor withdrawn; authors their own until it is accepted. */
function mayEdit(actor: Actor, item: NewsItem): boolean {
  if (may(actor.role, 'news:review')) return isOpenToAuthor(item) || item.state.status === 'accepted';
  return actor.id === item.author.id && isOpenToAuthor(item);
}

/**
 * What somebody may see of an item where it is used: who reviews or wrote it, all of it; others what readers may get, which is
 * what was said to be ready, and nothing of how it came about.
 */
export function seenWhereUsed(actor: Actor, item: NewsItem): NewsItem {
  if (item.author.id === actor.id || may(actor.role, 'news:review')) return item;
  const { id, projectId, author, submittedAt, originalLanguage, state, texts, uses, auditCount, made } = item;
  const ready = Object.entries(texts).filter(([, text]) => text.ready === text.revision);
  return {
    id,
    projectId,
    author,
    submittedAt,
    originalLanguage,
    state,
    texts: Object.fromEntries(ready),
    audiences: [],
    wishedChannels: [],
    uses,
    ...(made && { made }),
    auditCount,
  };
}

function notAllowed({ id, state }: NewsItem, move: 'edit' | 'revise'): AppError {
  return new AppError('news.moveNotAllowed', { id, move, state: state.status });
}

/** @throws AppError `permission.denied`; `news.moveNotAllowed` when the time for the actor's edits is over. */
export function requireEdit(actor: Actor, item: NewsItem): void {
  requireAccess(actor, item);
  if (!mayEdit(actor, item)) throw notAllowed(item, 'edit');
}

/** @throws AppError `permission.denied`; `news.moveNotAllowed` when the author's time for changes is over. */
export function requireRevise(actor: Actor, item: NewsItem): void {
  requireAuthor(actor, item);
  if (!isOpenToAuthor(item)) throw notAllowed(item, 'revise');
}

/** What the actor may do with the item now: the buttons to show. */
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
