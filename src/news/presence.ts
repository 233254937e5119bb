import { z } from 'zod';
import { refOf, type Actor, type PersonRef } from '../platform/actor.js';
import { newestFirst, type Clock } from '../platform/clock.js';
import type { Change, Commit } from '../platform/commit.js';
import { isAppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import type { Partition } from '../platform/partition.js';
import { prefixRange } from '../platform/rows.js';
import { put, storedId, storedKind, storedPersonRef } from '../platform/stored.js';
import type { NewsItem } from './types.js';

/** Somebody who has an item open. */
export interface Presence {
  readonly person: PersonRef;
  readonly newsId: NewsId;
  /** They typed in its texts a moment ago. */
  readonly isTyping: boolean;
  /** ISO instant. */
  readonly at: string;
}

/** An item that changed. */
export interface RecentChange {
  readonly id: NewsId;
  /** ISO instant. */
  readonly at: string;
}

/** What happens on the desk now: who has what open, and what changed last, newest first. */
export interface DeskNow {
  readonly present: readonly Presence[];
  readonly changes: readonly RecentChange[];
}

const presenceRow = storedKind<Presence>({
  name: 'news presence',
  schema: z.looseObject({
    person: storedPersonRef,
    newsId: storedId<NewsId>(),
    isTyping: z.boolean(),
    at: z.string(),
  }),
});
const recentRow = storedKind<RecentChange>({
  name: 'news change',
  schema: z.looseObject({ id: storedId<NewsId>(), at: z.string() }),
});

const prefix = 'news-now|';
/** Before the changes, so that one range holds all who are present and the beginning of the changes. */
const presencePrefix = `${prefix}0|`;
const recentPrefix = `${prefix}1|`;
const recentKey = ({ id }: NewsItem, at: string): string => `${recentPrefix}${newestFirst(at)}|${id}`;

/** Somebody of whom nothing was heard for so long has gone. A client says that it is there every ten seconds. */
const presentMs = 30_000;
/** Rows of people who have gone are taken away after this: not at once, so that no two write the same one. */
const keptMs = 600_000;
const maxRead = 100;

/** Each item has one row among the changes, which moves to the front; no two items meet there. */
export function recentChanges(before: NewsItem | undefined, after: NewsItem): Change[] {
  const at = after.changedAt;
  if (at === undefined || at === before?.changedAt) return [];
  const key = recentKey(after, at);
  const old = before?.changedAt === undefined ? undefined : recentKey(before, before.changedAt);
  return [
    put(recentRow, key, { id: after.id, at }),
    ...(old === undefined || old === key ? [] : [{ op: 'delete', key: old } as const]),
  ];
}

interface Deps {
  readonly partition: Partition;
  readonly outbox: { readonly commit: Commit };
  readonly clock: Clock;
}

/** Who is at the desk. One round trip each: to say that one is there, or to see who is and what changed. */
export function newsPresence({ partition, outbox, clock }: Deps) {
  return {
    /** Says that somebody has an item open; a later one takes its place. */
    async note(actor: Actor, newsId: NewsId, isTyping: boolean): Promise<void> {
      const presence = { person: refOf(actor), newsId, isTyping, at: clock.now().toString() };
      await outbox.commit([put(presenceRow, presencePrefix + actor.id, presence)]);
    },

    async read(): Promise<DeskNow> {
      const { rows } = await partition.raw(prefixRange(prefix, maxRead));
      const now = clock.now().epochMilliseconds;
      const ageOf = ({ at }: Presence): number => now - Date.parse(at);
      const present: Presence[] = [];
      const gone: Change[] = [];
      const changes: RecentChange[] = [];
      for (const row of rows) {
        if (row.key.startsWith(recentPrefix)) {
          const change = partition.valueOf(recentRow, row);
          if (change !== undefined) changes.push(change);
          continue;
        }
        const presence = partition.valueOf(presenceRow, row);
        if (presence === undefined) continue;
        if (ageOf(presence) <= presentMs) present.push(presence);
        else if (ageOf(presence) > keptMs) gone.push({ op: 'delete', key: row.key, version: row.version });
      }
      if (gone.length > 0) await takeAway(gone);
      return { present, changes };
    },
  };

  async function takeAway(gone: readonly Change[]): Promise<void> {
    try {
      await outbox.commit(gone);
    } catch (error) {
      // One of them came back, or another instance was faster: next time.
      if (!isAppError(error, 'storage.conflict')) throw error;
    }
  }
}

export type NewsPresence = ReturnType<typeof newsPresence>;
