import { z } from 'zod';
import type { PersonRef } from '../platform/actor.js';
import { newestNumberFirst } from '../platform/audit-trail.js';
import type { Change } from '../platform/commit.js';
import type { NewsId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import type { Partition } from '../platform/partition.js';
import { insert, storedKind, storedPersonRef } from '../platform/stored.js';
import { messageKinds, type NewsAuditEntry, type NewsMessage } from './types.js';

const messagesPerPage = 50;

const newsMessageRow = storedKind<NewsMessage>({
  name: 'news message',
  schema: z.looseObject({
    number: z.number(),
    at: z.string(),
    by: storedPersonRef,
    kind: z.enum(messageKinds),
    text: z.string(),
  }),
});

/**
 * What the author of an item and the communications team write to each other about it: a row `news-message|<id>|<number>` for
 * each message, under the number of the audit entry with which it was stored.
 */
export function newsThread(partition: Partition) {
  const prefix = (id: NewsId): string => `news-message|${id}|`;
  const key = (id: NewsId, number: number): string => prefix(id) + newestNumberFirst(number);
  return {
    add: (id: NewsId, message: NewsMessage): Change =>
      insert(newsMessageRow, key(id, message.number), message),
    /** The change that takes a message back; none where the audit entry brought none. */
    remove: async (id: NewsId, number: number): Promise<Change[]> => {
      const found = await partition.get(newsMessageRow, key(id, number));
      return found === undefined ? [] : [{ op: 'delete', key: key(id, number), version: found.version }];
    },
    /** Newest first, 50 a page. */
    page: (id: NewsId, after?: string): Promise<Page<NewsMessage>> =>
      partition.page(newsMessageRow, prefix(id), messagesPerPage, after),
  };
}

/** What audit entries from before the thread say of it: what was asked, and notes. */
export function messagesOfAudit(entries: readonly NewsAuditEntry[]): NewsMessage[] {
  const undone = new Set(
    entries.filter(({ event }) => event.action === 'undo').map(({ number }) => number - 1),
  );
  return entries.flatMap(({ number, at, by, event }): NewsMessage[] => {
    const from: PersonRef | undefined = by;
    if (from === undefined || undone.has(number)) return [];
    if (event.action === 'requestChanges')
      return [{ number, at, by: from, kind: 'question', text: event.text }];
    if (event.action === 'note') return [{ number, at, by: from, kind: 'message', text: event.text }];
    return [];
  });
}
