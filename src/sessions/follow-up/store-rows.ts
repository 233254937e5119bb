import type { NewsId, OccurrenceId } from '../../platform/ids.js';
import type { FollowUpStore, PulseAnswer } from './store.js';
import { prefixRange, type Rows } from '../../platform/rows.js';

const maxPulses = 20_000;
const maxNews = 200;

const pulsePrefix = (id: OccurrenceId): string => `pulse|${id}|`;
const newsPrefix = (id: OccurrenceId): string => `occurrence-news|${id}|`;

/** Answers in `pulse|<occurrence>|<person>`, news in `occurrence-news|<occurrence>|<news item>`. */
export function followUpStore(rows: Rows, partition: string): FollowUpStore {
  return {
    pulses: async (id) => {
      const range = prefixRange(pulsePrefix(id), maxPulses);
      return (await rows.range<PulseAnswer>(partition, range)).rows.map(({ value }) => value);
    },
    putPulse: (id, personId, answer) => ({ op: 'put', key: pulsePrefix(id) + personId, value: answer }),
    news: async (id) => {
      const found = await rows.range<{ readonly at: string; readonly newsId: NewsId }>(
        partition,
        prefixRange(newsPrefix(id), maxNews),
      );
      return found.rows
        .map(({ value }) => value)
        .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
        .map(({ newsId }) => newsId);
    },
    putNews: (id, newsId, at) => ({ op: 'put', key: newsPrefix(id) + newsId, value: { newsId, at } }),
  };
}
