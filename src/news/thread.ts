import { z } from 'zod';
import type { PersonRef } from '../platform/actor.js';
import { newestNumberFirst } from '../platform/audit-trail.js';
import type { Change } from '../platform/commit.js';
import { deterministicId, type NewsId, type PersonId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import type { Partition } from '../platform/partition.js';
import { insert, put, storedId, storedKind, storedPersonRef } from '../platform/stored.js';
import { messageKinds, type NewsAuditEntry, type NewsMessage } from './types.js';

const messagesPerPage = 50;

/** A message with the key under which it is known that it is stored, where it may be sent twice. */
interface StoredMessage extends NewsMessage {
  readonly key?: string;
}

/** Where a message is that an author sent under a key. */
interface Sent {
  readonly newsId: NewsId;
  readonly number: number;
}

const sentRow = storedKind<Sent>({
  name: 'news message key',
  schema: z.looseObject({ newsId: storedId<NewsId>(), number: z.number() }),
});

/**
 * The key of a message that Teams may deliver twice, or somebody send twice from one form: `from` is the id of the message or the
 * form. Another text is another message.
 */
export const messageKeyOf = (from: string, text: string): string =>
  deterministicId('newsMessage', from, text);

const newsMessageRow = storedKind<StoredMessage>({
  name: 'news message',
  schema: z.looseObject({
    number: z.number(),
    at: z.string(),
    by: storedPersonRef,
    kind: z.enum(messageKinds),
    text: z.string(),
    key: z.string().exactOptional(),
  }),
});

/**
 * What the author of an item and the communications team write to each other about it: a row `news-message|<id>|<number>` for
 * each message, under the number of the audit entry with which it was stored; and a row `news-message-key|<author>|<key>` for
 * each that may be sent twice.
 */
export function newsThread(partition: Partition) {
  const prefix = (id: NewsId): string => `news-message|${id}|`;
  const rowKey = (id: NewsId, number: number): string => prefix(id) + newestNumberFirst(number);
  const sentKey = (author: PersonId, key: string): string => `news-message-key|${author}|${key}`;

  return {
    add: (id: NewsId, message: StoredMessage): Change[] => {
      const { key, number, by } = message;
      const sent = { newsId: id, number };
      return [
        insert(newsMessageRow, rowKey(id, number), message),
        ...(key === undefined ? [] : [put(sentRow, sentKey(by.id, key), sent)]),
      ];
    },

    /** Where an author's message with this key is stored. */
    sent: async (author: PersonId, key: string): Promise<Sent | undefined> =>
      (await partition.get(sentRow, sentKey(author, key)))?.value,

    /** A message, and the one before it. */
    withPrevious: async (
      id: NewsId,
      number: number,
    ): Promise<{ readonly message?: NewsMessage; readonly previous?: NewsMessage }> => {
      const range = { from: rowKey(id, number), to: `${prefix(id)}~`, limit: 2 };
      const { rows } = await partition.range(newsMessageRow, range);
      const [message, previous] = rows.map(({ value }) => value);
      return { ...(message && { message }), ...(previous && { previous }) };
    },

    /** The changes that take a message back, which can be sent again then; none where the audit entry brought none. */
    remove: async (id: NewsId, number: number): Promise<Change[]> => {
      const key = rowKey(id, number);
      const found = await partition.get(newsMessageRow, key);
      if (found === undefined) return [];
      const { version, value } = found;
      const sentAt = value.key === undefined ? undefined : sentKey(value.by.id, value.key);
      const sent = sentAt === undefined ? undefined : await partition.get(sentRow, sentAt);
      return [
        { op: 'delete', key, version },
        ...(sentAt !== undefined && sent?.value.newsId === id && sent.value.number === number
          ? [{ op: 'delete', key: sentAt, version: sent.version } as const]
          : []),
      ];
    },

    /** Newest first, 50 a page. */
    page: async (id: NewsId, after?: string): Promise<Page<NewsMessage>> => {
      const { lines, ...page } = await partition.page(newsMessageRow, prefix(id), messagesPerPage, after);
      return { ...page, lines: lines.map(({ key: _key, ...message }) => message) };
    },
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
