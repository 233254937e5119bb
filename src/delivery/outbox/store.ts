import { z } from 'zod';
import { auditLog, type LogEntry } from '../../platform/audit-trail.js';
import { newestFirst } from '../../platform/clock.js';
import type { Change, Versioned } from '../../platform/commit.js';
import type { MessageId, PersonId } from '../../platform/ids.js';
import type { Page } from '../../platform/pages.js';
import type { Partition } from '../../platform/partition.js';
import { canStand } from '../../platform/row-limits.js';
import { prefixRange } from '../../platform/rows.js';
import { insert, put, replace, storedId, storedKind } from '../../platform/stored.js';
import { waitingChanges, type WaitingEntry, type WaitingGroup } from '../../platform/waiting-index.js';
import {
  nextAttemptAt,
  type AwaitedPerson,
  type Message,
  type MessageBody,
  type Resolution,
} from './message.js';

const duePrefix = 'outbox-due|';
const attentionPrefix = 'outbox-troubled|';
const endedPrefix = 'outbox-ended|';
const messagePrefix = 'outbox|';
const endedIndexedKey = 'outbox-ended-indexed';
/** Two rows each, and a commit takes a hundred. */
const maxInCommit = 90;

const awaitedPrefix = 'outbox-awaited|';
const awaitedAboutPrefix = 'outbox-awaited-about|';
/** One trip. */
const maxAwaited = 1_000;

const instant = z.iso.datetime({ offset: true });
const stateSchema = z.discriminatedUnion('status', [
  z.looseObject({
    status: z.literal('pending'),
    attempts: z.number().int(),
    claimedUntil: instant.optional(),
    retryAt: instant.optional(),
    lastFault: z.string().optional(),
    isDoubtful: z.literal(true).optional(),
    waitsFor: z
      .looseObject({
        personId: z.string(),
        reason: z.string(),
        since: instant,
        subject: z.string().optional(),
      })
      .optional(),
  }),
  z.looseObject({ status: z.enum(['sent', 'cancelled']), at: instant }),
  z.looseObject({
    status: z.enum(['undeliverable', 'failed', 'uncertain']),
    at: instant,
    reason: z.string(),
  }),
]);

/** The envelope alone: the body is checked by its kind. */
const messageSchema = z.looseObject({
  id: z.string(),
  dueAt: instant,
  body: z.looseObject({ kind: z.string() }),
  state: stateSchema,
}) as unknown as z.ZodType<Message>;

/**
 * Version 1 called the status `is.state`, what can't be delivered `gone`, what is no more so `overtaken`, and `notifyMany`
 * by the name `tell`.
 */
function fromVersion1({ is, body, ...old }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { kind, ...facts } = body as MessageBody;
  const { state: status, reason, ...state } = (is ?? {}) as Readonly<Record<string, unknown>>;
  return {
    ...old,
    body: { kind: kind === 'tell' ? 'notifyMany' : kind, ...facts },
    ...(is !== undefined && {
      state: {
        status: status === 'gone' ? 'undeliverable' : status,
        ...state,
        ...(reason !== undefined && { reason: reason === 'overtaken' ? 'superseded' : reason }),
      },
    }),
  };
}

export const messageRow = storedKind<Message>({
  name: 'outbox.message',
  schema: messageSchema,
  upgrades: [fromVersion1],
});
const idSchema = z.looseObject({ id: z.string() }) as unknown as z.ZodType<{ readonly id: MessageId }>;
const dueRow = storedKind({ name: 'outbox.due', schema: idSchema });
const endedRow = storedKind({ name: 'outbox.ended', schema: idSchema });

/** How far the messages that older releases ended are found by when they ended. */
const endedIndexedRow = storedKind<{ readonly after?: string; readonly isDone: boolean }>({
  name: 'outbox.endedIndexed',
  schema: z.looseObject({ after: z.string().exactOptional(), isDone: z.boolean() }),
});

/** One message that waits for somebody to turn up: which, for whom, why and since when. */
export interface AwaitedMessage extends AwaitedPerson {
  readonly id: MessageId;
}

const awaitedRow = storedKind<AwaitedMessage>({
  name: 'outbox.awaited',
  schema: z.looseObject({
    id: storedId<MessageId>(),
    personId: storedId<PersonId>(),
    reason: z.string(),
    since: instant,
    subject: z.string().exactOptional(),
  }),
});

/** One entry of the due index: which message is to be looked at, in the order of their times. */
export interface DueEntry {
  readonly id: MessageId;
  /** Its key in the index; given back to continue after it. */
  readonly key: string;
}

export type OutboxStore = ReturnType<typeof outboxStore>;

/**
 * Messages beside what asked for them: `outbox|<id>` the message, `outbox-due|<time>|<id>` while it is pending, under the
 * time at which it is to be looked at next, `outbox-troubled|<time>|<id>` with a copy of it while it needs a person, and
 * `outbox-ended|<time>|<id>` once it has ended and needs nobody, until it is pruned. While it waits for somebody to turn up:
 * `outbox-awaited|<person>|<newest first>|<id>`, `outbox-awaited-about|<subject>|<person>|<id>`.
 * The changes made here keep message and indexes together.
 */
export function outboxStore(partition: Partition) {
  let areAllIndexed = false;
  const decisions = auditLog<Resolution>(partition, { name: 'outbox.resolution', prefix: 'outbox-audit|' });
  return {
    /** What people decided about messages that needed them, one trail of all. */
    decided: (entry: LogEntry<Resolution>): Change => decisions.add('all', entry),
    decisions: (after?: string): Promise<Page<LogEntry<Resolution>>> => decisions.page('all', after),

    /** @throws Error when what is stored is not a message: its entry in the due index has to stay. */
    find: (id: MessageId): Promise<Versioned<Message> | undefined> =>
      partition.getReadable(messageRow, messageKey(id)),

    /** Entries whose time has come by this ISO instant, earliest first. */
    async due(until: string, max: number, after?: DueEntry): Promise<readonly DueEntry[]> {
      const { rows } = await partition.range(dueRow, {
        from: after ? `${after.key} ` : duePrefix,
        to: `${duePrefix}${timeKey(until)}~`,
        limit: max,
      });
      return rows.map(({ key, value }): DueEntry => ({ id: value.id, key }));
    },

    /** Failed and uncertain messages, oldest first. */
    needingAttention: (max: number): Promise<Message[]> => partition.all(messageRow, attentionPrefix, max),

    /** What waits for a person, newest first. */
    awaited: async (personId: PersonId, max: number): Promise<readonly AwaitedMessage[]> =>
      canStand(personId) ? partition.all(awaitedRow, `${awaitedPrefix}${personId}|`, max) : [],

    /** What waits for anybody, person by person, newest first; at most 1,000. */
    allAwaited: (): Promise<readonly AwaitedMessage[]> =>
      partition.all(awaitedRow, awaitedPrefix, maxAwaited),

    /** What waits for anybody and is about one thing; at most 1,000. */
    awaitedAbout: async (subject: string): Promise<readonly AwaitedMessage[]> =>
      canStand(subject) ? partition.all(awaitedRow, `${awaitedAboutPrefix}${subject}|`, maxAwaited) : [],

    insert: (message: Message): Change[] => [
      insert(messageRow, messageKey(message.id), message),
      ...indexChanges(undefined, message),
    ],

    /** Holds when the message is still at the version that was read. */
    replace: (before: Versioned<Message>, after: Message): Change[] => [
      replace(messageRow, messageKey(after.id), before, after),
      ...indexChanges(before.value, after),
    ],

    /**
     * Holds when the message is still as it was claimed. That its entry is in the due index at the end of this
     * very claim shows it, so that nothing needs to be read again after the claim.
     */
    record: (claimed: Message, after: Message): Change[] => [
      { op: 'replace', key: messageKey(after.id), value: messageRow.write(after) },
      ...indexChanges(claimed, after),
    ],

    /** Takes an entry without a message out of the index. */
    dropEntry: (entry: DueEntry): Change[] => [{ op: 'delete', key: entry.key }],

    /**
     * Erases messages that ended before an ISO instant and need nobody, longest ago first.
     * @returns how many were looked at.
     */
    async prune(before: string, max: number): Promise<number> {
      const range = { from: endedPrefix, to: `${endedPrefix}${timeKey(before)}`, limit: max };
      const { rows } = await partition.range(endedRow, range);
      for (let from = 0; from < rows.length; from += maxInCommit / 2) {
        const some = rows.slice(from, from + maxInCommit / 2).map(async ({ key, value: { id } }) => {
          const found = await partition.get(messageRow, messageKey(id));
          // Asked for again since, it has another entry, or none.
          const isEnded = found !== undefined && endedKey(found.value) === key;
          return [
            { op: 'delete', key } as const,
            ...(isEnded ? [{ op: 'delete', key: messageKey(id), version: found.version } as const] : []),
          ];
        });
        await partition.commit((await Promise.all(some)).flat());
      }
      return rows.length;
    },

    /**
     * Puts the next of the messages that older releases ended into the index by when they ended.
     * @returns whether all are.
     */
    async indexNextEnded(): Promise<boolean> {
      if (areAllIndexed) return true;
      const marker = await partition.get(endedIndexedRow, endedIndexedKey);
      areAllIndexed = marker?.value.isDone === true;
      if (areAllIndexed) return true;
      const { rows, more } = await partition.raw(
        prefixRange(messagePrefix, maxInCommit, marker?.value.after),
      );
      const entries = rows.flatMap((row): Change[] => {
        const message = partition.valueOf(messageRow, row);
        if (message === undefined) return [];
        const key = endedKey(message);
        return key === undefined ? [] : [put(endedRow, key, { id: message.id })];
      });
      const after = rows.at(-1)?.key;
      const next = { ...(after !== undefined && { after }), isDone: !more };
      await partition.commit([...entries, put(endedIndexedRow, endedIndexedKey, next)]);
      areAllIndexed = !more;
      return areAllIndexed;
    },

    commit: (changes: readonly Change[]): Promise<void> => partition.commit(changes),
  };
}

/** Where a message that ended and needs nobody is found by when it ended. */
function endedKey({ id, state }: Message): string | undefined {
  const isEnded = state.status === 'sent' || state.status === 'cancelled' || state.status === 'undeliverable';
  return isEnded ? `${endedPrefix}${timeKey(state.at)}|${id}` : undefined;
}

function messageKey(id: MessageId): string {
  return messagePrefix + id;
}

/** Milliseconds since 1970, 15 digits: sorts as time. */
function timeKey(instant: string): string {
  return String(Date.parse(instant)).padStart(15, '0');
}

interface IndexRow {
  readonly key: string;
  readonly value: unknown;
}

/** The index rows that a message has in its state. */
function indexRows(message: Message): IndexRow[] {
  const { id, state } = message;
  switch (state.status) {
    case 'pending':
      return [
        {
          key: `${duePrefix}${timeKey(nextAttemptAt(message, state))}|${id}`,
          value: dueRow.write({ id }),
        },
        ...(state.waitsFor === undefined ? [] : awaitedRows({ id, ...state.waitsFor })),
      ];
    case 'failed':
    case 'uncertain':
      return [{ key: `${attentionPrefix}${timeKey(state.at)}|${id}`, value: messageRow.write(message) }];
    default:
      return [];
  }
}

/** They differ only where their keys do: a message waits for one person, for one reason. */
function awaitedRows(awaited: AwaitedMessage): IndexRow[] {
  const { id, personId, since, subject } = awaited;
  const value = awaitedRow.write(awaited);
  const byPerson = { key: `${awaitedPrefix}${personId}|${newestFirst(since)}|${id}`, value };
  return subject === undefined || !canStand(subject)
    ? [byPerson]
    : [byPerson, { key: `${awaitedAboutPrefix}${subject}|${personId}|${id}`, value }];
}

/** The group of messages that need a person, in the index of what waits. */
export const outboxAttentionGroup = 'outbox-attention';

/** The group of messages that wait for somebody to turn up. */
export const awaitedGroup = 'outbox-awaited';

/** Where a message waits, for the index of what waits: only numbers are shown. */
const waitingOf = (message: Message): WaitingEntry[] => [
  ...outboxWaiting(message),
  ...awaitedWaiting(message),
];

/** By person, whose id is the line: they are counted. */
function awaitedWaiting({ id, state }: Message): WaitingEntry[] {
  if (state.status !== 'pending' || state.waitsFor === undefined) return [];
  return [awaitedEntry({ id, ...state.waitsFor })];
}

function awaitedEntry({ id, personId, since }: AwaitedMessage): WaitingEntry {
  return { group: awaitedGroup, id, place: `${personId}|${newestFirst(since)}|${id}`, line: { personId } };
}

export function awaitedWaitingGroup(store: Pick<OutboxStore, 'allAwaited'>): WaitingGroup {
  return {
    name: awaitedGroup,
    read: async (limit) => {
      const all = await store.allAwaited();
      return { entries: all.slice(0, limit).map(awaitedEntry), more: all.length > limit };
    },
  };
}

function outboxWaiting({ id, state }: Message): WaitingEntry[] {
  if (state.status !== 'failed' && state.status !== 'uncertain') return [];
  return [{ group: outboxAttentionGroup, id, place: `${timeKey(state.at)}|${id}`, line: {} }];
}

export function outboxWaitingGroup(store: Pick<OutboxStore, 'needingAttention'>): WaitingGroup {
  return {
    name: outboxAttentionGroup,
    read: async (limit) => {
      const messages = await store.needingAttention(limit + 1);
      const entries = messages.slice(0, limit).flatMap(outboxWaiting);
      return { entries, more: messages.length > limit };
    },
  };
}

/** `delete` and `replace` hold only while the row of the state before exists. */
function indexChanges(before: Message | undefined, after: Message): Change[] {
  const was = before === undefined ? [] : indexRows(before);
  const is = indexRows(after);
  // That of a message which is asked for again stays: one of an older release has none, and the pruning skips it.
  const ended = endedKey(after);
  const has = (rows: readonly IndexRow[], { key }: IndexRow): boolean => rows.some((row) => row.key === key);
  return [
    ...waitingChanges(before ? waitingOf(before) : [], waitingOf(after)),
    ...(ended === undefined ? [] : [put(endedRow, ended, { id: after.id })]),
    ...was.filter((row) => !has(is, row)).map(({ key }): Change => ({ op: 'delete', key })),
    ...is.map((row): Change => ({ op: has(was, row) ? 'replace' : 'put', ...row })),
  ];
}
