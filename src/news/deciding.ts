import { z } from 'zod';
import type { Change } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import { refusePersonalText } from '../content/personal-data.js';
import { parse } from '../platform/validation.js';
import { demand } from '../people/permissions.js';
import { change, demandSight, find, move, type NewsParts } from './changing.js';
import { draftOf, noticeId, record, tellAuthor } from './draft.js';
import { takeUp } from './editing.js';
import { applyMove, applyUndo } from './workflow.js';
import { openActions } from './permitted.js';
import type { AuditEntry, NewsItem } from './news.js';
import type { Actor, Moved, NewsService } from './service.js';

const mostNoteCharacters = 2000;
const noteSchema = z.string().trim().min(1).max(mostNoteCharacters);

function parseNote(field: 'note' | 'reason', input: string): string {
  const { [field]: text } = parse(z.object({ [field]: noteSchema }), { [field]: input });
  const note = text ?? '';
  refusePersonalText({ [field]: note });
  return note;
}

function demandAuthor(actor: Actor, item: NewsItem): void {
  if (item.author.id !== actor.id) throw new AppError('permission.denied', { id: item.id });
}

function accept(parts: NewsParts, actor: Actor, id: NewsId): Promise<Moved> {
  demand(actor, 'news:review');
  return move(parts, actor, id, (draft, occasion) => {
    const before = draft.item.is;
    const taken = takeUp(draft, actor, occasion);
    const item = applyMove(taken.item, 'accept', { state: 'accepted', at: occasion.at, by: occasion.by });
    const accepted = record({ ...taken, item }, occasion, { action: 'accept' }, before);
    return tellAuthor(accepted, occasion, { about: 'newsAccepted', newsId: id });
  });
}

function requestChanges(parts: NewsParts, actor: Actor, id: NewsId, input: string): Promise<Moved> {
  demand(actor, 'news:review');
  const note = parseNote('note', input);
  return move(parts, actor, id, (draft, occasion) => {
    const before = draft.item.is;
    const taken = takeUp(draft, actor, occasion);
    const { at, by } = occasion;
    const item = applyMove(taken.item, 'requestChanges', { state: 'changesRequested', at, by, note });
    const asked = record({ ...taken, item }, occasion, { action: 'requestChanges', text: note }, before);
    return tellAuthor(asked, occasion, { about: 'changesRequested', newsId: id, note });
  });
}

function reject(parts: NewsParts, actor: Actor, id: NewsId, input: string): Promise<Moved> {
  demand(actor, 'news:review');
  const reason = parseNote('reason', input);
  return move(parts, actor, id, (draft, occasion) => {
    const before = draft.item.is;
    const taken = takeUp(draft, actor, occasion);
    const { at, by } = occasion;
    const item = applyMove(taken.item, 'reject', { state: 'rejected', at, by, reason });
    const rejected = record({ ...taken, item }, occasion, { action: 'reject', text: reason }, before);
    return tellAuthor(rejected, occasion, { about: 'newsRejected', newsId: id, reason });
  });
}

function note(parts: NewsParts, actor: Actor, id: NewsId, input: string): Promise<Moved> {
  demand(actor, 'news:review');
  const text = parseNote('note', input);
  return move(parts, actor, id, (draft, occasion) => {
    const noted = record(draft, occasion, { action: 'note', text }, draft.item.is);
    return tellAuthor(noted, occasion, { about: 'newsNote', newsId: id, note: text, from: occasion.by.name });
  });
}

function startReview(parts: NewsParts, actor: Actor, id: NewsId): Promise<Moved> {
  demand(actor, 'news:review');
  return move(parts, actor, id, (draft, occasion) => {
    const { at, by } = occasion;
    const item = applyMove(draft.item, 'startReview', { state: 'inReview', at, by });
    return record({ ...draft, item }, occasion, { action: 'startReview' }, draft.item.is);
  });
}

function reopen(parts: NewsParts, actor: Actor, id: NewsId): Promise<Moved> {
  demand(actor, 'news:review');
  return move(parts, actor, id, (draft, occasion) => {
    const { at, by } = occasion;
    const item = applyMove(draft.item, 'reopen', { state: 'inReview', at, by });
    return record({ ...draft, item }, occasion, { action: 'reopen' }, draft.item.is);
  });
}

function resubmit(parts: NewsParts, actor: Actor, id: NewsId): Promise<Moved> {
  return move(parts, actor, id, (draft, occasion) => {
    demandAuthor(actor, draft.item);
    const item = applyMove(draft.item, 'resubmit', { state: 'submitted', at: occasion.at });
    return record({ ...draft, item }, occasion, { action: 'resubmit' }, draft.item.is);
  });
}

function withdraw(parts: NewsParts, actor: Actor, id: NewsId): Promise<Moved> {
  return move(parts, actor, id, (draft, occasion) => {
    demandAuthor(actor, draft.item);
    const item = applyMove(draft.item, 'withdraw', { state: 'withdrawn', at: occasion.at });
    return record({ ...draft, item }, occasion, { action: 'withdraw' }, draft.item.is);
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
async function callBack(parts: NewsParts, item: NewsItem, auditNumber: number): Promise<Change[]> {
  try {
    return await parts.outbox.cancel(noticeId(item, auditNumber));
  } catch (error) {
    if (isAppError(error, 'outbox.tooLate')) throw new AppError('undo.tooLate', { id: item.id });
    throw error;
  }
}

async function undo(parts: NewsParts, actor: Actor, id: NewsId, auditNumber: number): Promise<Moved> {
  const { value: standing } = await find(parts, id);
  demandSight(actor, standing);
  const entry = await parts.store.auditEntry(id, auditNumber);
  if (!undoable(entry, actor)) throw new AppError('undo.tooLate', { id });
  const item = await change(parts, actor, id, async (current, occasion) => {
    if (current.auditCount !== auditNumber) throw new AppError('undo.tooLate', { id });
    const back = record(draftOf(applyUndo(current, entry.before)), occasion, { action: 'undo' });
    return { ...back, changes: await callBack(parts, current, auditNumber) };
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

export function deciding(parts: NewsParts): Deciding {
  return {
    accept: async (actor, id) => accept(parts, actor, id),
    requestChanges: async (actor, id, text) => requestChanges(parts, actor, id, text),
    reject: async (actor, id, text) => reject(parts, actor, id, text),
    note: async (actor, id, text) => note(parts, actor, id, text),
    startReview: async (actor, id) => startReview(parts, actor, id),
    reopen: async (actor, id) => reopen(parts, actor, id),
    resubmit: (actor, id) => resubmit(parts, actor, id),
    withdraw: (actor, id) => withdraw(parts, actor, id),
    undo: (actor, id, auditNumber) => undo(parts, actor, id, auditNumber),
    actions: (actor, item) => openActions(actor, item),
  };
}
