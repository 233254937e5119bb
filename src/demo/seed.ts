import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../platform/clock.js';
import type { Change } from '../platform/commit.js';
import { deterministicId, type MessageId } from '../platform/ids.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import type { Person } from '../people/person.js';
import type { PeopleService } from '../people/service.js';
import { newsIndexMessage } from '../news/service.js';
import type { PastClock } from './past-clock.js';
import { demoNews } from './news.js';
import { demoPeople, type DemoPerson } from './people.js';
import { demoProgramme } from './programme.js';
import { newsHappenings, type NewsIds, type SeededNews } from './seed-news.js';
import { issueHappenings, type IssueTelling } from './seed-newsletter.js';
import { releaseHappenings, type ReleaseTelling } from './seed-releases.js';
import { sessionHappenings, type SessionTelling } from './seed-sessions.js';
import { tell } from './timeline.js';
import { demoReleases } from './uses.js';

/** How far the telling of the demo has come. ISO instants; `startedAt` is the present of which its past is told. */
export interface Seeding {
  readonly startedAt: string;
  readonly doneAt?: string;
}

export interface SeedStore {
  find(): Promise<Seeding | undefined>;
  put(seeding: Seeding): Change;
}

/**
 * What the seed works with. `people` and `outbox` are those of the programme; `news`, `newsletter`, `releases`,
 * `publisher` and the services of the sessions are made like those of the programme, but with `pastClock` and a {@link quietOutbox}.
 */
export interface SeedDeps {
  readonly store: SeedStore;
  readonly people: Pick<PeopleService, 'add'>;
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly clock: Clock;
  readonly pastClock: PastClock;
  readonly news: SeededNews;
  readonly newsletter: IssueTelling['newsletter'];
  readonly releases: ReleaseTelling['releases'];
  readonly publisher: ReleaseTelling['publisher'];
  readonly series: SessionTelling['series'];
  readonly rotation: SessionTelling['rotation'];
  readonly topics: SessionTelling['topics'];
  readonly followUp: SessionTelling['followUp'];
  readonly contacts: SessionTelling['contacts'];
}

const asPerson = ({ demo: _demo, ...person }: DemoPerson): Person => person;

/** The search index follows once, when everything is told. */
function indexing(newsIds: NewsIds, dueAt: string): NewMessage[] {
  return [...newsIds.values()].map((newsId) => ({
    id: deterministicId<MessageId>('newsIndex', newsId, 'demo'),
    dueAt,
    body: newsIndexMessage.body({ newsId }),
  }));
}

/**
 * Tells the demo programme on the first start of trial mode; does nothing once it is told. When the process died
 * half-way, the next start goes on: what was told stays as it is, and nothing comes twice.
 * @returns whether anything was told.
 */
export async function seedDemo(parts: SeedDeps): Promise<boolean> {
  const { store, people, outbox, clock, pastClock, news, newsletter, releases, publisher } = parts;
  const before = await store.find();
  if (before?.doneAt !== undefined) return false;
  const startedAt = before?.startedAt ?? clock.now().toString();
  if (before === undefined) await outbox.commit([store.put({ startedAt })]);
  const start = Temporal.Instant.from(startedAt);
  const newsIds: NewsIds = new Map();
  await people.add(demoProgramme, demoPeople.map(asPerson));
  await tell(
    [
      ...demoNews.flatMap((item) => newsHappenings(news, newsIds, start, item)),
      ...issueHappenings({ newsletter, newsIds, start }),
      ...demoReleases.flatMap((release) =>
        releaseHappenings({ releases, publisher, clock: pastClock, newsIds, start }, release),
      ),
      ...(await sessionHappenings({ ...parts, start })),
    ],
    pastClock,
  );
  const doneAt = clock.now().toString();
  await outbox.commit([store.put({ startedAt, doneAt })], indexing(newsIds, doneAt));
  return true;
}
