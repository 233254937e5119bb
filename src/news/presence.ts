import { z } from 'zod';
import { refOf, type Actor, type PersonRef } from '../platform/actor.js';
import { newestFirst, type Clock } from '../platform/clock.js';
import type { Change, Commit } from '../platform/commit.js';
import { isAppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import type { Partition } from '../platform/partition.js';
import { prefixRange } from '../platform/rows.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { put, storedId, storedKind, storedPersonRef } from '../platform/stored.js';

/** Somebody who is at the desk. */
export interface Presence {
  readonly person: PersonRef;
  /** What they have open. */
  readonly newsId?: NewsId;
  /** They typed in its texts a moment ago. */
  readonly isTyping: boolean;
  /** In which of its texts they are. */
  readonly language?: PublicLanguage;
  /** ISO instant. */
  readonly at: string;
  /** When their visit before this one ended: what moved since then is new to them. ISO instant. */
  readonly since?: string;
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
  /** What is known of the one who asks from when they were here last. */
  readonly me?: Pick<Presence, 'at' | 'since'>;
}

const presenceRow = storedKind<Presence>({
  name: 'news presence',
  schema: z.looseObject({
    person: storedPersonRef,
    newsId: z.exactOptional(storedId<NewsId>()),
    isTyping: z.boolean(),
    language: z.exactOptional(z.enum(publicLanguages)),
    at: z.string(),
    since: z.exactOptional(z.string()),
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
const recentKey = (id: NewsId, at: string): string => `${recentPrefix}${newestFirst(at)}|${id}`;

/** Somebody of whom nothing was heard for so long has gone. A client says that it is there every seven seconds. */
const presentMs = 30_000;
/** Rows of people who have been away for long are taken away: those who review are few, and most come again. */
const keptMs = 90 * 86_400_000;
const maxRead = 100;

/** Each item has one row among the changes, which moves to the front; no two items meet there. */
export function recentChanges(id: NewsId, before: string | undefined, after: string | undefined): Change[] {
  if (after === undefined || after === before) return [];
  const key = recentKey(id, after);
  const old = before === undefined ? undefined : recentKey(id, before);
  return [
    put(recentRow, key, { id, at: after }),
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
    /** Says that somebody is here, and what they have open; a later one takes its place. */
    async note(actor: Actor, what: Omit<Presence, 'person' | 'at'>): Promise<void> {
      const presence = { ...what, person: refOf(actor), at: clock.now().toString() };
      await outbox.commit([put(presenceRow, presencePrefix + actor.id, presence)]);
    },

    async read(actor: Actor): Promise<DeskNow> {
      const { rows } = await partition.raw(prefixRange(prefix, maxRead));
      const now = clock.now().epochMilliseconds;
      const ageOf = ({ at }: Presence): number => now - Date.parse(at);
      const present: Presence[] = [];
      const gone: Change[] = [];
      let me: DeskNow['me'];
      const changes: RecentChange[] = [];
      for (const row of rows) {
        if (row.key.startsWith(recentPrefix)) {
          const change = partition.valueOf(recentRow, row);
          if (change !== undefined) changes.push(change);
          continue;
        }
        const presence = partition.valueOf(presenceRow, row);
        if (presence === undefined) continue;
        const { at, since } = presence;
        if (presence.person.id === actor.id) me = { at, ...(since !== undefined && { since }) };
        if (ageOf(presence) <= presentMs) present.push(presence);
        else if (ageOf(presence) > keptMs) gone.push({ op: 'delete', key: row.key, version: row.version });
      }
      if (gone.length > 0) await takeAway(gone);
      return { present, changes, ...(me !== undefined && { me }) };
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
