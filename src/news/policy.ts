import { inNameOf, isBy, isTheirs, refOf, representedBy, type Actor } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import { may, requirePermission, signedFor } from '../people/permissions.js';
import type { PersonId } from '../platform/ids.js';
import type { NewsItem } from './types.js';
import { canMove, moves, type Move } from './workflow.js';

/**
 * What a person may do with an item: its moves, and what leaves the state as it is. `edit` is the texts, `editDetails` what
 * stands beside them.
 */
export type NewsAction = Move | 'edit' | 'editDetails' | 'note' | 'place';

const authorMoves: readonly Move[] = ['resubmit', 'withdraw'];
const decisions: readonly Move[] = ['accept', 'requestChanges', 'reject'];

/** Whoever may see the inbox may see any item; an author sees their own. @throws AppError `permission.denied`. */
export function requireAccess(actor: Actor, item: NewsItem): void {
  if (!isTheirs(actor, item.author.id)) requirePermission(actor, 'news:see');
}

/**
 * The actor as they sign what the author alone does: themselves, or in the author's name while they act for them.
 * @throws AppError `permission.denied` for everybody else, whatever they may do.
 */
export function requireAuthor(actor: Actor, item: NewsItem): Actor {
  if (item.author.id === actor.id) return actor;
  const author = representedBy(actor, item.author.id);
  if (author === undefined) throw new AppError('permission.denied', { id: item.id });
  return inNameOf(actor, author);
}

/** A decision on submitted news takes it into review on the way. */
function isOpen(item: NewsItem, move: Move): boolean {
  return canMove(item, move) || (item.state.status === 'submitted' && decisions.includes(move));
}

/** Whether the author may still change their item: until it is accepted, rejected or withdrawn. */
function isOpenToAuthor({ state: { status } }: NewsItem): boolean {
  return status === 'submitted' || status === 'inReview' || status === 'changesRequested';
}

/** What of an item is changed: its texts, or what stands beside them. */
type Edited = 'texts' | 'details';

const editsOthers = { texts: 'news:translate', details: 'news:edit' } as const;

/**
 * Whose work it is changes what is neither rejected nor withdrawn: translators the texts, coordinators all of it. Authors
 * change their own until it is accepted.
 */
function mayEdit(actor: Actor, item: NewsItem, what: Edited): boolean {
  if (may(actor, editsOthers[what])) return isOpenToAuthor(item) || item.state.status === 'accepted';
  return isTheirs(actor, item.author.id) && isOpenToAuthor(item);
}

/** Whether what the actor does to a submitted item takes it into review: a translation alone does not. */
export function takesIntoReview(actor: Actor): boolean {
  return may(actor, 'news:edit') || may(actor, 'news:decide');
}

/** Whether the actor speaks for the communications team, so that an edit of theirs deals with what the author wrote. */
export function speaksForTeam(actor: Actor, item: NewsItem): boolean {
  return !isBy(refOf(actor), item.author.id) && takesIntoReview(actor);
}

/**
 * Whether what the actor writes about an item is the author's word: their own item, or one of somebody for whom they act, unless
 * they speak for the communications team themselves.
 */
export function writesAsAuthor(actor: Actor, item: Pick<NewsItem, 'author'>): boolean {
  if (item.author.id === actor.id) return true;
  return isTheirs(actor, item.author.id) && !may({ role: actor.role }, 'news:decide');
}

/** Who may see an item: all of the inbox, or their own. */
export function maySee(actor: Actor, authorId: PersonId): boolean {
  return isTheirs(actor, authorId) || may(actor, 'news:see');
}

/** Which of what waits in the inbox is for the actor; see `waitingNews`. */
export function waitingFor(actor: Actor): { readonly toDecide: boolean; readonly toTranslate: boolean } {
  return { toDecide: may(actor, 'news:decide'), toTranslate: may(actor, 'news:translate') };
}

/** Whether somebody can be given items to take care of. */
export function mayTakeCare(actor: Pick<Actor, 'role' | 'actsFor'>): boolean {
  return may(actor, 'news:edit');
}

/**
 * What somebody may see of an item where it is used: who reviews or wrote it, all of it; others what readers may get, which is
 * what was said to be ready, and nothing of how it came about.
 */
export function seenWhereUsed(actor: Actor, item: NewsItem): NewsItem {
  if (maySee(actor, item.author.id)) return item;
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

/**
 * The actor as they sign the edit: themselves, or in the name of somebody by whose right alone they may.
 * @throws AppError `permission.denied`; `news.moveNotAllowed` when the time for the actor's edits is over.
 */
export function requireEdit(actor: Actor, item: NewsItem, what: Edited = 'texts'): Actor {
  if (!isTheirs(actor, item.author.id)) requirePermission(actor, editsOthers[what]);
  if (!mayEdit(actor, item, what)) throw notAllowed(item, 'edit');
  const isOwn = item.author.id === actor.id && isOpenToAuthor(item);
  const signed = signedFor(actor, editsOthers[what]);
  if (isOwn || (signed === actor && may(actor, editsOthers[what]))) return actor;
  const author = isOpenToAuthor(item) ? representedBy(actor, item.author.id) : undefined;
  return author === undefined ? signed : inNameOf(actor, author);
}

/**
 * As {@link requireAuthor}.
 * @throws AppError `permission.denied`; `news.moveNotAllowed` when the author's time for changes is over.
 */
export function requireRevise(actor: Actor, item: NewsItem): Actor {
  const author = requireAuthor(actor, item);
  if (!isOpenToAuthor(item)) throw notAllowed(item, 'revise');
  return author;
}

/** What the actor may do with the item now: the buttons to show. */
export function openActions(actor: Actor, item: NewsItem): NewsAction[] {
  const isAuthor = isTheirs(actor, item.author.id);
  const decides = may(actor, 'news:decide');
  const mayMake = (move: Move): boolean => {
    if (authorMoves.includes(move)) return isAuthor;
    return move === 'startReview' ? may(actor, 'news:edit') : decides;
  };
  const open = (Object.keys(moves) as Move[]).filter(mayMake).filter((move) => isOpen(item, move));
  return [
    ...open,
    ...(mayEdit(actor, item, 'texts') ? (['edit'] as const) : []),
    ...(mayEdit(actor, item, 'details') ? (['editDetails'] as const) : []),
    ...(decides ? (['note'] as const) : []),
    ...(may(actor, 'news:edit') && item.state.status === 'accepted' ? (['place'] as const) : []),
  ];
}
