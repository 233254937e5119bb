import type { WaitingNews } from '../../news/waiting.js';
import type { IssueOverview } from '../../newsletter/view.js';
import type { ReleaseOverview } from '../../releases/types.js';
import type { SessionOverview } from '../../sessions/occurrences/queries.js';

/** Answer of GET /api/overview: what waits for the one who asks; what is not theirs is left out. */
export interface OverviewAnswer {
  readonly news: WaitingNews;
  readonly newsletter?: IssueOverview;
  readonly releases?: ReleaseOverview;
  readonly sessions: SessionOverview;
  /** Messages that need somebody's decision. */
  readonly troubledMessages?: number;
  /** How many people wait to be reached: messages wait until they write to the bot. */
  readonly unreached?: number;
}
