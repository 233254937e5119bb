import { makeBigRoom, programmePartition } from '../../src/app.js';
import { systemClock } from '../../src/clock.js';
import type { Change } from '../../src/commit.js';
import { deterministicId, type NewsId, type ProjectId } from '../../src/ids.js';
import { jsonLog } from '../../src/log.js';
import type { NewsItem } from '../../src/news/news.js';
import { newsStore } from '../../src/storage/news-store.js';
import { AzureQueue } from '../../src/storage/queue-azure.js';
import { AzureRows } from '../../src/storage/rows-azure.js';
import { coordinator, programme, worker } from '../make.js';
import { azurite, freshName } from '../world/azurite.js';
import { inTurn, median, ms, times, type Finding } from './measure.js';

const sizes = [1_000, 100_000] as const;
const atOnce = 8;
/** The list rows that the pages measured here read; an item's other rows stand under other keys. */
const listsMeasured = [
  'news-line|any|any|any|',
  'news-line|submitted|any|any|',
  'news-line|submitted|elma|any|',
];

function item(number: number): NewsItem {
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  const by = { id: worker.id, name: worker.name };
  const words = { title: `Uutinen numero ${String(number)}`, lead: 'Lyhyesti', body: 'Mitä tapahtui' };
  return {
    id: deterministicId<NewsId>('bench', String(number)),
    projectId: (['elma', 'digi', 'lahella'] as ProjectId[])[number % 3] ?? ('elma' as ProjectId),
    author: by,
    submittedAt: at,
    originalLanguage: 'fi',
    is: { state: 'submitted', at },
    texts: { fi: { ...words, revision: 1, by, at, checked: {} } },
    audiences: ['residents'],
    wishedChannels: ['newsletter'],
    uses: [],
    auditCount: 1,
  };
}

/** Fills an archive of so many items and gives the services over it, with a counter of round trips. */
async function archive(size: number) {
  const { connectionString } = await azurite();
  let trips = 0;
  const rows = new AzureRows({ connectionString, table: freshName(), onTrip: () => trips++ });
  const queue = new AzureQueue({ connectionString, queue: freshName() });
  await Promise.all([rows.prepare(), queue.prepare()]);
  const store = newsStore(rows, programmePartition);
  const batches: Change[][] = [];
  for (let number = 0; number < size; number += 30) {
    const changes = Array.from({ length: Math.min(30, size - number) }, (_, step) => item(number + step))
      .flatMap((each) => store.insert(each, { audit: [] }))
      .filter(({ key }) => listsMeasured.some((list) => key.startsWith(list)));
    batches.push(changes);
  }
  const work = async (): Promise<void> => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      await rows.commit(programmePartition, batch);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const bigRoom = makeBigRoom({
    rows,
    queue,
    clock: systemClock,
    log: jsonLog(() => undefined),
    publicUrl: 'http://localhost',
  });
  await bigRoom.people.add(programme, []);
  return { ...bigRoom, trips: () => trips };
}

type Archive = Awaited<ReturnType<typeof archive>>;

const pages: Readonly<Record<string, (from: Archive) => Promise<unknown>>> = {
  'inbox page': ({ news }) => news.list(coordinator, {}),
  'inbox page, two filters': ({ news }) =>
    news.list(coordinator, { state: 'submitted', projectId: 'elma' as ProjectId }),
  'release queue': ({ releases }) => releases.queue(coordinator),
  overview: async ({ news, newsletter, releases, outbox }) =>
    Promise.all([
      news.waiting(coordinator),
      newsletter.overviewLine(coordinator),
      releases.overviewLine(coordinator),
      outbox.troubled(),
    ]),
};

async function tripsOf(from: Archive, page: (from: Archive) => Promise<unknown>): Promise<number> {
  const before = from.trips();
  await page(from);
  return from.trips() - before;
}

/** Pages of a small and of a large archive, side by side: the same round trips, and nearly the same time. */
export async function inbox(): Promise<Finding[]> {
  const [small, large] = [await archive(sizes[0]), await archive(sizes[1])];
  const findings: Finding[] = [];
  for (const [what, page] of Object.entries(pages)) {
    const trips = [await tripsOf(small, page), await tripsOf(large, page)];
    const taken = await inTurn(60, { small: () => page(small), large: () => page(large) });
    const ratio = median(taken.large) / median(taken.small);
    findings.push({
      what: `${what}, 100,000 items`,
      measured: `${ms(median(taken.large))}, ${String(trips[1])} trips`,
      against: `1,000 items: ${ms(median(taken.small))}, ${String(trips[0])} trips: ${times(ratio)}`,
      goal: 'same trips, <= 1.3 x',
      isMet: trips[0] === trips[1] && ratio <= 1.3,
    });
  }
  return findings;
}
