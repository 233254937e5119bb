import { z } from 'zod';
import type { Change } from '../../platform/commit.js';
import type { MessageId } from '../../platform/ids.js';
import { nextAttemptAt, type Message } from './message.js';
import type { DueEntry, OutboxStore } from './store-port.js';
import { prefixRange, type Rows } from '../../platform/rows.js';

const duePrefix = 'outbox-due|';
const troubledPrefix = 'outbox-troubled|';

const instant = z.iso.datetime({ offset: true });
const stateSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('pending'),
    attempts: z.number().int(),
    claimedUntil: instant.optional(),
    retryAt: instant.optional(),
    lastFault: z.string().optional(),
  }),
  z.object({ status: z.enum(['sent', 'cancelled']), at: instant }),
  z.object({ status: z.enum(['gone', 'failed', 'uncertain']), at: instant, reason: z.string() }),
]);
/** The envelope alone: what is inside is between the sender and the handler. */
const messageSchema = z.object({
  id: z.string(),
  dueAt: instant,
  body: z.looseObject({ kind: z.string() }),
  state: stateSchema,
});

/**
 * Messages in rows: `outbox|<id>` the message, `outbox-due|<time>|<id>` while it is pending, and
 * `outbox-troubled|<time>|<id>` with a copy of it while it needs a person.
 */
export function outboxStore(rows: Rows, partition: string): OutboxStore {
  return {
    find: async (id) => {
      const row = await rows.get(partition, messageKey(id));
      return row && { value: messageOf(row.value), version: row.version };
    },
    due: async (until, max, after) => {
      const range = {
        from: after ? `${after.key} ` : duePrefix,
        to: `${duePrefix}${timeKey(until)}~`,
        limit: max,
      };
      const { rows: found } = await rows.range<{ id: MessageId }>(partition, range);
      return found.map((row): DueEntry => ({ id: row.value.id, key: row.key }));
    },
    needingAttention: async (max) => {
      const { rows: found } = await rows.range(partition, prefixRange(troubledPrefix, max));
      return found.map((row) => messageOf(row.value));
    },
    insert: (message) => [
      { op: 'insert', key: messageKey(message.id), value: message },
      ...indexChanges(undefined, message),
    ],
    replace: (before, after) => [
      { op: 'replace', key: messageKey(after.id), value: after, version: before.version },
      ...indexChanges(before.value, after),
    ],
    record: (claimed, after) => [
      { op: 'replace', key: messageKey(after.id), value: after },
      ...indexChanges(claimed, after),
    ],
    dropEntry: (entry) => [{ op: 'delete', key: entry.key }],
    commit: (changes) => rows.commit(partition, changes),
  };
}

function messageKey(id: MessageId): string {
  return `outbox|${id}`;
}

/** Milliseconds since 1970, 15 digits: sorts as time. */
function timeKey(instant: string): string {
  return String(Date.parse(instant)).padStart(15, '0');
}

function messageOf(value: unknown): Message {
  return messageSchema.parse(value) as unknown as Message;
}

interface IndexRow {
  readonly key: string;
  readonly value: unknown;
}

/** The one index row that a message has in its state, if any. */
function indexRow(message: Message): IndexRow | undefined {
  const { id, state } = message;
  switch (state.status) {
    case 'pending':
      return { key: `${duePrefix}${timeKey(nextAttemptAt(message, state))}|${id}`, value: { id } };
    case 'failed':
    case 'uncertain':
      return { key: `${troubledPrefix}${timeKey(state.at)}|${id}`, value: message };
    default:
      return undefined;
  }
}

/** `delete` and `replace` hold only while the row of the state before stands. */
function indexChanges(before: Message | undefined, after: Message): Change[] {
  const old = before && indexRow(before);
  const next = indexRow(after);
  if (next && old?.key === next.key) return [{ op: 'replace', ...next }];
  return [
    ...(old ? [{ op: 'delete', key: old.key } as const] : []),
    ...(next ? [{ op: 'put', ...next } as const] : []),
  ];
}
