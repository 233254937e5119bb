import type { NewsService } from '../news/service.js';
import type { WaitingNews } from '../news/waiting.js';
import type { IssueOverview, NewsletterService } from '../newsletter/service.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { may } from '../people/permissions.js';
import type { ReleaseOverview, ReleaseService } from '../releases/service.js';
import type { SeriesService, SessionOverview } from '../sessions/service.js';
import { get, json, type Route } from '../platform/route.js';

/** Answer of GET /api/overview: what waits for the one who asks; what is not theirs is left out. */
export interface OverviewAnswer {
  readonly news: WaitingNews;
  readonly newsletter?: IssueOverview;
  readonly releases?: ReleaseOverview;
  readonly sessions: SessionOverview;
  /** Messages that need somebody's decision. */
  readonly troubledMessages?: number;
}

interface Deps {
  readonly news: Pick<NewsService, 'waiting'>;
  readonly newsletter: Pick<NewsletterService, 'overviewLine'>;
  readonly releases: Pick<ReleaseService, 'overviewLine'>;
  readonly series: Pick<SeriesService, 'overviewLine'>;
  readonly outbox: Pick<Outbox, 'needingAttention'>;
}

export function overviewRoutes({ news, newsletter, releases, series, outbox }: Deps): Route[] {
  return [
    get('/api/overview', 'programme:see', async ({ person }) => {
      const [waiting, sessions, issue, queue, needingAttention] = await Promise.all([
        news.waiting(person),
        series.overviewLine(person),
        may(person.role, 'newsletter:edit') ? newsletter.overviewLine(person) : undefined,
        may(person.role, 'release:edit') ? releases.overviewLine(person) : undefined,
        may(person.role, 'outbox:see') ? outbox.needingAttention() : undefined,
      ]);
      return json({
        news: waiting,
        sessions,
        ...(issue && { newsletter: issue }),
        ...(queue && { releases: queue }),
        ...(needingAttention && { troubledMessages: needingAttention.length }),
      } satisfies OverviewAnswer);
    }),
  ];
}
