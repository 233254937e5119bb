import type { Actor } from '../platform/actor.js';
import { z } from 'zod';
import type { Change } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import { assertNoPersonalData } from '../content/personal-data.js';
import { parse } from '../platform/validation.js';
import { requirePermission } from '../people/permissions.js';
import { change, requireAccess, find, move, type NewsDeps } from './changing.js';
import { draftOf, noticeId, record, tellAuthor } from './draft.js';
import { takeUp } from './editing.js';
import { applyMove, applyUndo } from './workflow.js';
import { openActions } from './policy.js';
import type { AuditEntry, NewsItem } from './types.js';
import type { Moved, NewsService } from './service.js';

const maxNoteCharacters = 2000;
const noteSchema = z.string().trim().min(1).max(maxNoteCharacters);

function parseNote(field: 'note' | 'reason', input: string): string {
  const { [field]: text } = parse(z.object({ [field]: noteSchema }), { [field]: input });
  const note = text ?? '';
  assertNoPersonalData({ [field]: note });
  return note;
}

function requireAuthor(actor: Actor, item: NewsItem): void {
  if (item.author.id !== actor.id) throw new AppError('permission.denied', { id: item.id });
}

function accept(deps: NewsDeps, actor: Actor, id: NewsId): Promise<Moved> {
  requirePermission(actor, 'news:review');
  return move(deps, actor, id, (draft, actionContext) => {
    const before = draft.item.state;
    const taken = takeUp(draft, actor, actionContext);
    const item = applyMove(taken.item, 'accept', {
      status: 'accepted',
      at: actionContext.at,
      by: actionContext.by,
    });
    const accepted = record({ ...taken, item }, actionContext, { action: 'accept' }, before);
    return tellAuthor(accepted, actionContext, { about: 'newsAccepted', newsId: id });
  });
}

function requestChanges(deps: NewsDeps, actor: Actor, id: NewsId, input: string): Promise<Moved> {
  requirePermission(actor, 'news:review');
  const note = parseNote('note', input);
  return move(deps, actor, id, (draft, actionContext) => {
    const before = draft.item.state;
    const taken = takeUp(draft, actor, actionContext);
    const { at, by } = actionContext;
    const item = applyMove(taken.item, 'requestChanges', { status: 'changesRequested', at, by, note });
    const asked = record({ ...taken, item }, actionContext, { action: 'requestChanges', text: note }, before);
    return tellAuthor(asked, actionContext, { about: 'changesRequested', newsId: id, note });
  });
}

function reject(deps: NewsDeps, actor: Actor, id: NewsId, input: string): Promise<Moved> {
  requirePermission(actor, 'news:review');
  const reason = parseNote('reason', input);
  return move(deps, actor, id, (draft, actionContext) => {
    const before = draft.item.state;
    const taken = takeUp(draft, actor, actionContext);
    const { at, by } = actionContext;
    const item = applyMove(taken.item, 'reject', { status: 'rejected', at, by, reason });
    const rejected = record({ ...taken, item }, actionContext, { action: 'reject', text: reason }, before);
    return tellAuthor(rejected, actionContext, { about: 'newsRejected', newsId: id, reason });
  });
}

function note(deps: NewsDeps, actor: Actor, id: NewsId, input: string): Promise<Moved> {
  requirePermission(actor, 'news:review');
  const text = parseNote('note', input);
  return move(deps, actor, id, (draft, actionContext) => {
    const noted = record(draft, actionContext, { action: 'note', text }, draft.item.state);
    return tellAuthor(noted, actionContext, {
      about: 'newsNote',
      newsId: id,
      note: text,
      from: actionContext.by.name,
    });
  });
}

function startReview(deps: NewsDeps, actor: Actor, id: NewsId): Promise<Moved> {
  requirePermission(actor, 'news:review');
  return move(deps, actor, id, (draft, actionContext) => {
    const { at, by } = actionContext;
    const item = applyMove(draft.item, 'startReview', { status: 'inReview', at, by });
    return record({ ...draft, item }, actionContext, { action: 'startReview' }, draft.item.state);
  });
}

function reopen(deps: NewsDeps, actor: Actor, id: NewsId): Promise<Moved> {
  requirePermission(actor, 'news:review');
  return move(deps, actor, id, (draft, actionContext) => {
    const { at, by } = actionContext;
    const item = applyMove(draft.item, 'reopen', { status: 'inReview', at, by });
    return record({ ...draft, item }, actionContext, { action: 'reopen' }, draft.item.state);
  });
}

function resubmit(deps: NewsDeps, actor: Actor, id: NewsId): Promise<Moved> {
  return move(deps, actor, id, (draft, actionContext) => {
    requireAuthor(actor, draft.item);
    const item = applyMove(draft.item, 'resubmit', { status: 'submitted', at: actionContext.at });
    return record({ ...draft, item }, actionContext, { action: 'resubmit' }, draft.item.state);
  });
}

function withdraw(deps: NewsDeps, actor: Actor, id: NewsId): Promise<Moved> {
  return move(deps, actor, id, (draft, actionContext) => {
    requireAuthor(actor, draft.item);
    const item = applyMove(draft.item, 'withdraw', { status: 'withdrawn', at: actionContext.at });
    return record({ ...draft, item }, actionContext, { action: 'withdraw' }, draft.item.state);
  });
}

/** The last entry, when it is the one to take back, has something to go back to, and is the actor's own. */
function undoable(
  entry: AuditEntry | undefined,
  actor: Actor,
): entry is AuditEntry & Required<Pick<AuditEntry, 'before'>> {
  return entry?.before !== undefined && entry.by.id === actor.id;
}

/** Holds back the word to the author; once that has left, what it said stands. */
async function callBack(deps: NewsDeps, item: NewsItem, auditNumber: number): Promise<Change[]> {
  try {
    return await deps.outbox.cancel(noticeId(item, auditNumber));
  } catch (error) {
    if (isAppError(error, 'outbox.tooLate')) throw new AppError('undo.tooLate', { id: item.id });
    throw error;
  }
}

async function undo(deps: NewsDeps, actor: Actor, id: NewsId, auditNumber: number): Promise<Moved> {
  const { value: standing } = await find(deps, id);
  requireAccess(actor, standing);
  const entry = await deps.store.auditEntry(id, auditNumber);
  if (!undoable(entry, actor)) throw new AppError('undo.tooLate', { id });
  const item = await change(deps, actor, id, async (current, actionContext) => {
    if (current.auditCount !== auditNumber) throw new AppError('undo.tooLate', { id });
    const back = record(draftOf(applyUndo(current, entry.before)), actionContext, { action: 'undo' });
    return { ...back, changes: await callBack(deps, current, auditNumber) };
  });
  return { item };
}

type Deciding = Pick<
  NewsService,
  | 'accept'
  | 'requestChanges'
  | 'reject'
  | 'note'
  | 'startReview'
  | 'reopen'
  | 'resubmit'
  | 'withdraw'
  | 'undo'
  | 'actions'
>;

export function deciding(deps: NewsDeps): Deciding {
  return {
    accept: async (actor, id) => accept(deps, actor, id),
    requestChanges: async (actor, id, text) => requestChanges(deps, actor, id, text),
    reject: async (actor, id, text) => reject(deps, actor, id, text),
    note: async (actor, id, text) => note(deps, actor, id, text),
    startReview: async (actor, id) => startReview(deps, actor, id),
    reopen: async (actor, id) => reopen(deps, actor, id),
    resubmit: (actor, id) => resubmit(deps, actor, id),
    withdraw: (actor, id) => withdraw(deps, actor, id),
    undo: (actor, id, auditNumber) => undo(deps, actor, id, auditNumber),
    actions: (actor, item) => openActions(actor, item),
  };
}
