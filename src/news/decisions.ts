import type { Actor } from '../platform/actor.js';
import { record, type Draft, type PersonActionContext } from '../platform/aggregate.js';
import { deterministicId, type MessageId } from '../platform/ids.js';
import { isWhole, markReady, marksOf, withMarks, type Texts } from '../content/text.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import { assigned } from './assign.js';
import { takesIntoReview } from './policy.js';
import { authorNotice, type NewsNotice } from './notices.js';
import type { NewsEvent, NewsItem, NewsState } from './types.js';
import { applyMove, applyUndo } from './workflow.js';

export type NewsDraft = Draft<NewsItem, NewsEvent, NewsState, NewMessage>;

export const recordEvent = record<NewsItem, NewsEvent, NewsState, NewMessage>;

/** A state that a decision leads to, without when and by whom. */
export type Decided =
  | { readonly status: 'accepted' }
  | { readonly status: 'changesRequested'; readonly note: string }
  | { readonly status: 'rejected'; readonly reason: string };

/** The id of the notice to the author about the audit entry with this number. */
export function noticeId({ id, author }: Pick<NewsItem, 'id' | 'author'>, auditNumber: number): MessageId {
  return deterministicId('newsNotice', id, String(auditNumber), author.id);
}

/** The draft with a notice to its author of what was recorded last, unless they did it themselves. */
export function notifyAuthor(
  draft: NewsDraft,
  { by, dueAt }: PersonActionContext,
  notice: NewsNotice,
): NewsDraft {
  const { author, auditCount } = draft.value;
  if (author.id === by.id) return draft;
  const body = authorNotice(author.id, notice);
  return {
    ...draft,
    messages: [...draft.messages, { id: noticeId(draft.value, auditCount), dueAt, body }],
  };
}

/**
 * The texts as an acceptance leaves them: whoever accepts an item says that what its author wrote is ready. A translation
 * that is still being written is not, until somebody says so.
 */
function acceptedTexts({ texts, originalLanguage }: NewsItem): Texts {
  const original = texts[originalLanguage];
  const isToSay = original !== undefined && isWhole(original) && original.ready !== original.revision;
  return isToSay ? markReady(texts, originalLanguage) : texts;
}

/** What is kept of a decision, with what its undo brings back beside the state. */
export function decisionEvent<Event extends NewsEvent>(
  event: Event,
  before: NewsItem,
  after: NewsItem,
): NewsEvent {
  const isSaid = event.action === 'accept' && after.texts !== before.texts;
  return isSaid ? { action: 'accept', marks: marksOf(before.texts) } : event;
}

/** The item as it was before an event: in its state, and with its texts as far as they were, with whoever took care of it. */
export function undone(
  item: NewsItem,
  { event, before }: { readonly event: NewsEvent; readonly before: NewsState },
): NewsItem {
  if (event.action === 'assign') return assigned(applyUndo(item, before), event.from);
  const isSaid = event.action === 'accept' && event.marks !== undefined;
  return { ...applyUndo(item, before), texts: isSaid ? withMarks(item.texts, event.marks) : item.texts };
}

/** A reviewer who edits submitted news, or decides on it, has taken it into review. */
export function takeIntoReview(draft: NewsDraft, actor: Actor, context: PersonActionContext): NewsDraft {
  const { value: item } = draft;
  if (item.state.status !== 'submitted' || !takesIntoReview(actor)) return draft;
  const { at, by } = context;
  const value = applyMove(item, 'startReview', { status: 'inReview', at, by });
  return recordEvent({ ...draft, value }, context, { action: 'startReview' }, item.state);
}

/** The draft after a decision, which takes submitted news into review on the way. */
export function decidedDraft(
  draft: NewsDraft,
  actor: Actor,
  context: PersonActionContext,
  move: 'accept' | 'requestChanges' | 'reject',
  decided: Decided,
): NewsDraft {
  const inReview = takeIntoReview(draft, actor, context);
  const state = { ...decided, at: context.at, by: context.by };
  const moved = applyMove(inReview.value, move, state);
  return { ...inReview, value: move === 'accept' ? { ...moved, texts: acceptedTexts(moved) } : moved };
}
