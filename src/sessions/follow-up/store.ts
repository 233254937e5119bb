import type { Change } from '../../platform/commit.js';
import type { NewsId, OccurrenceId, PersonId } from '../../platform/ids.js';

/** One person's answer to the two questions afterwards. */
export interface PulseAnswer {
  /** 1 to 5. */
  readonly useful: number;
  readonly better?: string;
  /** ISO instant. */
  readonly at: string;
}

/** Where the answers afterwards are kept, and which news was made of an occurrence. */
export interface FollowUpStore {
  /** All answers of an occurrence; whose they are is in the key alone. One round trip for each thousand. */
  pulses(id: OccurrenceId): Promise<readonly PulseAnswer[]>;
  /** Takes the place of the person's earlier answer. */
  putPulse(id: OccurrenceId, personId: PersonId, answer: PulseAnswer): Change;
  /** At most 200. */
  news(id: OccurrenceId): Promise<readonly NewsId[]>;
  putNews(id: OccurrenceId, newsId: NewsId, at: string): Change;
}
