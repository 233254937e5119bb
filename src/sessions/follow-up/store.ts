import { z } from 'zod';
import type { Change } from '../../platform/commit.js';
import type { NewsId, OccurrenceId, PersonId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { put, storedId, storedKind } from '../../platform/stored.js';

/** One person's answer to the two questions after a session. */
interface PulseAnswer {
  /** 1 to 5. */
  readonly useful: number;
  readonly better?: string;
  /** ISO instant. */
  readonly at: string;
}

const pulseRow = storedKind<PulseAnswer>({
  name: 'pulse',
  schema: z.looseObject({ useful: z.int(), better: z.string().exactOptional(), at: z.string() }),
});

const newsRow = storedKind<{ readonly newsId: NewsId; readonly at: string }>({
  name: 'occurrenceNews',
  schema: z.looseObject({ newsId: storedId<NewsId>(), at: z.string() }),
});

const maxPulses = 20_000;
const maxNews = 200;

const pulsePrefix = (id: OccurrenceId): string => `pulse|${id}|`;
const newsPrefix = (id: OccurrenceId): string => `occurrence-news|${id}|`;

/**
 * What people answered after a session, in `pulse|<occurrence>|<person>`, and which news was made of it, in
 * `occurrence-news|<occurrence>|<news item>`.
 */
export function followUpStore(partition: Partition) {
  return {
    /** All answers of an occurrence; whose they are is in the key alone. One round trip for each thousand. */
    pulses: (id: OccurrenceId): Promise<readonly PulseAnswer[]> =>
      partition.all(pulseRow, pulsePrefix(id), maxPulses),

    /** Replaces the person's earlier answer. */
    putPulse: (id: OccurrenceId, personId: PersonId, answer: PulseAnswer): Change =>
      put(pulseRow, pulsePrefix(id) + personId, answer),

    /** Oldest first; at most 200. */
    news: async (id: OccurrenceId): Promise<readonly NewsId[]> =>
      (await partition.all(newsRow, newsPrefix(id), maxNews))
        .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
        .map(({ newsId }) => newsId),

    putNews: (id: OccurrenceId, newsId: NewsId, at: string): Change =>
      put(newsRow, newsPrefix(id) + newsId, { newsId, at }),
  };
}

export type FollowUpStore = ReturnType<typeof followUpStore>;
