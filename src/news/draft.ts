import type { Revision } from '../content/text.js';
import type { PersonRef } from '../platform/actor.js';
import type { Change } from '../platform/commit.js';
import { deterministicId } from '../platform/ids.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { NewsNotice } from './notices.js';
import type { AuditEntry, NewsItem, NewsState } from './types.js';

/** An item on its way to its next version: as it will be, and all that is stored with it. */
export interface Draft {
  readonly item: NewsItem;
  readonly audit: readonly AuditEntry[];
  readonly revisions: readonly Revision[];
  readonly messages: readonly NewMessage[];
  readonly changes: readonly Change[];
}

/** Who acts, when, and until when a word to the author is held back for an undo. ISO instants. */
export interface ActionContext {
  readonly by: PersonRef;
  readonly at: string;
  readonly noticeAt: string;
}

export function draftOf(item: NewsItem): Draft {
  return { item, audit: [], revisions: [], messages: [], changes: [] };
}

/** The draft with one more entry in its audit trail. */
export function record(
  draft: Draft,
  { by, at }: ActionContext,
  did: AuditEntry['event'],
  before?: NewsState,
): Draft {
  const number = draft.item.auditCount + 1;
  const entry: AuditEntry = { number, at, by, event: did, ...(before && { before }) };
  return { ...draft, item: { ...draft.item, auditCount: number }, audit: [...draft.audit, entry] };
}

/** The id of the word to the author about the audit entry with this number. */
export function noticeId(item: Pick<NewsItem, 'id' | 'author'>, auditNumber: number): NewMessage['id'] {
  return deterministicId('newsNotice', item.id, String(auditNumber), item.author.id);
}

/** The draft with a word to its author, unless they did it themselves. Call it after `record`. */
export function tellAuthor(draft: Draft, actionContext: ActionContext, notice: NewsNotice): Draft {
  const { item } = draft;
  if (item.author.id === actionContext.by.id) return draft;
  const message: NewMessage = {
    id: noticeId(item, item.auditCount),
    dueAt: actionContext.noticeAt,
    body: { kind: 'notice', to: item.author.id, notice },
  };
  return { ...draft, messages: [...draft.messages, message] };
}

/** The draft with the message that lets the search index follow. */
export function reindex(draft: Draft, { at }: ActionContext): Draft {
  const { item } = draft;
  const message: NewMessage = {
    id: deterministicId('newsIndex', item.id, String(item.auditCount)),
    dueAt: at,
    body: { kind: 'newsIndex', newsId: item.id },
  };
  return { ...draft, messages: [...draft.messages, message] };
}
