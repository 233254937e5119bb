import { z } from 'zod';
import type { Actor } from '../../platform/actor.js';
import type { Clock } from '../../platform/clock.js';
import type { Versioned } from '../../platform/commit.js';
import { whileConflicting } from '../../platform/commit.js';
import { freshId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { insert, replace, storedKind, storedPersonRef } from '../../platform/stored.js';
import type { PersonRef } from '../../platform/actor.js';

/** What the addresses of the feeds hold that nobody guesses. */
export interface FeedKey {
  readonly key: string;
  /** ISO instant. */
  readonly since: string;
  /** Who made it anew; absent for the first one. */
  readonly by?: PersonRef;
}

const feedKeyRow = storedKind<FeedKey>({
  name: 'intranetFeedKey',
  schema: z.looseObject({
    key: z.string(),
    since: z.string(),
    by: storedPersonRef.exactOptional(),
  }),
});

const rowKey = 'intranet-feed-key';

export type FeedKeys = ReturnType<typeof feedKeys>;

/** The key of the feeds: a feed reader can't sign in, so that its address is the secret. 104 bits. */
export function feedKeys(partition: Partition, clock: Clock) {
  const fresh = (): FeedKey => ({ key: freshId(), since: clock.now().toString() });

  async function found(): Promise<Versioned<FeedKey>> {
    const stored = await partition.get(feedKeyRow, rowKey);
    if (stored !== undefined) return stored;
    await partition.commit([insert(feedKeyRow, rowKey, fresh())]);
    return found();
  }

  return {
    /** The present one, made when it is asked for first. */
    current: async (): Promise<FeedKey> => (await whileConflicting(found)).value,

    /** Whether an address holds. An installation that never showed one has none. */
    fits: async (key: string): Promise<boolean> =>
      (await partition.get(feedKeyRow, rowKey))?.value.key === key,

    /** Another key: all addresses so far lead nowhere any more. */
    renew: (by: Actor): Promise<FeedKey> =>
      whileConflicting(async () => {
        const before = await found();
        const after = { ...fresh(), by: { id: by.id, name: by.name } };
        await partition.commit([replace(feedKeyRow, rowKey, before, after)]);
        return after;
      }),
  };
}
