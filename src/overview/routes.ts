import type { NewsService } from '../news/service.js';
import type { NewsletterService } from '../newsletter/service.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { may } from '../people/permissions.js';
import type { ReleaseService } from '../releases/service.js';
import type { SeriesService } from '../sessions/service.js';
import type { Person } from '../people/person.js';
import type { WaitingIndex } from '../platform/waiting-index.js';
import { outboxAttentionGroup } from '../delivery/outbox/store.js';
import { get, json, type Route } from '../http/route.js';
import type { OverviewAnswer } from '../shared/answers/overview.js';

export interface OverviewDeps {
  readonly news: Pick<NewsService, 'waiting'>;
  readonly newsletter: Pick<NewsletterService, 'overviewLine'>;
  readonly releases: Pick<ReleaseService, 'overviewLine'>;
  readonly series: Pick<SeriesService, 'overviewLine'>;
  readonly outbox: Pick<Outbox, 'needingAttention'>;
  readonly index: Pick<WaitingIndex, 'read'>;
}

const maxMessages = 50;

/** What waits for a person, of that which they may see. */
export async function overviewOf(
  { news, newsletter, releases, series, outbox, index }: OverviewDeps,
  person: Person,
): Promise<OverviewAnswer> {
  const reading = index.read();
  const messageCount = async (): Promise<number> => {
    const known = (await reading).first(outboxAttentionGroup, maxMessages);
    return (known?.lines ?? (await outbox.needingAttention())).length;
  };
  const [waiting, sessions, issue, queue, messages] = await Promise.all([
    reading.then((indexed) => news.waiting(person, indexed)),
    reading.then((indexed) => series.overviewLine(person, indexed)),
    may(person.role, 'newsletter:edit')
      ? reading.then((indexed) => newsletter.overviewLine(person, indexed))
      : undefined,
    may(person.role, 'release:edit')
      ? reading.then((indexed) => releases.overviewLine(person, indexed))
      : undefined,
    may(person.role, 'outbox:see') ? messageCount() : undefined,
  ]);
  return {
    news: waiting,
    sessions,
    ...(issue && { newsletter: issue }),
    ...(queue && { releases: queue }),
    ...(messages !== undefined && { troubledMessages: messages }),
  };
}

export function overviewRoutes(deps: OverviewDeps): Route[] {
  return [get('/api/overview', 'programme:see', async ({ person }) => json(await overviewOf(deps, person)))];
}
